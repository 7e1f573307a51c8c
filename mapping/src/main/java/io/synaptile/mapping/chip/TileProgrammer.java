/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Programs the tiles of a chip. Tile n of a layer draws from {@code NoiseStream.of(seed, PROGRAMMING, layer, n, instance)},
 * its cells in the order row, output, physical column, cell of the column, then those of columns it has once for all outputs;
 * so what a tile holds does not depend on other tiles or layers. Tiles of further copies of a layer are counted on. An array that
 * is real is told the number of these draws and programs itself.
 */
public final class TileProgrammer {
    private TileProgrammer() {}

    /** Programs one chip, none of whose arrays is real. */
    public static ChipInstance program(ChipDesign design, long seed, int instance) {
        return program(design, seed, instance, Map.of());
    }

    /**
     * Programs one chip.
     *
     * @param ports the arrays that are real, each at least of the size of its tile
     * @throws io.synaptile.mapping.port.PortException if one cannot be programmed, or refuses cells
     */
    public static ChipInstance program(ChipDesign design, long seed, int instance, Map<ArrayAddress, ArrayPort> ports) {
        ChipInstance blank = new ChipInstance(instance, seed, Map.of(), ports);
        Map<Integer, ProgrammedLayer> layers = new TreeMap<>();
        for (LayerTiles tiles : design.tiles().layers()) {
            List<ProgrammedLayer> copies = new ArrayList<>();
            for (int copy = 0; copy < tiles.copies(); copy++) {
                copies.add(programLayer(design, blank, tiles, copy));
            }
            layers.put(tiles.layer(), copies.getFirst().with(copies.subList(1, copies.size())));
        }
        return blank.with(layers);
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
            ArrayPort port = blank.ports().get(part.array());
            if (port != null) {
                pulses += PortProgrammer.program(port, blank, cells, conductances, faults);
                reached = cells.gather(conductances);
            } else {
                pulses += cell.program(target, reached, cells.places(), stream(blank, cells));
                cells.scatter(cell.faults(cells.places(), stream(blank, cells)), faults);
                cells.scatter(reached, conductances);
            }
            for (int i = 0; i < reached.length; i++) {
                double error = reached[i] - target[i];
                squares += error * error;
            }
        }
        return new ProgrammedLayer(conductances, faults, Math.sqrt(squares / tiles.cellsUsed()), pulses);
    }
}
