/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.text.message.Property;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.message.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PropertyKeysTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Modules that know nothing of experiment files. */
    private static final List<String> BELOW = List.of(
            "text", "devices", "sim/core", "sim/io", "sim/nd4j", "sim/tornado", "mapping", "training", "reports");

    /** A comment or a literal, so that neither is taken for part of the other. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\n]*|/\\*.*?\\*/|\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'",
            Pattern.DOTALL);

    static Stream<Property> properties() {
        return Stream.concat(Stream.of(HardwareProperty.values()), Stream.of(DataProperty.values()));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void theKeyOfAPropertyIsOneOfAnExperimentFile(Property property) {
        String key = PropertyKeys.key(property, Optional.of("LAYER"));
        Schema schema = Schema.of(Experiment.class);
        for (String name : key.split("\\.", -1)) {
            if (name.equals("LAYER")) {
                continue;
            }
            assertThat(schema).as(key).isNotNull();
            boolean option = schema.options() != null && !schema.fields().containsKey(name);
            assertThat(option || schema.fields().containsKey(name)).as(key).isTrue();
            schema = option ? null : schema.fields().get(name).block();
        }
    }

    @Test
    void aRefusalIsPlacedWhereAPropertyOfItWasWritten() {
        ExperimentFile file = ExperimentFile.parse(Path.of("x.yaml"), """
                name: one
                data: {set: digits}
                network: {arch: mlp}
                hardware:
                  codec: dummy-column
                  cell: {kind: ideal, bits: 2}
                """, List.of());
        RefusedException bits = RefusedException.of("raise ", HardwareProperty.CELL_BITS);
        assertThat(file.refused("hardware", bits)).hasMessage("x.yaml:6: raise hardware.cell.bits");
        RefusedException rows = RefusedException.mustBe(HardwareProperty.TILE_ROWS, "at least 1", 0);
        assertThat(file.refused("hardware", rows)).hasMessage("x.yaml:4: hardware.tile.rows must be at least 1, got 0");
        RefusedException copies =
                RefusedException.mustBe(HardwareProperty.COPIES, "at most 4", 5).in("layer", "conv1");
        assertThat(file.refused("hardware", copies))
                .hasMessage("x.yaml:4: layer conv1: hardware.per_layer.conv1.copies must be at most 4, got 5");
        assertThat(file.refused("hardware", new IllegalArgumentException("too hot")))
                .hasMessage("x.yaml:4: hardware: too hot");
    }

    @Test
    void aFileThatIsMissingIsReportedWithTheKeysThatNameIt() {
        DataFileException missing = new DataFileException(
                Path.of("images"), Sentence.of("no ", DataProperty.TRAIN_FILES, "; name ", DataProperty.FOLDER));
        assertThat(missing).hasMessage("images: no the training files; name the folder of the data set");
        assertThat(PropertyKeys.message(missing))
                .isEqualTo("images: no data.train; name the folder with data.dir or the environment variable"
                        + " SYNAPTILE_DATA");
        assertThat(PropertyKeys.message(new IllegalStateException("other"))).isEqualTo("other");
    }

    @Test
    void noTextBelowNamesAKey() {
        Pattern key = keys();
        Map<String, String> named = new TreeMap<>();
        for (String module : BELOW) {
            for (Path source : sources(ROOT.resolve(module).resolve("src/main/java"))) {
                for (String literal : literals(read(source))) {
                    Matcher found = key.matcher(literal);
                    if (found.find()) {
                        named.put(ROOT.relativize(source) + ": " + literal, found.group());
                    }
                }
            }
        }
        assertThat(named).isEmpty();
    }

    @Test
    void keysAreFoundInLiteralsOnly() {
        String source = """
                /* "hardware.tile" */ String a = "it's hardware.tile.rows" + 'x' + "hardware.md" // "train.epochs"
                + "mydata.set" + "data.set: \\"unknown\\"";
                """;
        assertThat(literals(source)).hasSize(4);
        assertThat(literals(source).stream()
                        .filter(literal -> keys().matcher(literal).find()))
                .containsExactly("it's hardware.tile.rows", "data.set: \\\"unknown\\\"");
    }

    /** A block of the file and a key in it. */
    private static Pattern keys() {
        List<String> keys = new ArrayList<>();
        Schema.of(Experiment.class).fields().forEach((block, field) -> {
            if (field.isBlock()) {
                field.block().fields().keySet().forEach(key -> keys.add(block + "\\." + key));
            }
        });
        return Pattern.compile("(?<![\\w.])(" + String.join("|", keys) + ")(?!\\w)");
    }

    private static List<String> literals(String source) {
        return TOKEN.matcher(source)
                .results()
                .flatMap(PropertyKeysTest::literal)
                .toList();
    }

    private static Stream<String> literal(MatchResult token) {
        return Stream.of(1, 2).map(token::group).filter(text -> text != null);
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
            assertThat(sources).as(folder.toString()).isNotEmpty();
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
