/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.TextFile;
import io.synaptile.text.message.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the tables of a run folder back into the rows they were written from.
 *
 * @param manifest has the checksums of the tables
 */
public record RunReader(Path folder, RunManifest manifest) {
    private static final int LARGEST_BYTES = 64 << 20;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** @throws IllegalArgumentException if the folder is not a run folder or its manifest is damaged */
    public static RunReader of(Path runFolder) {
        return new RunReader(runFolder, RunManifest.read(runFolder));
    }

    /**
     * All tables of a simulation.
     *
     * @throws IllegalArgumentException if one is missing, damaged or of another version, naming file, row and column
     */
    public TableSet tables() {
        TableSet.Builder tables = new TableSet.Builder();
        Tables.ofRuns().forEach(table -> put(table, tables));
        return tables.build();
    }

    private <R> void put(Table<R> table, TableSet.Builder tables) {
        tables.put(table, Tables.ofTraining().contains(table) ? trainingRows(table) : rows(table));
    }

    /**
     * The rows of a table of {@link Tables#ofTraining}; none where there is no such table, as in folders of earlier versions and
     * in copies of a model and its manifest, from which it can be simulated as well.
     */
    <R> List<R> trainingRows(Table<R> table) {
        return Files.isRegularFile(folder.resolve(table.fileName())) ? rows(table) : List.of();
    }

    /**
     * The rows of one table.
     *
     * @throws IllegalArgumentException as {@link #tables}
     */
    public <R> List<R> rows(Table<R> table) {
        Table.Reader<R> read = table.reader().orElseThrow();
        Path file = folder.resolve(table.fileName());
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " has no " + table.fileName() + "; run 'synaptile simulate " + folder + "' first");
        }
        String text = TextFile.read(file, LARGEST_BYTES, "a table of results");
        requireHeader(file, text.lines().findFirst().orElse(""), table.names());
        List<R> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException(file + " ends inside a row; simulate again");
            }
            for (CSVRecord record : parser) {
                rows.add(row(file, record, read));
            }
        } catch (IOException | UncheckedIOException e) {
            // A text can be read; what the parser has is a quotation mark in the wrong place, or none in the right one.
            throw new IllegalArgumentException(
                    file + ", row " + (rows.size() + 1) + " or below: quotes do not match; simulate again", e);
        }
        if (rows.isEmpty() && !Tables.mayBeEmpty(table)) {
            throw new IllegalArgumentException(file + " has no rows; simulate again");
        }
        // Last, for what was read says better what is wrong.
        manifest.requireIntact(folder, table.fileName(), Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        return rows;
    }

    private static void requireHeader(Path file, String line, List<String> expected) {
        List<String> found = List.of(line.split(",", -1));
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String there = i < found.size() ? Quoted.of(found.get(i)) : "missing";
            String here = i < expected.size() ? expected.get(i) : "no column";
            if (i >= found.size() || i >= expected.size() || !found.get(i).equals(here)) {
                throw new IllegalArgumentException(file + ": the header must be " + String.join(",", expected)
                        + "; column " + (i + 1) + " of line 1 is " + there + ", not " + here + "; simulate again");
            }
        }
    }

    private static <R> R row(Path file, CSVRecord record, Table.Reader<R> read) {
        try {
            return read.read(record::get);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ", row " + record.getRecordNumber() + ": not a row of this table ("
                            + Quoted.bare(e.getMessage()) + ")",
                    e);
        }
    }
}
