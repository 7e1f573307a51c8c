/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import io.synaptile.devices.drift.Ageing;
import io.synaptile.devices.temperature.RetentionAcceleration;
import java.util.List;
import java.util.Objects;

/**
 * What happens between a write and a read.
 *
 * @param acceleration of time by temperature
 * @param effects in the order in which they act; empty for cells that stay as programmed
 */
public record Lifetime(RetentionAcceleration acceleration, List<Ageing> effects) {
    /** Nothing happens. */
    public static final Lifetime STABLE = of(List.of());

    public Lifetime {
        Objects.requireNonNull(acceleration);
        effects = List.copyOf(effects);
    }

    /** The same pace at every temperature. */
    public static Lifetime of(List<Ageing> effects) {
        return new Lifetime(RetentionAcceleration.NONE, effects);
    }
}
