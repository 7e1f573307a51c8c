/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher chooses, with stand-ins for the JDK and for the build it would start. */
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "synaptile").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void theJdkThatIsNamedIsTaken() throws Exception {
        String here = System.getProperty("java.home");

        assertThat(start(LAUNCHER, Map.of("SYNAPTILE_JAVA_HOME", here)))
                .isEqualTo(new CommandOutcome(0, here + "\n", ""));
    }

    @Test
    void aJdkThatIsTooOldIsNotTaken() throws Exception {
        Path old = jdk("old", "25.0.2");
        Path current = jdk("current", "25.0.3");

        assertThat(start(LAUNCHER, Map.of("JAVA_HOME", current.toString())).out())
                .isEqualTo(current + "\n");
        assertThat(start(LAUNCHER, Map.of("SYNAPTILE_JAVA_HOME", old.toString())))
                .isEqualTo(new CommandOutcome(
                        2, "", "synaptile: SYNAPTILE_JAVA_HOME=" + old + " is not a JDK 25.0.3 or later\n"));
    }

    @Test
    void versionsAreComparedAsNumbers() throws Exception {
        Path later = jdk("later", "25.0.10");
        Path first = jdk("first", "26");

        assertThat(start(LAUNCHER, Map.of("SYNAPTILE_JAVA_HOME", later.toString()))
                        .code())
                .isZero();
        assertThat(start(LAUNCHER, Map.of("SYNAPTILE_JAVA_HOME", first.toString()))
                        .code())
                .isZero();
    }

    @Test
    void commandsThatTakeABackendAreKnown() throws Exception {
        String launcher = Files.readString(LAUNCHER);
        CommandLines.create(new PrintWriter(System.out, true, StandardCharsets.UTF_8), System.err)
                .getSubcommands()
                .forEach((name, command) -> {
                    if (command.getCommandSpec().findOption("--backend") != null) {
                        assertThat(launcher).containsPattern("(?m)^  .*\\b" + name + "\\b.*\\)$");
                        assertThat(launcher).containsPattern("(?m)^  .*\\b" + name + "\\b.*vector=");
                    }
                });
    }

    @Test
    void itIsFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);
        Path current = jdk("current", "25.0.3");

        assertThat(start(link, Map.of("SYNAPTILE_JAVA_HOME", current.toString()))
                        .out())
                .isEqualTo(current + "\n");
    }

    /** {@code grep} stands in for a processor: it finds AVX-512 or does not. */
    @ParameterizedTest
    @CsvSource({
        "true, run --backend nd4j, -Pnd4j -Pnd4j-avx512, OMP 1 BLAS SKYLAKEX",
        "false, run --backend=nd4j, -Pnd4j, OMP 1 BLAS unset",
        "true, run, '', OMP unset BLAS unset"
    })
    void theDenseBackendIsBuiltForTheProcessor(boolean avx512, String arguments, String profiles, String environment)
            throws Exception {
        String java = "echo OMP ${OMP_NUM_THREADS:-unset} BLAS ${OPENBLAS_CORETYPE:-unset}\n";

        CommandOutcome started = startInACopy(avx512, java, arguments, Map.of());

        assertThat(started.code()).as(started.err()).isZero();
        assertThat(started.out()).isEqualTo(environment + "\n");
        assertThat(Files.readString(folder.resolve("copy/built")).strip()).isEqualTo(profiles);
    }

    @Test
    void threadsAndCoreOfTheUserStay() throws Exception {
        String java = "echo OMP $OMP_NUM_THREADS BLAS $OPENBLAS_CORETYPE\n";

        assertThat(startInACopy(
                                true,
                                java,
                                "run run.backend=nd4j",
                                Map.of("OMP_NUM_THREADS", "2", "OPENBLAS_CORETYPE", "HASWELL"))
                        .out())
                .isEqualTo("OMP 2 BLAS HASWELL\n");
    }

    @Test
    void anInstallationThatWasMovedIsBuiltAnew() throws Exception {
        startInACopy(false, "", "device list", Map.of());
        Path built = folder.resolve("copy/built");
        Path classpath = folder.resolve("copy/.synaptile/base/classpath");
        String here = Files.readString(classpath);
        Files.delete(built);

        startInACopy(false, "", "device list", Map.of());
        assertThat(built).doesNotExist();

        Files.writeString(classpath, here.replace("/copy/", "/where-it-was/"));
        startInACopy(false, "", "device list", Map.of());
        assertThat(built).exists();
        assertThat(classpath).hasContent(here);
    }

    /** What a file names is built too, but what the command line says counts before it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run: {threads: 1, backend: nd4j} | run FILE | -Pnd4j",
                "run.backend: 'nd4j' # dense | run FILE | -Pnd4j",
                "run: {backend: nd4j} | run FILE --backend cpu | ''",
                "run: {backend: nd4j} | run FILE run.backend=cpu | ''",
                "name: x # backend: nd4j | run FILE | ''",
                "name: my-backend | run FILE | ''",
                "'{\"configuration\": {\"run\": {\"backend\": \"nd4j\"}}}' | simulate . | -Pnd4j",
                "run: {backend: nd4j} | sweep FILE | -Pnd4j",
                "run: {backend: nd4j} | report FILE | ''"
            })
    void theBackendMayStandInTheFile(String content, String arguments, String profiles) throws Exception {
        Path file = Files.writeString(
                folder.resolve(arguments.contains("FILE") ? "experiment.yaml" : "manifest.json"), content + "\n");

        CommandOutcome started = startInACopy(
                false, "", arguments.replace("FILE", file.getFileName().toString()), Map.of());

        assertThat(started.code()).as(started.err()).isZero();
        assertThat(Files.readString(folder.resolve("copy/built")).strip()).isEqualTo(profiles);
    }

    /** A virtual machine that may open too few files tells of classes that it cannot find. */
    @Test
    void aLimitOfOpenFilesThatIsTooLowIsNamed() throws Exception {
        Path script = Files.writeString(
                folder.resolve("with-16-files"), "ulimit -n 16\nexec bash '" + LAUNCHER + "' --java-home\n");

        assertThat(start(script, Map.of()))
                .isEqualTo(new CommandOutcome(
                        1,
                        "",
                        "synaptile: failure: the system lets a process open 16 files, at least 256 are needed; raise it with"
                                + " ulimit -n\n"));
    }

    @Test
    void aFileThatCannotBeAnExperimentIsNotSearchedForItsBackend() throws Exception {
        Path file = folder.resolve("experiment.yaml");
        Files.writeString(file, "a".repeat(5_000_000) + " backend: nd4j\n");

        assertThat(startInACopy(false, "", "run experiment.yaml", Map.of()).code())
                .isZero();
        assertThat(Files.readString(folder.resolve("copy/built")).strip()).isEmpty();
    }

    /** The SDK is asked once; its lists of exports and our strict arithmetic are in the answer. */
    @Test
    void theSdkTellsTheOptionsOfTheMachine() throws Exception {
        Path sdk = sdk("5.2.0-jdk25");
        Map<String, String> environment = Map.of("TORNADOVM_HOME", sdk.toString());
        String java = "for a in \"$@\"; do case $a in @*) echo \"$a\"; tr '\\n' ' ' <\"${a#@}\" ;; esac; done\n";

        CommandOutcome first = startInACopy(false, java, "run --backend tornado:1", environment);
        CommandOutcome second = startInACopy(false, java, "run --backend=tornado", environment);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith("@" + folder.resolve("copy/.synaptile/tornado-"))
                .contains("\"-XX:+EnableJVMCI\" \"--module-path\" \"" + sdk + "/share\" \"--add-exports\" \"a/b=c\" ")
                .contains("\"-Dtornado.recover.bailout=False\"")
                .doesNotContain("--enable-preview");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(Files.readString(folder.resolve("copy/built")).strip()).isEqualTo("-Ptornado");
        assertThat(Files.readAllLines(sdk.resolve("asked"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the backend tornado needs the TornadoVM SDK, and TORNADOVM_HOME is not set; install",
                "/nowhere | TORNADOVM_HOME=/nowhere is not a folder; install",
                "/tmp | TORNADOVM_HOME=/tmp holds no TornadoVM SDK",
                "SDK | is TornadoVM 5.2.0-jdk21; install the jdk25 build"
            })
    void withoutAnSdkTheUserLearnsWhatIsMissing(String home, String message) throws Exception {
        String sdk = home.equals("SDK") ? sdk("5.2.0-jdk21").toString() : home;

        CommandOutcome started =
                startInACopy(false, "echo started\n", "run --backend tornado", Map.of("TORNADOVM_HOME", sdk));

        assertThat(started.code()).isEqualTo(2);
        assertThat(started.out()).isEmpty();
        assertThat(started.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(folder.resolve("copy/built")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the backend tornado needs the TornadoVM SDK, and TORNADOVM_HOME is not set; install",
                "/nowhere | TORNADOVM_HOME=/nowhere is not a folder; install"
            })
    void automaticChoiceSaysWhyItIsTheProcessor(String home, String reason) throws Exception {
        CommandOutcome started =
                startInACopy(false, "echo \"$@\"\n", "run --backend auto", Map.of("TORNADOVM_HOME", home));

        assertThat(started.code()).as(started.err()).isZero();
        assertThat(started.out()).contains("-Dsynaptile.tornado.missing=" + reason);
        assertThat(Files.readString(folder.resolve("copy/built")).strip()).isEmpty();
    }

    /** Stands in for an SDK; counts how often it is asked. */
    private Path sdk(String version) throws IOException {
        Path sdk = folder.resolve("sdk");
        Files.createDirectories(sdk.resolve("bin"));
        Files.createDirectories(sdk.resolve("etc"));
        Files.writeString(sdk.resolve("etc/tornado.release"), "version=" + version + "\n");
        Files.writeString(sdk.resolve("etc/tornado.backend"), "tornado.backends=opencl-backend\n");
        Files.writeString(sdk.resolve("etc/exports"), "# a comment\n\n--add-exports a/b=c\n");
        tool(sdk.resolve("bin/tornado"), """
                echo asked >>SDK/asked
                echo java -XX:+EnableJVMCI --enable-preview --module-path .:SDK/share @SDK/etc/exports
                """.replace("SDK", sdk.toString()));
        return sdk;
    }

    /** Starts a copy of the launcher whose build notes the profiles it is asked for. */
    private CommandOutcome startInACopy(boolean avx512, String java, String arguments, Map<String, String> environment)
            throws Exception {
        Path copy = folder.resolve("copy");
        Path flags = Path.of("sim", "tornado", "java-flags");
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.resolve(flags).getParent());
            Files.copy(LAUNCHER, copy.resolve("synaptile"));
            Files.copy(LAUNCHER.resolveSibling(flags), copy.resolve(flags));
        }
        Path tools = Files.createDirectories(folder.resolve("tools"));
        tool(tools.resolve("grep"), avx512 ? "exit 0\n" : "exit 1\n");
        tool(tools.resolve("mvn"), """
                mkdir -p "$COPY/cli/target"
                : >"$COPY/cli/target/classpath"
                : >"$COPY/cli/target/synaptile-cli-1.jar"
                for argument in "$@"; do
                  case $argument in -P*) printf '%s ' "$argument" ;; esac
                done >"$COPY/built"
                """);
        Path jdk = jdk("current", "25.0.3");
        tool(jdk.resolve("bin/java"), java);
        Map<String, String> all = new HashMap<>(environment);
        all.put("SYNAPTILE_JAVA_HOME", jdk.toString());
        all.put("COPY", copy.toString());
        all.put("PATH", tools + ":" + System.getenv("PATH"));
        return start(copy.resolve("synaptile"), all, arguments.split(" "));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : new String[] {"java", "javac"}) {
            tool(home.resolve("bin").resolve(tool), "");
        }
        return home;
    }

    private static void tool(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private CommandOutcome start(Path launcher, Map<String, String> environment) throws Exception {
        return start(launcher, environment, "--java-home");
    }

    private CommandOutcome start(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeAll(Set.of("SYNAPTILE_JAVA_HOME", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE", "TORNADOVM_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandOutcome(process.waitFor(), out, err);
    }
}
