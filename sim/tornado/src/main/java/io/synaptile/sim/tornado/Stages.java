/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.VariationModel;
import io.synaptile.sim.compute.VariationModel.Bound;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.compute.WeightStage.Redraw;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.tornado.kernel.QuantiserKernels;
import io.synaptile.sim.tornado.kernel.ReductionKernels;
import io.synaptile.sim.tornado.kernel.S;
import io.synaptile.sim.tornado.kernel.VariationKernels;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The stages of one layer from latent to effective weights; what pull-backs need stays on the device. */
final class Stages {
    /** Latent weights, {@code [out, in, kh, kw]}; the effective ones themselves where there is no stage. */
    final FloatArray latent;

    private final int node;
    private final int count;
    /** Epoch and batch of the draw. */
    private final IntArray draw;

    private final IntArray run;
    private final List<Stage> stages = new ArrayList<>();

    /** One stage, its numbers, and the figures of its input that it depends on; those that are not needed stay unused. */
    private record Stage(
            WeightStage what,
            FloatArray in,
            FloatArray out,
            IntArray s,
            DoubleArray p,
            FloatArray extremes,
            FloatArray mean) {}

    /**
     * Takes memory; no task is added.
     *
     * @param effective receives the effective weights
     */
    Stages(int node, List<WeightStage> list, FloatArray effective, IntArray draw, IntArray run) {
        this.node = node;
        this.count = effective.getSize();
        this.draw = draw;
        this.run = run;
        latent = list.isEmpty() ? effective : Memory.floats(count);
        FloatArray in = latent;
        for (int i = 0; i < list.size(); i++) {
            FloatArray out = i == list.size() - 1 ? effective : Memory.floats(count);
            stages.add(new Stage(
                    list.get(i), in, out, sizes(list.get(i)), reals(list.get(i)), Memory.floats(3), Memory.floats(1)));
            in = out;
        }
    }

    private IntArray sizes(WeightStage stage) {
        int[] s = new int[S.SIZE];
        s[S.COUNT] = count;
        switch (stage) {
            case WeightStage.KBit(int bits, boolean clamp) -> {
                s[S.LEVELS] = (1 << bits) - 1;
                s[S.HALF_LEVELS] = 1 << bits - 1;
                s[S.CLAMP] = clamp ? 1 : 0;
            }
            case WeightStage.Ternary(float _, boolean strictBelow) -> s[S.STRICT] = strictBelow ? 1 : 0;
            case WeightStage.Dorefa(int bits) -> s[S.LEVELS] = (1 << bits) - 1;
            case WeightStage.Varied(VariationModel model, Redraw redraw, boolean _) -> {
                s[S.STREAM] = Purpose.TRAINING_VARIATION.code() << 24 | node;
                s[S.BY_EPOCH] = redraw == Redraw.ONCE ? 0 : 1;
                s[S.BY_BATCH] = redraw == Redraw.BATCH ? 1 : 0;
                switch (model) {
                    case VariationModel.LogNormalWeight weight -> s[S.BOUND] = kind(weight.bound());
                    case VariationModel.LogNormalPair pair -> {
                        s[S.STEPS] = pair.steps();
                        s[S.SLICE_BITS] = pair.sliceBits();
                        s[S.SLICES] = pair.slices();
                        s[S.TOP_CODE] = pair.conductance().length - 1;
                        s[S.OWN_SCALE] = pair.fullScale().isEmpty() ? 1 : 0;
                        s[S.STUCK] = pair.stuckOff() > 0 || pair.stuckOn() > 0 ? 1 : 0;
                    }
                }
            }
        }
        return IntArray.fromArray(s);
    }

    private static int kind(Bound bound) {
        return switch (bound) {
            case Bound.None _ -> S.UNBOUNDED;
            case Bound.Fixed _ -> S.CAP;
            case Bound.LayerMaximum _ -> S.LARGEST;
            case Bound.SignedExtremes _ -> S.EXTREMES;
        };
    }

    private static DoubleArray reals(WeightStage stage) {
        double[] p = new double[S.REALS];
        switch (stage) {
            case WeightStage.KBit _, WeightStage.Dorefa _ -> {}
            case WeightStage.Ternary(float factor, boolean _) -> p[S.FACTOR] = factor;
            case WeightStage.Varied(VariationModel.LogNormalWeight(double sigma, Bound bound), Redraw _, boolean _) -> {
                p[S.FACTOR] = sigma;
                p[S.SCALE] = bound instanceof Bound.Fixed(float fullScale) ? fullScale : 0;
            }
            case WeightStage.Varied(VariationModel.LogNormalPair pair, Redraw _, boolean _) -> {
                p[S.FACTOR] = pair.sigma();
                p[S.SCALE] = pair.fullScale().orElse(0f);
                p[S.SLOPE] = pair.codesPerMicrosiemens();
                p[S.TOLERANCE] = pair.tolerance();
                p[S.STUCK_BELOW] = pair.stuckOff();
                p[S.STUCK_FROM] = 1 - pair.stuckOn();
            }
        }
        return DoubleArray.fromArray(p);
    }

    /** Adds the tasks that compute the effective weights. */
    void prepare(Graph graph) {
        for (Stage stage : stages) {
            graph.constants(stage.s, stage.p);
            switch (stage.what) {
                case WeightStage.KBit _ ->
                    graph.task(
                            graph.threads("roundToBits", count),
                            QuantiserKernels::roundToBits,
                            stage.in,
                            stage.out,
                            stage.s);
                case WeightStage.Ternary _ -> {
                    extremes(graph, stage);
                    mean(graph, stage);
                    graph.task(
                            graph.threads("ternary", count),
                            QuantiserKernels::ternary,
                            stage.in,
                            stage.extremes,
                            stage.mean,
                            stage.out,
                            stage.p,
                            stage.s);
                }
                case WeightStage.Dorefa(int bits) -> {
                    extremes(graph, stage);
                    if (bits == 1) {
                        mean(graph, stage);
                        graph.task(
                                graph.threads("signs", count),
                                QuantiserKernels::signs,
                                stage.in,
                                stage.mean,
                                stage.out,
                                stage.s);
                    } else {
                        graph.task(
                                graph.threads("dorefa", count),
                                QuantiserKernels::dorefa,
                                stage.in,
                                stage.extremes,
                                stage.out,
                                stage.s);
                    }
                }
                case WeightStage.Varied varied -> vary(graph, stage, varied.model());
            }
        }
    }

    private void extremes(Graph graph, Stage stage) {
        FloatArray parts = Memory.floats(2 * ReductionKernels.GROUPS);
        graph.task(
                graph.groups("extremesOfParts", ReductionKernels.GROUPS, ReductionKernels.GROUP)
                        .with(ReductionKernels.LOCAL_BYTES),
                ReductionKernels::extremesOfParts,
                stage.in,
                parts,
                stage.s);
        graph.task(graph.threads("extremes", 1), ReductionKernels::extremes, parts, stage.extremes);
    }

    private void mean(Graph graph, Stage stage) {
        DoubleArray sums = new DoubleArray(ReductionKernels.GROUPS);
        IntArray counts = new IntArray(ReductionKernels.GROUPS);
        graph.task(
                graph.groups("magnitudesOfParts", ReductionKernels.GROUPS, ReductionKernels.GROUP)
                        .with(ReductionKernels.LOCAL_BYTES),
                ReductionKernels::magnitudesOfParts,
                stage.in,
                stage.extremes,
                sums,
                counts,
                stage.p,
                stage.s);
        graph.task(graph.threads("meanMagnitude", 1), ReductionKernels::meanMagnitude, sums, counts, stage.mean);
    }

    private void vary(Graph graph, Stage stage, VariationModel model) {
        graph.inputs(draw, run);
        extremes(graph, stage);
        switch (model) {
            case VariationModel.LogNormalWeight _ ->
                graph.task(
                        graph.threads("wholeWeight", count),
                        VariationKernels::wholeWeight,
                        stage.in,
                        stage.extremes,
                        stage.out,
                        stage.p,
                        stage.s,
                        draw,
                        run);
            case VariationModel.LogNormalPair pair -> {
                FloatArray conductance = FloatArray.fromArray(pair.conductance());
                graph.constants(conductance);
                graph.task(
                        graph.threads("cellPair", count),
                        VariationKernels::cellPair,
                        stage.in,
                        stage.extremes,
                        conductance,
                        stage.out,
                        stage.p,
                        stage.s,
                        draw,
                        run);
            }
        }
    }

    /** Adds the tasks that turn the derivative by the effective weights into the one by the latent, in place. */
    void pullBack(Graph graph, FloatArray gradient) {
        for (Stage stage : stages.reversed()) {
            switch (stage.what) {
                case WeightStage.KBit _ -> {}
                case WeightStage.Ternary _ ->
                    graph.task(
                            graph.threads("ternaryBack", count),
                            QuantiserKernels::ternaryBack,
                            stage.in,
                            gradient,
                            stage.s);
                case WeightStage.Dorefa(int bits) -> {
                    if (bits > 1) {
                        graph.task(
                                graph.threads("dorefaBack", count),
                                QuantiserKernels::dorefaBack,
                                stage.in,
                                stage.extremes,
                                gradient,
                                stage.s);
                    }
                }
                case WeightStage.Varied varied -> {
                    if (varied.throughFactor()) {
                        graph.task(
                                graph.threads("factorBack", count),
                                VariationKernels::factorBack,
                                stage.in,
                                stage.out,
                                gradient,
                                stage.s);
                    }
                }
            }
        }
    }
}
