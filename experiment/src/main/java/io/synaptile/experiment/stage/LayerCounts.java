/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.sim.compute.LayerActivity;
import java.util.Arrays;

/** Sums of a layer's counts over the time steps. */
final class LayerCounts {
    private LayerCounts() {}

    static long spikes(LayerActivity layer) {
        return Arrays.stream(layer.spikes).sum();
    }

    /** Effective accumulates and multiply-accumulates. */
    static long synapticOps(LayerActivity layer) {
        return Arrays.stream(layer.effectiveAcs).sum()
                + Arrays.stream(layer.effectiveMacs).sum();
    }
}
