/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

/**
 * What a random stream is drawn for. Two purposes never share a word, so changing the number of chip instances cannot
 * change the input spikes. The codes are part of the file format: a result is repeatable only while they stay the same.
 */
public enum Purpose {
    WEIGHT_INIT(1),
    SHUFFLE(2),
    AUGMENT(3),
    INPUT_CODING(4),
    DROPOUT(5),
    TRAINING_VARIATION(6),
    PROGRAMMING(7),
    READ_NOISE(8),
    STUCK_CELLS(9),
    SPLIT(10),
    READ_TRAITS(12),
    AGEING(20),
    CONVERTER(21),
    MISSING_CODES(22),
    CONVERTER_MODEL(23),
    ARRAY_READOUT(24),
    BOARD_COLUMNS(25),
    BOARD_VERIFY(26),
    BOARD_READ(27),
    WEIGHT_PERTURBATION(28),
    TEST(255);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** Stable number of this purpose, 1 to 255. */
    public int code() {
        return code;
    }
}
