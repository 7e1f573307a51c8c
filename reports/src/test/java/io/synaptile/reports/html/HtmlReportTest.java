/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.outcome.SampleRun;
import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    @Test
    void pageRefersToNothingOutside() {
        String page = HtmlReport.render(SampleRun.of(1, 20));

        assertThat(page).doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import|https?://");
        assertThat(page).startsWith("<!doctype html>").doesNotContain("{{");
    }

    @Test
    void everyInstanceTileAndComponentIsDrawn() {
        RunReport run = SampleRun.of(1, 20);
        String page = HtmlReport.render(run);

        assertThat(count(page, "class='dot'")).isEqualTo(20);
        // The mesh has four chip tiles, two of them in use.
        assertThat(count(page, "class='tile'")).isEqualTo(run.tiles().size() + 4);
        assertThat(page)
                .contains(
                        "2 chip tiles in use, mesh of 2 \u00d7 2",
                        "chip tile 1 at column 1, row 0: fc1 fc2; 18 of 24 arrays, 30.5 % of the cells used",
                        "conv2: 1.5<");
        assertThat(page)
                .contains(
                        "conv2, adc: ",
                        "software 97.27 %",
                        "energy per inference, pJ",
                        "SATA: add, compare",
                        "add1 reads conv2, lif1");
        assertThat(count(page, "<svg ")).isEqualTo(count(page, "role='img'")).isEqualTo(11);
        assertThat(page).doesNotContain("NaN", "Infinity");
    }

    @Test
    void remarksStandAboveTheFigures() {
        String page = HtmlReport.render(SampleRun.of(1, 1));
        assertThat(page).contains("Note: tiles of 64 x 64 are far from &lt;others&gt;.");
        assertThat(page.indexOf("Note: tiles")).isLessThan(page.indexOf("Energy per inference"));
    }

    @Test
    void leakageStandsBesideTheEnergyOfEvents() {
        assertThat(HtmlReport.render(SampleRun.of(1, 1)))
                .contains("63.54 nJ of events; leakage beside it 1.234 nJ; quantised artificial network");
    }

    @Test
    void silentNetworksWithoutEnergyAreShown() {
        RunReport run = SampleRun.of(1, 1);
        RunReport silent = new RunReport(
                run.subject(),
                run.sweptKeys(),
                run.points(),
                new TableSet.Builder()
                        .put(Tables.RESULTS, List.of(new ResultRow(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, Double.NaN, 1, 60)))
                        .put(
                                Tables.SUMMARY,
                                List.of(new SummaryRow(
                                        0,
                                        1,
                                        0,
                                        Double.NaN,
                                        0,
                                        Double.NaN,
                                        0,
                                        0,
                                        0,
                                        1,
                                        Double.NaN,
                                        Double.NaN,
                                        Leakage.of(Double.NaN, false),
                                        ChipConditions.FRESH)))
                        .put(Tables.STEPS, List.of(new StepRow(0, 1, 0, 0)))
                        .put(
                                Tables.LAYERS,
                                List.of(new LayerRow(
                                        0,
                                        "fc1",
                                        "dense",
                                        0,
                                        0,
                                        0,
                                        0,
                                        Double.NaN,
                                        0,
                                        0,
                                        Double.NaN,
                                        Double.NaN,
                                        Double.NaN,
                                        0,
                                        1,
                                        0)))
                        .put(Tables.ENERGY, List.of(new EnergyRow(0, "fc1", "adc", 0, "32", "no")))
                        .build(),
                new RunReport.TileShape(1, 1),
                List.of(),
                List.of(),
                List.of());
        String page = HtmlReport.render(silent);
        assertThat(page).contains("leakage: no source");
        assertThat(page).contains("layer fc1 fired no spike in 60 images");
        assertThat(page).doesNotContain("NaN", "Infinity", "<h2>Tiles", "<h2>Chip", "<h2>Latency", "come from</h2>");
        assertThat(count(page, "<svg ")).isEqualTo(5);
    }

    @Test
    void accuracyIsDrawnAgainstStepAndEnergy() {
        String page = HtmlReport.render(SampleRun.of(1, 20));

        assertThat(page).contains("<h2>Time steps", "<title>step 8: ", "energy per inference, pJ", "8 time steps<");
        // A dot per step in each half of the picture.
        assertThat(count(page, " pJ</title></circle>")).isEqualTo(2 * 8);
        assertThat(page).doesNotContain("Large dot", "this run: ");
    }

    @Test
    void aRunThatStopsEarlyIsMarkedInBothHalves() {
        RunReport run = SampleRun.of(1, 1);
        SummaryRow all = run.summary().getFirst();
        SummaryRow early = new SummaryRow(
                0,
                1,
                95,
                Double.NaN,
                95,
                Double.NaN,
                30_000,
                900,
                all.storageBits(),
                4.25,
                90,
                62.5,
                all.leakage(),
                ChipConditions.FRESH);
        String page = HtmlReport.render(new RunReport(
                run.subject(),
                run.sweptKeys(),
                run.points(),
                run.tables().with(Tables.SUMMARY, List.of(early)),
                run.tile(),
                run.sources(),
                run.manifest(),
                run.remarks()));

        assertThat(count(page, "<title>this run: 95.00 % with 4.25 steps and ")).isEqualTo(2);
        assertThat(page)
                .contains("Large dot", "4.25 of 8 time steps used on average", "62.5 % of the chips reach 90 %");
    }

    @Test
    void costIsDrawnFromItsFigures() {
        String page = HtmlReport.render(SampleRun.of(1, 1));
        assertThat(page)
                .contains(
                        "<title>Share of each component</title>",
                        "quantised_ann: 127\u202f084",
                        "Both cost the same at 0.125 spikes per neuron and step.",
                        "layer_pipeline: 920",
                        "<title>Area by component</title>",
                        "unstated");
        assertThat(page).contains("<title>adc: 9\u202f600</title>");
    }

    @Test
    void textCannotLeaveItsElement() {
        String page = HtmlReport.render(SampleRun.of(1, 2));
        assertThat(count(page, "</script>")).isEqualTo(1);
        assertThat(page).contains("SpikeSim &lt;example&gt;");
    }

    @Test
    void dataIsEmbeddedUnderTheNamesOfTheColumns() {
        RunReport run = SampleRun.of(2, 3);
        Matcher script = Pattern.compile(
                        "<script type=\"application/json\" id=\"synaptile-run\">(.*?)</script>", Pattern.DOTALL)
                .matcher(HtmlReport.render(run));
        assertThat(script.find()).isTrue();
        JsonNode data = JsonMapper.shared().readTree(script.group(1));

        assertThat(data.get("results").size()).isEqualTo(6);
        assertThat(data.get("results").get(4).get("accuracy_percent").doubleValue())
                .isEqualTo(run.results().get(4).accuracyPercent());
        assertThat(data.get("points").get(1).get("hardware.readout.bits").stringValue())
                .isEqualTo("5");
        assertThat(data.get("manifest").get(3).get("value").stringValue()).endsWith("</script>");
    }

    @Test
    void sweepsShowEveryPointAndOpenTheFirst() {
        String page = HtmlReport.render(SampleRun.of(14, 3));

        assertThat(count(page, "<details class=\"point\"")).isEqualTo(12);
        assertThat(count(page, "<details class=\"point\" open>")).isEqualTo(1);
        assertThat(page).contains("2 further points are in the CSV files", "bits=6, scale=1.0");
    }

    private static int count(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }
}
