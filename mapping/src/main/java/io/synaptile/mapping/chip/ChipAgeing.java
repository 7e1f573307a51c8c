/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What time and temperature make of a programmed chip. Tile n of a layer draws from
 * {@code NoiseStream.of(seed, AGEING, layer, n, instance)}, at every age the same words, so that a cell follows one curve. Arrays
 * that are real age by themselves and are read once.
 */
public final class ChipAgeing {
    private ChipAgeing() {}

    /**
     * The chip at an age; a chip that has just been programmed is itself.
     *
     * @param chip as programmed; not changed
     * @throws IllegalArgumentException naming the layer if its cells have no data for that age or temperature
     */
    public static ChipInstance at(ChipDesign design, ChipInstance chip, Age age, DriftCompensation compensation) {
        if (age.equals(Age.NONE)) {
            return chip;
        }
        Map<Integer, ProgrammedLayer> layers = new TreeMap<>();
        for (LayerTiles tiles : design.tiles().layers()) {
            try {
                layers.put(tiles.layer(), layer(design, chip, tiles, age, compensation));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer " + tiles.name() + ": " + e.getMessage(), e);
            }
        }
        return chip.with(layers);
    }

    private static ProgrammedLayer layer(
            ChipDesign design, ChipInstance chip, LayerTiles tiles, Age age, DriftCompensation compensation) {
        List<ProgrammedLayer> copies = new ArrayList<>();
        for (int copy = 0; copy <= chip.layers().get(tiles.layer()).further().size(); copy++) {
            copies.add(copy(design, chip, tiles, copy, age, compensation));
        }
        return copies.getFirst().with(copies.subList(1, copies.size()));
    }

    private static ProgrammedLayer copy(
            ChipDesign design, ChipInstance chip, LayerTiles tiles, int copy, Age age, DriftCompensation compensation) {
        CellModel cell = design.cells(tiles.layer()).cell();
        ProgrammedLayer written = chip.cells(tiles.layer(), copy);
        float[][] targets = design.targets(tiles.layer());
        float[][] conductances =
                Arrays.stream(written.conductances()).map(float[]::clone).toArray(float[][]::new);
        for (TileAssignment part : tiles.assignments(copy)) {
            TileCells cells = new TileCells(tiles, part);
            float[] programmed = cells.gather(written.conductances());
            float[] aged = new float[programmed.length];
            ArrayPort port = chip.ports().get(part.array());
            if (port != null) {
                port.age(age.seconds(), age.kelvin());
                cells.scatterMatrix(port.read(part.rows(), cells.perRow(), 1).mean(), conductances);
                continue;
            }
            cell.age(cells.gather(targets), programmed, aged, age, chip.stream(Purpose.AGEING, tiles, part.array()));
            cells.scatter(aged, conductances);
        }
        return written.at(new ProgrammedLayer.Later(
                age,
                conductances,
                compensation == DriftCompensation.NONE
                        ? Optional.empty()
                        : Optional.of(compensation.gains(
                                written.conductances(),
                                conductances,
                                design.codecs().get(tiles.layer()).columnGain(),
                                tiles))));
    }
}
