/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and messages are the same whatever language, digits, time zone and character set a machine is set to. */
class SameBytesTest {
    private static final List<String> LOCALES = List.of("ar-EG", "tr-TR", "de-DE", "hi-IN-u-nu-deva");

    @TempDir
    private Path folder;

    private Path experiment;

    /** Commands that write files and numbers, and two that are refused; the first two write most of it. */
    private List<List<String>> commands() throws IOException {
        experiment = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
                network: {arch: mlp, hidden: [8], time_steps: 2}
                train: {epochs: 1}
                hardware: {tile: {rows: 32, columns: 32}}
                simulate: {instances: 2}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        Path reads = Files.writeString(folder.resolve("pulses.csv"), "up_uS\n2\n5\n7.5\n9\n10\n10.5\n10.7\n10.8\n");
        String out = folder.resolve("out").toString();
        return List.of(
                List.of("run", experiment.toString(), "--out", out, "--quiet"),
                List.of("map", out, "--instances", "1", "--quiet"),
                List.of("map", out, "--quiet", "--export-tile", "fc1:0", "--chip", "0", "--out", out + "/tile.npz"),
                List.of("device", "fit", reads.toString(), "--states", "4", "--out", out + "/fit"),
                List.of("device", "plot", "rram", "--out", out + "/rram.svg"),
                List.of("device", "show", "pcm-hermes1"),
                List.of("device", "list"),
                List.of("run", experiment.toString(), "network.time_steps=1234567890123"),
                List.of("run", experiment.toString(), "simulate.instance=1"));
    }

    @Test
    void inAnyLanguageAndTimeZoneOfTheCaller() throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            SortedMap<String, String> here = here();
            assertThat(here)
                    .containsKeys("results.csv", "manifest.json", "report.html", "chips/chip-0000.npz", "tile.npz");
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            for (String tag : LOCALES) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(differences(here, here())).as(tag).isEmpty();
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void inAnyLanguageTimeZoneAndCharacterSetOfTheProcess() throws Exception {
        SortedMap<String, String> neutral = elsewhere(List.of("-Duser.language=en", "-Duser.timezone=UTC"), "C.UTF-8");
        SortedMap<String, String> other = elsewhere(
                List.of(
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.timezone=America/St_Johns",
                        "-Dfile.encoding=COMPAT"),
                "C");
        assertThat(differences(neutral, other)).isEmpty();
    }

    private SortedMap<String, String> here() throws IOException {
        SortedMap<String, String> written = new TreeMap<>();
        for (List<String> command : commands()) {
            CommandOutcome outcome = CommandOutcome.of(command.toArray(String[]::new));
            written.put(String.join(" ", command), outcome.code() + outcome.out() + outcome.err());
        }
        collect(written);
        return written;
    }

    private SortedMap<String, String> elsewhere(List<String> options, String locale) throws Exception {
        SortedMap<String, String> written = new TreeMap<>();
        for (List<String> command : commands().subList(0, 2)) {
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(options);
            line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
            line.addAll(command);
            Path log = folder.resolve("log");
            ProcessBuilder process =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
            process.environment().put("LC_ALL", locale);
            Process started = process.start();
            assertThat(started.waitFor(2, TimeUnit.MINUTES)).isTrue();
            written.put(String.join(" ", command), started.exitValue() + Files.readString(log));
        }
        collect(written);
        return written;
    }

    /** Adds every file of the run folder, as Latin-1 text without times of the host, and removes the folder. */
    private void collect(SortedMap<String, String> written) throws IOException {
        Path out = folder.resolve("out");
        List<Path> files;
        try (Stream<Path> all = Files.walk(out)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            if (Files.isRegularFile(file) && !file.endsWith("latency.csv")) {
                written.put(out.relativize(file).toString(), text(file));
            }
        }
        for (Path file : files.reversed()) {
            Files.delete(file);
        }
    }

    /** What differs, with the surroundings of the first place. */
    private static List<String> differences(SortedMap<String, String> one, SortedMap<String, String> other) {
        assertThat(other.keySet()).isEqualTo(one.keySet());
        return one.keySet().stream()
                .filter(name -> !one.get(name).equals(other.get(name)))
                .map(name -> name + ": " + difference(one.get(name), other.get(name)))
                .toList();
    }

    private static String difference(String one, String other) {
        int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
        return around(one, at) + " | " + around(other, at);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replaceAll("<tr><td class=\"t\">host_latency_us.*|\"kind\":\"host_latency_us\"[^}]*", "")
                // Hashes of host times, and of the manifest with these.
                .replaceAll("\"(latency.csv|report.html|content_sha256)\" : \"[0-9a-f]{64}\"", "");
    }
}
