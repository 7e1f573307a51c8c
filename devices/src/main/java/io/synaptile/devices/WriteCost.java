/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one write pulse needs, as far as it is known; an absent value is unknown and must not be counted as 0.
 *
 * @param volts amplitude
 * @param nanoseconds length
 * @param picojoules energy
 * @param source where the values come from; empty where none is known
 */
public record WriteCost(OptionalDouble volts, OptionalDouble nanoseconds, OptionalDouble picojoules, String source) {
    /** Nothing is known. */
    public static final WriteCost UNKNOWN =
            new WriteCost(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), "");

    public WriteCost {
        requireAtLeastZero("write.pulse_ns", nanoseconds);
        requireAtLeastZero("write.pulse_pJ", picojoules);
        Objects.requireNonNull(volts);
        Objects.requireNonNull(source);
    }

    private static void requireAtLeastZero(String name, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + value.getAsDouble());
        }
    }
}
