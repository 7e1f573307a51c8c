/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.cost.ChipCosts;
import io.synaptile.sim.compute.LayerActivity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one chip did with the images it was shown; nothing counts for an image after the step at which it stopped.
 *
 * @param samples images
 * @param correct images classified correctly when they stopped
 * @param running images that ran each step
 * @param activity by node id as the chip executed it, summed over the images
 * @param energy by node id, per image
 * @param steps what would be found if every image stopped after each step
 * @param costs what it costs besides the energy
 * @param hostNanos host time per image
 */
record ChipResult(
        int instance,
        int samples,
        int correct,
        long[] running,
        LayerActivity[] activity,
        Map<Integer, EnergyBreakdown> energy,
        List<Step> steps,
        ChipCosts costs,
        long[] hostNanos) {
    /** Accuracy, and energy of one image in pJ, up to and including one step. */
    record Step(double accuracyPercent, double energyPicojoules) {}

    /** Steps that an image ran, mean. */
    double stepsUsed() {
        return (double) imageSteps() / samples;
    }

    /** Steps that all images ran together. */
    long imageSteps() {
        return Arrays.stream(running).sum();
    }

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

    /** Time of the array reads of one image, layers and steps one after the other, ns. */
    double chipLatencyNanoseconds() {
        return costs.latency().sequential();
    }

    /** Energy of one image, pJ. */
    double energyPicojoules() {
        return ChipCosting.sum(energy);
    }
}
