/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstDistribution;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.converter.AdcModelProvider;
import io.synaptile.devices.cost.EnergyTableProvider;
import io.synaptile.experiment.plugin.JarMaker;
import io.synaptile.mapping.codec.WeightCodecProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeviceCommandTest {
    private static final double[] SECONDS = {1, 100};
    private static final int LEVELS = 3;
    private static final int CELLS = 2000;

    @TempDir
    private Path folder;

    private static CommandOutcome succeeded(String... line) {
        CommandOutcome outcome = CommandOutcome.of(line);
        boolean fits = Arrays.asList(line).contains("fit");
        assertThat(outcome.err()).matches(fits ? "synaptile: [^\n]+: read as [^\n]+\n" : "");
        assertThat(outcome.code()).isZero();
        return outcome;
    }

    @Test
    void showTellsDefaultsUnitsRangesAndSources() {
        assertThat(succeeded("device", "show", "table").out())
                .contains("read_sigma_uS", "0 uS", "standard deviation of a read; at least 0", "origin       built in");
        JsonNode shown = JsonMapper.shared()
                .readTree(succeeded("device", "show", "table", "--json").out());
        assertThat(shown.get("options").get(0).get("name").asString()).isEqualTo("states");
    }

    @Test
    void everyPartIsListedWithWhatItIsAndShown() {
        Set<String> descriptions = new HashSet<>();
        for (JsonNode row : JsonMapper.shared()
                .readTree(succeeded("device", "list", "--json").out())) {
            String name = row.get("kind").asString();
            assertThat(descriptions.add(row.get("description").asString()))
                    .as(name)
                    .isTrue();
            JsonNode shown = JsonMapper.shared()
                    .readTree(succeeded("device", "show", name, "--json").out());
            for (String fact : new String[] {"sort", "kind", "key", "description", "origin"}) {
                assertThat(shown.get(fact)).as(name).isEqualTo(row.get(fact));
            }
            assertThat(succeeded("device", "show", name).out())
                    .contains(row.get("key").asString());
        }
        assertThat(succeeded("device", "show", "telegraph").out())
                .contains("hardware.readout.array.kind", "amplitude_hrs", "placeholder without a source");
        assertThat(succeeded("device", "show", "sar").out()).contains("comparator_sd", "relative to the input range");
        assertThat(succeeded("device", "show", "shifted-sram").out()).containsPattern("digital +true");
        assertThat(succeeded("device", "show", "isaac32").out())
                .containsPattern("row_activation +0\\.417000 +32 +- +Shafiee et al., ISAAC");
    }

    @Test
    void everyBuiltInCellIsDrawn() throws Exception {
        for (JsonNode row : JsonMapper.shared()
                .readTree(succeeded("device", "list", "--json").out())) {
            String kind = row.get("kind").asString();
            if (row.get("sort").asString().equals("cell") && !kind.equals("table")) {
                Path drawing = folder.resolve(kind + ".svg");
                succeeded("device", "plot", kind, "--out", drawing.toString());
                assertThat(Files.readString(drawing))
                        .startsWith("<svg ")
                        .contains("Programmed conductance")
                        .endsWith("</svg>\n");
            }
        }
    }

    @Test
    void aPlotShowsEveryEffectThatTheCellHas() throws Exception {
        Path page = folder.resolve("rram.html");
        String line =
                "device plot rram read_noise.kind=absolute read_noise.sigma=0.01 drift.kind=power-law drift.nu=0.05"
                        + " drift.t0_s=1 --out " + page;
        assertThat(succeeded(line.split(" ")).out())
                .contains("Programmed conductance, 16 levels", "Conductance over time", "Noise of one read");
        byte[] first = Files.readAllBytes(page);
        succeeded(line.split(" "));
        assertThat(Files.readAllBytes(page)).isEqualTo(first);
    }

    /** I = G (V - c V^3) at c = 0.25: 40 uS carry 0.25 x 0.125 of 20 uA less at 0.5 V. */
    @Test
    void aBentCurveIsDrawnInMicroamperesAndVolts() throws Exception {
        Path drawing = folder.resolve("bent.svg");
        String line = "device plot rram iv.kind=cubic read.voltage_V=0.5 --out " + drawing;
        assertThat(succeeded(line.split(" ")).out()).contains("Current of a read");
        assertThat(Files.readString(drawing))
                .contains(
                        "read voltage, V",
                        "current, uA",
                        "low state, 2.0 uS",
                        "middle state, 21.0 uS",
                        "high state, 40.0 uS");
        assertThat(succeeded("device", "plot", "rram-milo2021", "read.voltage_V=0.5", "--out", drawing.toString())
                        .out())
                .contains("Current of a read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rram",
                "rram-milo2021",
                "rram read_noise.thermal=true read.voltage_V=0.5 read.time_ns=10",
                "rram read_noise.thermal=true read.voltage_V=0.5 read.time_ns=10 telegraph.probability=0.5"
            })
    void anOhmicCellHasNoCurrentPanel(String cell) {
        String line = "device plot " + cell + " --out " + folder.resolve("ohmic.svg");
        assertThat(succeeded(line.split(" ")).out()).doesNotContain("Current of a read");
    }

    @Test
    void aFaultlessKindPassesItsCheck() {
        assertThat(succeeded("device", "check", "rram", "bits=2").out())
                .contains("ok    rram: programming repeats with the same generator")
                .doesNotContain("FAIL")
                .endsWith("passed, 0 failed\n");
    }

    @ParameterizedTest
    @CsvSource({
        "dummy-column, codec dummy-column: exact cells give back the weights of some grid",
        "sar capacitor_sd=0.1, 'converter sar: codes do not fall as the input rises, where that is claimed'",
        "neurosim22, energy table neurosim22: prices are in picojoules for one event",
        "nodal topology=a row_ohm=1, array read-out nodal: a read does not depend on those beside it"
    })
    void everyKindOfPartHasASuite(String line, String finding) {
        assertThat(succeeded(("device check " + line).split(" ")).out())
                .contains("ok    " + finding)
                .doesNotContain("FAIL")
                .endsWith("passed, 0 failed\n");
    }

    /** A codec that forgets a column, a converter with a code too many, a table in attojoules: each is named, with what is wrong. */
    @Test
    void everyPartOfAJarIsChecked() throws Exception {
        Path jar = new JarMaker()
                .source("Codec", """
                        import io.synaptile.devices.CellModel;
                        import io.synaptile.mapping.codec.*;
                        public class Codec implements WeightCodecProvider {
                            public String id() { return "my-codec"; }
                            public WeightCodec codec(LayerWeights weights, CellModel cell, int bits) {
                                WeightCodec pair = CodecKind.DIFFERENTIAL_PAIR.codec(weights, cell, bits);
                                return new WeightCodec() {
                                    public String id() { return "my-codec"; }
                                    public int columnsPerWeight() { return pair.columnsPerWeight(); }
                                    public void encode(float[] w, float[][] targets) { pair.encode(w, targets); }
                                    public float[] columnGain() { return pair.columnGain(); }
                                    public float cellValue(float uS) { return 2 * pair.cellValue(uS); }
                                    public float valuePerMicrosiemens() { return pair.valuePerMicrosiemens(); }
                                };
                            }
                        }
                        """)
                .source("Converter", """
                        import io.synaptile.devices.converter.*;
                        import java.util.*;
                        import java.util.random.RandomGenerator;
                        public class Converter implements AdcModelProvider {
                            public String kind() { return "my-adc"; }
                            public String description() { return "turns codes around"; }
                            public Set<String> options() { return Set.of(); }
                            public AdcModel create(Map<String, Object> options) {
                                return new AdcModel() {
                                    public String id() { return "my-adc"; }
                                    public boolean monotone() { return true; }
                                    public AdcCharacteristic draw(int bits, RandomGenerator random) {
                                        int[] codes = new int[1 << bits];
                                        for (int i = 0; i < codes.length; i++) {
                                            codes[i] = codes.length - 1 - i;
                                        }
                                        return new AdcCharacteristic(1, 0, codes);
                                    }
                                };
                            }
                        }
                        """)
                .source("Table", """
                        import io.synaptile.devices.cost.*;
                        import java.util.*;
                        public class Table implements EnergyTableProvider {
                            public String name() { return "my-table"; }
                            public String description() { return "in attojoules"; }
                            public EnergyTable table() {
                                return new EnergyTable("my-table", List.of(new EnergyEntry(EnergyEvent.ADC_CONVERSION,
                                        1.2e7, 1, OptionalInt.of(28), OptionalInt.empty(), false, "own", "")));
                            }
                        }
                        """)
                .service(WeightCodecProvider.class, "hostile.Codec")
                .service(AdcModelProvider.class, "hostile.Converter")
                .service(EnergyTableProvider.class, "hostile.Table")
                .write(folder.resolve("mixed.jar"));
        CommandOutcome checked = CommandOutcome.of("device", "check", jar.toString());
        assertThat(checked.err()).isEmpty();
        assertThat(checked.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(checked.out())
                .contains(
                        "FAIL  codec my-codec: the value of a cell is linear",
                        "FAIL  codec my-codec: exact cells give back the weights of some grid: ",
                        "FAIL  converter my-adc: codes do not fall as the input rises, where that is claimed: of 1 bits code 0"
                                + " comes out as 1, code 1 as 0",
                        "FAIL  energy table my-table: prices are in picojoules for one event: adc_conversion costs 1.2E7 pJ;"
                                + " is it in pJ?",
                        "ok    converter my-adc: many threads may draw from one model");
        CommandOutcome json = CommandOutcome.of("device", "check", jar.toString(), "--json");
        assertThat(json.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(json.out()).contains("\"sort\":\"converter\",\"name\":\"my-adc\"");
    }

    @Test
    void theJarOfTheExamplePassesItsCheck() throws Exception {
        Path jar = JarMaker.ofModule(Path.of("..", "examples", "plugin-cell")).write(folder.resolve("leaky.jar"));
        assertThat(succeeded("device", "check", jar.toString()).out()).contains("example-leaky: ", ", 0 failed");
    }

    @Test
    void aJarThatBreaksTheContractFailsItsCheck() throws Exception {
        Path jar = new JarMaker()
                .source("Provider", """
                        import io.synaptile.devices.*;
                        import java.util.*;
                        import java.util.random.RandomGenerator;
                        public class Provider implements CellModelProvider {
                            public String kind() { return "drunk"; }
                            public String description() { return "draws as it likes"; }
                            public Set<String> options() { return Set.of(); }
                            public CellModel create(Map<String, Object> options) {
                                return new CellModel() {
                                    public String id() { return "drunk"; }
                                    public ConductanceRange range() { return new ConductanceRange(1, 40); }
                                    public int levels() { return 4; }
                                    public long program(float[] target, float[] actual, RandomGenerator random) {
                                        for (int i = 0; i < target.length; i++) {
                                            actual[i] = target[i] > 20 ? (float) random.nextDouble() : Float.NaN;
                                        }
                                        return 0;
                                    }
                                };
                            }
                        }
                        """)
                .service(CellModelProvider.class, "hostile.Provider", "hostile.Missing")
                .write(folder.resolve("drunk.jar"));

        CommandOutcome checked = CommandOutcome.of("device", "check", jar.toString());

        assertThat(checked.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(checked.err()).isEmpty();
        assertThat(checked.out())
                .contains(
                        "FAIL  drunk.jar: loads: plug-in drunk.jar cannot be loaded: Provider hostile.Missing not found")
                .contains(
                        "FAIL  drunk: every level can be programmed, to a finite conductance of at least 0: cell 0 of")
                .contains("FAIL  drunk: the words drawn do not depend on the targets: for 257 cells it drew any of")
                .contains("FAIL  drunk: targets outside the range are refused: accepted")
                .contains("ok    drunk: id, range and at least 2 levels are there and stay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check nowhere.jar|nowhere.jar: no such file",
                "check dummy-column bits=2|codec dummy-column has no options",
                "check isaac32 node_nm=7|energy table isaac32 has no options",
                "check sar capacitor_sd=2|hardware.readout.adc.capacitor_sd must be between 0 and 1, got 2.0",
                "check sar capacitor=1|unknown key hardware.readout.adc.capacitor",
                "check nodal column_ohm=-1|hardware.readout.array.column_ohm must be at least 0",
                "check rrram|unknown cell kind 'rrram'; nearest is 'rram'",
                "check rram bitz=3|command line: unknown key hardware.cell.bitz; did you mean hardware.cell.bits?",
                "plot rram --out x.png|--out must end with .svg or .html, got x.png",
                "plot table|hardware.cell.states must name a file",
                "plot rram-milo2021 read.voltage_V=0.6|read.voltage_V must be above 0 and at most 0.5",
                "plot rram iv.kind=cubic read.voltage_V=-1|hardware.cell.read.voltage_V must be above 0",
                "plot rram iv.kind=cubic|hardware.cell.read.voltage_V must be given for iv.kind cubic",
                "show rrram|unknown part 'rrram'; nearest is 'rram'; known: ",
                "show ofset-column|unknown part 'ofset-column'; nearest is 'offset-column'",
                "list --plugins nowhere|--plugins nowhere: no such folder",
                "fit nowhere.tsv|nowhere.tsv: no such file",
                "fit src|src: is a folder, not a file",
                "fit x --holdout 1|--holdout must be at least 0 and at most 0.9, got 1.0",
                "fit x --out device.txt|--out must end with .csv, got device.txt"
            })
    void wrongLinesAreRefusedInOneLine(String line, String message) {
        CommandOutcome refused = CommandOutcome.of(("device " + line).split(" "));
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.out()).isEmpty();
    }

    /** Level k at 10 + 10 k uS with a spread of 0.5; after 1 s moved by -k with a spread of 1 + k, after 100 s by twice that. */
    private Path relaxation() throws IOException {
        Random random = new Random(5);
        StringBuilder lines = new StringBuilder();
        for (int cell = 0; cell < LEVELS * CELLS; cell++) {
            int level = cell % LEVELS;
            double before = 10 + 10 * level + 0.5 * random.nextGaussian();
            double first = random.nextGaussian();
            double second = 0.6 * first + 0.8 * random.nextGaussian();
            line(lines, cell, 0, before, before, level);
            line(lines, cell, 1, before - level + (1 + level) * first, before, level);
            line(lines, cell, 100, before - 2 * level + 2 * (1 + level) * second, before, level);
        }
        line(lines, 1_000_000, 1, 50, 40, LEVELS);
        line(lines, 1_000_001, 1, -1, 10, 0);
        return Files.writeString(folder.resolve("reads.tsv"), lines);
    }

    private static void line(StringBuilder lines, int cell, double seconds, double now, double before, int level) {
        lines.append(String.format(
                Locale.ROOT,
                "%d\t%s\t%.6g\t%.8g\t%.8g\t%d\t%s%n",
                cell,
                seconds,
                1e6 / now,
                now * 1e-6,
                before * 1e-6,
                level,
                seconds));
    }

    @Test
    void aFitFindsTheDeviceThatWasMeasured() throws Exception {
        Path out = folder.resolve("fitted/device.csv");

        CommandOutcome fitted =
                succeeded("device", "fit", relaxation().toString(), "--out", out.toString(), "--form", "normal");

        assertThat(fitted.out())
                .containsPattern("fitted +6000")
                .contains("above level 2, where levels have fewer than 200=1")
                .contains("with a negative conductance=1");
        double[][] states = numbers(out);
        double[][] relaxation = numbers(out.resolveSibling("device-relaxation.csv"));
        for (int level = 0; level < LEVELS; level++) {
            assertThat(states[level][1]).isCloseTo(10 + 10 * level, againstDistribution(0.05));
            assertThat(states[level][2]).isCloseTo(0.5, againstDistribution(0.03));
            for (int time = 0; time < SECONDS.length; time++) {
                double[] row = relaxation[level * SECONDS.length + time];
                double spread = (1 + time) * (1 + level);
                assertThat(row[1]).isEqualTo(SECONDS[time]);
                assertThat(row[2]).isCloseTo(-(1 + time) * level, againstDistribution(0.1 * spread));
                assertThat(row[3]).isCloseTo(spread, againstReference(0.06 * spread));
                assertThat(row[4]).isCloseTo(time == 0 ? 1 : 0.6, againstDistribution(0.05));
            }
        }
        assertThat(Files.readString(out.resolveSibling("device.yaml")))
                .contains("kind: table", "states: device.csv", "relaxation: device-relaxation.csv");
        assertThat(out.resolveSibling("device.svg")).exists();
    }

    private static double[][] numbers(Path table) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> Character.isDigit(line.charAt(0)))
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        }
    }

    @ParameterizedTest
    @CsvSource({"normal", "quantiles"})
    void aDeviceFittedOnHalfOfTheCellsPredictsTheOthers(String form) throws Exception {
        CommandOutcome fitted = succeeded(
                "device",
                "fit",
                relaxation().toString(),
                "--out",
                folder.resolve("device.csv").toString(),
                "--holdout",
                "0.5",
                "--form",
                form,
                "--json");

        JsonNode result = JsonMapper.shared().readTree(fitted.out());
        int others = result.get("judged").asInt();
        assertThat(others).isBetween(2800, 3200);
        assertThat(result.get("fitted").asInt()).isEqualTo(LEVELS * CELLS - others);
        assertThat(result.get("times")).hasSize(3).allSatisfy(row -> {
            // Two halves of 1000 cells: 1/sqrt(2000) each.
            assertThat(row.get("rms_error_percent").asDouble()).isBetween(0.01, 9.0);
            assertThat(row.get("mean_ks_distance").asDouble()).isLessThan(0.06);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 3|reads.tsv: has no form that can be fitted: not reads of cells (3 columns instead of 7",
                "1 0 1 1 1 0 0/1 2|line 2: 2 columns instead of 7",
                "1 0 1 1 1 0 0/1 1 1 x 1 0 1|line 2, column 4: must be a number, got 'x'",
                "1 0 1 1 1 0 0/1 1 1 1 1 NaN 1|line 2, column 6: must be a number, got 'NaN'",
                "1 0 1 1 1 0.5 0|line 1, column 6: level must be a whole number from 0 to 4095, got 0.5",
                "1 -1 1 1 1 0 0|line 1, column 2: times must be at least 0 s",
                "1 0 1 1 1 0 0|has no read later than 0 s",
                "1 1 1 1 1 0 1|has fewer than 200 cells of level 0; a fit needs 2 levels"
            })
    void aMalformedMeasurementIsToldByLineAndWritesNothing(String text, String message) throws Exception {
        Path reads = Files.writeString(folder.resolve("reads.tsv"), text.replace('/', '\n'));
        CommandOutcome refused = CommandOutcome.of(
                "device",
                "fit",
                reads.toString(),
                "--out",
                folder.resolve("device.csv").toString());
        assertThat(refused.err()).contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(reads);
        }
    }

    /** A row of pulses along a known curve with a known spread. */
    private Path pulses(boolean named) throws IOException {
        Random random = new Random(6);
        StringBuilder lines = new StringBuilder();
        int rows = named ? 40 : 1;
        int count = named ? 61 : 1001;
        for (int row = 0; row < rows; row++) {
            StringBuilder up = new StringBuilder("Gerase");
            StringBuilder down = new StringBuilder("Gprog");
            for (int n = 0; n < count; n++) {
                double part = (double) n / (count - 1);
                double rise = Math.expm1(-2 * part) / Math.expm1(-2);
                double high = 0.1 + 0.8 * rise + 0.02 * random.nextGaussian();
                double low = 0.9 - 0.8 * part + 0.02 * random.nextGaussian();
                if (named) {
                    up.append(String.format(Locale.ROOT, ", %.6g", high * 1e-6));
                    down.append(String.format(Locale.ROOT, ", %.6g", low * 1e-6));
                } else {
                    lines.append(String.format(Locale.ROOT, "%.6f,%.6f%n", high, low));
                }
            }
            if (named) {
                lines.append("(one device) tprog: 0.0002\n")
                        .append(down)
                        .append('\n')
                        .append(up)
                        .append('\n');
            }
        }
        return Files.writeString(folder.resolve("pulses.csv"), lines);
    }

    @Test
    void aResponseToPulsesBecomesEqualStepsWithTheSpreadAroundThem() throws Exception {
        Path out = folder.resolve("device.csv");
        String line = "device fit " + pulses(false) + " --out " + out + " --range-uS 2,42 --states 8 --json";
        JsonNode result =
                JsonMapper.shared().readTree(succeeded(line.split(" ")).out());

        assertThat(result.get("up_nonlinearity").asDouble()).isCloseTo(2, againstDistribution(0.1));
        assertThat(result.get("down_nonlinearity").asDouble()).isCloseTo(0, againstDistribution(0.05));
        assertThat(result.get("up_spread_uS").asDouble()).isCloseTo(1, againstDistribution(0.08));
        assertThat(numbers(out)).hasDimensions(8, 3).satisfies(states -> {
            for (int state = 0; state < 8; state++) {
                assertThat(states[state][1]).isCloseTo(2 + 40.0 * state / 7, againstDistribution(0.1));
                assertThat(states[state][2]).isCloseTo(1, againstDistribution(0.3));
            }
        });
    }

    @Test
    void columnsOfPulsesMayBeNamed() throws Exception {
        Path plain = pulses(false);
        Path named = Files.writeString(folder.resolve("named.csv"), "up,down\n" + Files.readString(plain));
        Path first = folder.resolve("first.csv");
        Path second = folder.resolve("second.csv");
        succeeded("device", "fit", plain.toString(), "--range-uS", "2,42", "--out", first.toString());
        succeeded("device", "fit", named.toString(), "--range-uS", "2,42", "--out", second.toString());

        assertThat(numbers(second)).isDeepEqualTo(numbers(first));
    }

    @Test
    void rowsOfPulsesInSiemensNeedNoRange() throws Exception {
        Path out = folder.resolve("device.csv");
        JsonNode result = JsonMapper.shared()
                .readTree(succeeded("device", "fit", pulses(true).toString(), "--out", out.toString(), "--json")
                        .out());

        assertThat(result.get("up_points").asInt()).isEqualTo(40 * 61);
        assertThat(result.get("up_nonlinearity").asDouble()).isCloseTo(2, againstDistribution(0.1));
        assertThat(result.get("up_spread_uS").asDouble()).isCloseTo(0.02, againstClosedForm(0.001));
        assertThat(numbers(out)[15][1]).isCloseTo(0.9, againstClosedForm(0.005));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--states 8|holds responses without a unit; give the conductances of the first and the last pulse",
                "--range-uS 2|--range-uS must be MIN,MAX, got [2.0]",
                "--range-uS 5,2|conductance range must be 0 <= min < max uS",
                "--range-uS 2,40 --states 1|--states must be at least 2 and at most 256, got 1",
                "--range-uS 2,40 --holdout 0.5|--holdout has no meaning for",
                "--range-uS 2,40 --form normal|--form has no meaning for"
            })
    void whatAResponseToPulsesCannotBeFittedWithIsRefused(String options, String message) throws Exception {
        CommandOutcome refused = CommandOutcome.of(("device fit " + pulses(false) + " " + options).split(" "));
        assertThat(refused.err()).contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
    }

    /** The curve explains the response, and what it becomes keeps the contract of a cell. */
    @Test
    void measuredPulsesBecomeACell() throws Exception {
        Path pulses = Path.of("..", "..", "shared", "data", "devices", "reram_gong2018_pulses.csv");
        assumeTrue(Files.exists(pulses), "the measured files are not in the repository");
        Path out = folder.resolve("gong.csv");
        String line = "device fit " + pulses + " --range-uS 2,40 --out " + out + " --json";
        JsonNode result =
                JsonMapper.shared().readTree(succeeded(line.split(" ")).out());
        assertThat(result.get("up_points").asInt()).isEqualTo(1000);
        assertThat(result.get("up_variance_explained").asDouble()).isGreaterThan(0.9);
        assertThat(succeeded("device", "check", "table", "states=" + out).out()).endsWith("passed, 0 failed\n");
    }

    /** Validation: the spread over all levels that was computed from these files when they were collected. */
    @ParameterizedTest
    @CsvSource({"techC, 118000, 3.64, 13", "techB, 100000, 8.40, 16"})
    void measuredRelaxationOfTwoTechnologiesIsPredicted(
            String technology, double last, double spread, double worstRmsPercent) {
        Path reads = Path.of("..", "..", "shared", "data", "devices", "rram_relaxation_" + technology + ".tsv.gz");
        assumeTrue(Files.exists(reads), "the measured files are not in the repository");

        JsonNode result = JsonMapper.shared()
                .readTree(succeeded(
                                "device",
                                "fit",
                                reads.toString(),
                                "--out",
                                folder.resolve("device.csv").toString(),
                                "--holdout",
                                "0.5",
                                "--json")
                        .out());

        assertThat(result.get("judged").asInt()).isGreaterThan(7000);
        JsonNode lastTime = result.get("times").get(result.get("times").size() - 1);
        assertThat(lastTime.get("time_s").asDouble()).isCloseTo(last, againstReference(0.2 * last));
        assertThat(lastTime.get("rms_error_percent").asDouble()).isLessThan(worstRmsPercent);
        assertThat(lastTime.get("measured_spread_uS").asDouble()).isCloseTo(spread, againstReference(0.06 * spread));
    }
}
