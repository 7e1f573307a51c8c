/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * What a user should know about one option of a cell.
 *
 * @param name as in {@link CellModelProvider#options()}
 * @param unit of its value; empty for words and plain numbers
 * @param otherwise value where the option is absent, as it would be written; empty where there is none
 * @param allowed values, in words or as an interval; empty if not said
 * @param meaning one line; empty if not said
 * @param source where model or default are from; empty if they are nobody's in particular
 */
public record CellOption(String name, String unit, String otherwise, String allowed, String meaning, String source) {

    /** An option of which only the name is known. */
    public static CellOption named(String name) {
        return new CellOption(name, "", "", "", "", "");
    }

    /** An option without a source. */
    public CellOption(String name, String unit, String otherwise, String allowed, String meaning) {
        this(name, unit, otherwise, allowed, meaning, "");
    }
}
