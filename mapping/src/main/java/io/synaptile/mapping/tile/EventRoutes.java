/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far events travel between chip tiles.
 *
 * <p>Outputs of a layer leave the chip tile of its first array, where partial sums are joined. An event goes to every chip
 * tile that holds a row it drives, to each on a way of its own. Input and layers that are not on tiles are at tile 0. Copies
 * share the positions of a layer in bands, and a band goes to the copy that reads it. All inputs of a source count alike. Sums of
 * branches travel to the place of the branch that is computed last, where they are added; neurons fire there.
 */
final class EventRoutes {
    private final Network network;
    private final Map<Integer, LayerTiles> layers = new TreeMap<>();
    private final ChipPlacement placement;
    private final Map<List<Integer>, int[]> tilesOf = new HashMap<>();

    private EventRoutes(Network network, List<LayerTiles> tiled, ChipPlacement placement) {
        this.network = network;
        this.placement = placement;
        tiled.forEach(layer -> layers.put(layer.layer(), layer));
    }

    /** The ways to every synapse layer and every join, by node id. */
    static Map<Integer, List<ChipPlacement.Way>> of(Network network, List<LayerTiles> tiled, ChipPlacement placement) {
        EventRoutes routes = new EventRoutes(network, tiled, placement);
        EventSources sources = new EventSources(network);
        Map<Integer, List<ChipPlacement.Way>> ways = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                ways.put(
                        node.id(),
                        sources.of(node).stream()
                                .map(source -> new ChipPlacement.Way(
                                        source, routes.hops(routes.tiles(sources.home(source)), node)))
                                .toList());
            } else if (node.layer() instanceof Layer.Join) {
                Optional<LayerTiles> home = routes.tiles(sources.home(node.id()));
                ways.put(
                        node.id(),
                        sources.of(node).stream()
                                .map(source -> new ChipPlacement.Way(
                                        source, routes.between(routes.tiles(sources.home(source)), home)))
                                .toList());
            }
        }
        return ways;
    }

    private Optional<LayerTiles> tiles(int layer) {
        return Optional.ofNullable(layers.get(layer));
    }

    /** Hops between the places of the sums of two layers, mean over the positions. */
    private double between(Optional<LayerTiles> from, Optional<LayerTiles> to) {
        return banded(from, to, (copy, other) -> placement.hops(home(from, copy), home(to, other)));
    }

    private double hops(Optional<LayerTiles> from, Network.Node to) {
        Optional<LayerTiles> reader = tiles(to.id());
        return banded(from, reader, (copy, other) -> {
            int home = home(from, copy);
            return reader.isEmpty() ? placement.hops(home, 0) : hops(home, reader.orElseThrow(), other);
        });
    }

    /** Hops from a copy of one layer to a copy of another. */
    @FunctionalInterface
    private interface BetweenCopies {
        double hops(int copy, int other);
    }

    /** Mean over the positions, which the copies of either layer share in bands. */
    private static double banded(Optional<LayerTiles> from, Optional<LayerTiles> to, BetweenCopies between) {
        int writers = from.map(LayerTiles::copies).orElse(1);
        int readers = to.map(LayerTiles::copies).orElse(1);
        double sum = 0;
        for (int a = 0; a < writers; a++) {
            for (int b = 0; b < readers; b++) {
                double begin = Math.max((double) a / writers, (double) b / readers);
                double end = Math.min((a + 1.0) / writers, (b + 1.0) / readers);
                if (end > begin) {
                    sum += (end - begin) * between.hops(a, b);
                }
            }
        }
        return sum;
    }

    /** Chip tile where the sums of a copy are joined. */
    private int home(Optional<LayerTiles> layer, int copy) {
        return layer.map(on -> tiles(on.layer(), copy)[0]).orElse(0);
    }

    private int[] tiles(int layer, int copy) {
        return tilesOf.computeIfAbsent(
                List.of(layer, copy),
                _ -> placement.placesOf(layer, copy).stream()
                        .mapToInt(ChipPlacement.Place::tile)
                        .toArray());
    }

    /** Hops from a chip tile to all that hold a row of an input, mean over the inputs of one position. */
    private double hops(int home, LayerTiles reader, int copy) {
        int[] tiles = tiles(reader.layer(), copy);
        BitSet[] ofRowTile = new BitSet[reader.rowTiles()];
        for (int i = 0; i < ofRowTile.length; i++) {
            ofRowTile[i] = new BitSet();
        }
        for (int array = 0; array < tiles.length; array++) {
            ofRowTile[reader.address(array).rowTile()].set(tiles[array]);
        }
        int inputs = network.node(reader.layer()).layer() instanceof Layer.Conv2d
                ? network.node(reader.layer()).in().channels()
                : reader.matrix().rows() - reader.matrix().always();
        int[] cuts = reader.rowCuts();
        BitSet[] reached = new BitSet[inputs];
        Arrays.setAll(reached, _ -> new BitSet());
        int tile = 0;
        for (int row = 0; row < reader.inputRows(); row++) {
            tile += tile + 1 < cuts.length && row == cuts[tile + 1] ? 1 : 0;
            reached[reader.source(row) % inputs].or(ofRowTile[tile]);
        }
        double sum = 0;
        for (BitSet places : reached) {
            sum += places.stream()
                    .mapToLong(place -> placement.hops(home, place))
                    .sum();
        }
        return sum / inputs;
    }
}
