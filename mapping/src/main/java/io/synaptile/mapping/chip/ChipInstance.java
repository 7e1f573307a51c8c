/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One programmed chip out of many of the same design, for example chip 17 of 50. The same seed and number give the same
 * conductances again.
 *
 * @param instance number of the chip, at least 0
 * @param seed of its programming and read noise
 * @param layers programmed layers, by node id
 */
public record ChipInstance(int instance, long seed, Map<Integer, ProgrammedLayer> layers) {
    public ChipInstance {
        if (instance < 0) {
            throw new IllegalArgumentException("chip instance must be at least 0, got " + instance);
        }
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
    }
}
