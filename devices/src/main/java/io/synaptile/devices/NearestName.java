/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import io.synaptile.text.message.Quoted;
import java.util.Collection;

/** Finds what a misspelt name was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /** One line: what is unknown, the nearest known name and all known names in the order given. */
    public static String unknown(String what, String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "unknown " + what + " " + Quoted.of(name) + "; none is known";
        }
        return "unknown " + what + " " + Quoted.of(name) + "; nearest is '" + nearest(name, known) + "'; known: "
                + String.join(", ", known);
    }

    /** The known name at the smallest edit distance; the first of several. */
    private static String nearest(String name, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein distance: insertions, deletions and substitutions that turn one name into the other. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
