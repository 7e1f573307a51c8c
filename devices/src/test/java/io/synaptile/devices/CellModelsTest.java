/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ideal.IdealCellProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellModelsTest {
    private final CellModels models = CellModels.load();

    static List<String> kinds() {
        return CellModels.load().providers().stream()
                .map(CellModelProvider::kind)
                .toList();
    }

    /** All but the kind whose table must be named. */
    static List<String> kindsThatNeedNoOption() {
        return kinds().stream().filter(kind -> !kind.equals("table")).toList();
    }

    @Test
    void serviceLoaderFindsTheBuiltInKinds() {
        assertThat(kinds())
                .contains("ideal", "rram", "sram-shift", "table", "ternary", "pcm-hermes2", "rram-milo2021")
                .isSorted();
        assertThat(models.providers())
                .allSatisfy(p -> assertThat(p.description()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @MethodSource("kindsThatNeedNoOption")
    void everyKindIsMadeFromNoOptions(String kind) {
        CellModel model = models.create(kind, Map.of());
        assertThat(model.id()).isEqualTo(kind);
        assertThat(model.levels()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void unknownKindNamesTheNearestAndAllKinds() {
        assertThatThrownBy(() -> models.create("ram", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown cell kind 'ram'; nearest is 'rram'; known: " + String.join(", ", kinds()));
    }

    @Test
    void unknownOptionNamesTheNearest() {
        assertThatThrownBy(() -> models.create("rram", Map.of("programing.sigma", 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "unknown option of cell 'rram': 'programing.sigma'; nearest is 'programming.sigma'; known: bits,");
    }

    @Test
    void optionsOfAPlugInAreCheckedBeforeItSeesThem() {
        CellModels withPlugIn = new CellModels(List.of(new NoOptionProvider()));
        assertThatThrownBy(() -> withPlugIn.create("none", Map.of("bits", 2L)))
                .hasMessage("unknown option of cell 'none': 'bits'; none is known");
    }

    @Test
    void aKindProvidedTwiceIsRefused() {
        assertThatThrownBy(() -> new CellModels(List.of(new IdealCellProvider(), new IdealCellProvider())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cell kind 'ideal' is provided twice");
    }

    @ParameterizedTest
    @MethodSource("kindsThatNeedNoOption")
    void aTargetOutsideTheRangeIsRefusedNamingTheCell(String kind) {
        CellModel model = models.create(kind, Map.of());
        float max = model.range().maxMicrosiemens();
        float[] targets = {max, max * 1.01f};
        assertThatThrownBy(() -> model.program(targets, targets, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cell 1: target")
                .hasMessageContaining("is outside the");
        float[] missing = {Float.NaN};
        assertThatThrownBy(() -> model.program(missing, missing, new SplittableRandom(1)))
                .hasMessageContaining("cell 0: target NaN");
    }

    @ParameterizedTest
    @MethodSource("kindsThatNeedNoOption")
    void differentLengthsAreRefused(String kind) {
        CellModel model = models.create(kind, Map.of());
        assertThatThrownBy(() -> model.program(new float[3], new float[2], new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 target conductances for 2 programmed ones");
    }

    @ParameterizedTest
    @MethodSource("kindsThatNeedNoOption")
    void sameSeedGivesTheSameBytesAlsoInPlace(String kind) {
        CellModel model = models.create(kind, Map.of());
        float[] targets = new float[1000];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = model.range().minMicrosiemens()
                    + model.range().span() * (i % model.levels()) / (model.levels() - 1);
        }
        float[] once = new float[targets.length];
        model.program(targets, once, new SplittableRandom(42));
        model.program(targets, targets, new SplittableRandom(42));
        assertThat(targets).containsExactly(once);
    }

    @Test
    void aTargetOutsideByRoundingOnlyIsMovedToTheBound() {
        CellModel model = models.create("ideal", Map.of("range_uS", List.of(1.7, 100.0)));
        float[] targets = {Math.nextUp(100f), Math.nextDown(1.7f)};
        model.program(targets, targets, new SplittableRandom(1));
        assertThat(targets).containsExactly(100f, 1.7f);
    }

    private static final class NoOptionProvider implements CellModelProvider {
        @Override
        public String kind() {
            return "none";
        }

        @Override
        public String description() {
            return "takes no option";
        }

        @Override
        public Set<String> options() {
            return Set.of();
        }

        @Override
        public CellModel create(Map<String, Object> options) {
            throw new AssertionError("must not be reached with an unknown option");
        }
    }
}
