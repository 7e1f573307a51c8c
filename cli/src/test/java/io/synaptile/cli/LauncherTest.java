/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's choice of a JDK, without the build it would start. */
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

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : new String[] {"java", "javac"}) {
            Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return home;
    }

    private CommandOutcome start(Path launcher, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), "--java-home");
        builder.directory(folder.toFile());
        builder.environment().remove("SYNAPTILE_JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandOutcome(process.waitFor(), out, err);
    }
}
