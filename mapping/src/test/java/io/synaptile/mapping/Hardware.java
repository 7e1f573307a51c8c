/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Hardware of the tests. */
public final class Hardware {
    private Hardware() {}

    /** Every synapse layer on tiles, empty tiles skipped, exact digital weights. */
    public static HardwareSpec allOnTiles(
            Network network, int rows, int columns, CodecKind codec, int weightBits, CellModel cell, Readout readout) {
        return new HardwareSpec(
                new TileSize(rows, columns),
                new LayerCells(codec, weightBits, cell),
                readout,
                true,
                new LayerPlaces(
                        network.synapses().stream().map(Network.Node::name).collect(Collectors.toSet()), 0));
    }

    /** Random weights of every synapse layer: on the grid of the quantiser, or in -0.7 to 0.7 for 0 bits. */
    public static Map<Integer, LayerWeights> weights(Network network, int quantiserBits, RandomGenerator random) {
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = quantiserBits > 0
                    ? Cases.quantised(quantiserBits, node.weightCount(), random)
                    : Cases.real(0.7f, node.weightCount(), random);
            weights.put(node.id(), new LayerWeights(values, quantiserBits));
        }
        return weights;
    }

    /** A design with every synapse layer on tiles of differential pairs, read out exactly. */
    public static ChipDesign pairs(
            Network network, int rows, int columns, CellModel cell, Map<Integer, LayerWeights> weights) {
        return ChipDesign.of(
                network,
                allOnTiles(network, rows, columns, CodecKind.DIFFERENTIAL_PAIR, 4, cell, new Readout.Ideal()),
                weights);
    }
}
