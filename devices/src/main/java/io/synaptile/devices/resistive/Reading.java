/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.read.CurrentVoltage;
import io.synaptile.devices.read.RandomTelegraph;
import io.synaptile.devices.read.ReadNoise;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What happens in a read: the current-voltage curve, then the telegraph signal and the sum of all noises.
 *
 * @param noises Gaussian, independent; empty for exact reads
 * @param volts read voltage; empty where it is not known
 */
public record Reading(CurrentVoltage curve, RandomTelegraph telegraph, List<ReadNoise> noises, OptionalDouble volts) {
    /** Exact reads of ohmic cells. */
    public static final Reading EXACT = of(List.of());

    public Reading {
        Objects.requireNonNull(curve);
        Objects.requireNonNull(telegraph);
        Objects.requireNonNull(volts);
        noises = List.copyOf(noises);
    }

    /** Reads at an unknown voltage. */
    public Reading(CurrentVoltage curve, RandomTelegraph telegraph, List<ReadNoise> noises) {
        this(curve, telegraph, noises, OptionalDouble.empty());
    }

    /** Ohmic cells without telegraph signals. */
    public static Reading of(List<ReadNoise> noises) {
        return new Reading(CurrentVoltage.OHMIC, RandomTelegraph.NONE, noises);
    }

    /** Variance of all noises together, uS squared. */
    double variance(double programmed, double held, Age age, ConductanceRange range) {
        double sum = 0;
        for (ReadNoise noise : noises) {
            sum += noise.variance(programmed, held, age, range);
        }
        return sum;
    }
}
