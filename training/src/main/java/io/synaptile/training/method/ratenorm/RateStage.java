/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.training.EpochOrder;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.conversion.NormFolding;
import io.synaptile.training.conversion.NotConvertibleException;
import io.synaptile.training.method.Bench;
import io.synaptile.training.optimise.Optimiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The second stage of a training with rate norms: only their scales move, so that rates come closer to 0 and 1 and the spiking
 * network needs fewer steps, as long as accuracy allows.
 *
 * <pre>
 *   loss = 1 - mean cosine(teacher's scores, student's scores) + lambda * mean of omega over rate norms and scores
 * </pre>
 *
 * <p>Norms are folded before, so that they use their running statistics. Where the teacher is the student itself the first term and its
 * derivative are 0, as in the published code.
 *
 * <p>Source: J. Ding et al., "Optimal ANN-SNN conversion for fast and accurate inference in deep spiking neural networks", IJCAI
 * 2021, with the corrections that the documentation of the method lists.
 */
final class RateStage {
    private final Bench bench;
    private final TrainingOptions options;
    private final RateRule rule;
    private final Network network;
    private final Parameters start;
    private final List<Integer> norms;
    /** Scales as they move, one or one of every rate norm. */
    private final float[] scales;

    /**
     * A look at the validation images.
     *
     * @param batch number of batches trained before
     * @param accuracy fraction of the images
     * @param omega mean over rate norms and scores
     * @param scales of the rate norms, in their order
     * @param saved whether no look before had a lower omega and an accuracy that is tolerated
     */
    record Look(int batch, double accuracy, double omega, float[] scales, boolean saved) {}

    /**
     * Prepares the stage.
     *
     * @param network of the first stage
     * @param trained its effective parameters
     */
    RateStage(Network network, Parameters trained, TrainingOptions options, RateRule rule, Bench bench) {
        NormFolding folding = NormFolding.of(network, trained);
        this.network = folding.network()
                .replacing(node -> node.layer() instanceof Layer.RateNorm norm ? norm.withLock() : node.layer());
        this.start = folding.parameters();
        this.bench = bench;
        this.options = options;
        this.rule = rule;
        this.norms = network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.RateNorm)
                .map(Network.Node::id)
                .toList();
        this.scales = new float[rule.shared() ? 1 : norms.size()];
        Arrays.fill(scales, rule.scale());
    }

    /**
     * Trains until the epochs are over or the accuracy falls below what is tolerated.
     *
     * @param baseline accuracy of the first stage on the validation images, as a fraction
     * @param listener is told that the stage begins and advances
     * @return every look at the validation images, in order
     */
    List<Look> train(double baseline, TrainingListener listener) {
        List<Look> looks = new ArrayList<>();
        double limit = baseline - rule.tolerance();
        double lowest = Double.POSITIVE_INFINITY;
        Map<String, float[]> slots = new TreeMap<>();
        rule.optimiser().slots().forEach(name -> slots.put(name, new float[scales.length]));
        Presentation images = options.images();
        int size = bench.train().size();
        int batches = batches();
        listener.stageBegan("scales of rate norms", rule.epochs() * batches);
        Map<Long, float[]> taught = rule.teacherMoves() ? Map.of() : scoresOfAll();
        BatchReader reader = new BatchReader(bench.train(), ImageChange.NONE, 1, images.encoder(), options.seed());
        int done = 0;
        String seen = "";
        try (TrainableNetwork student =
                bench.backend().train(network, 1, Math.min(images.batch(), size), options.threads())) {
            start.forEach(student::set);
            for (int epoch = 0; epoch < rule.epochs(); epoch++) {
                int[] order = EpochOrder.shuffled(size, options.seed(), options.epochs() + epoch);
                for (int b = 0; b < batches; b++) {
                    int from = EpochOrder.start(b, batches, size);
                    int to = EpochOrder.start(b + 1, batches, size);
                    step(
                            student,
                            reader.read(order, from, to, options.epochs() + epoch)
                                    .input(),
                            taught,
                            slots,
                            ++done);
                    boolean last = epoch + 1 == rule.epochs() && b + 1 == batches;
                    if (done % rule.validateEvery() == 0 || last) {
                        Look look = look(done, limit, lowest);
                        looks.add(look);
                        seen = String.format(Locale.ROOT, "omega %.2f, %.2f %%", look.omega(), 100 * look.accuracy());
                        if (look.accuracy() < limit) {
                            return looks;
                        }
                        lowest = Math.min(lowest, look.omega());
                    }
                    listener.stageAdvanced(seen);
                }
            }
        }
        return looks;
    }

    /** Batches of an epoch. */
    int batches() {
        return EpochOrder.batches(bench.train().size(), options.images().batch());
    }

    /** Moves the scales by one batch. */
    private void step(
            TrainableNetwork student,
            InputBatch batch,
            Map<Long, float[]> taught,
            Map<String, float[]> slots,
            int number) {
        for (int i = 0; i < norms.size(); i++) {
            student.set(new ParameterId(norms.get(i), Role.SCALE), new float[] {scale(i)});
        }
        Outputs outputs = new Outputs();
        float[] scores = student.forward(batch, outputs);
        float[] byScores = new float[scores.length];
        int classes = network.classes();
        float[] teacher = rule.teacherMoves() ? scores : gathered(taught, batch, classes);
        CosineDistance.evaluate(teacher, scores, classes, byScores);
        double weight = rule.lambda() / (norms.size() + 1);
        Omega.ofScores(scores, weight, byScores);
        Map<Integer, float[]> byOutput = new TreeMap<>();
        outputs.maps.forEach((node, maps) -> {
            Omega omega = new Omega();
            maps.forEach(omega::add);
            byOutput.put(node, derivatives(omega, weight, maps));
        });
        student.backward(byScores, byOutput);
        float[] gradient = new float[scales.length];
        float[] own = new float[1];
        for (int i = 0; i < norms.size(); i++) {
            student.gradient(new ParameterId(norms.get(i), Role.SCALE), own);
            gradient[rule.shared() ? 0 : i] += own[0];
        }
        List<float[]> ordered =
                rule.optimiser().slots().stream().map(slots::get).toList();
        rule.optimiser().step(scales, gradient, ordered, new Optimiser.Update(rule.rate(), rule.decay(), number));
    }

    private static float[] derivatives(Omega omega, double weight, List<float[]> maps) {
        float[] derivatives = new float[maps.size() * maps.getFirst().length];
        int at = 0;
        for (float[] map : maps) {
            for (float activation : map) {
                derivatives[at++] = (float) (weight * omega.derivative(activation));
            }
        }
        return derivatives;
    }

    private float scale(int norm) {
        return scales[rule.shared() ? 0 : norm];
    }

    private static float[] gathered(Map<Long, float[]> taught, InputBatch batch, int classes) {
        float[] all = new float[batch.samples() * classes];
        for (int n = 0; n < batch.samples(); n++) {
            System.arraycopy(taught.get(batch.sampleIds()[n]), 0, all, n * classes, classes);
        }
        return all;
    }

    /** What the rate norms show of a batch, sample by sample. */
    private final class Outputs implements Probe {
        private final Map<Integer, List<float[]>> maps = new TreeMap<>();

        @Override
        public boolean wants(int node, Quantity quantity) {
            return quantity == Quantity.OUTPUT && norms.contains(node);
        }

        @Override
        public void see(View view, float[] values) {
            maps.computeIfAbsent(view.node(), _ -> new ArrayList<>()).add(values.clone());
        }
    }

    /** Receives the result of a batch. */
    @FunctionalInterface
    private interface Seen {
        void batch(BatchReader.Batch batch, BatchResult result, Outputs outputs);
    }

    /** Runs all images of a source with the running maxima and given scales. */
    private void each(ImageSource source, Parameters parameters, Seen seen) {
        int batch = options.images().batch();
        BatchReader reader =
                new BatchReader(source, ImageChange.NONE, 1, options.images().encoder(), options.seed());
        int[] order = IntStream.range(0, source.size()).toArray();
        ComputeBackend backend = bench.backend();
        try (ExecutableNetwork ready =
                backend.prepare(NetworkPlan.ideal(network, parameters), batch, options.threads())) {
            for (int from = 0; from < order.length; from += batch) {
                BatchReader.Batch next = reader.read(order, from, Math.min(order.length, from + batch), 0);
                Outputs outputs = new Outputs();
                seen.batch(next, ready.run(next.input(), outputs), outputs);
            }
        }
    }

    /** Scores of the model of the first stage, by sample. */
    private Map<Long, float[]> scoresOfAll() {
        Map<Long, float[]> taught = new TreeMap<>();
        int classes = network.classes();
        each(bench.train(), start, (batch, result, _) -> {
            for (int n = 0; n < batch.input().samples(); n++) {
                taught.put(
                        batch.input().sampleIds()[n],
                        Arrays.copyOfRange(result.scores(), n * classes, (n + 1) * classes));
            }
        });
        return taught;
    }

    private Look look(int batch, double limit, double lowest) {
        float[] own = new float[norms.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = scale(i);
        }
        double[] found = measured(bench.validation(), with(start, own));
        boolean saved = found[0] > limit && found[1] < lowest;
        return new Look(batch, found[0], found[1], own, saved);
    }

    /**
     * Accuracy as a fraction and mean omega on images, each batch counting as many times as it has images.
     *
     * @throws NotConvertibleException if a layer is never active
     */
    private double[] measured(ImageSource source, Parameters parameters) {
        double[] sums = new double[2];
        Set<Integer> silent = new TreeSet<>(norms);
        each(source, parameters, (batch, result, outputs) -> {
            int samples = batch.labels().length;
            float[] scores = result.scores();
            double omegas = Omega.ofScores(scores, 0, new float[scores.length]);
            for (Map.Entry<Integer, List<float[]>> maps : outputs.maps.entrySet()) {
                Omega omega = new Omega();
                maps.getValue().forEach(omega::add);
                double value = omega.value();
                omegas += value;
                if (value > 0) {
                    silent.remove(maps.getKey());
                }
            }
            sums[1] += samples * omegas / (norms.size() + 1);
            for (int n = 0; n < samples; n++) {
                sums[0] += result.prediction(0, n) == batch.labels()[n] ? 1 : 0;
            }
        });
        if (!silent.isEmpty()) {
            throw NotConvertibleException.silent(
                    network.node(silent.iterator().next()).name(), "validation");
        }
        return new double[] {sums[0] / source.size(), sums[1] / source.size()};
    }

    /** Mean omega and accuracy of the first stage, as a look before any batch. */
    Look before() {
        float[] own = new float[norms.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = start.get(new ParameterId(norms.get(i), Role.SCALE))[0];
        }
        double[] found = measured(bench.validation(), start);
        return new Look(0, found[0], found[1], own, true);
    }

    /** Parameters of the first stage's network with other scales. */
    Parameters with(Parameters parameters, float... others) {
        Map<ParameterId, float[]> scaled = new TreeMap<>();
        for (int i = 0; i < others.length; i++) {
            scaled.put(new ParameterId(norms.get(i), Role.SCALE), new float[] {others[i]});
        }
        return parameters.with(Parameters.of(scaled));
    }
}
