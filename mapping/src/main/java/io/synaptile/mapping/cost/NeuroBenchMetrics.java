/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Algorithmic metrics under the names and definitions of NeuroBench 2: what a network does, whatever the hardware.
 *
 * <p>Source: J. Yik et al., "The NeuroBench framework for benchmarking neuromorphic computing algorithms and systems",
 * Nature Communications 2025, complexity metrics. Ours differs in one point: the footprint counts weights at their own
 * width in bits, not at that of the array they were trained in. A weight is what is written: on the steps of quantiser, codec
 * and cell, or in digital words; a cell and the SRAM word beside it are one weight. The operations count the same weights.
 *
 * @param footprintBytes weights at their width plus biases and the scales, offsets and statistics of norms at four bytes
 * @param connectionSparsity weights that are 0 as written over all weights, rounded to four decimals
 * @param activationSparsity silent neuron outputs over all neuron outputs of all steps that ran
 * @param synopsDense operations per inference, in the steps that a layer was computed in, if every input and weight were non-zero; padding is not counted
 * @param effMacs operations per inference of calls whose inputs are not all in -1, 0, 1, over non-zero inputs and weights
 * @param effAcs the same for the other calls
 */
public record NeuroBenchMetrics(
        double footprintBytes,
        double connectionSparsity,
        double activationSparsity,
        double synopsDense,
        double effMacs,
        double effAcs) {
    private static final double DECIMALS = 1e4;

    /**
     * Metrics of a run.
     *
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step, shape {@code [timeSteps]}; all of them the first
     */
    public static NeuroBenchMetrics of(ChipDesign design, LayerActivity[] activity, long[] running) {
        return of(design, LatchedLayers.NONE, activity, running);
    }

    /**
     * Metrics of a run in which some layers compute once per inference: a layer that is called once does its operations once.
     *
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step, shape {@code [timeSteps]}; all of them the first
     */
    public static NeuroBenchMetrics of(
            ChipDesign design, LatchedLayers once, LayerActivity[] activity, long[] running) {
        LayerActivity[] executed = once.executed(activity);
        Network network = design.network();
        long samples = running[0];
        long stepsRun = sum(running);
        long weights = 0;
        long zeros = 0;
        double bits = 0;
        double dense = 0;
        long neurons = 0;
        long spikes = 0;
        long macs = 0;
        long acs = 0;
        for (Network.Node node : network.nodes()) {
            LayerActivity own = executed[node.id()];
            switch (node.layer()) {
                case Layer.Synapse _ -> {
                    for (boolean nonZero : EffectiveWeights.nonZero(design, node.id())) {
                        zeros += nonZero ? 0 : 1;
                    }
                    weights += node.weightCount();
                    SramBranch sram = design.sram().get(node.id());
                    bits += sram == null ? 0 : sram.storageBits();
                    bits += (double) (node.weightCount() + biases(design, node)) * weightBits(design, node);
                    dense += denseOperations(node) * (once.contains(node.id()) ? 1 : (double) stepsRun / samples);
                    macs += sum(own.effectiveMacs);
                    acs += sum(own.effectiveAcs);
                }
                case Layer.Bias _ when design.biases().containsKey(node.inputs().getFirst()) -> {}
                case Layer.Affine _ -> bits += (double) parameters(node, running.length) * Float.SIZE;
                case Layer.Neuron _ -> {
                    neurons += node.out().size();
                    spikes += sum(own.spikes);
                    bits += (double) parameters(node, running.length) * Float.SIZE;
                }
                case Layer.Integrator _, Layer.Activation _ ->
                    bits += (double) parameters(node, running.length) * Float.SIZE;
                case Layer.Passing _, Layer.ReadOut _ -> {}
            }
        }
        return new NeuroBenchMetrics(
                bits / Byte.SIZE,
                Math.round((double) zeros / weights * DECIMALS) / DECIMALS,
                neurons == 0 ? Double.NaN : 1 - (double) spikes / ((double) neurons * stepsRun),
                dense,
                (double) macs / samples,
                (double) acs / samples);
    }

    /** Numbers that rows of tiles hold beside the weights of a layer. */
    private static int biases(ChipDesign design, Network.Node node) {
        return design.biases().containsKey(node.id())
                ? design.biases().get(node.id()).count() * node.weightShape()[0]
                : 0;
    }

    private static long parameters(Network.Node node, int timeSteps) {
        return node.parameters(timeSteps).values().stream()
                .mapToLong(Network::size)
                .sum();
    }

    /** Width of a layer's weights: that of the digital words, the quantiser's, or that of the codec's grid with its sign. */
    private static int weightBits(ChipDesign design, Network.Node node) {
        if (!design.hardware().layers().tiled().contains(node.name())) {
            return design.digitalBits(node.id());
        }
        int quantised = design.weights().get(node.id()).quantiserBits();
        return quantised > 0 ? quantised : design.cells(node.id()).weightBits() + 1;
    }

    /** Weights that a layer would apply in one step if every input were non-zero. */
    static long denseOperations(Network.Node node) {
        return switch (node.synapse()) {
            case Layer.Conv2d conv -> {
                long rows = visible(
                        node.in().height(), node.out().height(), conv.kernel().lines(), conv::line);
                long columns = visible(
                        node.in().width(), node.out().width(), conv.kernel().columns(), conv::column);
                yield rows * columns * (node.in().channels() / conv.groups()) * conv.outChannels();
            }
            case Layer.Dense _ -> node.weightCount();
        };
    }

    /** Kernel taps inside the map, summed over the output positions of one axis. */
    private static long visible(int extent, int outputs, int kernel, IntBinaryOperator place) {
        long taps = 0;
        for (int o = 0; o < outputs; o++) {
            for (int tap = 0; tap < kernel; tap++) {
                int at = place.applyAsInt(o, tap);
                taps += at >= 0 && at < extent ? 1 : 0;
            }
        }
        return taps;
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
