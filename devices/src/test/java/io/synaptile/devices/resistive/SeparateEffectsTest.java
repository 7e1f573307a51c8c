/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.CellPlaces;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switching an effect on, or changing its strength, changes no draw of another effect. */
class SeparateEffectsTest {
    private static final int CELLS = 2_000;
    private static final float MIN = 2f;
    private static final float MAX = 40f;
    private static final Age OLD = new Age(1e6, 350);

    private static final Map<String, Object> STUCK = Map.of("stuck.off", 0.1, "stuck.on", 0.1);
    private static final Map<String, Object> WORN =
            Map.of("endurance.cycles", 1e5, "endurance.median_cycles", 1e6, "endurance.stuck_on", 0.3);

    /** Effects of a write besides stuck and worn cells, in two strengths each. */
    static List<Map<String, Object>> writes() {
        return List.of(
                Map.of("programming.kind", "none"),
                Map.of("programming.sigma", 0.05),
                Map.of("programming.sigma", 0.05, "programming.scale", 3L),
                Map.of("programming.kind", "gaussian", "programming.sigma", 0.05),
                Map.of("programming.sigma", 0.05, "programming.column_sigma", 0.03, "programming.array_sigma", 0.02),
                Map.of("programming.gmin_sigma_uS", 0.1, "programming.gmax_sigma_uS", 0.5),
                Map.of("programming.gmin_sigma_uS", 0.2, "programming.gmax_sigma_uS", 0.5),
                Map.of("verify.kind", "window", "verify.window_uS", 1L, "verify.sigma_uS", 1L),
                Map.of("verify.kind", "pulses", "verify.window_uS", 1L),
                Map.of("verify.kind", "pulses", "verify.window_uS", 0.25, "verify.max_pulses", 50L));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theSameCellsAreStuckAndWornWhateverElseAWriteDoes(Map<String, Object> write) {
        float[] faulty = programmed(with(Map.of("programming.kind", "none"), STUCK, WORN));
        float[] healthy = programmed(write);
        float[] both = programmed(with(write, STUCK, WORN));
        for (int i = 0; i < CELLS; i++) {
            assertThat(both[i]).isEqualTo(faulty[i] == 20f ? healthy[i] : faulty[i]);
        }
        assertThat(faulty).contains(MIN, 20f, MAX);
    }

    /** Stuck by themselves, worn, in rows, columns and clusters: each marks the same cells whatever else is on. */
    @Test
    void everyKindOfFaultMarksTheSameCellsBesideTheOthers() {
        List<Map<String, Object>> kinds = List.of(
                Map.of("stuck.cluster_density", 0.002, "stuck.cluster_radius", 2.5),
                Map.of("stuck.column", 0.02),
                Map.of("stuck.row", 0.05),
                WORN,
                STUCK);
        Set<Integer> expected = new TreeSet<>();
        Map<String, Object> all = new TreeMap<>();
        for (Map<String, Object> kind : kinds) {
            Set<Integer> alone = faulty(kind);
            assertThat(alone).as("%s", kind).isNotEmpty();
            expected.addAll(alone);
            all.putAll(kind);
            assertThat(faulty(with(all, Map.of("programming.scale", 2L)))).isEqualTo(expected);
        }
        assertThat(expected.size()).isLessThan(CELLS);
    }

    private static Set<Integer> faulty(Map<String, Object> options) {
        byte[] map = cell(options).faults(new CellPlaces.Array(40, CELLS / 40, 3), new SplittableRandom(7));
        return IntStream.range(0, CELLS)
                .filter(i -> map[i] != CellFault.NONE)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void wornCellsStayWornAndTheOthersKeepTheirConductanceAsCyclesGrow() {
        float[] fresh = programmed(Map.of("programming.sigma", 0.05));
        float[] few = programmed(with(Map.of("programming.sigma", 0.05), WORN));
        float[] many = programmed(with(Map.of("programming.sigma", 0.05), WORN, Map.of("endurance.cycles", 1e6)));
        int wornFew = 0;
        int wornMany = 0;
        for (int i = 0; i < CELLS; i++) {
            assertThat(many[i]).isIn(few[i], MIN, MAX);
            if (few[i] != fresh[i]) {
                assertThat(many[i]).isEqualTo(few[i]);
                wornFew++;
            }
            wornMany += many[i] == fresh[i] ? 0 : 1;
        }
        assertThat(wornFew).isBetween(1, wornMany - 1);
    }

    @Test
    void rangesAndVariationDrawApart() {
        // A pulse that reaches its target shows the range of every cell; with a spread it is met by the same normal.
        Map<String, Object> ranges = Map.of("programming.gmax_sigma_uS", 0.5);
        float[] own = programmed(with(Map.of("programming.kind", "none"), ranges));
        float[] varied = programmed(Map.of("programming.sigma", 0.01));
        float[] both = programmed(with(Map.of("programming.sigma", 0.01), ranges));
        for (int i = 0; i < CELLS; i++) {
            assertThat((double) both[i] / own[i]).isCloseTo(varied[i] / 20d, againstIdentity(1e-5));
        }
    }

    @Test
    void whatAColumnSharesIsAddedToTheErrorOfItsCells() {
        Map<String, Object> gaussian = Map.of("programming.kind", "gaussian", "programming.sigma", 0.01);
        Map<String, Object> columns = Map.of("programming.column_sigma", 0.02);
        float[] own = programmed(gaussian);
        float[] shared = programmed(with(gaussian, Map.of("programming.sigma", 0L), columns));
        float[] both = programmed(with(gaussian, columns));
        float[] all = programmed(with(gaussian, columns, Map.of("programming.array_sigma", 0.005)));
        float[] arrays = programmed(with(gaussian, Map.of("programming.sigma", 0L, "programming.array_sigma", 0.005)));
        for (int i = 0; i < CELLS; i++) {
            assertThat((double) both[i]).isCloseTo(own[i] + shared[i] - 20d, againstIdentity(1e-5));
            assertThat((double) all[i]).isCloseTo(both[i] + arrays[i] - 20d, againstIdentity(1e-5));
        }
    }

    /** Every pair of ageing effects: with the other one present but without strength, nothing changes. */
    @Test
    void anAgeingEffectOfNoStrengthChangesNothing() {
        List<Map<String, Object>> effects = List.of(
                Map.of("drift.kind", "power-law", "drift.nu", 0.05, "drift.nu_sigma", 0.02, "drift.t0_s", 1L),
                Map.of("relaxation.kind", "log-time", "relaxation.sigma_uS", 0.2),
                Map.of("retention.kind", "random", "retention.coefficient", 0.01),
                Map.of("temperature.coefficient_per_K", 0.001, "temperature.coefficient_sigma_per_K", 0.0005));
        List<Map<String, Object>> idle = List.of(
                Map.of("drift.kind", "power-law", "drift.nu", 0L, "drift.nu_sigma", 0L, "drift.t0_s", 1L),
                Map.of("relaxation.kind", "log-time", "relaxation.sigma_uS", 0L),
                Map.of("retention.kind", "random", "retention.coefficient", 0L),
                Map.of("temperature.coefficient_per_K", 0L, "temperature.coefficient_sigma_per_K", 1e-12));
        for (int one = 0; one < effects.size(); one++) {
            float[] alone = aged(effects.get(one), OLD);
            assertThat(alone).isNotEqualTo(twenties());
            for (int other = 0; other < effects.size(); other++) {
                if (other != one) {
                    assertThat(aged(with(effects.get(one), idle.get(other)), OLD))
                            .as("%s beside %s", effects.get(one), idle.get(other))
                            .usingComparatorWithPrecision(1e-5f)
                            .containsExactly(alone);
                }
            }
        }
    }

    @Test
    void aCellMovesAlongOneCurve() {
        Map<String, Object> options =
                Map.of("drift.kind", "power-law", "drift.nu", 0.05, "drift.nu_sigma", 0.02, "drift.t0_s", 1L);
        float[] early = aged(options, new Age(9, 300));
        float[] late = aged(options, new Age(999, 300));
        for (int i = 0; i < CELLS; i++) {
            // Thrice the logarithm of time, thrice the loss.
            assertThat(Math.log(late[i] / 20d)).isCloseTo(3 * Math.log(early[i] / 20d), againstIdentity(1e-5));
        }
    }

    @Test
    void amplitudesOfTelegraphSignalsDoNotDependOnOtherNoise() {
        Map<String, Object> telegraph = Map.of("telegraph.probability", 0.5);
        float[] alone = readMean(telegraph);
        assertThat(readMean(with(
                        telegraph,
                        Map.of("read_noise.kind", "proportional", "read_noise.sigma", 0.1, "programming.scale", 2L))))
                .containsExactly(alone);
        float[] rare = readMean(Map.of("telegraph.probability", 0.25));
        for (int i = 0; i < CELLS; i++) {
            assertThat(20 - rare[i]).isCloseTo((20 - alone[i]) / 2, againstIdentity(1e-5f));
        }
    }

    private static float[] programmed(Map<String, Object> options) {
        float[] cells = twenties();
        cell(options).program(cells, cells, new SplittableRandom(7));
        return cells;
    }

    private static float[] aged(Map<String, Object> options, Age age) {
        float[] held = new float[CELLS];
        cell(options).age(twenties(), twenties(), held, age, new SplittableRandom(8));
        return held;
    }

    private static float[] readMean(Map<String, Object> options) {
        float[] mean = new float[CELLS];
        cell(options).readMoments(twenties(), twenties(), mean, new float[CELLS], Age.NONE, new SplittableRandom(9));
        return mean;
    }

    private static float[] twenties() {
        float[] cells = new float[CELLS];
        Arrays.fill(cells, 20f);
        return cells;
    }

    private static CellModel cell(Map<String, Object> options) {
        return CellModels.load().create("rram", options);
    }

    @SafeVarargs
    private static Map<String, Object> with(Map<String, Object> first, Map<String, Object>... more) {
        Map<String, Object> all = new TreeMap<>(first);
        for (Map<String, Object> one : more) {
            all.putAll(one);
        }
        return all;
    }
}
