/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.board.client.BoardAddress;
import io.synaptile.experiment.file.BoardsBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tiles of a layer that are on a board.
 *
 * @param tiles of the layer
 * @param parts in the order of their copies, rows and columns
 * @param address of the first of them; empty where they are simulated behind the interface of a board
 */
public record BoardTiles(LayerTiles tiles, List<TileAssignment> parts, Optional<BoardAddress> address) {
    private static final String KEY = "hardware.boards";
    private static final Comparator<TileAssignment> ORDER = Comparator.comparingInt(
                    (TileAssignment part) -> part.array().copy())
            .thenComparingInt(part -> part.array().rowTile())
            .thenComparingInt(part -> part.array().columnTile());

    public BoardTiles {
        parts = List.copyOf(parts);
    }

    /**
     * The tiles that an experiment puts on boards; empty if none.
     *
     * @throws io.synaptile.experiment.file.ConfigException if a name is that of no layer or tile on tiles, its cells cannot be
     *     on a board, a tile is named twice, or an address is none
     */
    public static List<BoardTiles> of(ExperimentFile file, ChipDesign design) {
        List<BoardTiles> all = new ArrayList<>();
        Set<TileAssignment> named = new HashSet<>();
        file.experiment().hardware().boards().arrays().forEach((name, _) -> {
            BoardTiles own = of(file, design, name);
            if (!own.parts.stream().allMatch(named::add)) {
                throw file.problem(
                        KEY + "." + name, KEY + "." + name + " has a tile that another of these keys has too");
            }
            all.add(own);
        });
        return all;
    }

    private static BoardTiles of(ExperimentFile file, ChipDesign design, String name) {
        for (LayerTiles tiles : design.tiles().layers()) {
            List<TileAssignment> parts = IntStream.range(0, tiles.copies())
                    .boxed()
                    .flatMap(copy -> tiles.assignments(copy).stream())
                    .filter(part -> name.equals(tiles.name())
                            || name.equals(tiles.name() + "." + part.array().rowTile() + "."
                                    + part.array().columnTile()))
                    .sorted(ORDER)
                    .toList();
            if (!parts.isEmpty()) {
                requireCells(file, design, name, tiles);
                return new BoardTiles(tiles, parts, address(file, name));
            }
        }
        throw file.problem(
                KEY + "." + name,
                KEY + "." + name + " is no layer on tiles ("
                        + String.join(
                                ", ",
                                design.tiles().layers().stream()
                                        .map(LayerTiles::name)
                                        .toList())
                        + ") and no tile of one, such as layer.0.0");
    }

    private static Optional<BoardAddress> address(ExperimentFile file, String name) {
        String written = file.experiment().hardware().boards().address(name);
        if (written.equals(BoardsBlock.SIMULATED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BoardAddress.of(written));
        } catch (IllegalArgumentException e) {
            throw file.problem(
                    KEY + "." + name, KEY + "." + name + " " + e.getMessage() + ", or " + BoardsBlock.SIMULATED);
        }
    }

    private static void requireCells(ExperimentFile file, ChipDesign design, String name, LayerTiles tiles) {
        String key = KEY + "." + name;
        if (design.cells(tiles.layer()).codec().digital()) {
            throw file.problem(
                    key,
                    key + " needs a codec with conductances, and that of the layer is "
                            + design.cells(tiles.layer()).codec().id());
        }
        if (tiles.pairsOnColumns()) {
            throw file.problem(key, key + " needs one cell at every crossing, and hardware.wire.topology is c");
        }
        if (design.cells(tiles.layer()).cell().pairSense().isPresent()) {
            throw file.problem(
                    key,
                    key + " needs columns that are read as currents, and the cell "
                            + design.cells(tiles.layer()).cell().id() + " has a sense amplifier");
        }
        if (design.hardware().circuit().wires().model().resistive()) {
            throw file.problem(
                    key,
                    key + " needs hardware.wire without resistance, since a board has wires of its own;"
                            + " hardware.readout.array gives resistance to simulated arrays");
        }
    }
}
