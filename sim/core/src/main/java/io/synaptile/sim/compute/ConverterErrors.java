/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.List;
import java.util.Optional;

/**
 * How the converters of a tiled layer differ from the ideal ones of their plane. A converter reads several columns, which
 * then have the same entries; the arrays are indexed by {@code (row tile * planes + plane) * outputs + output}.
 *
 * <pre>
 *   code = clamp(rint((i - low) / step * gain + offset), 0, codes - 1);   result = low + replaced(code) * step
 * </pre>
 *
 * <p>Planes without converter take no notice of their entries.
 *
 * @param gain factor of each column
 * @param offset offset of each column, in codes
 * @param table row of {@code codes} of each column; null where no code is missing
 * @param codes what comes out for each code, one row per converter, in each as many as the converter has; null without
 *     {@code table}
 */
public record ConverterErrors(float[] gain, float[] offset, int[] table, int[][] codes) {
    public ConverterErrors {
        if ((table == null) != (codes == null)) {
            throw new IllegalArgumentException("missing codes need both a table of each column and the tables");
        }
    }

    void requireFit(int columns, int outputs, List<Optional<SynapsePlan.Converter>> converters) {
        if (gain.length != columns || offset.length != columns || (table != null && table.length != columns)) {
            throw new IllegalArgumentException(
                    "errors of " + gain.length + " columns, expected " + columns + " of all row tiles and planes");
        }
        for (int i = 0; table != null && i < columns; i++) {
            Optional<SynapsePlan.Converter> own = converters.get(i / outputs % converters.size());
            if (own.isPresent() && codes[table[i]].length != own.get().codes()) {
                throw new IllegalArgumentException("a table of " + codes[table[i]].length + " codes for a converter of "
                        + own.get().codes());
            }
        }
    }
}
