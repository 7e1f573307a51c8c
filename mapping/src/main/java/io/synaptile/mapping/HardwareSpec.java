/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The hardware a network is placed on.
 *
 * @param tile size of every tile
 * @param usual what holds the weights of layers that have no cells of their own
 * @param readout converters of the columns
 * @param skipEmpty whether tiles without a driven row are not read
 * @param layers which layers are on tiles, and how the others are stored
 * @param circuit what the cells of an array make of a read
 * @param chip how arrays are grouped, and how often a layer is there
 */
public record HardwareSpec(
        TileSize tile,
        LayerCells usual,
        Readout readout,
        boolean skipEmpty,
        LayerPlaces layers,
        ArrayCircuit circuit,
        ChipSpec chip) {
    public HardwareSpec {
        Objects.requireNonNull(tile);
        Objects.requireNonNull(layers);
        Objects.requireNonNull(circuit);
        Objects.requireNonNull(chip);
        Objects.requireNonNull(readout);
        if (usual.codec().digital() && readout instanceof Readout.Adc) {
            throw RefusedException.of(
                    HardwareProperty.READOUT,
                    " must be ideal for ",
                    HardwareProperty.CODEC,
                    " " + usual.codec().id() + ", whose words are summed digitally");
        }
        if (circuit.wires().pairsOnColumns()) {
            requirePairs(layers, usual);
            requireSign(readout);
        }
        if (circuit.columnLimitMicroamperes().isPresent()) {
            requireVolts(layers, usual);
        }
        if (chip.sparse() != SparseMapping.NONE) {
            requireNoWords(layers, usual);
        }
        requireReach(circuit.wires(), tile, usual);
        for (LayerCells own : layers.ownCells().values()) {
            requireReach(circuit.wires(), tile, own);
        }
    }

    /** Hardware whose wires have no resistance, on a chip that has what is needed. */
    public HardwareSpec(TileSize tile, LayerCells usual, Readout readout, boolean skipEmpty, LayerPlaces layers) {
        this(tile, usual, readout, skipEmpty, layers, ArrayCircuit.IDEAL, ChipSpec.unlimited());
    }

    /**
     * Hardware that converts exactly, does not read tiles without a driven row, and keeps the weights of layers that are not
     * on tiles as they were trained; all else as {@link #HardwareSpec(TileSize, LayerCells, Readout, boolean, LayerPlaces)}.
     *
     * @param tiled names of the layers on tiles
     */
    public static HardwareSpec exact(TileSize tile, LayerCells cells, String... tiled) {
        return new HardwareSpec(tile, cells, new Readout.Ideal(), true, new LayerPlaces(Set.of(tiled), 0));
    }

    private static void requireReach(WireSpec wires, TileSize tile, LayerCells cells) {
        wires.requireReach(tile.rows(), tile.columns(), cells.cell().range().maxMicrosiemens());
    }

    private static void requireNoWords(LayerPlaces layers, LayerCells usual) {
        for (String layer : layers.tiled()) {
            if (layers.ownCells().getOrDefault(layer, usual).codec() == CodecKind.RRAM_PLUS_SHIFTED_SRAM) {
                throw RefusedException.of(
                        HardwareProperty.SPARSE_MAPPING,
                        " must be none for ",
                        HardwareProperty.CODEC,
                        " " + CodecKind.RRAM_PLUS_SHIFTED_SRAM.id() + " of layer " + layer
                                + ", whose SRAM words stand beside the rows of its cells");
            }
        }
    }

    private static void requirePairs(LayerPlaces layers, LayerCells usual) {
        for (String layer : layers.tiled()) {
            LayerCells cells = layers.ownCells().getOrDefault(layer, usual);
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

    private static void requireVolts(LayerPlaces layers, LayerCells usual) {
        for (String layer : layers.tiled()) {
            LayerCells cells = layers.ownCells().getOrDefault(layer, usual);
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

    /** The same with other layers that have a codec or cell of their own. */
    public HardwareSpec withOwnCells(Map<String, LayerCells> own) {
        return withLayers(new LayerPlaces(layers.tiled(), own, layers.digitalBits(), layers.biasRows()));
    }

    /** The same with layers in other places. */
    public HardwareSpec withLayers(LayerPlaces other) {
        return new HardwareSpec(tile, usual, readout, skipEmpty, other, circuit, chip);
    }

    /** The same where biases of layers in cells are rows of their matrices. */
    public HardwareSpec withBiasRows() {
        return withLayers(layers.withBiasRows(true));
    }

    /** The same with arrays of another circuit. */
    public HardwareSpec withCircuit(ArrayCircuit other) {
        return new HardwareSpec(tile, usual, readout, skipEmpty, layers, other, chip);
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
        return new HardwareSpec(tile, usual, readout, skipEmpty, layers, circuit, other);
    }

    /** Codec and cell of a layer on tiles. */
    public LayerCells cells(String layer) {
        return layers.ownCells().getOrDefault(layer, usual);
    }
}
