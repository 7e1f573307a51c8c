/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.sram;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.ShiftedWord;
import io.synaptile.devices.Targets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An exact digital word whose contribution is scaled by {@code 2^shift}.
 *
 * <p>Targets are whole words 0 to {@code 2^bits - 1}, one "uS" per least significant bit; a target between two words is
 * stored as the nearest, half to even. Each stored bit is then flipped with a small probability, 0 unless the user says
 * otherwise; without flips no random word is drawn. A flip stays until the word is written again.
 *
 * <p>Source of the shift: G. Krishnan et al., hybrid RRAM/SRAM in-memory computing, IEEE TCAD 2022 (abstract): the digital
 * SRAM output is added to the non-ideal RRAM output through a programmable shifter.
 *
 * @param bits word length, 1 to 16
 * @param shift power of two applied to the word, -16 to 16; positive moves it towards the most significant bit
 * @param flipProbability of every bit, 0 to 1
 */
public record SramShiftCell(int bits, int shift, double flipProbability) implements CellModel {
    public SramShiftCell {
        new ShiftedWord(bits, shift);
        if (!(flipProbability >= 0 && flipProbability <= 1)) {
            throw new IllegalArgumentException("flip_probability must be between 0 and 1, got " + flipProbability);
        }
    }

    /** A word whose bits stay as written. */
    public SramShiftCell(int bits, int shift) {
        this(bits, shift, 0);
    }

    @Override
    public String id() {
        return "sram-shift";
    }

    @Override
    public ConductanceRange range() {
        return new ConductanceRange(0f, levels() - 1f);
    }

    @Override
    public int levels() {
        return 1 << bits;
    }

    @Override
    public Optional<ShiftedWord> shiftedWord() {
        return Optional.of(new ShiftedWord(bits, shift));
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range());
        for (int i = 0; i < actual.length; i++) {
            actual[i] = (float) Math.rint(actual[i]);
        }
        if (flipProbability > 0) {
            flip(actual, CellDraws.of(random.nextLong(), CellDraws.Effect.BIT_FLIP));
        }
        return target.length;
    }

    private void flip(float[] words, CellDraws draws) {
        for (int i = 0; i < words.length; i++) {
            draws.at(i);
            int word = (int) words[i];
            for (int bit = 0; bit < bits; bit++) {
                if (draws.nextDouble() < flipProbability) {
                    word ^= 1 << bit;
                }
            }
            words[i] = word;
        }
    }
}
