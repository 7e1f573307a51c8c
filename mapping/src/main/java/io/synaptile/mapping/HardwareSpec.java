/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hardware a network is placed on.
 *
 * @param tileRows rows of one tile (input lines)
 * @param tileColumns physical columns of one tile
 * @param codec weight encoding
 * @param weightBits bits of the magnitude of weights that no quantiser has put on a grid
 * @param cell behaviour of one cell
 * @param readout converters of the columns
 * @param skipEmpty whether tiles without a driven row are not read
 * @param digitalBits bits of the weights of layers that are not on tiles, 0 or 32 for float
 * @param tiledLayers names of the layers on tiles
 * @param ownCells by name, layers whose codec or cell is not that of the others; their digital words are summed exactly
 *     whatever the converters of the others are
 * @param circuit what the cells of an array make of a read
 * @param chip how arrays are grouped, and how often a layer is there
 */
public record HardwareSpec(
        int tileRows,
        int tileColumns,
        WeightCodecProvider codec,
        int weightBits,
        CellModel cell,
        Readout readout,
        boolean skipEmpty,
        int digitalBits,
        Set<String> tiledLayers,
        Map<String, LayerCells> ownCells,
        ArrayCircuit circuit,
        ChipSpec chip) {
    public HardwareSpec {
        Objects.requireNonNull(circuit);
        Objects.requireNonNull(chip);
        requireAtLeastOne(HardwareProperty.TILE_ROWS, tileRows);
        requireAtLeastOne(HardwareProperty.TILE_COLUMNS, tileColumns);
        Objects.requireNonNull(readout);
        if (digitalBits != 0 && (digitalBits < 2 || digitalBits > 32)) {
            throw RefusedException.mustBe(HardwareProperty.DIGITAL_BITS, "0 (float) or 2 to 32", digitalBits);
        }
        if (codec.digital() && readout instanceof Readout.Adc) {
            throw RefusedException.of(
                    HardwareProperty.READOUT,
                    " must be ideal for ",
                    HardwareProperty.CODEC,
                    " " + codec.id() + ", whose words are summed digitally");
        }
        tiledLayers = Collections.unmodifiableSet(new TreeSet<>(tiledLayers));
        ownCells = Collections.unmodifiableMap(new TreeMap<>(ownCells));
        LayerCells usual = new LayerCells(codec, weightBits, cell);
        if (circuit.wires().pairsOnColumns()) {
            requirePairs(tiledLayers, ownCells, usual);
            requireSign(readout);
        }
        if (circuit.columnLimitMicroamperes().isPresent()) {
            requireVolts(tiledLayers, ownCells, usual);
        }
        circuit.wires().requireReach(tileRows, tileColumns, cell.range().maxMicrosiemens());
        for (LayerCells own : ownCells.values()) {
            circuit.wires()
                    .requireReach(tileRows, tileColumns, own.cell().range().maxMicrosiemens());
        }
    }

    private static void requirePairs(Set<String> layers, Map<String, LayerCells> ownCells, LayerCells usual) {
        for (String layer : layers) {
            LayerCells cells = ownCells.getOrDefault(layer, usual);
            WeightCodecProvider codec = cells.codec();
            if (!codec.digital() && !codec.pairs()) {
                throw RefusedException.of(
                        HardwareProperty.WIRE_TOPOLOGY,
                        " c puts both cells of a pair on one column; codec " + codec.id() + " of layer " + layer
                                + " has no pairs");
            }
            if (cells.cell().pairSense().isPresent()) {
                throw RefusedException.of(
                        HardwareProperty.WIRE_TOPOLOGY,
                        " c leaves the sense amplifier (sense_threshold) of ",
                        HardwareProperty.CELL,
                        " " + cells.cell().id() + " no second column to compare with; leave one of them out");
            }
        }
    }

    private static void requireVolts(Set<String> layers, Map<String, LayerCells> ownCells, LayerCells usual) {
        for (String layer : layers) {
            LayerCells cells = ownCells.getOrDefault(layer, usual);
            if (!cells.codec().digital() && cells.cell().readVolts().isEmpty()) {
                throw RefusedException.of(
                        HardwareProperty.COLUMN_LIMIT,
                        " needs to know the read voltage, and cell "
                                + cells.cell().id() + " of layer " + layer
                                + " has none; give its option read.voltage_V, or take a cell that has it");
            }
        }
    }

    private static void requireSign(Readout readout) {
        if (readout instanceof Readout.Adc adc && adc.bits() < 2) {
            throw RefusedException.of(
                    HardwareProperty.ADC_BITS,
                    " must be at least 2 with ",
                    HardwareProperty.WIRE_TOPOLOGY,
                    " c, whose columns carry currents of both signs, got " + adc.bits());
        }
    }

    /** Hardware whose wires have no resistance, on a chip that has what is needed. */
    public HardwareSpec(
            int tileRows,
            int tileColumns,
            WeightCodecProvider codec,
            int weightBits,
            CellModel cell,
            Readout readout,
            boolean skipEmpty,
            int digitalBits,
            Set<String> tiledLayers,
            Map<String, LayerCells> ownCells) {
        this(
                tileRows,
                tileColumns,
                codec,
                weightBits,
                cell,
                readout,
                skipEmpty,
                digitalBits,
                tiledLayers,
                ownCells,
                ArrayCircuit.IDEAL,
                ChipSpec.unlimited());
    }

    /** Hardware whose layers on tiles all have the same codec and cell. */
    public HardwareSpec(
            int tileRows,
            int tileColumns,
            WeightCodecProvider codec,
            int weightBits,
            CellModel cell,
            Readout readout,
            boolean skipEmpty,
            int digitalBits,
            Set<String> tiledLayers) {
        this(tileRows, tileColumns, codec, weightBits, cell, readout, skipEmpty, digitalBits, tiledLayers, Map.of());
    }

    /** The same with other layers that have a codec or cell of their own. */
    public HardwareSpec withOwnCells(Map<String, LayerCells> layers) {
        return with(layers, circuit, chip);
    }

    /** The same with arrays of another circuit. */
    public HardwareSpec withCircuit(ArrayCircuit other) {
        return with(ownCells, other, chip);
    }

    /** The same with other wires. */
    public HardwareSpec withWires(WireSpec other) {
        return withCircuit(circuit.withWires(other));
    }

    /** The same with arrays that are read otherwise. */
    public HardwareSpec withArrays(ArrayReadout other) {
        return withCircuit(circuit.withReadout(other));
    }

    /** The same with columns that carry at most some current, uA. */
    public HardwareSpec withColumnLimit(double microamperes) {
        return withCircuit(circuit.withColumnLimit(microamperes));
    }

    /** The same on another chip. */
    public HardwareSpec withChip(ChipSpec other) {
        return with(ownCells, circuit, other);
    }

    private HardwareSpec with(Map<String, LayerCells> layers, ArrayCircuit arrays, ChipSpec on) {
        return new HardwareSpec(
                tileRows,
                tileColumns,
                codec,
                weightBits,
                cell,
                readout,
                skipEmpty,
                digitalBits,
                tiledLayers,
                layers,
                arrays,
                on);
    }

    /** Codec and cell of a layer on tiles. */
    public LayerCells cells(String layer) {
        LayerCells own = ownCells.get(layer);
        return own == null ? new LayerCells(codec, weightBits, cell) : own;
    }

    /** Whether layers that are not on tiles keep their weights as they were trained. */
    public boolean exactDigitalWeights() {
        return digitalBits == 0 || digitalBits == 32;
    }

    private static void requireAtLeastOne(HardwareProperty property, int value) {
        if (value < 1) {
            throw RefusedException.mustBe(property, "at least 1", value);
        }
    }
}
