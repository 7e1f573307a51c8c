/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;

/** Every target is reached. */
public record ExactProgramming() implements ProgrammingVariation {
    @Override
    public double reached(double target, ConductanceRange range, double z) {
        return target;
    }
}
