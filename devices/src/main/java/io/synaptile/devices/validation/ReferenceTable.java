/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The file format of reference tables: a header, then one case per line, fields parted by commas and never quoted. */
public final class ReferenceTable {
    private ReferenceTable() {}

    /** The cases of a file that is part of the product, for example {@code validation_sata.csv}. */
    public static List<ReferenceCase> included(String name) {
        try (InputStream in = Objects.requireNonNull(ReferenceTable.class.getResourceAsStream(name), name)) {
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /**
     * The cases of a file.
     *
     * @param origin file, for messages
     * @throws IllegalArgumentException with origin and line if there is no header, a column appears twice or a line has
     *     another number of fields
     */
    public static List<ReferenceCase> parse(String origin, String text) {
        List<ReferenceCase> cases = new ArrayList<>();
        String[] header = null;
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.split(",", -1);
            if (header == null) {
                header = fields;
                continue;
            }
            if (fields.length != header.length) {
                throw new IllegalArgumentException(origin + ":" + number + ": expected " + header.length
                        + " fields as in the header, got " + fields.length);
            }
            Map<String, String> columns = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                if (columns.put(header[i].strip(), fields[i].strip()) != null) {
                    throw new IllegalArgumentException(origin + ":1: column '" + header[i].strip() + "' appears twice");
                }
            }
            cases.add(new ReferenceCase(columns));
        }
        if (header == null) {
            throw new IllegalArgumentException(origin + ": there is no header");
        }
        return cases;
    }
}
