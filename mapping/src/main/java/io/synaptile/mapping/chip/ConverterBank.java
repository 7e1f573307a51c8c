/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;

/**
 * The converters of one copy of a layer on one chip. Every array has its own; each reads a number of neighbouring physical columns in
 * turn: those of the outputs, planes in order, then those that all outputs of the array share. Gain and offset of converter
 * k of array a, those of all copies counted on, come from {@code NoiseStream.of(seed, CONVERTER, layer, a, instance)}, its missing codes from
 * {@code MISSING_CODES}, what its model makes of it, converter by converter, from {@code CONVERTER_MODEL}.
 */
final class ConverterBank {
    private final Readout.Adc adc;
    private final LayerTiles tiles;
    private final ChipInstance chip;
    private final int copy;
    private final int perArray;
    /** Outputs of every array, by row tile and column tile. */
    private final int[][][] onTile;

    private final float[] gain;
    private final float[] offset;
    /** What comes out of every converter for each code; empty for one whose codes come out as they are. */
    private final int[][] outputs;

    private ConverterBank(Readout.Adc adc, LayerTiles tiles, ChipInstance chip, int copy) {
        this.copy = copy;
        this.adc = adc;
        this.tiles = tiles;
        this.chip = chip;
        int columns = tiles.outputsPerTile() * tiles.columnsPerWeight() + tiles.columnsPerTile();
        perArray = Math.ceilDiv(columns, adc.columnsPerAdc());
        onTile = new int[tiles.rowTiles()][][];
        for (int r = 0; r < onTile.length; r++) {
            int rowTile = r;
            onTile[r] = new int[tiles.columnTiles(r)][];
            Arrays.setAll(onTile[r], columnTile -> tiles.outputsOn(rowTile, columnTile));
        }
        gain = new float[tiles.tiles() * perArray];
        offset = new float[gain.length];
        outputs = new int[gain.length][0];
        for (int i = 0; i < gain.length; i += perArray) {
            NoiseStream stream = stream(Purpose.CONVERTER, i / perArray);
            for (int k = 0; k < perArray; k++) {
                gain[i + k] = (float) (1 + adc.spread().gainSd() * stream.nextGaussian());
                offset[i + k] = (float) (adc.spread().offsetSd() * stream.nextGaussian());
            }
        }
        adc.model().ifPresent(this::draw);
    }

    private void draw(AdcModel model) {
        for (int i = 0; i < gain.length; i += perArray) {
            NoiseStream stream = stream(Purpose.CONVERTER_MODEL, i / perArray);
            for (int k = i; k < i + perArray; k++) {
                AdcCharacteristic own = model.draw(adc.bits(), stream);
                own.requireFit(adc.bits());
                gain[k] *= (float) own.gain();
                offset[k] += (float) own.offset();
                outputs[k] = own.codes();
            }
        }
    }

    /**
     * Errors of the converters of a layer.
     *
     * @param planes of the layer, digital ones at the end included
     */
    static ConverterErrors errors(Readout.Adc adc, LayerTiles tiles, int planes, ChipInstance chip, int copy) {
        return new ConverterBank(adc, tiles, chip, copy).errors(planes);
    }

    private NoiseStream stream(Purpose purpose, int array) {
        return chip.stream(purpose, tiles, tiles.address(copy * tiles.tiles() + array));
    }

    private ConverterErrors errors(int planes) {
        float[] gains = new float[tiles.rowTiles() * planes * tiles.outputs()];
        float[] offsets = new float[gains.length];
        boolean tables =
                adc.spread().missingCodes() > 0 || Arrays.stream(outputs).anyMatch(codes -> codes.length > 0);
        int[] table = tables ? new int[gains.length] : null;
        for (int i = 0; i < gains.length; i++) {
            int converter = converter(i / tiles.outputs() / planes, i / tiles.outputs() % planes, i % tiles.outputs());
            gains[i] = gain[converter];
            // The gain of a converter of both signs turns about 0, which is its middle code.
            offsets[i] = tiles.pairsOnColumns()
                    ? offset[converter] + (1 - gain[converter]) * (1 << adc.bits() - 1)
                    : offset[converter];
            if (table != null) {
                table[i] = converter;
            }
        }
        return new ConverterErrors(gains, offsets, table, table == null ? null : codes());
    }

    /** Converter of a physical column; digital planes and outputs without columns, which have none, are given any. */
    private int converter(int rowTile, int plane, int output) {
        int perWeight = tiles.columnsPerWeight();
        for (int columnTile = 0; columnTile < onTile[rowTile].length; columnTile++) {
            int[] outputs = onTile[rowTile][columnTile];
            int at = Arrays.binarySearch(outputs, output);
            if (at >= 0) {
                int column = plane < perWeight
                        ? at * perWeight + plane
                        : outputs.length * perWeight
                                + Math.min(plane - perWeight, Math.max(0, tiles.columnsPerTile() - 1));
                int array = tiles.number(new ArrayAddress(tiles.layer(), 0, rowTile, columnTile));
                return array * perArray + Math.min(column / adc.columnsPerAdc(), perArray - 1);
            }
        }
        return 0;
    }

    private int[][] codes() {
        int[][] codes = new int[gain.length][1 << adc.bits()];
        for (int array = 0; array * perArray < gain.length; array++) {
            NoiseStream stream = stream(Purpose.MISSING_CODES, array);
            for (int k = 0; k < perArray; k++) {
                int[] own = codes[array * perArray + k];
                for (int code = 1; code < own.length; code++) {
                    own[code] = stream.nextDouble() < adc.spread().missingCodes() ? own[code - 1] : code;
                }
                int[] output = outputs[array * perArray + k];
                for (int code = 0; code < own.length && output.length > 0; code++) {
                    own[code] = output[own[code]];
                }
            }
        }
        return codes;
    }
}
