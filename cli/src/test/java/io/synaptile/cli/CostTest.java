/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static io.synaptile.testing.Tolerance.againstIdentityPercent;
import static io.synaptile.testing.Tolerance.againstPublished;
import static io.synaptile.testing.Tolerance.againstPublishedPercent;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.reports.table.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run says about energy, latency and area under other prices, nodes and converters. */
class CostTest {
    private static final Percentage IDENTITY = againstIdentityPercent(1e-9);
    private static final Percentage CLOSED_FORM = againstClosedFormPercent(1e-9);

    @TempDir
    private static Path shared;

    private static final String TILE_REMARK = "synaptile: hardware.tile of ";
    private static final String NODE_REMARK = "synaptile: hardware.cost.node_nm ";

    private static Path trained;
    /** The same with the image itself as the input of every step. */
    private static Path direct;

    @TempDir
    private Path folder;

    /** Remarks that the last simulation made on the screen. */
    private List<String> noticed;

    @BeforeAll
    static void trainOnce() throws Exception {
        trained = train("run", "");
        direct = train("direct", "coding: direct, ");
    }

    private static Path train(String name, String coding) throws IOException {
        Path file = Files.writeString(shared.resolve(name + ".yaml"), """
                name: tiny
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
                network: {arch: mlp, %shidden: [16, 16], time_steps: 3}
                train: {epochs: 1, quantise: {bits: 4}}
                hardware: {tile: {rows: 32, columns: 32}}
                simulate: {instances: 2, samples: 20}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize(), coding));
        Path run = shared.resolve(name);
        assertThat(CommandOutcome.ofRun(file, run).code()).isZero();
        return run;
    }

    /** Simulates the trained network with other settings, in a copy of its folder. */
    private Path simulated(String... settings) throws IOException {
        return simulated(trained, settings);
    }

    private Path simulated(Path from, String... settings) throws IOException {
        return simulatedTelling("", from, settings);
    }

    /** The same where the user is told something about the settings. */
    private Path simulatedTelling(String told, Path from, String... settings) throws IOException {
        Path run = folder.resolve("run");
        Files.createDirectories(run);
        for (String name : List.of("manifest.json", "model.safetensors", "latent.safetensors")) {
            Files.copy(from.resolve(name), run.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        String[] arguments = new String[settings.length + 3];
        arguments[0] = "simulate";
        arguments[1] = run.toString();
        System.arraycopy(settings, 0, arguments, 2, settings.length);
        arguments[arguments.length - 1] = "--quiet";
        CommandOutcome outcome = CommandOutcome.of(arguments);
        Map<Boolean, List<String>> lines = outcome.err()
                .lines()
                .collect(Collectors.partitioningBy(
                        line -> line.startsWith(TILE_REMARK) || line.startsWith(NODE_REMARK)));
        assertThat(lines.get(false)).isEqualTo(told.lines().toList());
        assertThat(outcome.code()).isZero();
        noticed = lines.get(true);
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "spikesim65, 104, spike_transport_per_pe_cycle",
        "neurosim22, 78.4, cell_read_per_uS",
        "neurram130, 79470, cell_read_per_uS",
        "isaac32, 100, cell_read_per_cell",
        "reference-event, 28, row_activation_per_column"
    })
    void everyProfilePricesTheSameCounts(String profile, double readNanoseconds, String event) throws IOException {
        Path run = simulated("hardware.energy=" + profile);
        Map<String, Double> cost = figures(run);
        List<CSVRecord> events = rows(run, "energy_events.csv");
        assertThat(events).extracting(row -> row.get("event")).contains(event);
        double total = events.stream()
                .mapToDouble(row -> Double.parseDouble(row.get("energy_pJ")))
                .sum();
        assertThat(cost.get("snn")).isCloseTo(total, IDENTITY);
        assertThat(cost.get("snn_skipping_empty_tiles")).isEqualTo(cost.get("snn"));
        assertThat(cost.get("snn_reading_all_tiles")).isGreaterThanOrEqualTo(cost.get("snn"));
        assertThat(cost.get("snn_over_ann")).isCloseTo(cost.get("snn") / cost.get("quantised_ann"), IDENTITY);
        // A whole number of reads, mean over 20 images.
        double reads = cost.get("sequential") / readNanoseconds * 20;
        assertThat(reads).isCloseTo(Math.rint(reads), againstIdentity(1e-6));
        assertThat(cost.get("layer_pipeline")).isLessThanOrEqualTo(cost.get("sequential"));
        assertThat(cost.get("position_pipeline")).isLessThanOrEqualTo(cost.get("sequential"));
        assertThat(cost.get("image_interval")).isLessThanOrEqualTo(cost.get("layer_pipeline"));
        assertThat(cost.get("image_throughput")).isCloseTo(1e9 / cost.get("image_interval"), IDENTITY);
    }

    /** The image does not change over the three steps; what it makes of the first layer is computed once and kept. */
    @Test
    void aLatchedFirstLayerCostsLessAndClassifiesAlike() throws IOException {
        Path run = simulated(direct);
        Map<String, Double> latched = figures(run);
        List<CSVRecord> events = rows(run, "energy_events.csv");
        List<CSVRecord> results = rows(run, "results.csv");
        Path again = simulated(direct, "hardware.direct_layer=repeated");
        Map<String, Double> repeated = figures(again);
        // 20 images: 16 currents of 16 bits, written once and read in three steps; 64 pixels of 8 bits.
        assertThat(count(events, "fc1", "latch_bit")).isEqualTo(16 * 16 * (1 + 3));
        assertThat(count(events, "fc1", "input_buffer_bit")).isEqualTo(64 * 8);
        List<CSVRecord> before = rows(again, "energy_events.csv");
        assertThat(before).extracting(row -> row.get("event")).doesNotContain("latch_bit");
        assertThat(count(before, "fc1", "sram_mac")).isCloseTo(3 * count(events, "fc1", "sram_mac"), CLOSED_FORM);
        assertThat(latched.get("snn")).isLessThan(repeated.get("snn"));
        assertThat(latched.get("sequential")).isLessThan(repeated.get("sequential"));
        assertThat(latched.get("leakage")).isLessThan(repeated.get("leakage"));
        assertThat(latched.get("quantised_ann")).isEqualTo(repeated.get("quantised_ann"));
        for (String column : List.of("accuracy_percent", "spikes_per_inference")) {
            assertThat(rows(again, "results.csv"))
                    .extracting(row -> row.get(column))
                    .isEqualTo(results.stream().map(row -> row.get(column)).toList());
        }
    }

    private static double count(List<CSVRecord> events, String layer, String event) {
        return events.stream()
                .filter(row ->
                        row.get("layer").equals(layer) && row.get("event").equals(event))
                .mapToDouble(row -> Double.parseDouble(row.get("count")))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "isaac32, beside, beside",
        "isaac32, within, within",
        "reference-event, beside, no source",
        "reference-event, within, no source"
    })
    void leakageStandsInTheSummaryBesideTheEnergy(String profile, String asked, String counted) throws IOException {
        Path run = simulated("hardware.energy=" + profile, "hardware.cost.leakage=" + asked);
        CSVRecord summary = rows(run, "summary.csv").getFirst();
        boolean known = !counted.equals("no source");
        assertThat(summary.get("leakage_counted")).isEqualTo(counted);
        assertThat(summary.get("leakage_mean_pJ"))
                .isEqualTo(rows(run, "cost.csv").stream()
                        .filter(row -> row.get("quantity").equals("leakage"))
                        .findFirst()
                        .orElseThrow()
                        .get("value"))
                .isEqualTo(known ? summary.get("leakage_mean_pJ") : "");
        CommandOutcome report = CommandOutcome.of("report", run.toString());
        assertThat(report.code()).isZero();
        String leakage = known ? Numbers.fixed(Double.parseDouble(summary.get("leakage_mean_pJ")), 1) : counted;
        assertThat(report.out()).contains("leakage pJ/inf", leakage + (counted.equals("within") ? " within" : ""));
        assertThat(Files.readString(run.resolve("report.html")))
                .contains(
                        known ? "leakage" + (counted.equals("within") ? " of " : " beside it ") : "leakage: no source");
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 128, isaac32, 32 x 32 to 256 x 256",
        "32, 1024, isaac32, 32 x 32 to 256 x 256",
        "8, 64, spikesim65, 64 x 64",
        "1024, 1024, digital-sram65, 128 x 128"
    })
    void tilesFarFromWhatAProfileDescribesGetARemark(int rows, int columns, String profile, String described)
            throws IOException {
        Path run = simulated(
                "hardware.tile.rows=" + rows, "hardware.tile.columns=" + columns, "hardware.cost.structure=" + profile);
        String remark = "hardware.tile of %s x %s is far from the arrays that %s describes, %s ("
                .formatted(rows, columns, profile, described);
        assertThat(noticed).singleElement().asString().startsWith("synaptile: " + remark);
        assertThat(Files.readString(run.resolve("report.html"))).contains("Note: " + remark);
        assertThat(Files.readString(run.resolve("manifest.json"))).contains(remark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"128, 128, isaac32", "256, 32, isaac32", "64, 64, spikesim65", "1024, 8, reference-event"})
    void tilesLikeThoseOfTheProfileGetNone(String tile) throws IOException {
        String[] parts = tile.split(", ");
        simulated(
                "hardware.tile.rows=" + parts[0],
                "hardware.tile.columns=" + parts[1],
                "hardware.cost.structure=" + parts[2]);
        assertThat(noticed).isEmpty();
    }

    @Test
    void latencyDoesNotScaleWithTheNodeAndSaysSo() throws IOException {
        Map<String, Double> own = figures(simulated("hardware.cost.node_nm=32"));
        assertThat(noticed).isEmpty();
        Path run = simulated("hardware.cost.node_nm=7");
        Map<String, Double> scaled = figures(run);
        assertThat(noticed)
                .containsExactly(
                        "synaptile: hardware.cost.node_nm 7 scales energy and area of digital blocks; latency does not"
                                + " scale: times are those of isaac32 at 32 nm");
        assertThat(Files.readString(run.resolve("report.html"))).contains("Note: hardware.cost.node_nm 7 scales");
        assertThat(scaled.get("sequential")).isEqualTo(own.get("sequential"));
        assertThat(scaled.get("timing_node")).isEqualTo(32);
        assertThat(scaled.get("array_read")).isEqualTo(100);
    }

    /** Column currents charge membranes: integration is all that a read takes. */
    @ParameterizedTest
    @CsvSource({"neurram130, 270", "neurosim22, 10", "isaac32, 100"})
    void membranesThatTakeCurrentsWaitForNoConverter(String profile, double readNanoseconds) throws IOException {
        Map<String, Double> cost = figures(simulated("hardware.energy=" + profile, "hardware.readout.kind=lif-direct"));
        double reads = cost.get("sequential") / readNanoseconds * 20;
        assertThat(reads).isPositive().isCloseTo(Math.rint(reads), againstIdentity(1e-6));
        assertThat(figures(simulated("hardware.energy=" + profile)).get("sequential"))
                .isGreaterThanOrEqualTo(cost.get("sequential"));
    }

    @Test
    void digitalLayersTakeTheirClock() throws IOException {
        double tiles = figures(simulated(
                        "hardware.per_layer={fc1: {place: digital}, fc2: {place: tiles}, fc3: {place: tiles}}",
                        "hardware.cost.digital_clock_ns=1e-9"))
                .get("sequential");
        double slow = figures(simulated(
                        "hardware.per_layer={fc1: {place: digital}, fc2: {place: tiles}, fc3: {place: tiles}}",
                        "hardware.cost.digital_clock_ns=4"))
                .get("sequential");
        Path run = simulated("hardware.per_layer={fc1: {place: digital}, fc2: {place: tiles}, fc3: {place: tiles}}");
        // The clock of isaac32 is 1 ns.
        assertThat(slow - tiles).isCloseTo(4 * (figures(run).get("sequential") - tiles), againstIdentity(1e-3));
        assertThat(slow).isGreaterThan(tiles + 100);
        assertThat(Files.readString(run.resolve("manifest.json")))
                .contains("timing_sources", "an operation of a lane in 1 ns");
    }

    /** By default beside the energy, which it joins when asked for. */
    @Test
    void leakageIsPowerTimesTheTimeOfAnInference() throws IOException {
        Path run = simulated();
        Map<String, Double> beside = figures(run);
        double power = beside.get("leakage_power");
        // fc1 on two tiles, fc2 and fc3 one each, of 32 x 32; 4 converters of 6 bits on each.
        double bits = rows(run, "area.csv").stream()
                .filter(row -> row.get("component").equals("memory_bit"))
                .mapToDouble(row -> Double.parseDouble(row.get("count")))
                .sum();
        double expected = 4 * (1420.0 / 96 + 4 * 155 + 32 * 0.703125 + 32 * 0.31347) + bits * 147 / 8192;
        assertThat(power).isCloseTo(expected, CLOSED_FORM);
        assertThat(beside.get("leakage")).isCloseTo(power * 1e-3 * beside.get("sequential"), IDENTITY);
        assertThat(byComponent(run)).doesNotContainKey("leakage");
        Path asked = simulated("hardware.cost.leakage=within");
        Map<String, Double> within = figures(asked);
        assertThat(within.get("leakage")).isEqualTo(beside.get("leakage"));
        assertThat(within.get("snn")).isCloseTo(beside.get("snn") + beside.get("leakage"), IDENTITY);
        assertThat(byComponent(asked)).containsKey("leakage");
    }

    @Test
    void areasOfTheLayersAddUpToTheChip() throws IOException {
        Path run = simulated();
        Map<String, Double> cost = figures(run);
        double parts = rows(run, "area.csv").stream()
                .mapToDouble(row -> Double.parseDouble(row.get("area_um2")))
                .sum();
        assertThat(cost.get("parts")).isCloseTo(parts / 1e6, IDENTITY);
        assertThat(cost.get("chip")).isCloseTo(1.15 * parts / 1e6, CLOSED_FORM);
        // fc1 has 64 x 16 weights on two tiles, fc2 and fc3 one each; a converter per 8 of 32 columns.
        assertThat(rows(run, "area.csv").stream()
                        .filter(row -> row.get("component").equals("adc"))
                        .mapToDouble(row -> Double.parseDouble(row.get("count")))
                        .sum())
                .isEqualTo((2 + 1 + 1) * 4);
        // Every cell of a pair takes one pulse; 21125 pJ for 128 x 128 of them.
        assertThat(cost.get("write_pulses")).isEqualTo(2 * (64 * 16 + 16 * 16 + 16 * 10));
        assertThat(cost.get("write_energy")).isCloseTo(cost.get("write_pulses") * 21125 / 16384, CLOSED_FORM);
        assertThat(cost.get("write_time")).isCloseTo(32 * 10968.75 / 128, CLOSED_FORM);
    }

    @Test
    void spikesBetweenChipTilesTakeEnergyAndTimeInBothNetworks() throws IOException {
        Map<String, Double> near = figures(simulated());
        Files.move(folder.resolve("run"), folder.resolve("first"));
        Path run = simulated("hardware.chip.arrays_per_pe=1", "hardware.chip.pes_per_tile=1");
        Map<String, Double> far = figures(run);
        double transport = rows(run, "energy_events.csv").stream()
                .filter(row -> row.get("event").equals("spike_hop_bit"))
                .mapToDouble(row -> Double.parseDouble(row.get("energy_pJ")))
                .sum();
        assertThat(far.get("snn")).isCloseTo(near.get("snn") + transport, IDENTITY);
        assertThat(far.get("quantised_ann")).isGreaterThan(near.get("quantised_ann"));
        assertThat(far.get("sequential"))
                .isGreaterThan(near.get("sequential"))
                .isLessThan(near.get("sequential") + 3 * 3 * (20 + 64 * 6 / 32.0));
        assertThat(far.get("write_pulses")).isEqualTo(near.get("write_pulses"));
    }

    @Test
    void aCellThatKnowsItsPulseIsPricedByIt() throws IOException {
        Map<String, Double> cost =
                figures(simulated("hardware.cell.write.pulse_pJ=2", "hardware.cell.write.pulse_ns=50"));
        assertThat(cost.get("write_energy")).isCloseTo(2 * cost.get("write_pulses"), CLOSED_FORM);
        assertThat(cost.get("write_time")).isCloseTo(32 * 50.0, CLOSED_FORM);
    }

    @Test
    void anotherNodeScalesDigitalPricesAloneAndSaysSo() throws IOException {
        Map<String, CSVRecord> own = byComponent(simulated());
        Path first = folder.resolve("run");
        Files.move(first, folder.resolve("first"));
        Map<String, CSVRecord> scaled = byComponent(simulated("hardware.cost.node_nm=7"));
        assertThat(scaled.get("adc").get("energy_pJ")).isEqualTo(own.get("adc").get("energy_pJ"));
        assertThat(scaled.get("shift_add").get("scaled")).isEqualTo("yes");
        assertThat(scaled.get("shift_add").get("node_nm")).isEqualTo("7");
        assertThat(own.get("shift_add").get("scaled")).isEqualTo("no");
        double factor = Double.parseDouble(scaled.get("shift_add").get("energy_pJ"))
                / Double.parseDouble(own.get("shift_add").get("energy_pJ"));
        assertThat(factor).isCloseTo(0.0478 / 0.541, againstPublishedPercent(0.5));
        assertThat(scaled.get("neuron_update").get("node_nm")).isEqualTo("unstated");
    }

    @Test
    void aTableOfOnesOwnIsReadFromItsPlaceAndNamedByItsHash() throws IOException {
        Path table = Files.writeString(
                folder.resolve("mine.csv"),
                "event,energy_pJ,per,node_nm,precision_bits,scaled,source,note\n"
                        + "adc_conversion,2,,28,,no,own measurement,\n");
        Path run = simulatedTelling(
                "synaptile: energy table mine.csv has no timing and no area; those of isaac32 are used"
                        + " (hardware.cost.structure names others)\n",
                trained,
                "hardware.energy=" + table);
        assertThat(rows(run, "energy_events.csv"))
                .allSatisfy(row -> assertThat(row.get("event")).isEqualTo("adc_conversion"))
                .allSatisfy(row -> assertThat(row.get("unit_energy_pJ")).isEqualTo("2"));
        assertThat(Files.readString(run.resolve("manifest.json")))
                .contains("energy_table_sha256", "\"leakage\"", "\"row_activation\"");
        Files.writeString(table, "nonsense\n");
        CommandOutcome outcome = CommandOutcome.of("report", run.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err())
                .contains("mine.csv, line 1: there is no header with the columns energy, event, source");
    }

    @Test
    void aPriceOfTheExperimentTakesThatOfTheTableAndNamesItself() throws IOException {
        Map<String, CSVRecord> before = byEvent(simulated("hardware.energy=isaac32"));
        Path run = simulated("hardware.energy.adc_conversion_pJ=0.5", "hardware.cost.node_nm=16");
        Map<String, CSVRecord> after = byEvent(run);
        CSVRecord conversion = after.get("adc_conversion");
        assertThat(conversion.get("unit_energy_pJ")).isEqualTo("0.5");
        assertThat(conversion.get("source")).isEqualTo("experiment file, hardware.energy.adc_conversion_pJ");
        assertThat(conversion.get("count"))
                .isEqualTo(before.get("adc_conversion").get("count"));
        assertThat(Files.readString(run.resolve("manifest.json")))
                .contains("\"adc_conversion_pJ\" : 0.5", "\"table\" : \"isaac32\"");
        CommandOutcome refused =
                CommandOutcome.of("simulate", run.toString(), "hardware.cost.adc=survey", "hardware.cost.node_nm=65");
        assertThat(refused.err())
                .contains(
                        "hardware.energy.adc_conversion_pJ and hardware.cost.adc survey both say what a conversion costs")
                .hasLineCount(1);
    }

    private static Map<String, CSVRecord> byEvent(Path run) throws IOException {
        Map<String, CSVRecord> events = new TreeMap<>();
        rows(run, "energy_events.csv").forEach(row -> events.putIfAbsent(row.get("event"), row));
        return events;
    }

    @Test
    void theSurveyPricesTheConverter() throws IOException {
        Path run = simulated("hardware.cost.adc=survey", "hardware.cost.node_nm=65");
        assertThat(rows(run, "energy_events.csv"))
                .filteredOn(row -> row.get("event").equals("adc_conversion"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(Double.parseDouble(row.get("unit_energy_pJ")))
                        .isCloseTo(4.03, againstPublished(0.2)))
                .allSatisfy(row -> assertThat(row.get("node_nm")).isEqualTo("65"));
    }

    @Test
    void neuronsBehindSilentTilesAreNotUpdatedInEventMode() throws IOException {
        Path run = simulated("hardware.cost.neuron_updates=event");
        double updates = rows(run, "energy_events.csv").stream()
                .filter(row -> row.get("event").equals("neuron_update"))
                .mapToDouble(row -> Double.parseDouble(row.get("count")))
                .sum();
        assertThat(updates).isPositive().isLessThanOrEqualTo(3 * 32);
    }

    private static Map<String, Double> figures(Path run) {
        Map<String, Double> figures = new HashMap<>();
        for (CSVRecord row : rows(run, "cost.csv")) {
            figures.put(
                    row.get("quantity"),
                    row.get("value").isEmpty() ? Double.NaN : Double.parseDouble(row.get("value")));
        }
        return figures;
    }

    private static Map<String, CSVRecord> byComponent(Path run) {
        Map<String, CSVRecord> rows = new HashMap<>();
        rows(run, "energy.csv").forEach(row -> rows.putIfAbsent(row.get("component"), row));
        return rows;
    }

    private static List<CSVRecord> rows(Path run, String table) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.readString(run.resolve(table)), format)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The later stages start from the run folder, not from that of the experiment file. */
    @Test
    void aTableBesideTheExperimentFileIsFoundByLaterStagesAndKnownByItsContent() throws Exception {
        Path table = shared.resolve("beside.csv");
        assertThat(CommandOutcome.of("energy", "write", "isaac32", table.toString())
                        .code())
                .isZero();
        Path file = Files.writeString(
                shared.resolve("beside.yaml"),
                Files.readString(shared.resolve("run.yaml"))
                        .replace("hardware: {tile", "hardware: {energy: beside.csv, tile"));
        Path run = shared.resolve("beside");
        assertThat(CommandOutcome.ofRun(file, run).code()).isZero();
        assertThat(CommandOutcome.of("report", run.toString()).code()).isZero();
        Files.writeString(table, Files.readString(table) + "# another table\n");
        assertThat(CommandOutcome.of("report", run.toString()).err())
                .contains("has not been simulated as it is configured now");
    }
}
