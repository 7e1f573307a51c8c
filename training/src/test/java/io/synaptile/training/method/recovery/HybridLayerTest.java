/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.training.transform.GroupLasso;
import io.synaptile.training.transform.HybridWeights;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.SettledGroups;
import io.synaptile.training.words.WordForm;
import org.junit.jupiter.api.Test;

final class HybridLayerTest {
    @Test
    void settledLayersArePrunedNoFurther() {
        WordForm pruned = WordForm.beside(4, 2, 0, 8, false);
        HybridWeights sum = new HybridWeights(new float[8], new HybridWeights.Rram.OnTarget(), 0, 2);
        HybridLayer layer = new HybridLayer(
                new float[8], new float[8], pruned.stages(new WordForm.Pruning(1e-4, 1, false, 0.005)), sum, pruned);
        assertThat(layer.stages(false))
                .hasExactlyElementsOfTypes(GroupLasso.class, MagnitudeMask.class, HybridWeights.class);
        assertThat(layer.stages(true)).hasExactlyElementsOfTypes(SettledGroups.class, HybridWeights.class);
    }
}
