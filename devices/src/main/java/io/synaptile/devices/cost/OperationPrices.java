/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.List;

/**
 * Energy of arithmetic alone, as the literature on spiking networks compares networks; no memory, no converter, no wires.
 *
 * @param name in files
 * @param macPicojoules one multiply-accumulate
 * @param acPicojoules one accumulate
 */
public record OperationPrices(String name, double macPicojoules, double acPicojoules) {
    /** 32-bit floating point at 45 nm: 3.7 pJ multiply, 0.9 pJ add; M. Horowitz, ISSCC 2014. */
    public static final OperationPrices FLOAT_45NM = new OperationPrices("float32-45nm", 3.7 + 0.9, 0.9);

    /** 8-bit integers at 45 nm: 0.2 pJ multiply, 0.03 pJ add; M. Horowitz, ISSCC 2014. */
    public static final OperationPrices INT8_45NM = new OperationPrices("int8-45nm", 0.2 + 0.03, 0.03);

    /** All of them. */
    public static List<OperationPrices> all() {
        return List.of(FLOAT_45NM, INT8_45NM);
    }

    /** Energy of operations, pJ. */
    public double picojoules(double macs, double acs) {
        return macPicojoules * macs + acPicojoules * acs;
    }
}
