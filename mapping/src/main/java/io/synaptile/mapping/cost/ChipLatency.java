/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.Dataflow;
import io.synaptile.devices.cost.LatencyModel;

/**
 * Time of one inference in every mode that layers can overlap in, ns. Branches that do not read each other work
 * side by side.
 *
 * @param sequential layers and steps one after the other
 * @param layerPipeline a layer works on a step while the layer behind it works on the step before
 * @param positionPipeline a layer starts when three quarters of the positions of the layer before it are done
 * @param imageInterval time between two images where every layer works on an image of its own
 */
public record ChipLatency(double sequential, double layerPipeline, double positionPipeline, double imageInterval) {
    /** Part of a layer that is done before the next starts, as in SpikeSim's tool. */
    private static final double START_OF_NEXT_LAYER = 0.75;

    private static final double NANOSECONDS_PER_SECOND = 1e9;

    /**
     * All modes.
     *
     * @param steps {@code [time step][layer]} in ns, summed over the samples
     * @param flow which layers wait for which
     */
    static ChipLatency of(double[][] steps, Dataflow flow, long samples) {
        return new ChipLatency(
                LatencyModel.sequentialNanoseconds(steps, flow) / samples,
                LatencyModel.layerPipelineNanoseconds(steps, flow) / samples,
                LatencyModel.positionPipelineNanoseconds(steps, flow, START_OF_NEXT_LAYER) / samples,
                LatencyModel.imageIntervalNanoseconds(steps) / samples);
    }

    /** Images per second where every layer works on an image of its own; NaN where nothing takes time. */
    public double imagesPerSecond() {
        return imageInterval > 0 ? NANOSECONDS_PER_SECOND / imageInterval : Double.NaN;
    }
}
