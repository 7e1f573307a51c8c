/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    /** Starts a copy of the launcher whose build notes the profiles it is asked for. */
    private CommandOutcome startInACopy(boolean avx512, String java, String arguments, Map<String, String> environment)
            throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(LAUNCHER, copy.resolve("synaptile"));
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
        builder.environment().keySet().removeAll(Set.of("SYNAPTILE_JAVA_HOME", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandOutcome(process.waitFor(), out, err);
    }
}
