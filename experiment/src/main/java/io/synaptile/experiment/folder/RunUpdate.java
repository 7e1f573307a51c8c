/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.html.HtmlReport;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.CsvReport;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.FileSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a stage changes in a run folder: all of it appears at once, with a manifest that has the checksums. */
public final class RunUpdate implements AutoCloseable {
    /** Name of the page made from the tables. */
    static final String PAGE = "report.html";

    private final Path folder;
    private final FileSet files;

    private RunUpdate(Path folder, FileSet files) {
        this.folder = folder;
        this.files = files;
    }

    /** @param folder whose lock this process holds */
    public static RunUpdate begin(Path folder) {
        return new RunUpdate(folder, FileSet.begin(folder));
    }

    /** The tables that were written so far, which cannot be seen in the folder yet. */
    public RunReader staged() {
        return new RunReader(files.staged(), new RunManifest(new TreeMap<>()));
    }

    public <R> void table(Table<R> table, List<R> rows) {
        files.write(table.fileName(), CsvReport.text(table, rows));
    }

    /** Writes several tables; those of a training only where they have rows. */
    public void tables(TableSet tables) {
        tables.forEach(new TableSet.Taker() {
            @Override
            public <R> void take(Table<R> table, List<R> rows) {
                if (!rows.isEmpty() || !Tables.ofTraining().contains(table)) {
                    table(table, rows);
                }
            }
        });
    }

    public void page(RunReport report) {
        files.write(PAGE, HtmlReport.render(report));
    }

    public void write(String name, AtomicFile.Content content) {
        files.write(name, content);
    }

    public void remove(String name) {
        files.remove(name);
    }

    /** Makes the change of a run folder. */
    public void commit(RunManifest manifest) {
        commit(RunManifest.FILE, manifest);
    }

    /**
     * Makes the change.
     *
     * @param name of the file with the facts and checksums, which takes its place last
     */
    public void commit(String name, RunManifest facts) {
        Map<String, String> sums = new TreeMap<>(facts.files());
        sums.keySet().removeIf(listed -> files.isRemoved(listed) || !Files.exists(folder.resolve(listed)));
        sums.putAll(files.checksums());
        byte[] json = facts.withFiles(sums).json();
        files.write(name, out -> out.write(json));
        files.commit();
    }

    /** Gives the change up unless it has been made. */
    @Override
    public void close() {
        files.close();
    }
}
