/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerTransformsTest {
    private static final WeightDraw DRAW = new WeightDraw(1, 0, 0, 0);
    private static final float[] LATENT = {0.3f, -0.8f, 1.4f};

    /** Adds half and lets two thirds of the gradient pass. */
    private static final WeightTransform SHIFT = new WeightTransform() {
        @Override
        public void apply(float[] weights, float[] out, WeightDraw draw) {
            for (int i = 0; i < out.length; i++) {
                out[i] = weights[i] + 0.5f;
            }
        }

        @Override
        public void pullBack(float[] weights, float[] out, float[] gradient) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= 2f / 3f;
            }
        }
    };

    @Test
    void stagesRunInOrderAndPullBackInReverse() {
        LayerTransforms transforms =
                LayerTransforms.none().with(SHIFT, Set.of(0)).with(new Ternariser(0.5f), Set.of(0, 2));
        TransformedWeights weights = new TransformedWeights(transforms.of(0), 3);
        assertThat(weights.apply(LATENT, DRAW)).containsExactly(0f, 0f, 1.9f);
        float[] gradient = {3f, 3f, 3f};
        weights.pullBack(gradient);
        assertThat(gradient).containsExactly(2f, 2f, 0f);
        assertThat(transforms.of(2)).containsExactly(new Ternariser(0.5f));
        assertThat(transforms.of(1)).isEmpty();
    }

    @Test
    void withoutStagesTheLatentWeightsAreUsed() {
        TransformedWeights weights = new TransformedWeights(LayerTransforms.none().of(7), 3);
        assertThat(weights.apply(LATENT, DRAW)).isSameAs(LATENT);
    }

    @Test
    void idealWeightsAreQuantisedButNotVaried() {
        LayerTransforms transforms = LayerTransforms.none()
                .with(KBitQuantiser.of(2), Set.of(0))
                .with(Variation.perForward(LogNormalPerturbation.rram(2, 2)), Set.of(0, 1));
        assertThat(transforms.ideal(0, LATENT)).containsExactly(0.5f, -1f, 1f);
        assertThat(transforms.ideal(1, LATENT)).containsExactly(LATENT).isNotSameAs(LATENT);
    }

    @Test
    void anIdealPerturbationLeavesTheQuantisedWeights() {
        LayerTransforms transforms = LayerTransforms.none()
                .with(KBitQuantiser.of(4), Set.of(0))
                .with(Variation.perForward(LogNormalPerturbation.rram(4, 0)), Set.of(0));
        TransformedWeights weights = new TransformedWeights(transforms.of(0), 3);
        assertThat(weights.apply(LATENT, DRAW)).containsExactly(transforms.ideal(0, LATENT));
    }
}
