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
 * mesh of routers. 0 stands for as many as are needed.
 *
 * @param arraysPerPe arrays of one PE
 * @param pesPerTile PEs of one chip tile
 * @param tiles chip tiles that there are
 * @param meshX chip tiles of one row of the mesh; 0 with {@code meshY} for a mesh that is nearly square
 * @param meshY rows of the mesh
 * @param packing what layers may share
 * @param fill whether what is left of the chip is filled with copies of the slowest layer
 * @param copies by name, layers that are there more than once, or whose number {@code fill} is to leave as it is
 * @param kernelSplit whether every position of a convolution kernel has arrays of its own
 */
public record ChipSpec(
        int arraysPerPe,
        int pesPerTile,
        int tiles,
        int meshX,
        int meshY,
        Packing packing,
        boolean fill,
        Map<String, Integer> copies,
        boolean kernelSplit) {
    /** What two layers may have in common. */
    public enum Packing {
        /** Every layer begins a new chip tile. */
        NONE,
        /** Every layer begins a new PE. */
        TILE,
        /** A layer begins where the one before ends. */
        PE
    }

    public ChipSpec {
        requireKnown(HardwareProperty.ARRAYS_PER_PE, arraysPerPe);
        requireKnown(HardwareProperty.PES_PER_TILE, pesPerTile);
        requireKnown(HardwareProperty.CHIP_TILES, tiles);
        Objects.requireNonNull(packing);
        if (meshX < 0 || meshY < 0 || (meshX == 0) != (meshY == 0)) {
            throw RefusedException.mustBe(HardwareProperty.MESH, "two numbers of at least 1", meshX + " and " + meshY);
        }
        if (meshX > 0 && tiles > (long) meshX * meshY) {
            throw RefusedException.of(
                    HardwareProperty.MESH,
                    " of " + meshX + " x " + meshY + " has room for " + (long) meshX * meshY + " tiles, ",
                    HardwareProperty.CHIP_TILES,
                    " must not be more, got " + tiles);
        }
        if (fill && (arraysPerPe == 0 || pesPerTile == 0 || tiles == 0 && meshX == 0)) {
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
        copies = Collections.unmodifiableMap(new TreeMap<>(copies));
    }

    /** As many arrays on one chip tile as are needed, no copies, convolutions unrolled. */
    public static ChipSpec unlimited() {
        return new ChipSpec(0, 0, 0, 0, 0, Packing.TILE, false, Map.of(), false);
    }

    /** Chip tiles that there are, 0 for any number. */
    public int capacity() {
        return tiles > 0 ? tiles : Math.multiplyExact(meshX, meshY);
    }

    private static void requireKnown(HardwareProperty property, int value) {
        if (value < 0) {
            throw RefusedException.mustBe(property, "at least 1, or 0 for as many as are needed", value);
        }
    }
}
