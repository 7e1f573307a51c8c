/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.InputKind;
import io.synaptile.mapping.tile.Mapper;
import io.synaptile.mapping.tile.TilePlan;
import io.synaptile.sim.network.Network;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained network laid out on hardware, before any cell is programmed; all chip instances share it.
 *
 * @param weights of every synapse layer, by node id
 * @param codecs of the layers on tiles, by node id
 */
public record ChipDesign(
        Network network,
        HardwareSpec hardware,
        Map<Integer, LayerWeights> weights,
        Map<Integer, WeightCodec> codecs,
        TilePlan tiles) {
    public ChipDesign {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        codecs = Collections.unmodifiableMap(new TreeMap<>(codecs));
    }

    /**
     * Lays out a network.
     *
     * @param weights of every synapse layer, by node id
     * @throws IllegalArgumentException if a layer has no weights, a named layer does not exist, the cell does not suit the
     *     codec or one output does not fit a tile
     */
    public static ChipDesign of(Network network, HardwareSpec hardware, Map<Integer, LayerWeights> weights) {
        for (Network.Node node : network.synapses()) {
            LayerWeights own = weights.get(node.id());
            if (own == null || own.values().length != node.weightCount()) {
                throw new IllegalArgumentException("layer " + node.name() + ": "
                        + (own == null ? "no" : own.values().length) + " weights, expected " + node.weightCount());
            }
        }
        Map<Integer, WeightCodec> codecs = new TreeMap<>();
        Map<Integer, Integer> columns = new TreeMap<>();
        for (String name : hardware.tiledLayers()) {
            Network.Node node = InputKind.requireSynapse(network, name);
            WeightCodec codec = codec(name, hardware.cells(name), weights.get(node.id()));
            codecs.put(node.id(), codec);
            columns.put(node.id(), codec.columnsPerWeight());
        }
        TilePlan tiles = Mapper.plan(network, hardware.tileRows(), hardware.tileColumns(), columns);
        return new ChipDesign(network, hardware, weights, codecs, tiles);
    }

    private static WeightCodec codec(String layer, LayerCells cells, LayerWeights weights) {
        try {
            return cells.codec().codec(weights, cells.cell(), cells.weightBits());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + layer + ": " + e.getMessage(), e);
        }
    }

    /** Codec and cell of a layer on tiles, by node id. */
    public LayerCells cells(int layer) {
        return hardware.cells(network.node(layer).name());
    }
}
