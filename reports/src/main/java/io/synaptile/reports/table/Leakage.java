/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.Arrays;
import java.util.List;

/**
 * Energy that leaks in a chip that is powered for the time of one inference.
 *
 * @param meanPicojoules mean over the instances, NaN without a source
 */
public record Leakage(double meanPicojoules, Counted counted) {
    /** How the energy of an inference takes it. */
    public enum Counted {
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

        /** Name in files. */
        public String word() {
            return word;
        }

        /**
         * The one of a name in a file.
         *
         * @throws IllegalArgumentException listing the names
         */
        public static Counted of(String word) {
            List<String> words = Arrays.stream(values()).map(Counted::word).toList();
            if (!words.contains(word)) {
                throw new IllegalArgumentException(
                        "leakage is counted " + String.join(", ", words) + ", got '" + word + "'");
            }
            return values()[words.indexOf(word)];
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
