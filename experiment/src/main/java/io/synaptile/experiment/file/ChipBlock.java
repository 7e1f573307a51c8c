/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;

/** Block {@code hardware.chip}. 0 stands for as many as are needed. */
public record ChipBlock(
        @Key(
                value = "Arrays of one processing element; an array is one tile of hardware.tile.",
                otherwise = "unlimited",
                range = "[0, 65536]",
                zero = "unlimited")
        int arraysPerPe,

        @Key(
                value = "Processing elements of one chip tile.",
                otherwise = "unlimited",
                range = "[0, 65536]",
                zero = "unlimited")
        int pesPerTile,

        @Key(
                value = "Chip tiles; a network that needs more is refused.",
                otherwise = "unlimited",
                range = "[0, 1000000]",
                zero = "unlimited")
        int tiles,

        @Key(
                value =
                        "Columns and rows of the mesh of chip tiles, which are placed in the order of a snake; nearly square by default.",
                otherwise = "[]")
        List<Integer> mesh,

        @Key(
                value =
                        "What layers may share: nothing, so that each starts a new chip tile (none), chip tiles (tile), or processing elements too (pe).",
                otherwise = "tile")
        Packing packing) {
    private static final int MOST = 4096;

    /** Values of {@code hardware.chip.packing}. */
    public enum Packing {
        NONE,
        TILE,
        PE
    }

    public ChipBlock {
        mesh = List.copyOf(mesh);
        Interval.check("arrays_per_pe", arraysPerPe, "[0, 65536]");
        Interval.check("pes_per_tile", pesPerTile, "[0, 65536]");
        Interval.check("tiles", tiles, "[0, 1000000]");
        boolean pair = mesh.size() == 2 && mesh.stream().allMatch(extent -> extent >= 1 && extent <= MOST);
        if (!mesh.isEmpty() && !pair) {
            throw new InvalidSetting("mesh", "must be two numbers from 1 to " + MOST + ", got " + mesh);
        }
    }

    /** Columns of the mesh, 0 if not given. */
    public int meshX() {
        return mesh.isEmpty() ? 0 : mesh.getFirst();
    }

    /** Rows of the mesh, 0 if not given. */
    public int meshY() {
        return mesh.isEmpty() ? 0 : mesh.getLast();
    }
}
