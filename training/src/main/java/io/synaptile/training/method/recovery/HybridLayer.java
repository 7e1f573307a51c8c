/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.recovery;

import io.synaptile.training.transform.GroupLasso;
import io.synaptile.training.transform.HybridWeights;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.SettledGroups;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.words.WordForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layer whose SRAM words are trained beside RRAM weights that do not change.
 *
 * @param rram latent RRAM weights
 * @param start latent SRAM words before the first epoch
 * @param words stages from latent to stored words
 * @param hybrid from words to effective weights
 * @param form how the words are stored
 */
public record HybridLayer(
        float[] rram, float[] start, List<WeightTransform> words, HybridWeights hybrid, WordForm form) {
    public HybridLayer {
        words = List.copyOf(words);
    }

    /**
     * Stages from latent words to effective weights.
     *
     * @param settled whether pruning is over: what is pruned stays pruned
     */
    public List<WeightTransform> stages(boolean settled) {
        List<WeightTransform> stages = new ArrayList<>();
        for (WeightTransform stage : words) {
            switch (stage) {
                case GroupLasso lasso -> {
                    if (!settled) {
                        stages.add(lasso);
                    }
                }
                case MagnitudeMask mask -> stages.add(settled ? new SettledGroups(mask, form.group()) : mask);
                default -> stages.add(stage);
            }
        }
        stages.add(hybrid);
        return stages;
    }

    /** Stored words of latent ones. */
    public float[] stored(float[] latent) {
        return new LayerTransforms(Map.of(0, words)).ideal(0, latent);
    }
}
