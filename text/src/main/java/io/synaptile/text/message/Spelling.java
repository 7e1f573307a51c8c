/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class Spelling {
    private Spelling() {}

    /** The known name nearest to {@code typed}, if it is near enough to be meant. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        int limit = Math.max(2, typed.length() / 3);
        return known.stream()
                .filter(key -> distance(typed, key) <= limit && distance(typed, key) < key.length())
                .min(Comparator.comparingInt((String key) -> distance(typed, key))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Whether {@code typed} is {@code known} with one character missing, too many or wrong. */
    public static boolean isSlip(String typed, String known) {
        return distance(typed, known) == 1;
    }

    /** Levenshtein distance: fewest insertions, deletions and replacements of one character. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
