/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One programmed chip out of many of the same design, for example chip 17 of 50. The same seed and number give the same
 * conductances again.
 *
 * @param instance number of the chip, at least 0
 * @param seed of its programming and read noise
 * @param layers programmed layers, by node id; where an array is real, what it said that it holds
 * @param ports the arrays that are real and read the columns of their tiles
 */
public record ChipInstance(
        int instance, long seed, Map<Integer, ProgrammedLayer> layers, Map<ArrayAddress, ArrayPort> ports) {
    public ChipInstance {
        if (instance < 0) {
            throw new IllegalArgumentException("chip instance must be at least 0, got " + instance);
        }
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
        ports = Map.copyOf(ports);
    }

    /** A chip of which no array is real. */
    public ChipInstance(int instance, long seed, Map<Integer, ProgrammedLayer> layers) {
        this(instance, seed, layers, Map.of());
    }

    /** The same chip with layers in another state. */
    ChipInstance with(Map<Integer, ProgrammedLayer> others) {
        return new ChipInstance(instance, seed, others, ports);
    }

    /** Whether an array of a layer is real. */
    boolean hasPorts(int layer) {
        return ports.keySet().stream().anyMatch(own -> own.layer() == layer);
    }

    /** Cells of one copy of a layer. */
    public ProgrammedLayer cells(int layer, int copy) {
        return layers.get(layer).copy(copy);
    }

    /**
     * Random words of one array of this chip.
     *
     * @param tiles of the layer that the array is of
     */
    NoiseStream stream(Purpose purpose, LayerTiles tiles, ArrayAddress array) {
        return NoiseStream.of(seed, purpose, array.layer(), tiles.number(array), instance);
    }
}
