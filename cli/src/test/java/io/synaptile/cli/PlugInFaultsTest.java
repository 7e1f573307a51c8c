/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.plugin.JarMaker;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A plug-in that ends the process, never comes back, runs out of memory or cannot be repeated is named, and takes no run with it. */
class PlugInFaultsTest {
    private static final String CELL = "plug-in bad.jar: cell hostile ";
    private static final String COPY = "System.arraycopy(target, 0, actual, 0, target.length); ";
    private static final String ON_TARGET = COPY + "return 1;";

    @TempDir
    private Path folder;

    private Path jars;
    private Path out;

    @BeforeEach
    void places() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        out = folder.resolve("out");
    }

    private List<String> run(String... settings) throws IOException {
        Path file = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
                network: {arch: mlp, hidden: [8], time_steps: 2}
                train: {epochs: 1}
                hardware: {tile: {rows: 32, columns: 32}, cell: {kind: hostile}}
                simulate: {instances: 2}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        List<String> line = new ArrayList<>(List.of("run", file.toString()));
        line.addAll(List.of(settings));
        line.addAll(List.of("--plugins", jars.toString(), "--out", out.toString(), "--quiet"));
        return line;
    }

    private CommandOutcome outcome(String... settings) throws IOException {
        return CommandOutcome.of(run(settings).toArray(String[]::new));
    }

    private void refused(CommandOutcome refused, String message) throws IOException {
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.out()).isEmpty();
        nothingIsWritten();
    }

    private void nothingIsWritten() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .isSubsetOf("jars", "tiny.yaml", "log")
                    .contains("jars");
        }
    }

    static Stream<Arguments> endings() {
        String end = "; a plug-in cannot end the process";
        return Stream.of(
                Arguments.of("System.exit(0);", "called System.exit(0) (in hostile.Cell)" + end),
                Arguments.of("Runtime.getRuntime().exit(3);", "called Runtime.exit(3) (in hostile.Cell)" + end),
                Arguments.of("Runtime.getRuntime().halt(0);", "called Runtime.halt(0) (in hostile.Cell)" + end),
                Arguments.of(
                        "Runtime.getRuntime().addShutdownHook(new Thread());",
                        "called Runtime.addShutdownHook (in hostile.Cell)" + end),
                Arguments.of("sun.misc.Signal.raise(new sun.misc.Signal(\"TERM\"));", "called Signal.raise"),
                Arguments.of(
                        "java.util.function.IntConsumer end = System::exit; end.accept(0);", "called System.exit(0)"),
                Arguments.of(
                        "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(0);",
                        "called Runtime.halt(0)"),
                Arguments.of(
                        "java.util.function.ObjIntConsumer<Runtime> end = Runtime::exit; end.accept(Runtime.getRuntime(), 4);",
                        "called Runtime.exit(4)"),
                Arguments.of(
                        "int[] codes = {0}; for (int code : codes) { Runnable end = () -> System.exit(code); end.run(); }",
                        "called System.exit(0)"),
                Arguments.of(
                        "try { System.class.getMethod(\"exit\", int.class).invoke(null, 0); }"
                                + " catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }",
                        "looked up System.exit (in hostile.Cell)" + end),
                Arguments.of(
                        "try { java.lang.invoke.MethodHandles.lookup().findStatic(System.class, \"exit\","
                                + " java.lang.invoke.MethodType.methodType(void.class, int.class)).invoke(0); }"
                                + " catch (Throwable e) { throw new IllegalStateException(e); }",
                        "looked up System.exit (in hostile.Cell)" + end),
                Arguments.of("try { System.exit(0); } catch (Throwable e) { }", "called System.exit(0)"),
                Arguments.of("try { System.exit(0); } finally { return 1; }", "called System.exit(0)"),
                Arguments.of(
                        "Thread own = new Thread(() -> System.exit(0)); own.start();"
                                + " try { own.join(); } catch (InterruptedException e) { }",
                        "called System.exit(0) (in hostile.Cell)" + end),
                Arguments.of(
                        "Thread own = new Thread(() -> { throw new IllegalStateException(\"lost\"); }); own.start();"
                                + " try { own.join(); } catch (InterruptedException e) { }",
                        "threw IllegalStateException (lost) in a thread of its own"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void aPlugInThatEndsTheProcessIsRefused(String program, String message) throws Exception {
        // A loop and a branch, so that what is rewritten has frames to be kept right.
        HostileJar.of(
                        "",
                        "for (int i = 0; i < target.length; i++) { actual[i] = target[i]; } if (target.length > 0) { "
                                + program + " } return 1;")
                .write(jars.resolve("bad.jar"));
        refused(outcome(), CELL + message);
    }

    @Test
    void anEndDuringTheLoadingLeavesOnlyThatJarOut() throws Exception {
        HostileJar.of(HostileJar.provider("System.exit(0);", "return null;")).write(jars.resolve("bad.jar"));
        CommandOutcome listed = CommandOutcome.of("device", "list", "--plugins", jars.toString());
        assertThat(listed.err())
                .isEqualToIgnoringNewLines("synaptile: left out: plug-in bad.jar called System.exit(0) (in"
                        + " hostile.Provider); a plug-in cannot end the process");
        assertThat(listed.out()).contains("rram");
    }

    @Test
    void theCheckOfAJarSurvivesItToo() throws Exception {
        Path jar = HostileJar.of("", "System.exit(0); return 1;").write(jars.resolve("bad.jar"));
        CommandOutcome checked = CommandOutcome.of("device", "check", jar.toString());
        assertThat(checked.err()).hasLineCount(1).contains("plug-in bad.jar: cell hostile called System.exit(0)");
        assertThat(checked.code()).isEqualTo(ExitCode.USER_ERROR);
    }

    static Stream<Arguments> exhaustions() {
        return Stream.of(
                Arguments.of(
                        "java.util.List<long[]> all = new java.util.ArrayList<>();"
                                + " while (true) all.add(new long[Integer.MAX_VALUE - 8]);",
                        "ran out of memory in program (Java heap space; the heap has"),
                Arguments.of("return program(target, actual, random);", "threw StackOverflowError in program"),
                Arguments.of(
                        "throw new ExceptionInInitializerError(new IllegalStateException(\"no table\"));",
                        "threw IllegalStateException (no table) in program"),
                Arguments.of("throw new InternalError(\"odd\");", "threw InternalError (odd) in program"),
                Arguments.of(
                        "class Odd extends RuntimeException { public String getMessage() { throw this; } }"
                                + " throw new Odd();",
                        "threw Odd in program"));
    }

    @ParameterizedTest
    @MethodSource("exhaustions")
    void anErrorOfTheMachineInAPlugInIsNamedWithItsJar(String program, String message) throws Exception {
        HostileJar.of("", program).write(jars.resolve("bad.jar"));
        refused(outcome(), CELL + message);
    }

    static Stream<Arguments> irreproducible() {
        String noisy = "for (int i = 0; i < target.length; i++) actual[i] = target[i] + ";
        return Stream.of(
                Arguments.of("", noisy + "(float) new java.util.Random().nextGaussian() * 0.01f; return 1;"),
                Arguments.of("", noisy + "(float) Math.random(); return 1;"),
                Arguments.of("", noisy + "System.nanoTime() % 1000 / 1000f; return 1;"),
                Arguments.of(
                        "private final java.util.Random own = new java.util.Random(42);",
                        noisy + "own.nextFloat(); return 1;"),
                Arguments.of("private final float own = new java.util.Random().nextFloat();", noisy + "own; return 1;"),
                Arguments.of("", COPY + "return (long) (1e9 * Math.random());"),
                Arguments.of(
                        "public byte[] faults(CellPlaces places, RandomGenerator random) { byte[] all = new byte[places.cells()];"
                                + " for (int i = 0; i < all.length; i++) all[i] = (byte) (Math.random() < 0.5 ? 0 : 1); return all; }",
                        ON_TARGET),
                Arguments.of(
                        "public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {"
                                + " for (int i = 0; i < aged.length; i++) aged[i] = programmed[i] * (float) Math.random(); }",
                        ON_TARGET),
                Arguments.of(
                        "public void readMoments(float[] programmed, float[] held, float[] mean, float[] sigma, Age age,"
                                + " RandomGenerator random) { for (int i = 0; i < mean.length; i++) { mean[i] = held[i];"
                                + " sigma[i] = (float) Math.random(); } }",
                        ON_TARGET));
    }

    @ParameterizedTest
    @MethodSource("irreproducible")
    void aCellThatCannotBeRepeatedIsFoundBeforeTheTraining(String members, String program) throws Exception {
        HostileJar.of(members, program).write(jars.resolve("bad.jar"));
        refused(
                outcome(),
                "when asked the same twice; what is random must come from the generator or key that is passed");
    }

    /** A cell that is looked up in a class of a second jar. */
    private static JarMaker withHelper(String classPath) {
        return HostileJar.of("", COPY + "return Helper.pulses();")
                .source("Helper", "class Helper { static long pulses() { return 1; } }")
                .without("Helper")
                .classPath(classPath);
    }

    private static JarMaker helper() {
        return new JarMaker().source("Helper", "class Helper { static long pulses() { return 1; } }");
    }

    @Test
    void classPathWithinTheFolderIsFollowedAndHashed() throws Exception {
        Path jar = withHelper("lib/helper.jar beside.jar gone.jar").write(jars.resolve("main.jar"));
        Path helper = helper().write(jars.resolve("lib/helper.jar"));
        Path beside = helper().write(jars.resolve("beside.jar"));

        CommandOutcome ran = outcome();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        Map<?, ?> manifest = JsonMapper.shared().readValue(Files.readString(out.resolve("manifest.json")), Map.class);
        assertThat(manifest.get("plugins"))
                .isEqualTo(Map.of(
                        "main.jar",
                        Sha256.of(jar),
                        "lib/helper.jar",
                        Sha256.of(helper),
                        "beside.jar",
                        Sha256.of(beside)));
    }

    @Test
    void classPathOutsideTheFolderIsIgnored() throws Exception {
        Path outside = helper().write(folder.resolve("jars2/helper.jar"));
        withHelper("../jars2/helper.jar " + outside.toUri() + " https://example.org/x.jar")
                .write(jars.resolve("bad.jar"));

        CommandOutcome listed = CommandOutcome.of("device", "list", "--plugins", jars.toString());
        assertThat(listed.err())
                .isEqualToIgnoringNewLines(
                        "synaptile: plug-in bad.jar: its Class-Path names ../jars2/helper.jar, " + outside.toUri()
                                + ", https://example.org/x.jar, outside the folder of plug-ins, which is ignored");
        assertThat(listed.code()).isZero();
        CommandOutcome ran = outcome();
        assertThat(ran.err())
                .contains(CELL + "threw NoClassDefFoundError (hostile/Helper) in program")
                .hasLineCount(1);
    }

    /** The run in a process of its own, since what it ends is the process. */
    private List<String> endsInTime(String... settings) throws Exception {
        Path log = folder.resolve("log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(run(settings));
        line.addAll(List.of("--plugin-seconds", "2"));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(out).doesNotExist();
        return Files.readAllLines(log);
    }

    @Test
    void aCallThatNeverComesBackEndsTheCommand() throws Exception {
        HostileJar.of("", "while (true) { actual[0] += target[0]; }").write(jars.resolve("bad.jar"));
        assertThat(endsInTime())
                .singleElement()
                .asString()
                .startsWith("synaptile: " + CELL)
                .endsWith(
                        "did not come back from program within 2 s (in hostile.Cell.program); --plugin-seconds sets the limit");
        nothingIsWritten();
    }

    @Test
    void aCallThatNeverComesBackAfterTheTrainingKeepsItsCheckpointAlone() throws Exception {
        HostileJar.of("", COPY + "while (target.length > 64) { Thread.onSpinWait(); } return 1;")
                .write(jars.resolve("bad.jar"));
        assertThat(endsInTime())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("synaptile: " + CELL + "did not come back from program within 2 s");
    }

    @Test
    void aTimeLimitBelowZeroIsRefused() throws Exception {
        refused(outcome("--plugin-seconds", "-1"), "--plugin-seconds must be at least 0, got -1");
        refused(
                CommandOutcome.of("device", "list", "--plugin-seconds", "-1"),
                "--plugin-seconds must be at least 0, got -1");
    }
}
