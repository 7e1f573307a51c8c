/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
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
 * share the positions of a layer in bands, and a band goes to the copy that reads it. Of layers that are added, the mean is
 * taken; all inputs count alike.
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

    /** Mean hops of an event on its way to every synapse layer, by node id. */
    static Map<Integer, Double> hops(Network network, List<LayerTiles> tiled, ChipPlacement placement) {
        EventRoutes routes = new EventRoutes(network, tiled, placement);
        Map<Integer, Double> hops = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            List<Optional<LayerTiles>> sources = new ArrayList<>();
            routes.collectSources(node, sources);
            hops.put(
                    node.id(),
                    sources.stream()
                            .mapToDouble(source -> routes.hops(source, node))
                            .average()
                            .orElse(0));
        }
        return hops;
    }

    /** Layers on tiles that feed a node; empty for the input and layers that are not on tiles. */
    private void collectSources(Network.Node node, List<Optional<LayerTiles>> sources) {
        for (int id : node.inputs()) {
            if (id == Network.INPUT) {
                sources.add(Optional.empty());
            } else if (network.node(id).layer() instanceof Layer.Synapse) {
                sources.add(Optional.ofNullable(layers.get(id)));
            } else {
                collectSources(network.node(id), sources);
            }
        }
    }

    private double hops(Optional<LayerTiles> from, Network.Node to) {
        LayerTiles reader = layers.get(to.id());
        int writers = from.map(LayerTiles::copies).orElse(1);
        int readers = reader == null ? 1 : reader.copies();
        double sum = 0;
        for (int a = 0; a < writers; a++) {
            int copy = a;
            int home = from.map(layer -> tiles(layer.layer(), copy)[0]).orElse(0);
            for (int b = 0; b < readers; b++) {
                double begin = Math.max((double) a / writers, (double) b / readers);
                double end = Math.min((a + 1.0) / writers, (b + 1.0) / readers);
                if (end > begin) {
                    sum += (end - begin) * (reader == null ? placement.hops(home, 0) : hops(home, reader, b));
                }
            }
        }
        return sum;
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
            ofRowTile[array / reader.columnTiles()].set(tiles[array]);
        }
        int inputs = network.node(reader.layer()).layer() instanceof Layer.Conv2d
                ? network.node(reader.layer()).in().channels()
                : reader.inputRows();
        int[] cuts = reader.rowCuts();
        BitSet[] reached = new BitSet[inputs];
        int tile = 0;
        for (int row = 0; row < reader.inputRows(); row++) {
            tile += tile + 1 < cuts.length && row == cuts[tile + 1] ? 1 : 0;
            int input = row % inputs;
            if (reached[input] == null) {
                reached[input] = new BitSet();
            }
            reached[input].or(ofRowTile[tile]);
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
