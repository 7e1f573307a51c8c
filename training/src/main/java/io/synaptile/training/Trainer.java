/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.Fit;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.WeightDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trains a network by back-propagation through time on a compute backend.
 *
 * <pre>
 *   for every batch:
 *     effective = transforms(latent)                 quantise, vary; a new draw as the variation demands
 *     scores = forward(effective), loss, backward    both passes with the same effective weights
 *     latent gradient = pull-back of the effective one
 *     parameters = optimiser step                    weights, scales and all else that is trainable
 *   where layers are on arrays, passes forward read these, and passes back go through what they hold
 *   after every epoch: accuracy on the validation images with running statistics; varied layers are drawn anew,
 *     the same few draws after every epoch, so that the epoch chosen is the one that stands variation best
 * </pre>
 *
 * <p>Results depend on the options' seed, on the sample ids and on the batch size, never on the number of threads or on
 * where training was interrupted.
 */
public final class Trainer {
    /** Draws of the varied weights that the validation accuracy is the mean of. */
    private static final int VALIDATION_DRAWS = 3;

    private final ComputeBackend backend;
    private final Network network;
    private final ImageSource train;
    private final ImageSource validation;
    private final TrainingOptions options;
    /** For the backend's device; empty if weights are prepared here. */
    private final Optional<TrainingRecipe> recipe;

    /** One visit of every training image: rate of the last step, mean loss and fraction correct. */
    private record Pass(float rate, double loss, double accuracy, long steps, GradientNorms gradients) {}

    /**
     * Prepares a training.
     *
     * @param validation images that choose the best epoch; never the test images
     * @throws IllegalArgumentException if images do not fit the network, or a batch is too small for its norms
     */
    public Trainer(
            ComputeBackend backend,
            Network network,
            ImageSource train,
            ImageSource validation,
            TrainingOptions options) {
        this.backend = backend;
        this.network = network;
        this.train = train;
        this.validation = validation;
        this.options = options;
        this.recipe = backend.keepsWeights() ? Steps.recipe(network, options) : Optional.empty();
        Fit.check(network, train, "training");
        Fit.check(network, validation, "validation");
        options.images().augmentation().check(train.shape());
        for (int node : transformsAfter(0).stages().keySet()) {
            if (node < 0
                    || node >= network.nodes().size()
                    || !network.node(node).isSynapse()) {
                throw new IllegalArgumentException("node " + node + " has a weight transform but no weights");
            }
        }
        boolean norms = network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.StepNorm);
        if (norms
                && train.size()
                                / EpochOrder.batches(
                                        train.size(), options.images().batch())
                        < 2) {
            throw new IllegalArgumentException("batch " + options.images().batch() + " cuts " + train.size()
                    + " training images into batches of 1; batch normalisation needs at least 2");
        }
    }

    /** Where weights are prepared: on the backend's device if it keeps weights and every transform can be said in numbers. */
    public WeightPlace weightsPreparedOn() {
        return recipe.isPresent() ? WeightPlace.DEVICE : WeightPlace.HOST;
    }

    /**
     * Trains from a state to the last epoch.
     *
     * @param from initial or saved state, not changed
     * @throws IllegalArgumentException if the state does not belong to the network
     * @throws ArithmeticException if the loss or a weight stops being finite
     */
    public TrainedModel train(TrainingState from, TrainingListener listener) {
        return kept(advance(from, options.epochs(), listener), KeepRule.BEST);
    }

    /**
     * The model that a state comes to.
     *
     * @throws IllegalArgumentException if no epoch has been finished
     */
    public TrainedModel kept(TrainingState end, KeepRule keep) {
        TrainingState.BestEpoch kept = keep.of(end);
        return TrainedModel.of(network, transformsAfter(kept.epoch()), end.history(), kept);
    }

    /** Transforms of the weights that the last step of an epoch leaves. */
    private LayerTransforms transformsAfter(int epoch) {
        int batches = EpochOrder.batches(train.size(), options.images().batch());
        return options.transforms().after(Clock.endOf(epoch, options.epochs(), batches));
    }

    /**
     * Trains until a number of epochs is finished in all or patience is over; nothing happens if that is so already.
     *
     * @param from initial or saved state, not changed
     * @param untilEpoch at most the options' epochs
     * @return the state after these epochs
     */
    public TrainingState advance(TrainingState from, int untilEpoch, TrainingListener listener) {
        if (untilEpoch > options.epochs()) {
            throw new IllegalArgumentException("asked to train until epoch " + untilEpoch + " of " + options.epochs());
        }
        from.check(network, options.images().timeSteps(), options.descent().optimiser());
        TrainingState state = from.copy();
        int largest = Math.min(options.images().batch(), train.size());
        HeldLayers held = new HeldLayers(options.loop());
        try (TrainableNetwork trainable = backend.train(
                network,
                options.loop().map(ArrayLoop::layers).orElse(Set.of()),
                options.images().timeSteps(),
                largest,
                options.threads())) {
            Steps steps = Steps.from(state, trainable, network, options, held, recipe);
            BatchReader reader = new BatchReader(
                    train,
                    options.images().augmentation(),
                    options.images().timeSteps(),
                    options.images().encoder(),
                    options.seed());
            while (state.epochsDone() < untilEpoch && !isStopped(state)) {
                Pass trained = epoch(steps, state, reader, listener);
                gather(steps, state);
                state = validated(state, trained, held);
                listener.epochFinished(state.history().getLast(), state);
            }
        }
        return state;
    }

    /** Whether the last epochs, as many as the options' patience, brought no better one. */
    private boolean isStopped(TrainingState state) {
        return options.patience() > 0
                && state.best().isPresent()
                && state.epochsDone() - 1 - state.best().orElseThrow().epoch() >= options.patience();
    }

    private Pass epoch(Steps steps, TrainingState state, BatchReader reader, TrainingListener listener) {
        int epoch = state.epochsDone();
        int[] order = EpochOrder.shuffled(train.size(), options.seed(), epoch);
        int batches = EpochOrder.batches(order.length, options.images().batch());
        TrainingState.BegunEpoch begun = state.begun().orElse(null);
        int firstBatch = begun == null ? 0 : begun.batchesDone();
        if (firstBatch >= batches) {
            throw new IllegalArgumentException(
                    "training state after batch " + firstBatch + " of an epoch of " + batches + " batches");
        }
        int visited = EpochOrder.start(firstBatch, batches, order.length);
        double loss = begun == null ? 0 : begun.loss();
        int correct = begun == null ? 0 : begun.correct();
        GradientNorms gradients = new GradientNorms(network, begun);
        float rate = 0f;
        long start = System.nanoTime();
        for (int b = firstBatch; b < batches; b++) {
            int first = EpochOrder.start(b, batches, order.length);
            int end = EpochOrder.start(b + 1, batches, order.length);
            BatchReader.Batch batch = reader.read(order, first, end, epoch);
            long number = state.steps() + b - firstBatch + 1;
            Clock clock = Clock.of(epoch, options.epochs(), b, batches);
            rate = options.descent().schedule().rate(clock);
            ResidentTraining.Step step = steps.step(batch, new Steps.Place(clock, rate, b, number));
            if (!Double.isFinite(step.loss())) {
                throw diverged("loss " + step.loss(), epoch);
            }
            gradients.add(steps.gradientNorms());
            loss += step.loss() * (end - first);
            correct += step.correct();
            double seconds = (System.nanoTime() - start) * 1e-9;
            listener.batchFinished(
                    new BatchProgress(epoch, options.epochs(), b + 1, batches, loss / end, (end - visited) / seconds));
            // What arrays hold within an epoch is in no state.
            if (b + 1 < batches && options.loop().isEmpty()) {
                TrainingState.BegunEpoch reached = new TrainingState.BegunEpoch(b + 1, loss, correct, gradients.sums());
                listener.betweenBatches(() -> gather(steps, state).inside(reached, number));
            }
        }
        return new Pass(
                rate,
                loss / order.length,
                (double) correct / order.length,
                state.steps() + batches - firstBatch,
                gradients);
    }

    /** Fetches from the backend what it changes itself; the last update is followed by no loss that would tell of divergence. */
    private TrainingState gather(Steps steps, TrainingState state) {
        steps.gather();
        requireFinite(state);
        return state;
    }

    private void requireFinite(TrainingState state) {
        state.parameters().forEach((id, values) -> {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    String layer = network.node(id.node()).name();
                    throw diverged("a " + id.role().id() + " of layer " + layer + " is " + value, state.epochsDone());
                }
            }
        });
    }

    private static ArithmeticException diverged(String what, int epoch) {
        return new ArithmeticException(
                "training diverged: " + what + " in epoch " + (epoch + 1) + "; a lower lr may help");
    }

    /** The state after an epoch's training, with its validation accuracy and the best epoch brought up to date. */
    private TrainingState validated(TrainingState state, Pass trained, HeldLayers held) {
        int epoch = state.epochsDone();
        Evaluator evaluator = options.validator(backend);
        double accuracy = 0;
        long[] spikes = new long[network.nodes().size()];
        LayerTransforms transforms = transformsAfter(epoch);
        int draws = transforms.isRandom() ? VALIDATION_DRAWS : 1;
        for (int draw = 0; draw < draws; draw++) {
            TreeMap<Integer, float[]> weights = new TreeMap<>();
            for (Map.Entry<Integer, float[]> latent : state.weights().entrySet()) {
                WeightDraw which = new WeightDraw(options.seed(), latent.getKey(), Evaluator.VALIDATION_PASS, draw);
                weights.put(latent.getKey(), transforms.drawn(latent.getKey(), latent.getValue(), which));
            }
            Parameters effective = state.parameters().withWeights(weights);
            held.write(effective);
            Evaluation evaluation = evaluator.evaluate(held.plan(network, effective), validation);
            accuracy += evaluation.accuracy() / draws;
            for (int node = 0; node < spikes.length; node++) {
                spikes[node] +=
                        Arrays.stream(evaluation.activity()[node].spikes).sum();
            }
        }
        boolean better =
                state.best().isEmpty() || accuracy > state.best().orElseThrow().validationAccuracy();
        List<EpochResult> history = new ArrayList<>(state.history());
        long neuronSteps = (long) draws * validation.size() * options.images().timeSteps();
        history.add(new EpochResult(
                epoch,
                trained.rate(),
                trained.loss(),
                trained.accuracy(),
                accuracy,
                measures(state, transforms, trained.gradients(), spikes, neuronSteps)));
        return state.after(
                trained.steps(), better ? Optional.of(state.asBest(epoch, accuracy)) : state.best(), history);
    }

    /** What the epoch left of every parameter, and how often neurons fired. */
    private List<LayerMeasure> measures(
            TrainingState state, LayerTransforms transforms, GradientNorms gradients, long[] spikes, long neuronSteps) {
        List<LayerMeasure> measures = new ArrayList<>();
        for (Network.Node node : network.nodes()) {
            for (Role role : node.parameters(1).keySet()) {
                ParameterId id = new ParameterId(node.id(), role);
                if (role.isTrainable()) {
                    float[] latent = state.parameters().get(id);
                    float[] used = role == Role.WEIGHT ? transforms.ideal(node.id(), latent) : latent;
                    measures.add(new LayerMeasure(
                            node.name(),
                            role.id(),
                            BatchStep.norm(latent),
                            gradients.mean(id),
                            zeros(used),
                            Double.NaN));
                }
            }
            if (node.layer() instanceof Layer.Neuron) {
                measures.add(LayerMeasure.ofNeurons(
                        node.name(),
                        (double) spikes[node.id()] / neuronSteps / node.out().size()));
            }
        }
        return measures;
    }

    private static double zeros(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0f ? 1 : 0;
        }
        return (double) zeros / values.length;
    }
}
