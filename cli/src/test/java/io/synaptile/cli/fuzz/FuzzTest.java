/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gives every reader damaged files. Each is refused with one clear line and exit code 2, or read with a plausible result, in
 * bounded time and memory. A few mutants per reader are tried in every build; {@code -Pfuzz -Dfuzz.mutants=2000} tries more
 * in 256 MiB of memory. {@code -Dfuzz.seed} draws others, {@code -Dfuzz.target} names readers, with commas between. What
 * fails is kept in {@code target/fuzz}.
 */
class FuzzTest {
    private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 12);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final List<String> ONLY =
            List.of(System.getProperty("fuzz.target", "").split(",", -1));
    private static final Path KEPT = Path.of("target", "fuzz");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyReaderRefusesOrReads() throws Exception {
        return new Targets(Files.createDirectory(folder.resolve("beside")))
                .all().stream()
                        .filter(target -> ONLY.contains("") || ONLY.contains(target.name()))
                        .map(target -> DynamicTest.dynamicTest(target.name(), () -> mutants(target)));
    }

    private void mutants(Target target) throws Exception {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        List<String> bad = new ArrayList<>();
        for (int seed = 0; seed < target.seeds().size(); seed++) {
            Path good = file(target, seed, -1, target.seeds().get(seed));
            Trial.Result result = Trial.of(target, good);
            if (!target.name().equals("jpeg")) {
                assertThat(result.verdict())
                        .as("seed %d: %s", seed, result.line())
                        .isEqualTo(Verdict.ACCEPTED);
            }
        }
        for (int n = 0; n < MUTANTS; n++) {
            int seed = n % target.seeds().size();
            long number = SEED * 1_000_003 + n * 31L + target.name().hashCode();
            byte[] damaged = new Mutator(number).mutate(target.seeds().get(seed));
            byte[] mutant = target.sealing().apply(damaged);
            Path file = file(target, seed, n, mutant);
            Trial.Result result = Trial.of(target, file);
            counts.merge(result.verdict(), 1, Integer::sum);
            if (!result.verdict().good()) {
                bad.add(result.verdict() + " " + keep(target, file) + ": " + shortened(result.line()));
            }
            Files.deleteIfExists(file);
        }
        report(target, counts);
        assertThat(bad).isEmpty();
    }

    private Path file(Target target, int seed, int number, byte[] bytes) throws IOException {
        String name = target.name() + "-" + (number < 0 ? "good" : number) + "-seed" + seed + target.ending();
        return Files.write(folder.resolve(name), bytes);
    }

    private static Path keep(Target target, Path file) throws IOException {
        Files.createDirectories(KEPT);
        Path kept = KEPT.resolve(file.getFileName());
        return Files.write(kept, Files.readAllBytes(file));
    }

    private static String shortened(String line) {
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    private static void report(Target target, Map<Verdict, Integer> counts) throws IOException {
        StringBuilder row = new StringBuilder(target.name());
        for (Verdict verdict : Verdict.values()) {
            row.append(String.format(
                    Locale.ROOT, ",%s=%d", verdict.name().toLowerCase(Locale.ROOT), counts.getOrDefault(verdict, 0)));
        }
        Files.createDirectories(KEPT);
        Files.writeString(
                KEPT.resolve("verdicts.csv"), row.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
