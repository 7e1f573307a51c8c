/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.property;

import io.synaptile.text.message.Property;

/** What a caller chooses about hardware and a refusal may name. */
public enum HardwareProperty implements Property {
    TILE_ROWS("the rows of a tile"),
    TILE_COLUMNS("the columns of a tile"),
    /** Names of the layers on tiles. */
    LAYERS("the layers on tiles"),
    /** How often a layer is on the chip. */
    COPIES("the copies of a layer"),
    /** What biases of layers on tiles become. */
    BIAS("the biases of layers on tiles"),
    /** What tiles leave out of matrices with weights that are 0. */
    SPARSE_MAPPING("what tiles leave out of sparse matrices"),
    CODEC("codec"),
    CELL("cell"),
    CELL_BITS("the bits of a cell"),
    /** Significance of the pairs of {@code n-pairs}. */
    PAIR_FACTORS("the factors of the pairs"),
    /** Bits of the magnitude of weights that no quantiser has put on a grid. */
    WEIGHT_BITS("the bits of a weight"),
    /** Bits of weights that a quantiser has put on a grid. */
    QUANTISED_BITS("the bits of a quantised weight"),
    /** Bits of weights that are not on tiles. */
    DIGITAL_BITS("the bits of a digital weight"),
    READOUT("the read-out"),
    ADC_BITS("the bits of a converter"),
    COLUMNS_PER_ADC("the columns of a converter"),
    CALIBRATION_PERCENTILE("the percentile at which a calibrated range ends"),
    ADC_GAIN_SD("the deviation of converter gains"),
    ADC_OFFSET_SD("the deviation of converter offsets"),
    ADC_MISSING_CODES("the probability of a missing code"),
    /** Largest current of a column, uA. */
    COLUMN_LIMIT("a limit of the column current"),
    ARRAY_READOUT("the array read-out"),
    WIRES("the wires"),
    WIRE_TOPOLOGY("wire topology"),
    WIRE_SOLVER("the wire solver"),
    /** Share of the rows that is driven. */
    WIRE_ACTIVITY("the activity that wires assume"),
    /** Bits of the SRAM words beside the cells. */
    SRAM_BITS("the bits of an SRAM word"),
    SRAM_ROUNDING("the rounding of SRAM sums"),
    ARRAYS_PER_PE("the arrays of a PE"),
    PES_PER_TILE("the PEs of a chip tile"),
    CHIP_TILES("the chip tiles"),
    MESH("the mesh"),
    /** Filling what is left of the chip with copies of layers. */
    FILL("filling a chip with copies"),
    /** Bits of weights and activations of the quantised network that a chip is compared with. */
    BASELINE_BITS("the bits of the baseline"),
    /** How the images of the network become its input. */
    INPUT_CODING("the input coding");

    private final String words;

    HardwareProperty(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
