/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.sim.compute.LayerActivity;
import java.util.Map;

/**
 * What one chip did with the images it was shown.
 *
 * @param samples images
 * @param correct images classified correctly after the last step
 * @param activity by node id, summed over the images
 * @param energy by node id, per image
 * @param chipLatencyNanoseconds time of the array reads of one inference
 * @param hostNanos host time per image
 */
record ChipResult(
        int instance,
        int samples,
        int correct,
        LayerActivity[] activity,
        Map<Integer, EnergyBreakdown> energy,
        double chipLatencyNanoseconds,
        long[] hostNanos) {

    double accuracyPercent() {
        return 100.0 * correct / samples;
    }

    /** Spikes of all neurons per image. */
    double spikesPerInference() {
        long spikes = 0;
        for (LayerActivity layer : activity) {
            spikes += LayerCounts.spikes(layer);
        }
        return (double) spikes / samples;
    }

    /** Effective accumulates and multiply-accumulates per image. */
    double synapticOpsPerInference() {
        long operations = 0;
        for (LayerActivity layer : activity) {
            operations += LayerCounts.synapticOps(layer);
        }
        return (double) operations / samples;
    }

    /** Energy of one image, pJ. */
    double energyPicojoules() {
        double sum = 0;
        for (EnergyBreakdown layer : energy.values()) {
            sum += layer.totalPicojoules();
        }
        return sum;
    }
}
