/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import java.util.random.RandomGenerator;

/**
 * A converter that approaches its input bit by bit with capacitors that miss their sizes, and a comparator with an offset.
 *
 * <pre>
 *   C_k = 2^k + capacitorSd 2^(k/2) N(0, 1)        bit k is set where x + 1/2 &gt;= 2^bits (sum of set C + C_k) / (1 + sum of all C)
 *   offset = comparatorSd 2^bits N(0, 1)
 * </pre>
 *
 * <p>Source: SAR model of Sandia's CrossSim (mismatch of parallel unit capacitors, offset of the comparator). Bits + 1 normals
 * are drawn per converter.
 *
 * @param capacitorSd standard deviation of a unit capacitor relative to its size
 * @param comparatorSd standard deviation of the comparator's offset relative to the input range
 */
public record SarAdc(double capacitorSd, double comparatorSd) implements AdcModel {
    public SarAdc {
        require("capacitor_sd", capacitorSd);
        require("comparator_sd", comparatorSd);
    }

    private static void require(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
        }
    }

    @Override
    public String id() {
        return "sar";
    }

    @Override
    public AdcCharacteristic draw(int bits, RandomGenerator random) {
        double[] capacitors = new double[bits];
        double sum = 1;
        for (int k = 0; k < bits; k++) {
            capacitors[k] = Math.scalb(1.0, k) + capacitorSd * Math.sqrt(Math.scalb(1.0, k)) * random.nextGaussian();
            sum += capacitors[k];
        }
        double offset = comparatorSd * Math.scalb(1.0, bits) * random.nextGaussian();
        int[] codes = new int[1 << bits];
        for (int input = 0; input < codes.length; input++) {
            codes[input] = converted(input, capacitors, Math.scalb(1.0, bits) / sum);
        }
        return new AdcCharacteristic(1, offset, codes);
    }

    /** Two inputs differ in the first decision that only the larger one passes, whatever the capacitors are. */
    @Override
    public boolean monotone() {
        return true;
    }

    private static int converted(int input, double[] capacitors, double codesPerCapacitor) {
        int code = 0;
        double set = 0;
        for (int k = capacitors.length - 1; k >= 0; k--) {
            if (input + 0.5 >= codesPerCapacitor * (set + capacitors[k])) {
                set += capacitors[k];
                code |= 1 << k;
            }
        }
        return code;
    }
}
