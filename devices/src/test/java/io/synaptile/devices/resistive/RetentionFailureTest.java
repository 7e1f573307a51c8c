/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss of a state after a threshold, through the options that a user writes. */
class RetentionFailureTest {
    /** threshold 2 exp(0.1 10 + 3) s up to 350 K: 109.196 s. */
    private static final double THRESHOLD = 2 * Math.exp(4);

    private static Map<String, Object> options(Object... more) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "programming.kind",
                "none",
                "range_uS",
                List.of(0L, 40L),
                "retention.kind",
                "failure",
                "retention.mode",
                "sudden",
                "retention.cell_nm",
                10L,
                "retention.threshold_K",
                350L));
        for (int i = 0; i < more.length; i += 2) {
            options.put((String) more[i], more[i + 1]);
        }
        return options;
    }

    private static final Object[] LOW = {"retention.lrs", List.of(2L, 0.1, 3L), "retention.lrs_stable_ohm", 50_000L};
    private static final Object[] GRADUAL = {
        "retention.mode", "gradual", "retention.lrs", List.of(2L, 0.1, 3L, 0.25), "retention.lrs_stable_ohm", 50_000L
    };

    private static float aged(Map<String, Object> options, float target, double seconds, double kelvin) {
        CellModel cell = CellModels.load().create("rram", options);
        float[] held = {target};
        cell.age(held.clone(), held, held, new Age(seconds, kelvin), new SplittableRandom(1));
        return held[0];
    }

    @Test
    void aStateIsLostAtOnceAfterTheThreshold() {
        assertThat(aged(options(LOW), 30f, 0.999 * THRESHOLD, 300)).isEqualTo(30f);
        assertThat(aged(options(LOW), 30f, 1.001 * THRESHOLD, 300)).isEqualTo(20f);
        assertThat(aged(options(LOW), 20f, 1e9, 300)).isEqualTo(20f);
        assertThat(aged(options(LOW), 19f, 1e9, 300))
                .as("the other state does not fail")
                .isEqualTo(19f);
        Map<String, Object> high = options("retention.hrs", List.of(2L, 0.1, 3L), "retention.hrs_stable_ohm", 50_000L);
        assertThat(aged(high, 0f, 1.001 * THRESHOLD, 300)).isEqualTo(20f);
        assertThat(aged(high, 30f, 1e9, 300)).isEqualTo(30f);
    }

    @ParameterizedTest
    @CsvSource({"250, 4", "350, 4", "420, 3.5", "700, 2.5"})
    void cellsWarmerThanTheirThresholdFailSooner(double kelvin, double exponent) {
        double threshold = 2 * Math.exp(exponent);
        assertThat(aged(options(LOW), 30f, 0.999 * threshold, kelvin)).isEqualTo(30f);
        assertThat(aged(options(LOW), 30f, 1.001 * threshold, kelvin)).isEqualTo(20f);
    }

    /** R grows like t to the power of 0.25 4 = 1 above the threshold, and ends at 50 kohm. */
    @Test
    void aStateIsLostAlongALine() {
        Map<String, Object> options = options(GRADUAL);
        assertThat(aged(options, 30f, THRESHOLD, 300)).isEqualTo(30f);
        assertThat((double) aged(options, 30f, 1.2 * THRESHOLD, 300)).isCloseTo(25, againstClosedForm(1e-5));
        assertThat((double) aged(options, 30f, 1.5 * THRESHOLD, 300)).isCloseTo(20, againstClosedForm(1e-5));
        assertThat(aged(options, 30f, 9 * THRESHOLD, 300)).isEqualTo(20f);
        assertThat(aged(options, 20f, 9 * THRESHOLD, 300)).isEqualTo(20f);
    }

    @Test
    void everyParameterIsTheUsers() {
        for (String missing : List.of("retention.mode", "retention.cell_nm", "retention.threshold_K")) {
            Map<String, Object> options = options(LOW);
            options.remove(missing);
            assertThatThrownBy(() -> aged(options, 1f, 1, 300))
                    .hasMessage(missing + " must be given for retention.kind failure");
        }
        assertThatThrownBy(() -> aged(options(), 1f, 1, 300))
                .hasMessage("retention.lrs or retention.hrs must be given for retention.kind failure");
        assertThatThrownBy(() -> aged(options("retention.lrs", List.of(1L, 1L, 1L)), 1f, 1, 300))
                .hasMessage("retention.lrs_stable_ohm must be given for retention.lrs");
        assertThatThrownBy(() -> aged(options("retention.hrs_stable_ohm", 1L), 1f, 1, 300))
                .hasMessage("retention.hrs_stable_ohm is for a cell with retention.hrs");
        assertThatThrownBy(() -> aged(options("retention.lrs", List.of(1L, 1L, 1L, 1L)), 1f, 1, 300))
                .hasMessage("retention.lrs must be [p0, p1, p2] with p0 above 0, got [1.0, 1.0, 1.0, 1.0]");
        Map<String, Object> gradual = options(LOW);
        gradual.put("retention.mode", "gradual");
        assertThatThrownBy(() -> aged(gradual, 1f, 1, 300))
                .hasMessage("retention.lrs must be [p0, p1, p2, p3] with p0 above 0, got [2.0, 0.1, 3.0]");
        assertThatThrownBy(() -> aged(options("retention.lrs", List.of(0L, 1L, 1L)), 1f, 1, 300))
                .hasMessageStartingWith("retention.lrs must be [p0, p1, p2] with p0 above 0");
        assertThatThrownBy(() -> CellModels.load().create("rram", Map.of("retention.cell_nm", 10L)))
                .hasMessage("retention.cell_nm is for retention.kind failure, got 10 with none");
    }

    @Test
    void aLineAwayFromTheStableStateHasAnEnd() {
        Map<String, Object> wrong = options(GRADUAL);
        wrong.put("retention.lrs", List.of(2L, 0.1, 3L, -1e6));
        assertThatThrownBy(() -> aged(wrong, 30f, 1e9, 300)).hasMessageContaining("no finite conductance is left");
    }
}
