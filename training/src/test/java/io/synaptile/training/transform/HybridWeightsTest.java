/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HybridWeightsTest {
    private static final WeightDraw DRAW = new WeightDraw(7, 2, 0, 0);

    private static float[] apply(WeightTransform transform, float[] weights, WeightDraw draw) {
        float[] out = new float[weights.length];
        transform.apply(weights, out, draw);
        return out;
    }

    /** Vector sram_combine of the method's specification. */
    @ParameterizedTest
    @CsvSource({"-1, 1, 0.675", "0, 1, 0.55", "2, 1, -0.2", "-1, 2, 0.3375", "0, 2, 0.275", "2, 2, -0.1"})
    void vectorIsReached(int shift, float divisor, float expected) {
        HybridWeights layer = new HybridWeights(new float[] {0.8f}, new HybridWeights.Rram.OnTarget(), shift, divisor);
        assertThat(apply(layer, new float[] {-0.25f}, DRAW)[0]).isCloseTo(expected, againstReference(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0, 2, 0.5", "1, 3, 0.6666667", "-1, 1.5, 0.3333333"})
    void gradientReachesTheWordsScaled(int shift, float divisor, float expected) {
        float[] gradient = {1};
        new HybridWeights(new float[] {0.8f}, new HybridWeights.Rram.OnTarget(), shift, divisor)
                .pullBack(new float[] {-0.25f}, new float[1], gradient);
        assertThat(gradient[0]).isCloseTo(expected, againstReference(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1.5", "0, 2", "1, 3"})
    void aCopyLeavesTheWeightsAsTheyWere(int shift, float divisor) {
        float[] rram = {0.125f, -0.5f, 1f};
        HybridWeights layer = new HybridWeights(rram, new HybridWeights.Rram.OnTarget(), shift, divisor);
        assertThat(apply(layer, rram, DRAW)).containsExactly(rram, againstReference(1e-6f));
    }

    @Test
    void aParticularChipIsTrainedOnAndTheIdealOneKept() {
        float[] target = {0.5f, -0.5f};
        HybridWeights layer =
                new HybridWeights(target, new HybridWeights.Rram.Programmed(new float[] {0.4f, -0.6f}), 0, 1);
        LayerTransforms transforms = new LayerTransforms(Map.of(2, List.of(layer)));
        float[] words = {0.25f, 0.25f};
        assertThat(transforms.isRandom()).isFalse();
        assertThat(transforms.drawn(2, words, DRAW))
                .containsExactly(new float[] {0.65f, -0.35f}, againstReference(1e-6f));
        assertThat(transforms.ideal(2, words)).containsExactly(0.75f, -0.25f);
    }

    @Test
    void everyForwardPassMeetsAnotherChip() {
        Variation variation = Variation.perForward(new LogNormalPerturbation(0.3, new Saturation.None()));
        HybridWeights layer = new HybridWeights(new float[] {0.5f}, new HybridWeights.Rram.Drawn(variation), 0, 1);
        LayerTransforms transforms = new LayerTransforms(Map.of(2, List.of(layer)));
        float[] words = {0.25f};
        float first = transforms.drawn(2, words, DRAW)[0];
        assertThat(transforms.isRandom()).isTrue();
        assertThat(transforms.drawn(2, words, new WeightDraw(7, 2, 0, 1))[0]).isNotEqualTo(first);
        assertThat(transforms.drawn(2, words, DRAW)[0]).isEqualTo(first);
        assertThat(transforms.ideal(2, words)).containsExactly(0.75f);
    }

    @Test
    void weightsOfAnotherLayerAreRefused() {
        assertThatThrownBy(() -> new HybridWeights(new float[2], new HybridWeights.Rram.Programmed(new float[3]), 0, 1))
                .hasMessage("3 programmed weights for a layer of 2 weights");
    }
}
