/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parts that a chip is made of, counted from its design: whole arrays whether their cells are used or not, a converter per
 * group of columns, bits of membranes, of words of digital layers and of SRAM words beside cells.
 */
public final class ChipArea {
    private ChipArea() {}

    /**
     * Parts of every layer with synapses or state, by node id.
     *
     * @param membraneBits width of a membrane
     */
    public static Map<Integer, Map<AreaComponent, Double>> parts(ChipDesign design, int membraneBits) {
        Map<Integer, Map<AreaComponent, Double>> parts = new TreeMap<>();
        for (Network.Node node : design.network().nodes()) {
            switch (node.layer()) {
                case Layer.Synapse _ -> parts.put(node.id(), synapses(design, node));
                case Layer.Neuron(NeuronSpec spec) ->
                    parts.put(node.id(), memory(node, membraneBits * states(spec.dynamics())));
                case Layer.Integrator _ -> parts.put(node.id(), memory(node, membraneBits));
                case Layer.Passing _, Layer.Activation _, Layer.Affine _, Layer.ReadOut _ -> {}
            }
        }
        for (Network.Node node : design.network().nodes()) {
            if (node.layer() instanceof Layer.Delay) {
                // A bit for every spike that is kept, beside the neurons that give it.
                parts.computeIfPresent(node.inputs().getFirst(), (_, own) -> {
                    Map<AreaComponent, Double> sum = new EnumMap<>(own);
                    sum.merge(AreaComponent.MEMORY_BIT, (double) node.out().size(), Double::sum);
                    return sum;
                });
            }
        }
        return parts;
    }

    private static Map<AreaComponent, Double> memory(Network.Node node, int bits) {
        return Map.of(AreaComponent.MEMORY_BIT, (double) node.out().size() * bits);
    }

    /** Numbers that a neuron keeps from step to step. */
    private static int states(NeuronDynamics dynamics) {
        return dynamics.adaptationStrength() > 0 ? 2 : 1;
    }

    private static Map<AreaComponent, Double> synapses(ChipDesign design, Network.Node node) {
        Map<AreaComponent, Double> parts = new EnumMap<>(AreaComponent.class);
        LayerTiles tiles = design.tiles().layer(node.id()).orElse(null);
        if (tiles == null || design.cells(node.id()).codec().digital()) {
            parts.put(AreaComponent.MEMORY_BIT, design.storageBits(node.id()));
            return parts;
        }
        double arrays = (double) tiles.copies() * tiles.tiles();
        double converters = design.hardware().readout() instanceof Readout.Adc adc
                ? arrays * Math.ceilDiv(tiles.tile().columns(), adc.columnsPerAdc())
                : 0;
        parts.put(AreaComponent.CELL, arrays * tiles.cellsPerTile());
        parts.put(AreaComponent.ROW_DRIVER, arrays * tiles.tile().rows());
        parts.put(AreaComponent.ADC, converters);
        parts.put(AreaComponent.COLUMN_MUX, converters);
        parts.put(AreaComponent.SAMPLE_HOLD, arrays * tiles.tile().columns());
        parts.put(AreaComponent.SHIFT_ADD, converters);
        parts.put(
                AreaComponent.ARRAY_REGISTER,
                arrays * (tiles.tile().rows() + tiles.tile().columns()));
        parts.put(AreaComponent.TILE_BUFFER, arrays);
        parts.put(AreaComponent.ROUTER, arrays);
        SramBranch sram = design.sram().get(node.id());
        if (sram != null) {
            parts.put(AreaComponent.MEMORY_BIT, (double) sram.storageBits());
        }
        return parts;
    }
}
