/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final WeightDraw FIRST = new WeightDraw(1, 3, 0, 0);
    private static final WeightDraw NEXT_BATCH = new WeightDraw(1, 3, 0, 1);
    private static final WeightDraw NEXT_EPOCH = new WeightDraw(1, 3, 1, 0);
    private static final WeightDraw OTHER_LAYER = new WeightDraw(1, 4, 0, 0);
    private static final WeightDraw OTHER_SEED = new WeightDraw(2, 3, 0, 0);

    @Test
    void perForwardDrawsAnewForEveryBatch() {
        float[] first = apply(Variation.Resample.PER_FORWARD, FIRST);
        assertThat(apply(Variation.Resample.PER_FORWARD, FIRST)).containsExactly(first);
        assertThat(apply(Variation.Resample.PER_FORWARD, NEXT_BATCH)).isNotEqualTo(first);
        assertThat(apply(Variation.Resample.PER_FORWARD, NEXT_EPOCH)).isNotEqualTo(first);
    }

    @Test
    void perEpochKeepsItsDrawThroughTheEpoch() {
        float[] first = apply(Variation.Resample.PER_EPOCH, FIRST);
        assertThat(apply(Variation.Resample.PER_EPOCH, NEXT_BATCH)).containsExactly(first);
        assertThat(apply(Variation.Resample.PER_EPOCH, NEXT_EPOCH)).isNotEqualTo(first);
    }

    @Test
    void fixedNeverDrawsAgain() {
        float[] first = apply(Variation.Resample.FIXED, FIRST);
        assertThat(apply(Variation.Resample.FIXED, NEXT_BATCH)).containsExactly(first);
        assertThat(apply(Variation.Resample.FIXED, NEXT_EPOCH)).containsExactly(first);
    }

    @Test
    void layersAndSeedsDrawIndependently() {
        float[] first = apply(Variation.Resample.FIXED, FIRST);
        assertThat(apply(Variation.Resample.FIXED, OTHER_LAYER)).isNotEqualTo(first);
        assertThat(apply(Variation.Resample.FIXED, OTHER_SEED)).isNotEqualTo(first);
    }

    @Test
    void theDrawIsThatOfItsOwnStream() {
        float[] expected = new float[16];
        LogNormalPerturbation.rram(4, 1)
                .perturb(weights(), expected, NoiseStream.of(1, Purpose.TRAINING_VARIATION, 3, 1, 0));
        assertThat(apply(Variation.Resample.PER_FORWARD, NEXT_BATCH)).containsExactly(expected);
    }

    @Test
    void gradientPassesStraightThroughOrTimesTheFactor() {
        float[] in = {0.5f, -1f, 0f};
        float[] out = {0.25f, -2f, 0f};
        WeightPerturbation unused = (_, _, _) -> {};
        float[] straight = {1f, 2f, 3f};
        Variation.perForward(unused).pullBack(in, out, straight);
        assertThat(straight).containsExactly(1f, 2f, 3f);
        float[] factor = {1f, 2f, 3f};
        new Variation(unused, Variation.Resample.FIXED, Variation.Gradient.FACTOR).pullBack(in, out, factor);
        assertThat(factor).containsExactly(0.5f, 4f, 3f);
    }

    private static float[] weights() {
        float[] weights = new float[16];
        Arrays.fill(weights, 0.25f);
        return weights;
    }

    private static float[] apply(Variation.Resample resample, WeightDraw draw) {
        float[] out = new float[16];
        new Variation(LogNormalPerturbation.rram(4, 1), resample, Variation.Gradient.STRAIGHT_THROUGH)
                .apply(weights(), out, draw);
        return out;
    }
}
