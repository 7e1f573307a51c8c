/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.ResidentTraining.Step;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.WeightTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The batches of a training, wherever its weights are prepared. Moves the arrays of the state it was made with. */
sealed interface Steps {
    /**
     * Trains one batch; where the loss is not finite, what becomes of the weights is not defined.
     */
    Step step(BatchReader.Batch batch, Place place);

    /**
     * Where a step stands in the training.
     *
     * @param rate learning rate
     * @param number of the batch in its epoch, from 0
     * @param step number since training began, from 1
     */
    record Place(Clock clock, float rate, int number, long step) {}

    /** Norms of the gradients of the last step; empty where they are not known. */
    Map<ParameterId, Double> gradientNorms();

    /** Brings the arrays of the state up to date. */
    void gather();

    /** Steps from a state on; {@code recipe} is there if weights are to stay on the backend's device. */
    static Steps from(
            TrainingState state,
            TrainableNetwork trainable,
            Network network,
            TrainingOptions options,
            HeldLayers held,
            Optional<TrainingRecipe> recipe) {
        if (recipe.isEmpty()) {
            state.parameters().forEach(trainable::set);
            HiddenMaps hidden = new HiddenMaps(network, options.loss().hidden());
            return new OnHost(state, trainable, new BatchStep(network, options, held), hidden, options);
        }
        ResidentTraining training = trainable
                .resident(recipe.get())
                .orElseThrow(() -> new IllegalStateException("a backend that keeps weights does not keep these"));
        ResidentTraining.State moved = new ResidentTraining.State(
                state.parameters(), state.slots().firstEntry().getValue());
        training.put(moved);
        return new OnDevice(training, moved);
    }

    /** What a device must know to train like this; empty where layers are on arrays, a transform, the loss, the descent or a parameter is none that it knows, or the network has loops or channels in groups. */
    static Optional<TrainingRecipe> recipe(Network network, TrainingOptions options) {
        boolean known = network.nodes().stream()
                .flatMap(node -> node.parameters(1).keySet().stream())
                .filter(Role::isTrainable)
                .allMatch(role -> role == Role.WEIGHT || role == Role.GAMMA);
        if (!known || options.loop().isPresent() || !network.loops().isEmpty() || network.hasGroups()) {
            return Optional.empty();
        }
        Map<Integer, List<WeightStage>> stages = new TreeMap<>();
        if (!(options.transforms() instanceof LayerTransforms(Map<Integer, List<WeightTransform>> transforms))) {
            return Optional.empty();
        }
        for (Map.Entry<Integer, List<WeightTransform>> layer : transforms.entrySet()) {
            List<WeightStage> list = new ArrayList<>();
            for (WeightTransform transform : layer.getValue()) {
                transform.onDevice().ifPresent(list::add);
            }
            if (list.size() < layer.getValue().size()) {
                return Optional.empty();
            }
            stages.put(layer.getKey(), list);
        }
        Descent descent = options.descent();
        return options.loss() instanceof SoftmaxCrossEntropy(double smoothing)
                        && smoothing == 0
                        && descent.optimiser() instanceof Sgd(float momentum, boolean nesterov)
                        && !nesterov
                        && descent.groups().isPlain()
                ? Optional.of(new TrainingRecipe(
                        stages, momentum, descent.groups().others().decay()))
                : Optional.empty();
    }

    /** Weights are prepared here. */
    record OnHost(
            TrainingState state,
            TrainableNetwork trainable,
            BatchStep batches,
            HiddenMaps hidden,
            TrainingOptions options)
            implements Steps {
        @Override
        public Step step(BatchReader.Batch batch, Place place) {
            return options.loop().filter(ArrayLoop::isBlackBox).isPresent()
                    ? measured(batch, place)
                    : derived(batch, place);
        }

        private Step derived(BatchReader.Batch batch, Place place) {
            batches.install(trainable, state, place);
            Seen seen = forward(batch);
            if (Double.isFinite(seen.loss())) {
                trainable.backward(seen.gradient(), hidden.gradients());
                batches.update(trainable, state, place);
            }
            return seen.step(batch);
        }

        /** The layers on arrays by the difference of two losses, and what comes after them by derivatives at the second. */
        private Step measured(BatchReader.Batch batch, Place place) {
            batches.install(trainable, state, place, 1);
            double above = forward(batch).loss();
            batches.install(trainable, state, place, -1);
            Seen below = forward(batch);
            if (Double.isFinite(above) && Double.isFinite(below.loss())) {
                trainable.backward(below.gradient(), hidden.gradients());
                batches.update(trainable, state, place, above - below.loss());
            }
            return below.step(batch);
        }

        /**
         * What a pass gave.
         *
         * @param gradient derivative of the loss by the scores
         */
        private record Seen(float[] scores, float[] gradient, double loss) {
            Step step(BatchReader.Batch batch) {
                return new Step(loss, correct(scores, batch.labels()));
            }
        }

        private Seen forward(BatchReader.Batch batch) {
            hidden.prepare(batch.input());
            float[] scores = trainable.forward(batch.input(), hidden);
            float[] gradient = batches.scoreGradient(scores.length);
            double loss = options.loss().evaluate(scores, batch.labels(), gradient) + hidden.evaluate();
            return new Seen(scores, gradient, loss);
        }

        private static int correct(float[] scores, int[] labels) {
            int classes = scores.length / labels.length;
            int correct = 0;
            for (int n = 0; n < labels.length; n++) {
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    if (scores[n * classes + c] > scores[n * classes + best]) {
                        best = c;
                    }
                }
                correct += best == labels[n] ? 1 : 0;
            }
            return correct;
        }

        @Override
        public Map<ParameterId, Double> gradientNorms() {
            return batches.gradientNorms();
        }

        @Override
        public void gather() {
            state.parameters().forEach((id, values) -> {
                if (!id.role().isTrainable()) {
                    trainable.get(id, values);
                }
            });
        }
    }

    /** Weights are prepared on the backend's device. */
    record OnDevice(ResidentTraining training, ResidentTraining.State state) implements Steps {
        @Override
        public Step step(BatchReader.Batch batch, Place place) {
            return training.step(
                    batch.input(), batch.labels(), place.rate(), place.clock().epoch(), place.number());
        }

        @Override
        public Map<ParameterId, Double> gradientNorms() {
            return Map.of();
        }

        @Override
        public void gather() {
            training.get(state);
        }
    }
}
