/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the arrays of a chip are grouped and connected: arrays in processing elements (PEs), PEs in chip tiles, chip tiles on a
 * mesh of routers.
 *
 * @param room what a PE, a chip tile and the chip hold
 * @param packing what layers may share
 * @param copies how often layers are there
 * @param kernelSplit whether every position of a convolution kernel has arrays of its own
 * @param sparse what arrays leave out of the matrices of layers
 */
public record ChipSpec(
        Room room, Mesh mesh, Packing packing, Copies copies, boolean kernelSplit, SparseMapping sparse) {
    /**
     * What parts of a chip hold; 0 stands for as many as are needed.
     *
     * @param arraysPerPe arrays of one PE
     * @param pesPerTile PEs of one chip tile
     * @param tiles chip tiles that there are
     */
    public record Room(int arraysPerPe, int pesPerTile, int tiles) {
        /** As many of everything as are needed. */
        public static final Room UNLIMITED = new Room(0, 0, 0);

        public Room {
            requireKnown(HardwareProperty.ARRAYS_PER_PE, arraysPerPe);
            requireKnown(HardwareProperty.PES_PER_TILE, pesPerTile);
            requireKnown(HardwareProperty.CHIP_TILES, tiles);
        }

        private static void requireKnown(HardwareProperty property, int value) {
            if (value < 0) {
                throw RefusedException.mustBe(property, "at least 1, or 0 for as many as are needed", value);
            }
        }
    }

    /**
     * The mesh of chip tiles.
     *
     * @param x chip tiles of one row; 0 with {@code y} for a mesh that is nearly square
     * @param y rows
     */
    public record Mesh(int x, int y) {
        /** A mesh that is nearly square. */
        public static final Mesh SQUARE = new Mesh(0, 0);

        public Mesh {
            if (x < 0 || y < 0 || (x == 0) != (y == 0)) {
                throw RefusedException.mustBe(HardwareProperty.MESH, "two numbers of at least 1", x + " and " + y);
            }
        }

        /** Whether its sides are given. */
        public boolean given() {
            return x > 0;
        }
    }

    /** What two layers may have in common. */
    public enum Packing {
        /** Every layer begins a new chip tile. */
        NONE,
        /** Every layer begins a new PE. */
        TILE,
        /** A layer begins where the one before ends. */
        PE
    }

    /**
     * How often layers are on the chip.
     *
     * @param fill whether what is left of the chip is filled with copies of the slowest layer
     * @param byName layers that are there more than once, or whose number {@code fill} is to leave as it is
     */
    public record Copies(boolean fill, Map<String, Integer> byName) {
        /** Every layer once. */
        public static final Copies ONE = new Copies(false, Map.of());

        public Copies {
            byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        }

        /** Some layers several times, the others once. */
        public static Copies of(Map<String, Integer> byName) {
            return new Copies(false, byName);
        }
    }

    public ChipSpec {
        Objects.requireNonNull(packing);
        Objects.requireNonNull(copies);
        Objects.requireNonNull(sparse);
        if (mesh.given() && room.tiles() > (long) mesh.x() * mesh.y()) {
            throw RefusedException.of(
                    HardwareProperty.MESH,
                    " of " + mesh.x() + " x " + mesh.y() + " has room for " + (long) mesh.x() * mesh.y() + " tiles, ",
                    HardwareProperty.CHIP_TILES,
                    " must not be more, got " + room.tiles());
        }
        boolean known = room.arraysPerPe() > 0 && room.pesPerTile() > 0 && (room.tiles() > 0 || mesh.given());
        if (copies.fill() && !known) {
            throw RefusedException.of(
                    HardwareProperty.FILL,
                    " needs a chip of a known size: give ",
                    HardwareProperty.ARRAYS_PER_PE,
                    ", ",
                    HardwareProperty.PES_PER_TILE,
                    ", and ",
                    HardwareProperty.CHIP_TILES,
                    " or ",
                    HardwareProperty.MESH);
        }
    }

    /** Arrays that leave out nothing. */
    public ChipSpec(Room room, Mesh mesh, Packing packing, Copies copies, boolean kernelSplit) {
        this(room, mesh, packing, copies, kernelSplit, SparseMapping.NONE);
    }

    /** As many arrays on one chip tile as are needed, no copies, convolutions unrolled. */
    public static ChipSpec unlimited() {
        return of(Room.UNLIMITED, Packing.TILE);
    }

    /** A chip with a mesh that is nearly square, no copies, convolutions unrolled. */
    public static ChipSpec of(Room room, Packing packing) {
        return new ChipSpec(room, Mesh.SQUARE, packing, Copies.ONE, false);
    }

    /** The same with another mesh. */
    public ChipSpec with(Mesh other) {
        return new ChipSpec(room, other, packing, copies, kernelSplit, sparse);
    }

    /** The same with other numbers of copies. */
    public ChipSpec with(Copies other) {
        return new ChipSpec(room, mesh, packing, other, kernelSplit, sparse);
    }

    /** The same with arrays of its own for every position of a convolution kernel. */
    public ChipSpec splittingKernels() {
        return new ChipSpec(room, mesh, packing, copies, true, sparse);
    }

    /** The same with arrays that leave out something else. */
    public ChipSpec with(SparseMapping other) {
        return new ChipSpec(room, mesh, packing, copies, kernelSplit, other);
    }

    /** The same with as much room as is needed and layers that are there as often as they are named. */
    public ChipSpec unbounded() {
        return new ChipSpec(Room.UNLIMITED, Mesh.SQUARE, packing, Copies.of(copies.byName()), kernelSplit, sparse);
    }

    /** Chip tiles that there are, 0 for any number. */
    public int capacity() {
        return room.tiles() > 0 ? room.tiles() : Math.multiplyExact(mesh.x(), mesh.y());
    }
}
