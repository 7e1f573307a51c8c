/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.training.optimise.Clock;
import io.synaptile.training.transform.SoftThreshold.Gradient;
import io.synaptile.training.transform.WideningZone.Widening;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningZoneTest {
    private static final KBitQuantiser QUANTISER = KBitQuantiser.of(4);
    private static final LayerTransforms OTHERS = LayerTransforms.none().with(QUANTISER, Set.of(1, 2));

    private static WideningZone zone(Widening widening) {
        return new WideningZone(OTHERS, Set.of(2, 3), new SoftThreshold(2f, Gradient.THROUGH_ZONE), widening);
    }

    private static float width(LayerTransforms transforms) {
        return ((SoftThreshold) transforms.of(3).getFirst()).width();
    }

    /** Vector stds_schedule of the method's specification, for a half-width of 2. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 0.000002, 0.001",
        "250, 0.146447, 0.25",
        "500, 0.5, 0.5",
        "750, 0.853553, 0.75",
        "999, 0.999998, 0.999"
    })
    void theZoneWidensByTheStepsThatAreDone(int steps, float sine, float linear) {
        Clock clock = new Clock(steps, 1000, 0);
        assertThat(width(zone(Widening.SINE).at(clock))).isCloseTo(2 * sine, againstReference(2e-6f));
        assertThat(width(zone(Widening.LINEAR).at(clock))).isCloseTo(2 * linear, againstReference(2e-6f));
        assertThat(width(zone(Widening.CONSTANT).at(clock))).isEqualTo(2f);
    }

    /** The row of n = N: what is kept has the last half-width itself. */
    @ParameterizedTest
    @CsvSource({"SINE", "LINEAR", "CONSTANT"})
    void afterTheLastStepTheZoneHasItsLastWidth(Widening widening) {
        assertThat(width(zone(widening).after(new Clock(999, 1000, 9)))).isEqualTo(2f);
    }

    @Test
    void theZoneIsTheFirstStageOfItsLayersAndOthersStay() {
        LayerTransforms transforms = zone(Widening.CONSTANT).at(Clock.start());
        SoftThreshold zone = new SoftThreshold(2f, Gradient.THROUGH_ZONE);
        assertThat(transforms.of(1)).containsExactly(QUANTISER);
        assertThat(transforms.of(2)).containsExactly(zone, QUANTISER);
        assertThat(transforms.of(3)).containsExactly(zone);
    }
}
