/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.synaptile.reports.outcome.NetworkLayer;
import io.synaptile.reports.outcome.RowJson;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of a run: one file without outside references, readable in light and dark, equal runs give equal bytes. */
public final class HtmlReport {
    /** Beyond this the page would be slow; the CSV files have every point. */
    private static final int LARGEST_DETAILED_POINTS = 12;

    private HtmlReport() {}

    /** What the template sees. */
    private record Page(
            String name,
            String description,
            List<String> remarks,
            boolean sweep,
            String intervalChart,
            HtmlTable points,
            HtmlTable summary,
            List<PointSection> sections,
            int hiddenSections,
            boolean truncated,
            List<RecordingSection> recordings,
            String networkDrawing,
            HtmlTable sources,
            boolean hasSources,
            List<ManifestSection> manifest,
            String data) {}

    private record ManifestSection(String name, List<RunReport.ManifestEntry> entries) {}

    /** The page as text. */
    public static String render(RunReport run) {
        return template("report.html.mustache").execute(page(run));
    }

    private static Page page(RunReport run) {
        boolean sweep = run.summary().size() > 1;
        List<PointSection> sections = run.summary().stream()
                .limit(LARGEST_DETAILED_POINTS)
                .map(summary -> PointSection.of(run, summary))
                .toList();
        return new Page(
                run.name(),
                run.description(),
                run.remarks(),
                sweep,
                sweep ? IntervalChart.draw(run) : "",
                HtmlTable.of(Tables.points(run.sweptKeys()), run.points(), true),
                HtmlTable.of(Tables.SUMMARY, run.summary(), true),
                sections,
                run.summary().size() - sections.size(),
                run.summary().size() > sections.size(),
                run.recordings().stream().map(RecordingSection::of).toList(),
                network(run),
                sources(run),
                !run.sources().isEmpty(),
                manifest(run),
                // A '<' could end the script element that holds the data.
                RowJson.all(run).replace("<", "\\u003c"));
    }

    private static String network(RunReport run) {
        List<NetworkLayer> layers = run.subject().network();
        return layers.isEmpty() ? "" : NetworkDrawing.inPage("Network of " + run.name(), layers);
    }

    private static HtmlTable sources(RunReport run) {
        List<HtmlTable.Cell> headers = List.of(
                HtmlTable.text("Event"),
                HtmlTable.numberHeader("Energy", "pJ"),
                HtmlTable.numberHeader("Node", "nm"),
                HtmlTable.text("Scaled"),
                HtmlTable.text("Source"));
        List<HtmlTable.Row> rows = new ArrayList<>();
        for (RunReport.EnergySource source : run.sources()) {
            rows.add(new HtmlTable.Row(List.of(
                    HtmlTable.text(source.event()),
                    HtmlTable.number(source.energyPicojoules()),
                    HtmlTable.text(source.node()),
                    HtmlTable.text(source.scaled()),
                    HtmlTable.text(source.source()))));
        }
        return new HtmlTable(headers, rows);
    }

    private static List<ManifestSection> manifest(RunReport run) {
        Map<String, List<RunReport.ManifestEntry>> sections = new LinkedHashMap<>();
        for (RunReport.ManifestEntry entry : run.manifest()) {
            sections.computeIfAbsent(entry.section(), name -> new ArrayList<>()).add(entry);
        }
        List<ManifestSection> ordered = new ArrayList<>();
        sections.forEach((name, entries) -> ordered.add(new ManifestSection(name, entries)));
        return ordered;
    }

    /** A page with the parts that pages share. */
    static Template template(String name) {
        try (Reader page = resource(name)) {
            return Mustache.compiler()
                    .emptyStringIsFalse(true)
                    .withLoader(part -> resource(part + ".html.mustache"))
                    .compile(page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + name, e);
        }
    }

    private static Reader resource(String name) {
        InputStream resource = HtmlReport.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IllegalStateException("resource " + name + " is missing from the jar");
        }
        return new InputStreamReader(resource, StandardCharsets.UTF_8);
    }
}
