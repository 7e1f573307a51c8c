/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * Energy that leaks in a chip that is powered for the time of one inference.
 *
 * @param meanPicojoules mean over the instances, NaN without a source
 */
public record Leakage(
        @Cell(name = "leakage_mean_pJ", label = "Leakage, mean", unit = "pJ")
        double meanPicojoules,

        @Cell(name = "leakage_counted", label = "Leakage in the energy")
        Counted counted) {
    /** How the energy of an inference takes it. */
    public enum Counted implements Word {
        /** The energy of an inference is that of events alone. */
        BESIDE("beside"),
        /** It is part of the energy. */
        WITHIN("within"),
        /** The energy table knows no leakage of any part of the chip. */
        NO_SOURCE("no source");

        private final String word;

        Counted(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    public Leakage {
        if (Double.isNaN(meanPicojoules) != (counted == Counted.NO_SOURCE)) {
            throw new IllegalArgumentException(
                    "a leakage of " + meanPicojoules + " pJ is not counted '" + counted.word() + "'");
        }
    }

    /**
     * Leakage of a chip.
     *
     * @param meanPicojoules NaN without a source
     * @param within whether it is part of the energy
     */
    public static Leakage of(double meanPicojoules, boolean within) {
        if (Double.isNaN(meanPicojoules)) {
            return new Leakage(Double.NaN, Counted.NO_SOURCE);
        }
        return new Leakage(meanPicojoules, within ? Counted.WITHIN : Counted.BESIDE);
    }
}
