/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Programs the tiles of a chip. Tile n of a layer draws from {@code NoiseStream.of(seed, PROGRAMMING, layer, n, instance)},
 * its cells in the order row, output, physical column, cell of the column, then those of columns it has once for all outputs;
 * so what a tile holds does not depend on other tiles or layers. Tiles of further copies of a layer are counted on.
 */
public final class TileProgrammer {
    private TileProgrammer() {}

    /** Programs one chip. */
    public static ChipInstance program(ChipDesign design, long seed, int instance) {
        ChipInstance blank = new ChipInstance(instance, seed, Map.of());
        Map<Integer, ProgrammedLayer> layers = new TreeMap<>();
        for (LayerTiles tiles : design.tiles().layers()) {
            List<ProgrammedLayer> copies = new ArrayList<>();
            for (int copy = 0; copy < tiles.copies(); copy++) {
                copies.add(programLayer(design, blank, tiles, copy));
            }
            layers.put(tiles.layer(), copies.getFirst().with(copies.subList(1, copies.size())));
        }
        return new ChipInstance(instance, seed, layers);
    }

    /** A chip whose every cell reached its target: what the codec alone makes of the weights. */
    public static ChipInstance onTarget(ChipDesign design) {
        Map<Integer, ProgrammedLayer> layers = new TreeMap<>();
        for (LayerTiles tiles : design.tiles().layers()) {
            float[][] targets = design.targets(tiles.layer());
            byte[][] faults = new byte[targets.length][targets[0].length];
            layers.put(tiles.layer(), new ProgrammedLayer(targets, faults, 0, tiles.cellsUsed()));
        }
        return new ChipInstance(0, 0L, layers);
    }

    private static NoiseStream stream(ChipInstance chip, TileCells cells) {
        return chip.stream(Purpose.PROGRAMMING, cells.tiles(), cells.part().array());
    }

    private static ProgrammedLayer programLayer(ChipDesign design, ChipInstance blank, LayerTiles tiles, int copy) {
        CellModel cell = design.cells(tiles.layer()).cell();
        float[][] conductances = design.targets(tiles.layer());
        byte[][] faults = new byte[conductances.length][conductances[0].length];
        double squares = 0;
        long pulses = 0;
        for (TileAssignment part : tiles.assignments(copy)) {
            TileCells cells = new TileCells(tiles, part);
            float[] target = cells.gather(conductances);
            float[] reached = new float[target.length];
            pulses += cell.program(target, reached, cells.places(), stream(blank, cells));
            cells.scatter(cell.faults(cells.places(), stream(blank, cells)), faults);
            for (int i = 0; i < reached.length; i++) {
                double error = reached[i] - target[i];
                squares += error * error;
            }
            cells.scatter(reached, conductances);
        }
        return new ProgrammedLayer(conductances, faults, Math.sqrt(squares / tiles.cellsUsed()), pulses);
    }
}
