/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ShiftedWord;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Weight encodings that an experiment file can name. */
public enum CodecKind implements WeightCodecProvider {
    DIFFERENTIAL_PAIR(
            "differential-pair", "a pair of cells, one for each sign; the other cell stays at the lowest conductance"),
    /** A pair whose cells both move, in opposite directions. */
    DIFFERENTIAL_TWO_SIDED("differential-two-sided", "a pair whose cells both move, in opposite directions"),
    /** Pairs of binary digits, as wide as a cell allows. */
    BIT_SLICED("bit-sliced", "pairs of binary digits, as wide as a cell allows"),
    /** Shifted weights; the shift is taken back by counting driven rows. */
    OFFSET_COLUMN("offset-column", "weights shifted to be positive; the shift is subtracted by counting driven rows"),
    /** Shifted weights; the shift is read from one more column per tile. */
    UNIT_COLUMN("unit-column", "weights shifted to be positive; the shift is read from an extra column per tile"),
    /** Weights around the middle of the range, which one more column per tile holds. */
    DUMMY_COLUMN("dummy-column", "weights around the middle of the range, which an extra column per tile holds"),
    /** One column per bit, negative weights by a mask. */
    BINARY_PLANES("binary-planes", "one column per bit, negative weights by a digital mask"),
    TERNARY_PAIR("ternary-pair", "a pair of cells with two states each, for weights -1, 0 and 1"),
    SHIFTED_SRAM("shifted-sram", "digital words scaled by a power of two, without converters (cell sram-shift)"),
    /** Pairs of RRAM cells, and beside them the words of an {@link SramBranch}. */
    RRAM_PLUS_SHIFTED_SRAM(
            "rram-plus-shifted-sram", "pairs of RRAM cells, and beside them SRAM words that repair them");

    private final String id;
    private final String description;

    CodecKind(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean digital() {
        return this == SHIFTED_SRAM;
    }

    @Override
    public boolean pairs() {
        return switch (this) {
            case DIFFERENTIAL_PAIR, DIFFERENTIAL_TWO_SIDED, BIT_SLICED, TERNARY_PAIR, RRAM_PLUS_SHIFTED_SRAM -> true;
            case OFFSET_COLUMN, UNIT_COLUMN, DUMMY_COLUMN, BINARY_PLANES, SHIFTED_SRAM -> false;
        };
    }

    /**
     * The codec kind of that name.
     *
     * @throws IllegalArgumentException listing the known ones
     */
    public static CodecKind of(String id) {
        for (CodecKind kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        String known = Arrays.stream(values()).map(CodecKind::id).collect(Collectors.joining(", "));
        throw RefusedException.mustBe(HardwareProperty.CODEC, "one of " + known, "'" + id + "'");
    }

    /**
     * The codec of one layer. Slices are as wide as the cell allows, binary planes one bit; a ternary pair holds the largest magnitude of the
     * layer; a shifted word is as long as the cell's.
     */
    @Override
    public WeightCodec codec(LayerWeights weights, CellModel cell, int weightBits) {
        return switch (this) {
            case DIFFERENTIAL_PAIR, RRAM_PLUS_SHIFTED_SRAM ->
                new DifferentialPair(weights.fullScale(), weights.steps(weightBits), Slices.wholeBits(cell), cell);
            case DIFFERENTIAL_TWO_SIDED -> new TwoSidedPair(weights.fullScale(), weights.steps(weightBits), cell);
            case BIT_SLICED ->
                DifferentialPair.bitSliced(
                        weights.fullScale(), weights.steps(weightBits), Slices.wholeBits(cell), cell);
            case OFFSET_COLUMN, UNIT_COLUMN, DUMMY_COLUMN ->
                OffsetColumn.of(this, weights.fullScale(), weights.grid(), weightBits, cell);
            case BINARY_PLANES -> new BinaryPlanes(weights.fullScale(), weights.steps(weightBits), cell);
            case TERNARY_PAIR -> new TernaryPair(weights.fullScale(), cell);
            case SHIFTED_SRAM -> {
                ShiftedWord word = cell.shiftedWord()
                        .orElseThrow(() -> RefusedException.of(
                                HardwareProperty.CODEC,
                                " shifted-sram needs a cell that is a digital word, such as ",
                                HardwareProperty.CELL,
                                " sram-shift, got " + cell.id()));
                yield new ShiftedSram(word.bits(), word.shift(), cell);
            }
        };
    }
}
