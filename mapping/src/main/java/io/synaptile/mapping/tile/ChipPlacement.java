/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.ChipSpec;
import io.synaptile.sim.compute.ArrayAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Where every array of a chip is. Arrays are dealt to PEs and chip tiles layer by layer, copy by copy; chip tiles stand on the
 * mesh in the order of a snake, so that consecutive ones are neighbours.
 *
 * <pre>
 *   tile n:   y = floor(n / X),   x = n mod X in even rows, X - 1 - n mod X in odd ones
 *   hops between two tiles = |x - x'| + |y - y'|
 * </pre>
 *
 * @param places of all arrays, layer by layer, copy by copy
 * @param tiles chip tiles in use
 * @param meshX chip tiles of one row of the mesh
 * @param meshY rows of the mesh
 * @param ways on which a layer gets what it reads, one of every source; by node id of every synapse layer and every join
 */
public record ChipPlacement(List<Place> places, int tiles, int meshX, int meshY, Map<Integer, List<Way>> ways) {
    /**
     * The place of one array.
     *
     * @param pe number on the chip
     * @param tile chip tile
     */
    public record Place(ArrayAddress array, int pe, int tile) {}

    /**
     * The way from a source to a reader.
     *
     * @param source node id of the neurons or of the layer whose sums arrive as they are, or {@link
     *     io.synaptile.sim.network.Network#INPUT}
     * @param hops mean hops of an event, summed over the chip tiles that it has to reach
     */
    public record Way(int source, double hops) {}

    public ChipPlacement {
        places = List.copyOf(places);
        ways = Collections.unmodifiableMap(new TreeMap<>(ways));
    }

    /** Mean hops of an event on its way to a layer if all sources send as many; 0 for a layer without a way. */
    public double hopsPerEvent(int layer) {
        return hopsPerEvent(layer, _ -> 1);
    }

    /**
     * Mean hops of an event on its way to a layer.
     *
     * @param events that a source sends, or a number in proportion to them; where none sends any, all count alike
     */
    public double hopsPerEvent(int layer, IntToDoubleFunction events) {
        List<Way> own = ways.getOrDefault(layer, List.of());
        if (own.size() == 1) {
            return own.getFirst().hops();
        }
        double sum = 0;
        double hops = 0;
        double plain = 0;
        for (Way way : own) {
            double sent = events.applyAsDouble(way.source());
            sum += sent;
            hops += sent * way.hops();
            plain += way.hops();
        }
        return sum > 0 ? hops / sum : own.isEmpty() ? 0 : plain / own.size();
    }

    /** Column of a chip tile on the mesh. */
    public int x(int tile) {
        int along = tile % meshX;
        return y(tile) % 2 == 0 ? along : meshX - 1 - along;
    }

    /** Row of a chip tile on the mesh. */
    public int y(int tile) {
        return tile / meshX;
    }

    /** Hops between two chip tiles. */
    public int hops(int from, int to) {
        return Math.abs(x(from) - x(to)) + Math.abs(y(from) - y(to));
    }

    /** Places of the arrays of one copy of a layer, in the order of their numbers. */
    public List<Place> placesOf(int layer, int copy) {
        return places.stream()
                .filter(place -> place.array().layer() == layer && place.array().copy() == copy)
                .toList();
    }

    /** Deals arrays; no hops are known yet. */
    static ChipPlacement deal(List<LayerTiles> layers, ChipSpec chip) {
        List<Place> places = new ArrayList<>();
        Cursor at = new Cursor(chip);
        for (LayerTiles layer : layers) {
            for (int copy = 0; copy < layer.copies(); copy++) {
                at.beginLayer();
                for (int array = 0; array < layer.tiles(); array++) {
                    at.take();
                    places.add(new Place(layer.address(copy * layer.tiles() + array), at.pe, at.tile));
                }
            }
        }
        int used = at.tile + 1;
        int there = Math.max(1, Math.max(used, chip.capacity()));
        int x = chip.mesh().given() ? chip.mesh().x() : (int) Math.ceil(Math.sqrt(there));
        int y = chip.mesh().given() ? chip.mesh().y() : Math.ceilDiv(there, x);
        return new ChipPlacement(places, used, x, y, Map.of());
    }

    /** The same with what is known of the ways of events. */
    ChipPlacement with(Map<Integer, List<Way>> found) {
        return new ChipPlacement(places, tiles, meshX, meshY, found);
    }

    /** The next free array. */
    private static final class Cursor {
        private final ChipSpec chip;
        private int tile = -1;
        private int pe = -1;
        private int pesOfTile;
        private int arraysOfPe;

        Cursor(ChipSpec chip) {
            this.chip = chip;
        }

        void beginLayer() {
            if (tile < 0 || chip.packing() == ChipSpec.Packing.NONE) {
                nextTile();
            } else if (chip.packing() == ChipSpec.Packing.TILE) {
                nextPe();
            }
        }

        void take() {
            if (arraysOfPe > 0 && arraysOfPe == chip.room().arraysPerPe()) {
                nextPe();
            }
            arraysOfPe++;
        }

        private void nextPe() {
            if (pesOfTile == chip.room().pesPerTile() && pesOfTile > 0) {
                nextTile();
            } else {
                pe++;
                pesOfTile++;
                arraysOfPe = 0;
            }
        }

        private void nextTile() {
            tile++;
            pe++;
            pesOfTile = 1;
            arraysOfPe = 0;
        }
    }
}
