/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static io.synaptile.testing.Tolerance.againstPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.ConductanceRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedCellTest {
    static List<CellModelProvider> cells() {
        List<CellModelProvider> cells = CellModels.load().providers().stream()
                .filter(PublishedCell.class::isInstance)
                .toList();
        assertThat(cells).hasSize(19);
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyPropertyNamesItsSource(CellModelProvider provider) {
        assertThat(provider.facts()).hasSizeGreaterThan(1).allSatisfy(fact -> {
            assertThat(fact.value()).isNotBlank();
            assertThat(fact.source()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellRefusesToLeaveTheRangeOfItsSource(CellModelProvider provider) {
        ConductanceRange range = provider.create(Map.of()).range();
        double min = range.minMicrosiemens();
        double max = range.maxMicrosiemens();
        assertThatThrownBy(() -> provider.create(Map.of("range_uS", List.of(min, max * 1.01))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("range_uS must lie within the " + range.minMicrosiemens() + " to "
                        + range.maxMicrosiemens() + " uS that the source of '" + provider.kind() + "' covers, got [");
        ConductanceRange narrow = provider.create(Map.of("range_uS", List.of(min + 0.1 * (max - min), 0.9 * max)))
                .range();
        assertThat(narrow.maxMicrosiemens()).isEqualTo((float) (0.9 * max));
        float[] outside = {range.maxMicrosiemens() * 1.01f};
        assertThatThrownBy(() -> provider.create(Map.of()).program(outside, outside, new SplittableRandom(1)))
                .hasMessageContaining("is outside the");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anotherTemperatureIsRefused(CellModelProvider provider) {
        CellModel cell = provider.create(Map.of());
        float[] held = {cell.range().maxMicrosiemens()};
        assertThatThrownBy(() -> cell.age(held, held, held, new Age(0, 350), new SplittableRandom(1)))
                .hasMessage("cell '" + provider.kind() + "' has no data on temperature; it must be read at 300.0 K,"
                        + " got 350.0 K");
        cell.age(held, held, held, Age.NONE, new SplittableRandom(1));
        assertThat(held).containsExactly(cell.range().maxMicrosiemens());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rram-milo2021 | 1 | has no data on ageing; its age must be 0 s, got 1.0 s",
                "pcm-joshi2020 | 60 | has no data on ageing; its age must be 0 s, got 60.0 s",
                "rram-wan2022 | 172801 | has data up to an age of 172800.0 s, got 172801.0 s",
                "rram-wan2022-1s | 2 | has data up to an age of 1.0 s, got 2.0 s",
                "sonos-agrawal2022 | 1 | has no data on ageing; its age must be 0 s, got 1.0 s",
            })
    void anAgeWithoutDataIsRefused(String kind, double seconds, String message) {
        CellModel cell = CellModels.load().create(kind, Map.of());
        float[] held = {cell.range().maxMicrosiemens()};
        assertThatThrownBy(() -> cell.age(held, held, held, new Age(seconds, 300), new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cell '" + kind + "' " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "rram-jo-agsi, 0.003076923, 0.03846154, 97",
        "rram-taox-hfox, 1, 10, 128",
        "rram-taox-tio2, 0.1, 0.2, 102",
        "rram-pcmo, 0.006369427, 0.04347826, 50",
        "rram-alox-hfo2, 13.35702, 59.1716, 40",
        "cbram-epiram, 0.2459299, 12.34568, 64",
        "pcm-gst, 10.72294, 212.3142, 100",
        "fefet-jerry, 0.03973363, 1.788013, 32",
        "rram-gao2013, 50, 1000, 32",
        "rram-mnsim, 1, 100, 2",
        "pcm-joshi2020, 0.25, 25, 16",
        "pcm-hermes1, 0, 10.35, 16",
        "pcm-hermes2, 0, 20.7, 16",
        "rram-cmo2025, 9, 88.2, 16",
    })
    void rangesAndLevelsAreThoseOfTheTable(String kind, double min, double max, int levels) {
        CellModel cell = CellModels.load().create(kind, Map.of());
        assertThat((double) cell.range().minMicrosiemens()).isCloseTo(min, againstPublished(1e-6 * max));
        assertThat((double) cell.range().maxMicrosiemens()).isCloseTo(max, againstPublished(1e-6 * max));
        assertThat(cell.levels()).isEqualTo(levels);
        assertThat(cell.id()).isEqualTo(kind);
    }

    @Test
    void aWritePulseIsPricedWhereTheTableSaysSo() {
        assertThat(CellModels.load()
                        .create("rram-gao2013", Map.of())
                        .writeCost()
                        .picojoules())
                .hasValue(0.361);
        assertThat(CellModels.load().create("fefet-jerry", Map.of()).writeCost().nanoseconds())
                .hasValue(75);
        assertThat(CellModels.load()
                        .create("rram-wan2022", Map.of())
                        .writeCost()
                        .picojoules())
                .isEmpty();
        assertThat(CellModels.load().create("pcm-hermes1", Map.of()).writeCost().volts())
                .isEmpty();
    }

    /** Values of the aihwkit file at 10 uS and 3600 s: mean drift, then the noise of the drifted conductance. */
    @Test
    void noiseOfPhaseChangeCellsGrowsWithTheirAge() {
        CellModel cell = CellModels.load().create("pcm-nandakumar2019", Map.of());
        float[] programmed = {10f};
        float[] held = {7.7512858f};
        float[] sigma = new float[1];
        cell.readMoments(programmed, held, new float[1], sigma, new Age(3600, 300), new SplittableRandom(1));
        assertThat((double) sigma[0]).isCloseTo(0.589600674652563, againstPublished(1e-6));
        float[] louder = new float[1];
        CellModels.load()
                .create("pcm-nandakumar2019", Map.of("read_noise.scale", 2L))
                .readMoments(programmed, held, new float[1], louder, new Age(3600, 300), new SplittableRandom(1));
        assertThat(louder[0]).isEqualTo(2 * sigma[0]);
    }

    @Test
    void defaultsOfMnsimIncludeStuckCells() {
        float[] cells = new float[100_000];
        Arrays.fill(cells, 1f);
        CellModel cell = CellModels.load().create("rram-mnsim", Map.of("programming.scale", 0L));
        cell.program(cells, cells, new SplittableRandom(1));
        int stuck = 0;
        for (float value : cells) {
            stuck += value == 100f ? 1 : 0;
        }
        assertThat(stuck).isBetween(60, 140); // 100 +- 4 sqrt(100)
    }

    /** x = log10(1e-4 S) = -4, by hand. */
    @Test
    void currentOfMiloCellsIsFoldedIntoTheConductance() {
        double second = -64 * 1.388e-4 + 16 * 1.541e-3 - 4 * 5.711e-3 + 7.063e-3;
        double third = 16 * 8.8710e-5 - 4 * 6.7919e-4 + 1.2968e-3;
        assertThat(new MiloCurve(0.5).effective(100))
                .isCloseTo(100 + 1e6 * (0.5 * second + 0.25 * third), againstClosedForm(1e-9));
        assertThat(new MiloCurve(0.5).effective(0)).isZero();
        assertThatThrownBy(() -> CellModels.load().create("rram-milo2021", Map.of("read.voltage_V", 0.6)))
                .hasMessage("read.voltage_V must be above 0 and at most 0.5 for iv.kind milo2021, got 0.6");
        CellModel bent = CellModels.load().create("rram-milo2021", Map.of("read.voltage_V", 0.5));
        float[] held = {100f};
        float[] mean = new float[1];
        bent.readMoments(held, held, mean, new float[1], Age.NONE, new SplittableRandom(1));
        assertThat((double) mean[0]).isCloseTo(new MiloCurve(0.5).effective(100), againstIdentity(1e-4));
    }
}
