/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.converter.AdcModelProvider;
import io.synaptile.devices.cost.EnergyTableProvider;
import io.synaptile.devices.readout.ArrayReadoutProvider;
import io.synaptile.experiment.plugin.JarMaker;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A jar of a user runs an experiment; one that breaks its contract is named, and takes nothing else with it. */
class PlugInTest {
    private static final String TINY = """
            name: tiny
            data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
            network: {arch: mlp, hidden: [8], time_steps: 2}
            train: {epochs: 1}
            hardware: {tile: {rows: 32, columns: 32}, cell: {kind: %s}}
            simulate: {instances: 2}
            """;

    @TempDir
    private Path folder;

    private Path jars;
    private Path out;

    @BeforeEach
    void places() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        out = folder.resolve("out");
    }

    private Path experiment(String kind) throws IOException {
        Path data = Path.of("..", "examples", "data").toAbsolutePath().normalize();
        return Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted(data, kind));
    }

    private CommandOutcome run(String kind) throws IOException {
        return CommandOutcome.of(
                "run", experiment(kind).toString(), "--plugins", jars.toString(), "--out", out.toString(), "--quiet");
    }

    private Path example() throws IOException {
        return JarMaker.ofModule(Path.of("..", "examples", "plugin-cell")).write(jars.resolve("leaky.jar"));
    }

    @Test
    void theExampleOfTheRepositoryRunsAnExperiment() throws Exception {
        Path jar = example();

        CommandOutcome ran = run("example-leaky");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        Map<?, ?> manifest = JsonMapper.shared().readValue(Files.readString(out.resolve("manifest.json")), Map.class);
        assertThat(manifest.get("plugins")).isEqualTo(Map.of("leaky.jar", Sha256.of(jar)));
        assertThat(CommandOutcome.of("simulate", out.toString(), "--plugins", jars.toString(), "--quiet")
                        .code())
                .isZero();
        assertThat(CommandOutcome.of("simulate", out.toString(), "--quiet").err())
                .hasLineCount(1)
                .contains("hardware.cell.kind: unknown cell kind 'example-leaky'");
    }

    @Test
    void aPlugInThatIsNotUsedIsNotInTheManifest() throws Exception {
        example();
        assertThat(run("rram").code()).isZero();
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"plugins\" : { }");
    }

    @Test
    void everyKindIsListedWithItsOrigin() throws Exception {
        example();
        HostileJar.of("", "return 0;").write(jars.resolve("second.jar"));
        Files.writeString(jars.resolve("text.jar"), "no jar");

        CommandOutcome listed = CommandOutcome.of("device", "list", "--plugins", jars.toString());

        assertThat(listed.out().lines()).anyMatch(line -> line.matches("cell +rram +.* \\[built in]"));
        assertThat(listed.out().lines()).anyMatch(line -> line.matches("cell +example-leaky +.* \\[leaky.jar]"));
        assertThat(listed.out().lines()).anyMatch(line -> line.matches("cell +hostile +.* \\[second.jar]"));
        assertThat(listed.err()).hasLineCount(1).contains("plug-in text.jar is not a jar that can be read");
        assertThat(listed.code()).isEqualTo(ExitCode.USER_ERROR);
    }

    static Stream<Arguments> hostilePlugIns() {
        String copy = "System.arraycopy(target, 0, actual, 0, target.length); ";
        String cell = "plug-in bad.jar: cell hostile ";
        return Stream.of(
                Arguments.of(
                        HostileJar.of("", "throw new IllegalStateException(\"no power\");"),
                        cell + "threw IllegalStateException (no power) in program"),
                Arguments.of(
                        HostileJar.of("", copy + "actual[3] = Float.NaN; return 0;"),
                        cell + "gave NaN uS for cell 3 of"),
                Arguments.of(HostileJar.of("", "actual[0] = target[0]; return 1;"), cell + "gave NaN uS for cell 1 of"),
                Arguments.of(HostileJar.of("", "actual[target.length] = 1; return 1;"), cell + "threw ArrayIndexOutOf"),
                Arguments.of(HostileJar.of("", copy + "actual[2] = -1; return 1;"), cell + "gave -1.0 uS for cell 2"),
                Arguments.of(HostileJar.of("", copy + "return -1;"), cell + "counted -1 pulses in program"),
                Arguments.of(
                        HostileJar.of("", "return program(target, actual, random);"),
                        cell + "threw StackOverflowError"),
                Arguments.of(
                        HostileJar.of("static class Gone { static int x() { return 1; } }", copy + "return Gone.x();")
                                .without("Cell$Gone"),
                        cell + "threw NoClassDefFoundError (hostile/Cell$Gone) in program"),
                Arguments.of(
                        HostileJar.of(
                                "public void readMoments(float[] programmed, float[] held, float[] mean, float[] sigma,"
                                        + " io.synaptile.devices.Age age, java.util.random.RandomGenerator random) {"
                                        + " sigma[1] = Float.NaN; }",
                                copy + "return 1;"),
                        cell + "gave NaN uS for cell 0 of"),
                Arguments.of(
                        HostileJar.of(
                                "public java.util.OptionalDouble readVolts() { return java.util.OptionalDouble.of(Double.NaN); }",
                                copy + "return 1;"),
                        cell + "gave OptionalDouble[NaN] in readVolts; a read voltage is above 0"),
                Arguments.of(
                        HostileJar.of(
                                "public byte[] faults(CellPlaces places, RandomGenerator random) { return null; }",
                                copy + "return 1;"),
                        cell + "gave no faults for 16 cells in faults"),
                Arguments.of(HostileJar.of(HostileJar.provider("", "return null;")), cell + "gave nothing in create"),
                Arguments.of(
                        HostileJar.of(HostileJar.provider("", "throw new IllegalArgumentException();")),
                        cell + "threw IllegalArgumentException in create"),
                Arguments.of(
                        HostileJar.of(
                                HostileJar.provider("", "throw new IllegalArgumentException(\"colour must be red\");")),
                        "hardware.cell.colour must be red"),
                Arguments.of(
                        HostileJar.of(
                                HostileJar.provider("throw new IllegalStateException(\"early\");", "return null;")),
                        "left out: plug-in bad.jar cannot be loaded: Provider hostile.Provider could not be instantiated:"
                                + " IllegalStateException (early)"),
                Arguments.of(
                        HostileJar.of("", "return 0;").without("Provider"),
                        "left out: plug-in bad.jar cannot be loaded: Provider hostile.Provider not found"),
                Arguments.of(
                        HostileJar.of(
                                HostileJar.provider("", "return null;").replace("return \"hostile\"", "return null")),
                        "cell provider hostile.Provider has the kind null"),
                Arguments.of(
                        HostileJar.of(HostileJar.provider("", "return null;")
                                .replace("return \"hostile\"", "return \"rram\"")),
                        "left out: plug-in bad.jar cell rram is there already, built in"),
                Arguments.of(
                        HostileJar.of(HostileJar.provider("", "return null;").replace("Set.of(\"colour\")", "null")),
                        "cell provider hostile.Provider gave null in options"),
                Arguments.of(
                        HostileJar.of(HostileJar.provider("", "return null;")
                                .replace("Set.of(\"colour\")", "new HashSet<>(Arrays.asList((String) null))")),
                        "cell provider hostile.Provider gave a null among others in options"),
                Arguments.of(
                        HostileJar.of(HostileJar.provider("", "return null;")
                                .replace(
                                        "public Provider",
                                        "static final int HALF = Integer.parseInt(\"half\"); public Provider")),
                        "hostile.Provider could not be instantiated: NumberFormatException (For input string"),
                Arguments.of(
                        HostileJar.of("class Provider {}"),
                        "left out: plug-in bad.jar cannot be loaded: hostile.Provider not a subtype"),
                Arguments.of(new JarMaker(), "left out: plug-in bad.jar provides nothing: META-INF/services/"));
    }

    @ParameterizedTest
    @MethodSource("hostilePlugIns")
    void aPlugInThatBreaksItsContractIsNamedAndNothingIsWritten(JarMaker maker, String message) throws Exception {
        maker.write(jars.resolve("bad.jar"));

        refused(run("hostile"), message);
    }

    private void refused(CommandOutcome refused, String message) throws IOException {
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.out()).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("jars", "tiny.yaml");
        }
    }

    /** A codec that does what differential pairs do, except where it is spoilt. */
    private static JarMaker codec(String gain, String encode) {
        return new JarMaker()
                .source("Provider", """
                        import io.synaptile.devices.CellModel;
                        import io.synaptile.mapping.codec.*;
                        public class Provider implements WeightCodecProvider {
                            public String id() { return "own-pair"; }
                            public boolean pairs() { return true; }
                            public WeightCodec codec(LayerWeights weights, CellModel cell, int bits) {
                                WeightCodec pair = CodecKind.DIFFERENTIAL_PAIR.codec(weights, cell, bits);
                                return new WeightCodec() {
                                    public String id() { return "own-pair"; }
                                    public int columnsPerWeight() { return pair.columnsPerWeight(); }
                                    public void encode(float[] weights, float[][] targets) {
                                        pair.encode(weights, targets);
                                        %s
                                    }
                                    public float[] columnGain() { return %s; }
                                    public float cellValue(float uS) { return pair.cellValue(uS); }
                                    public float valuePerMicrosiemens() { return pair.valuePerMicrosiemens(); }
                                };
                            }
                        }
                        """.formatted(encode, gain))
                .service(WeightCodecProvider.class, "hostile.Provider");
    }

    private CommandOutcome run(Path target, String... settings) throws IOException {
        List<String> line = new ArrayList<>(List.of("run", experiment("rram").toString()));
        line.addAll(List.of(settings));
        line.addAll(List.of("--plugins", jars.toString(), "--out", target.toString(), "--quiet"));
        return CommandOutcome.of(line.toArray(String[]::new));
    }

    @Test
    void aCodecOfAPlugInIsNamedLikeOurs() throws Exception {
        codec("pair.columnGain()", "").write(jars.resolve("codec.jar"));

        CommandOutcome own = run(out, "hardware.codec=own-pair");
        Path ours = folder.resolve("ours");
        run(ours, "hardware.codec=differential-pair");

        assertThat(own.err()).isEmpty();
        assertThat(Files.readAllBytes(out.resolve("results.csv")))
                .isEqualTo(Files.readAllBytes(ours.resolve("results.csv")));
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"codec.jar\" : ");
        assertThat(CommandOutcome.of("device", "list", "--plugins", jars.toString())
                        .out())
                .containsPattern("codec +own-pair +weight encoding +\\[codec.jar]");
    }

    static Stream<Arguments> hostileCodecs() {
        String codec = "plug-in bad.jar: codec own-pair ";
        return Stream.of(
                Arguments.of(codec("new float[] {1}", ""), codec + "gave 1 values in columnGain instead of"),
                Arguments.of(codec("new float[] {Float.NaN, 1}", ""), codec + "gave"),
                Arguments.of(
                        codec("new float[] {1, 1}", ""),
                        codec + "has pairs, but gains of 1.0 and 1.0 for columns 0 and 1"),
                Arguments.of(
                        codec("pair.columnGain()", "targets[0][0] = 1e6f;"), codec + "wants 1000000.0 uS of a cell"),
                Arguments.of(
                        codec("pair.columnGain()", "targets[0][0] = 5 + (float) Math.random();"),
                        "as value 0 of 5 in encode (plane 0) when asked the same twice"),
                Arguments.of(codec("pair.columnGain()", "System.exit(0);"), codec + "called System.exit(0)"),
                Arguments.of(
                        codec("pair.columnGain()", "targets[1] = new float[1];"), codec + "gave 1 values in encode"),
                Arguments.of(
                        codec("pair.columnGain()", "throw new IllegalStateException(\"tired\");"),
                        codec + "threw IllegalStateException (tired) in encode"),
                Arguments.of(
                        codec("pair.columnGain()", "").without("Provider$1"),
                        codec + "threw NoClassDefFoundError (hostile/Provider$1) in create"));
    }

    @ParameterizedTest
    @MethodSource("hostileCodecs")
    void aCodecThatBreaksItsContractIsNamedAndNothingIsWritten(JarMaker maker, String message) throws Exception {
        maker.write(jars.resolve("bad.jar"));
        refused(run(out, "hardware.codec=own-pair"), message);
    }

    private static JarMaker table(String table) {
        return new JarMaker()
                .source("Provider", """
                        import io.synaptile.devices.cost.*;
                        import java.util.*;
                        public class Provider implements EnergyTableProvider {
                            public String name() { return "own-chip"; }
                            public String description() { return "measured on our chip"; }
                            public EnergyTable table() { %s }
                        }
                        """.formatted(table))
                .service(EnergyTableProvider.class, "hostile.Provider");
    }

    @Test
    void anEnergyTableOfAPlugInIsNamedLikeOurs() throws Exception {
        table("return EnergyTable.profile(\"isaac32\");").write(jars.resolve("energy.jar"));

        assertThat(run(out, "hardware.energy=own-chip", "hardware.energy.adc_conversion_pJ=0.5")
                        .err())
                .isEqualTo("synaptile: energy table own-chip has no timing and no area; those of isaac32 are used"
                        + " (hardware.cost.structure names others)\n");

        Path ours = folder.resolve("ours");
        run(ours, "hardware.energy=isaac32", "hardware.energy.adc_conversion_pJ=0.5");
        assertThat(Files.readAllBytes(out.resolve("energy.csv")))
                .isEqualTo(Files.readAllBytes(ours.resolve("energy.csv")));
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"energy.jar\" : ");
        assertThat(CommandOutcome.of("report", out.toString(), "--plugins", jars.toString(), "--quiet")
                        .err())
                .isEmpty();
    }

    static Stream<Arguments> hostileTables() {
        String table = "hardware.energy: plug-in bad.jar: energy table own-chip ";
        return Stream.of(
                Arguments.of(
                        table("throw new IllegalStateException(\"secret\");"), table + "threw IllegalStateException"),
                Arguments.of(table("return null;"), table + "is missing"),
                Arguments.of(table("System.exit(0); return null;"), table + "called System.exit(0)"),
                Arguments.of(
                        table(
                                "return new EnergyTable(\"own-chip\", List.of(new EnergyEntry(EnergyEvent.ADC_CONVERSION,"
                                        + " Math.random(), 1, OptionalInt.of(28), OptionalInt.empty(), false, \"own\", \"\")));"),
                        table + "has other entries when it is asked again"));
    }

    @ParameterizedTest
    @MethodSource("hostileTables")
    void anEnergyTableThatBreaksItsContractIsNamed(JarMaker maker, String message) throws Exception {
        maker.write(jars.resolve("bad.jar"));
        refused(run(out, "hardware.energy=own-chip"), message);
    }

    private static JarMaker converters(String draw) {
        return new JarMaker()
                .source("Provider", """
                        import io.synaptile.devices.converter.*;
                        import java.util.*;
                        import java.util.random.RandomGenerator;
                        public class Provider implements AdcModelProvider {
                            public String kind() { return "own-adc"; }
                            public String description() { return "measured converters"; }
                            public Set<String> options() { return Set.of("shift"); }
                            public AdcModel create(Map<String, Object> options) {
                                return new AdcModel() {
                                    public String id() { return "own-adc"; }
                                    public AdcCharacteristic draw(int bits, RandomGenerator random) { %s }
                                };
                            }
                        }
                        """.formatted(draw))
                .service(AdcModelProvider.class, "hostile.Provider");
    }

    @Test
    void convertersOfAPlugInAreUsed() throws Exception {
        converters("return new AdcCharacteristic(1, 0, new int[1 << bits]);").write(jars.resolve("adc.jar"));
        Path ours = folder.resolve("ours");

        assertThat(run(out, "hardware.readout.adc.kind=own-adc", "hardware.readout.bits=4")
                        .err())
                .isEmpty();
        run(ours, "hardware.readout.bits=4");

        assertThat(Files.readAllBytes(out.resolve("results.csv")))
                .isNotEqualTo(Files.readAllBytes(ours.resolve("results.csv")));
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"adc.jar\" : ");
        assertThat(CommandOutcome.of("device", "list", "--plugins", jars.toString())
                        .out())
                .containsPattern("converter +own-adc +measured converters +\\[adc.jar]")
                .containsPattern("converter +sar +");
    }

    static Stream<Arguments> hostileConverters() {
        String adc = "hardware.readout.adc: plug-in bad.jar: converter own-adc ";
        return Stream.of(
                Arguments.of(
                        converters("throw new IllegalStateException(\"hot\");"), adc + "threw IllegalStateException"),
                Arguments.of(converters("return null;"), adc + "gave no converter in draw"),
                Arguments.of(converters("System.exit(0); return null;"), adc + "called System.exit(0)"),
                Arguments.of(
                        converters("return new AdcCharacteristic(1, Math.random(), new int[0]);"),
                        "as value 1 of 2 in draw when asked the same twice"),
                Arguments.of(
                        converters("return new AdcCharacteristic(Double.NaN, 0, new int[0]);"),
                        adc + "is no converter: a converter has gain NaN"),
                Arguments.of(
                        converters("return new AdcCharacteristic(1, 0, new int[3]);"),
                        adc + "is no converter: a converter of 6 bits has 3 codes, not 64"));
    }

    @ParameterizedTest
    @MethodSource("hostileConverters")
    void convertersThatBreakTheirContractAreNamed(JarMaker maker, String message) throws Exception {
        maker.write(jars.resolve("bad.jar"));
        refused(run(out, "hardware.readout.adc.kind=own-adc"), message);
    }

    /** Columns that saturate: a sum i of the cells becomes i / (1 + i / limit_uS), or what {@code last} makes of it. */
    private static JarMaker saturating(String open, String last) {
        return new JarMaker()
                .source("Provider", """
                        import io.synaptile.devices.readout.*;
                        import java.util.*;
                        public class Provider implements ArrayReadoutProvider {
                            public String kind() { return "own-columns"; }
                            public String description() { return "columns that saturate"; }
                            public Set<String> options() { return Set.of("limit_uS"); }
                            public ArrayReadout create(Map<String, Object> options) {
                                double limit = ((Number) options.getOrDefault("limit_uS", 400)).doubleValue();
                                return new ArrayReadout() {
                                    public String id() { return "own-columns"; }
                                    public ReadableArray open(ArrayCells cells) {
                                        %s
                                        return (reads, currents) -> {
                                            int columns = cells.columns();
                                            for (int i = 0; i < reads.count(); i++) {
                                                for (int j = 0; j < columns; j++) {
                                                    double sum = 0;
                                                    for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                                                        int cell = reads.row()[e] * columns + j;
                                                        sum += reads.drive()[e] * cells.microsiemens()[cell];
                                                    }
                                                    %s
                                                }
                                            }
                                        };
                                    }
                                };
                            }
                        }
                        """.formatted(open, last))
                .service(ArrayReadoutProvider.class, "hostile.Provider");
    }

    private static final String SATURATED = "currents[i * columns + j] = (float) (sum / (1 + sum / limit));";

    @Test
    void arraysAreReadThroughAPlugIn() throws Exception {
        saturating("", SATURATED).write(jars.resolve("columns.jar"));
        Path ours = folder.resolve("ours");
        Path unlimited = folder.resolve("unlimited");

        assertThat(run(out, "hardware.readout.array.kind=own-columns").err()).isEmpty();
        run(unlimited, "hardware.readout.array={kind: own-columns, limit_uS: 1.0e12}");
        run(ours);

        String own = Files.readString(ours.resolve("results.csv"));
        assertThat(Files.readString(out.resolve("results.csv"))).isNotEqualTo(own);
        assertThat(Files.readString(unlimited.resolve("results.csv"))).isEqualTo(own);
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"columns.jar\" : ");
        assertThat(CommandOutcome.of("device", "list", "--plugins", jars.toString())
                        .out())
                .containsPattern("array read-out +own-columns +columns that saturate +\\[columns.jar]")
                .containsPattern("array read-out +nodal +");
    }

    static Stream<Arguments> hostileArrays() {
        String array = "hardware.readout.array: plug-in bad.jar: array read-out own-columns ";
        return Stream.of(
                Arguments.of(
                        saturating("if (limit > 0) throw new IllegalStateException(\"open\");", SATURATED),
                        array + "threw IllegalStateException (open) in open"),
                Arguments.of(saturating("if (limit > 0) return null;", SATURATED), array + "gave no array in open"),
                Arguments.of(saturating("System.exit(0);", SATURATED), array + "called System.exit(0)"),
                Arguments.of(
                        saturating("double unknown = Math.random();", SATURATED.replace("sum /", "unknown * sum /")),
                        "as value 0 of 6 in read when asked the same twice"),
                Arguments.of(
                        saturating("", ""), array + "gave NaN uS for column 0 of 3 in read; every current must be"),
                Arguments.of(
                        saturating("", "currents[currents.length] = 0;"),
                        array + "threw ArrayIndexOutOfBoundsException"));
    }

    @ParameterizedTest
    @MethodSource("hostileArrays")
    void arraysThatBreakTheirContractAreNamed(JarMaker maker, String message) throws Exception {
        maker.write(jars.resolve("bad.jar"));
        refused(run(out, "hardware.readout.array.kind=own-columns"), message);
    }

    /** What shows only with real arrays ends the run as well, without half a result. */
    @Test
    void anArrayThatBreaksDuringTheSimulationIsNamed() throws Exception {
        saturating("", "if (columns > 3) throw new IllegalStateException(\"broken line\"); " + SATURATED)
                .write(jars.resolve("bad.jar"));
        CommandOutcome refused = run(out, "hardware.readout.array.kind=own-columns");
        assertThat(refused.err())
                .contains(
                        "plug-in bad.jar: array read-out own-columns threw IllegalStateException (broken line) in read");
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(out.resolve("results.csv")).doesNotExist();
    }

    @Test
    void oneBrokenJarDoesNotHinderTheOthers() throws Exception {
        example();
        HostileJar.of(HostileJar.provider("throw new IllegalStateException();", "return null;"))
                .write(jars.resolve("bad.jar"));

        CommandOutcome ran = run("example-leaky");

        assertThat(ran.err()).hasLineCount(1).startsWith("synaptile: left out: plug-in bad.jar cannot be loaded");
        assertThat(ran.code()).isZero();
    }

    @Test
    void twoJarsCannotProvideTheSameKind() throws Exception {
        HostileJar.of("", "return 0;").write(jars.resolve("a.jar"));
        HostileJar.of("", "return 0;").write(jars.resolve("b.jar"));

        assertThat(CommandOutcome.of("device", "list", "--plugins", jars.toString())
                        .err())
                .isEqualToIgnoringNewLines(
                        "synaptile: left out: plug-in b.jar cell hostile is there already, in a.jar");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() throws Exception {
        jars = folder.resolve("nowhere");
        assertThat(run("rram").err()).hasLineCount(1).contains("--plugins " + jars + ": no such folder");
    }
}
