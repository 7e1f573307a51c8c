/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Objects;

/**
 * Times that the latency of a chip is made of.
 *
 * @param read of arrays
 * @param digital of layers that are not on arrays
 * @param mesh of events between chip tiles
 */
public record ChipTiming(ReadTiming read, DigitalTiming digital, MeshTiming mesh) {
    public ChipTiming {
        Objects.requireNonNull(read);
        Objects.requireNonNull(digital);
        Objects.requireNonNull(mesh);
    }

    /**
     * The times that belong to a shipped energy profile.
     *
     * @param adcBits resolution of the converters, which only some profiles depend on
     * @throws IllegalArgumentException listing the known profiles
     */
    public static ChipTiming profile(String name, int columnsPerAdc, int adcBits) {
        return new ChipTiming(
                ReadTiming.profile(name, columnsPerAdc, adcBits),
                DigitalTiming.profile(name),
                MeshTiming.profile(name));
    }

    /** The same with other array reads. */
    public ChipTiming withRead(ReadTiming other) {
        return new ChipTiming(other, digital, mesh);
    }

    /** The same with other digital layers. */
    public ChipTiming withDigital(DigitalTiming other) {
        return new ChipTiming(read, other, mesh);
    }
}
