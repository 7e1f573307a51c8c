/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import java.util.List;

/** The stages of one layer with their results, which the pull-back needs. Not thread-safe. */
public final class TransformedWeights {
    private final float[][] results;
    private List<WeightTransform> stages;
    private float[] latent;

    /**
     * Takes memory for the results.
     *
     * @param count weights of the layer
     */
    public TransformedWeights(List<WeightTransform> stages, int count) {
        this.stages = List.copyOf(stages);
        this.results = new float[stages.size()][count];
    }

    /**
     * Puts other stages in the place of these.
     *
     * @param others as many
     */
    public void change(List<WeightTransform> others) {
        if (others.size() != results.length) {
            throw new IllegalArgumentException(results.length + " stages cannot become " + others.size());
        }
        stages = List.copyOf(others);
    }

    /**
     * Runs all stages.
     *
     * @param weights latent weights; they must not change before {@link #pullBack}
     * @return the effective weights, owned by this object, or {@code weights} itself where there is no stage
     */
    public float[] apply(float[] weights, WeightDraw draw) {
        latent = weights;
        float[] current = weights;
        for (int i = 0; i < results.length; i++) {
            stages.get(i).apply(current, results[i], draw);
            current = results[i];
        }
        return current;
    }

    /** Turns the derivative by the effective weights of the last {@link #apply} into the one by the latent, in place. */
    public void pullBack(float[] gradient) {
        for (int i = results.length - 1; i >= 0; i--) {
            stages.get(i).pullBack(i == 0 ? latent : results[i - 1], results[i], gradient);
        }
    }
}
