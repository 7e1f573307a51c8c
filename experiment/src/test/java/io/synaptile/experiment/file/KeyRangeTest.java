/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The range that a key documents is the range that its record enforces. */
class KeyRangeTest {
    private static final String MINIMAL =
            "{name: a, data: {set: digits}, network: {arch: mlp, norm: none}, train: {quantise: {bits: 4}}}";

    static List<String> keysWithARange() {
        List<String> keys = new ArrayList<>();
        collect("", Schema.of(Experiment.class), keys);
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keysWithARange")
    void valuesJustOutsideAreRefusedAndTheEndsAreAsWritten(String keyAndRange) {
        String key = keyAndRange.substring(0, keyAndRange.indexOf(' '));
        Interval range = Interval.parse(keyAndRange.substring(keyAndRange.indexOf(' ') + 1));

        probe(key, range.low(), range.lowIncluded());
        probe(key, range.low() - 1, false);
        if (!Double.isInfinite(range.high())) {
            probe(key, range.high(), range.highIncluded());
            probe(key, range.high() + 1, false);
        }
    }

    private static void probe(String key, double value, boolean allowed) {
        String arch = key.equals("network.width") ? "vgg5" : "mlp";
        List<String> override = List.of("network.arch=" + arch, key + "=" + Scalars.print(value));
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
            } else if (!field.about().range().isEmpty()) {
                keys.add(path + key + " " + field.about().range());
            }
        });
    }
}
