/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import io.synaptile.text.table.Due;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The file format of reference tables: a header, then one case per row, in any dialect that {@link TextTable} knows. */
public final class ReferenceTable {
    private static final int LARGEST_BYTES = 1 << 26;

    /** Names a row, or two columns that do so together. */
    private static final Due DUE = new Due(
            List.of(Set.of(ReferenceCase.NAME), Set.of("model", "quantity")), Set.of(), LARGEST_BYTES, false, false);

    private ReferenceTable() {}

    /** The cases of a file that is part of the product, for example {@code validation_sata.csv}. */
    public static List<ReferenceCase> included(String name) {
        try (InputStream in = Objects.requireNonNull(ReferenceTable.class.getResourceAsStream(name), name)) {
            return cases(TextTable.of(name, in.readAllBytes(), DUE));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /**
     * The cases of a file.
     *
     * @param notices told what the file was taken for, where that had to be found out
     * @throws IllegalArgumentException with file and line if it cannot be read, there is no header, a column appears twice or
     *     a row has another number of cells
     */
    public static List<ReferenceCase> read(Path file, Consumer<String> notices) {
        TextTable table = TextTable.read(file.toString(), file, DUE);
        if (!table.isPlain()) {
            notices.accept(table.reading(List.of()));
        }
        return cases(table);
    }

    /** As {@link #read}, for text that is at hand; {@code origin} is for messages. */
    static List<ReferenceCase> parse(String origin, String text) {
        return cases(TextTable.of(origin, text, DUE));
    }

    private static List<ReferenceCase> cases(TextTable table) {
        List<ReferenceCase> cases = new ArrayList<>();
        int width = table.columns().size();
        for (Row row : table.rows()) {
            if (row.written() < width) {
                throw table.problem(row, row.written() + " values under " + width + " columns");
            }
            Map<String, String> columns = new LinkedHashMap<>();
            table.columns().forEach(column -> columns.put(column.title(), table.plain(row, column.index())));
            cases.add(new ReferenceCase(columns));
        }
        return cases;
    }
}
