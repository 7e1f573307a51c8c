/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.text.message.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Cuts layers into tiles and deals these to a chip. A convolution is unrolled to one matrix of {@code Cin kh kw} rows, or split
 * into one of {@code Cin} rows for every position of its kernel; no tile holds parts of two layers.
 */
public final class Mapper {
    private Mapper() {}

    /** Places the given layers on a chip that has what they need. */
    public static TilePlan plan(Network network, TileSize tile, Map<Integer, Columns> columns) {
        return plan(network, tile, columns, ChipSpec.unlimited());
    }

    /** Places the given layers, whose rows all have inputs. */
    public static TilePlan plan(Network network, TileSize tile, Map<Integer, Columns> columns, ChipSpec chip) {
        return plan(network, tile, columns, chip, _ -> 0, _ -> new boolean[0]);
    }

    /**
     * Places the given layers.
     *
     * @param columns of every layer on tiles, by node id
     * @param biasRows by node id of such a layer, rows behind those of its inputs; 0 for convolutions that are split
     * @param weights by node id of such a layer, where its matrix has a weight, {@code [rows, outputs]}; not asked for unless tiles leave
     *     out what holds none
     * @throws IllegalArgumentException naming the layer if one output does not fit a tile or it has more copies than positions;
     *     saying how many chip tiles are missing
     */
    public static TilePlan plan(
            Network network,
            TileSize tile,
            Map<Integer, Columns> columns,
            ChipSpec chip,
            IntUnaryOperator biasRows,
            IntFunction<boolean[]> weights) {
        List<LayerTiles> layers = new ArrayList<>();
        for (Network.Node node : network.synapses()) {
            Columns own = columns.get(node.id());
            if (own != null) {
                CrossbarLayout layout = CrossbarLayout.of(node);
                int always = biasRows.applyAsInt(node.id());
                boolean split = chip.kernelSplit() && node.layer() instanceof Layer.Conv2d;
                LayerTiles whole = new LayerTiles(
                        node.id(),
                        node.name(),
                        new CutMatrix(layout.rows() + always, layout.outputs(), split ? layout.taps() : 1, always),
                        own,
                        tile,
                        copies(node, chip));
                layers.add(
                        chip.sparse() == SparseMapping.NONE
                                ? whole
                                : whole.without(chip.sparse(), weights.apply(node.id())));
            }
        }
        requireRoom(ChipPlacement.deal(layers, chip), chip);
        if (chip.copies().fill()) {
            fill(network, layers, chip);
        }
        ChipPlacement placement = ChipPlacement.deal(layers, chip);
        return TilePlan.of(layers, placement.with(EventRoutes.of(network, layers, placement)));
    }

    private static int copies(Network.Node node, ChipSpec chip) {
        int copies = chip.copies().byName().getOrDefault(node.name(), 1);
        int positions = node.out().positions();
        if (copies < 1 || copies > positions) {
            throw RefusedException.mustBe(
                            HardwareProperty.COPIES, "at least 1 and at most its " + positions + " positions", copies)
                    .in("layer", node.name());
        }
        return copies;
    }

    private static boolean fits(ChipPlacement placement, ChipSpec chip) {
        return chip.capacity() == 0 || placement.tiles() <= chip.capacity();
    }

    private static void requireRoom(ChipPlacement placement, ChipSpec chip) {
        if (!fits(placement, chip)) {
            int missing = placement.tiles() - chip.capacity();
            throw RefusedException.of(
                    "the network takes " + placement.tiles() + " chip tiles, the chip has " + chip.capacity() + "; "
                            + missing + (missing == 1 ? " is" : " are") + " missing; raise ",
                    HardwareProperty.CHIP_TILES,
                    " or ",
                    HardwareProperty.MESH,
                    ", ",
                    HardwareProperty.PES_PER_TILE,
                    " or ",
                    HardwareProperty.ARRAYS_PER_PE);
        }
    }

    /** Copies the layer with the most positions per copy, until there is no room for one more copy of it. */
    private static void fill(Network network, List<LayerTiles> layers, ChipSpec chip) {
        while (true) {
            int slowest = -1;
            double most = 1;
            for (int i = 0; i < layers.size(); i++) {
                LayerTiles layer = layers.get(i);
                double positions = (double) network.node(layer.layer()).out().positions() / layer.copies();
                if (positions > most && !chip.copies().byName().containsKey(layer.name())) {
                    slowest = i;
                    most = positions;
                }
            }
            if (slowest < 0) {
                return;
            }
            LayerTiles before = layers.get(slowest);
            layers.set(slowest, before.times(before.copies() + 1));
            if (!fits(ChipPlacement.deal(layers, chip), chip)) {
                layers.set(slowest, before);
                return;
            }
        }
    }
}
