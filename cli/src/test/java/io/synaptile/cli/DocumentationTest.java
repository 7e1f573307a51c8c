/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show runs, what they link to exists, and the keys they name are keys. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./synaptile ([^#\n]+)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");
    private static final Pattern KEY =
            Pattern.compile("`((?:data|network|train|hardware|simulate|run)\\.[a-z_.]+[a-z])(?:[=:] ?[^`]*)?`");

    /** Added to commands that train, so that they take a second instead of a minute. */
    private static final List<String> SHORT = List.of(
            "train.epochs=1", "data.train_samples=300", "simulate.instances=2", "simulate.samples=40", "--quiet");

    @TempDir
    private static Path runs;

    private static String home;

    @BeforeAll
    static void asInstalled() {
        home = System.setProperty("synaptile.home", ROOT.toString());
    }

    @AfterAll
    static void asBefore() {
        if (home == null) {
            System.clearProperty("synaptile.home");
        } else {
            System.setProperty("synaptile.home", home);
        }
    }

    static Stream<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : List.of("docs", "examples")) {
            try (Stream<Path> pages = Files.walk(ROOT.resolve(place))) {
                pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(found::add);
            }
        }
        try (Stream<Path> pages = Files.list(ROOT)) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(found::add);
        }
        return found.stream();
    }

    /** The commands of a page build on each other, so they run in order. */
    @ParameterizedTest
    @MethodSource("documents")
    void commandsRun(Path page) throws IOException {
        Path folder = Files.createTempDirectory(runs, "page");
        for (String line : matches(COMMAND, page)) {
            List<String> arguments = new ArrayList<>();
            for (String word : line.strip().split("\\s+")) {
                arguments.add(word.replaceFirst("^examples/", ROOT + "/examples/")
                        .replaceFirst("(^|=)runs/", "$1" + folder + "/runs/"));
            }
            if (arguments.getFirst().equals("run") || arguments.getFirst().equals("train")) {
                // A key that the page sets stays as the page has it.
                SHORT.stream()
                        .filter(more ->
                                arguments.stream().noneMatch(given -> key(given).equals(key(more))))
                        .toList()
                        .forEach(arguments::add);
                if (!arguments.contains("--out")) {
                    arguments.addAll(List.of("--out", folder.resolve("unnamed").toString()));
                }
            }
            CommandOutcome outcome = CommandOutcome.of(arguments.toArray(String[]::new));
            assertThat(outcome.code())
                    .as("%s: %s%n%s", ROOT.relativize(page), line, outcome.err())
                    .isEqualTo(ExitCode.OK);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path page) throws IOException {
        for (String target : matches(LINK, page)) {
            if (!target.contains("://")) {
                assertThat(page.resolveSibling(target)).as("link of %s", page).exists();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namedKeysAreKeys(Path page) throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/reference.md"));
        for (String key : matches(KEY, page)) {
            boolean cell = key.startsWith("hardware.cell.")
                    && CellModels.load().providers().stream()
                            .anyMatch(
                                    provider -> provider.options().contains(key.substring("hardware.cell.".length())));
            assertThat(cell || reference.contains("| `" + key))
                    .as("%s names %s", ROOT.relativize(page), key)
                    .isTrue();
        }
    }

    private static String key(String setting) {
        return setting.contains("=") ? setting.substring(0, setting.indexOf('=')) : setting;
    }

    private static List<String> matches(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
