/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The range that a key documents is the range that its record enforces. */
class KeyRangeTest {
    private static final String MINIMAL =
            "{name: a, data: {set: digits}, network: {arch: mlp, norm: none}, train: {quantise: {bits: 4}}}";

    /** What a key needs beside it. */
    private static final Map<String, List<String>> BESIDE = Map.of(
            "data.test_share", List.of("data.set=csv"),
            "data.classes", List.of("data.set=csv"),
            "data.bin", List.of("data.set=npz"),
            "train.epochs", List.of("train.method=conversion", "train.from=run"),
            "train.dsr.threshold", List.of("train.dsr.bound=1e-6"),
            "train.dsr.bound", List.of("train.dsr.threshold=1e6"));

    /** What the keys of a block need beside them. */
    private static final Map<String, String> BESIDE_BLOCK = Map.of(
            "train.convert.", "train.method=conversion",
            "train.loop.", "hardware.boards.fc1=simulated",
            "train.stds.", "train.method=stds",
            "train.rate_norm.", "train.method=rate-norm",
            "train.dsr.", "train.method=dsr");

    /** Keys whose values are several numbers, of which one alone is refused whatever it is. */
    private static final Set<String> SEVERAL = Set.of("data.shape", "data.found");

    static List<String> keysWithARange() {
        List<String> keys = new ArrayList<>();
        collect("", Schema.of(Experiment.class), keys);
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keysWithARange")
    void valuesJustOutsideAreRefusedAndTheEndsAreAsWritten(String keyAndRange) {
        String[] parts = keyAndRange.split("[|]");
        Interval range = Interval.parse(parts[2]);

        probe(parts[0], parts[1], range.low(), range.lowIncluded());
        probe(parts[0], parts[1], range.low() - 1, false);
        if (!Double.isInfinite(range.high())) {
            probe(parts[0], parts[1], range.high(), range.highIncluded());
            probe(parts[0], parts[1], range.high() + 1, false);
        }
    }

    /** @param kind setting that gives the block a kind with that key */
    private static void probe(String key, String kind, double value, boolean allowed) {
        String arch = key.equals("network.width") ? "vgg5" : "mlp";
        List<String> override =
                new ArrayList<>(List.of("network.arch=" + arch, kind, key + "=" + Scalars.print(value)));
        override.addAll(BESIDE.getOrDefault(key, List.of()));
        BESIDE_BLOCK.forEach((block, setting) -> {
            if (key.startsWith(block)) {
                override.add(setting);
            }
        });
        if (allowed) {
            assertThat(ExperimentFile.parse(Path.of("x.yaml"), MINIMAL, override))
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> ExperimentFile.parse(Path.of("x.yaml"), MINIMAL, override))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("command line: " + key + " must be ")
                    .hasMessageEndingWith("got " + Scalars.print(value));
        }
    }

    private static void collect(String path, Schema schema, List<String> keys) {
        schema.fields().forEach((key, field) -> {
            if (field.isMap()) {
                collect(path + key + ".fc1.", field.block(), keys);
            } else if (field.isBlock()) {
                collect(path + key + ".", field.block(), keys);
            } else if (!field.about().range().isEmpty() && !SEVERAL.contains(path + key)) {
                String[] kinds = field.about().kinds();
                String kind = kinds.length == 0
                        ? "seed=1"
                        : path.substring(0, path.length() - 1) + "={" + schema.kindKey() + ": " + kinds[0]
                                + required(schema, kinds[0]) + "}";
                keys.add(path + key + "|" + kind + "|" + field.about().range());
            }
        });
    }

    /** What a block of that kind must say, as it follows its kind. */
    private static String required(Schema schema, String kind) {
        return schema.fields().values().stream()
                .filter(field -> field.isOf(kind) && field.otherwise(kind).equals(Key.REQUIRED))
                .map(field -> ", " + field.key() + ": 1")
                .collect(Collectors.joining());
    }
}
