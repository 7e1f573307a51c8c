/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.Arrays;
import java.util.List;

/** A constant of an enum that stands in tables as a word. */
public interface Word {
    /** Name in files. */
    String word();

    /**
     * The constant of a word in a file.
     *
     * @param what such words say, for the message
     * @throws IllegalArgumentException listing the words
     */
    static <W> W of(Class<W> type, String what, String word) {
        List<W> constants = Arrays.asList(type.getEnumConstants());
        List<String> words =
                constants.stream().map(constant -> ((Word) constant).word()).toList();
        if (!words.contains(word)) {
            throw new IllegalArgumentException(
                    what + " must be one of " + String.join(", ", words) + ", got '" + word + "'");
        }
        return constants.get(words.indexOf(word));
    }
}
