/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.random.RandomGenerator;

/**
 * Random numbers of one cell for one effect, addressed by (key, effect, cell): what one effect or one cell draws never moves
 * what another draws, so effects can be switched on, off and scaled one by one.
 *
 * <p>The words are those of {@link SplitMix64Stream} from a start that its finaliser makes of the address. Normals are by Box and Muller, two words each. One object belongs to one thread.
 */
public final class CellDraws implements RandomGenerator {
    /** What is drawn. The codes are part of the file format: a chip is the same again only while they stay the same. */
    public enum Effect {
        RANGE_SPREAD(1),
        WRITE_VERIFY(2),
        ENDURANCE(3),
        DRIFT(4),
        RELAXATION(5),
        RETENTION(6),
        TEMPERATURE(7),
        RANDOM_TELEGRAPH(8),
        BIT_FLIP(9),
        STUCK_ROW(10),
        STUCK_COLUMN(11),
        STUCK_CLUSTER(12),
        COLUMN_ERROR(13),
        ARRAY_ERROR(14),
        TELEGRAPH_STATE(15);

        private final int code;

        Effect(int code) {
            this.code = code;
        }
    }

    private static final double UNIT_53 = 0x1.0p-53;

    private final long base;
    private long state;

    private CellDraws(long base) {
        this.base = base;
        this.state = base;
    }

    /** The numbers of an effect, at cell 0. */
    public static CellDraws of(long key, Effect effect) {
        return new CellDraws(
                SplitMix64Stream.finalised(SplitMix64Stream.finalised(key) + effect.code * SplitMix64Stream.GAMMA));
    }

    /** Moves to the first number of a cell; returns this object. */
    public CellDraws at(int cell) {
        state = word(cell);
        return this;
    }

    /** The one word of a cell, where no more of it is drawn. */
    public long word(int cell) {
        return SplitMix64Stream.finalised(base + (cell + 1L) * SplitMix64Stream.GAMMA);
    }

    @Override
    public long nextLong() {
        state += SplitMix64Stream.GAMMA;
        return SplitMix64Stream.finalised(state);
    }

    /** Uniform in [0, 1) from the top 53 bits of one word. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT_53;
    }

    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }
}
