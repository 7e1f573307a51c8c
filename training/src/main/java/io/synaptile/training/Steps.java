/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.ResidentTraining.Step;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.network.Network;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
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
     *
     * @param number number of the batch in its epoch
     */
    Step step(BatchReader.Batch batch, float rate, int epoch, int number);

    /** Brings the arrays of the state up to date. */
    void gather();

    /** Steps from a state on; {@code recipe} is there if weights are to stay on the backend's device. */
    static Steps from(
            TrainingState state,
            TrainableNetwork trainable,
            Network network,
            TrainingOptions options,
            Optional<TrainingRecipe> recipe) {
        if (recipe.isEmpty()) {
            state.norms().forEach((node, norm) -> Trainer.copy(norm, trainable.norm(node)));
            return new OnHost(state, trainable, new Parameters(network, options), options);
        }
        ResidentTraining training = trainable
                .resident(recipe.get())
                .orElseThrow(() -> new IllegalStateException("a backend that keeps weights does not keep these"));
        ResidentTraining.State moved =
                new ResidentTraining.State(state.latent(), state.velocity(), state.norms(), state.gammaVelocity());
        training.put(moved);
        return new OnDevice(training, moved);
    }

    /** What a device must know to train like this; empty where a transform or the loss cannot be said in numbers. */
    static Optional<TrainingRecipe> recipe(TrainingOptions options) {
        Map<Integer, List<WeightStage>> stages = new TreeMap<>();
        for (Map.Entry<Integer, List<WeightTransform>> layer :
                options.transforms().stages().entrySet()) {
            List<WeightStage> list = new ArrayList<>();
            for (WeightTransform transform : layer.getValue()) {
                transform.onDevice().ifPresent(list::add);
            }
            if (list.size() < layer.getValue().size()) {
                return Optional.empty();
            }
            stages.put(layer.getKey(), list);
        }
        return options.loss() instanceof SoftmaxCrossEntropy
                ? Optional.of(new TrainingRecipe(
                        stages,
                        options.optimiser().momentum(),
                        options.optimiser().weightDecay()))
                : Optional.empty();
    }

    /** Weights are prepared here. */
    record OnHost(TrainingState state, TrainableNetwork trainable, Parameters parameters, TrainingOptions options)
            implements Steps {
        @Override
        public Step step(BatchReader.Batch batch, float rate, int epoch, int number) {
            parameters.install(trainable, state, epoch, number);
            float[] scores = trainable.forward(batch.input());
            float[] gradient = parameters.scoreGradient(scores.length);
            double loss = options.loss().evaluate(scores, batch.labels(), gradient);
            if (Double.isFinite(loss)) {
                trainable.backward(gradient);
                parameters.update(trainable, state, rate);
            }
            return new Step(loss, correct(scores, batch.labels()));
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
        public void gather() {
            for (Map.Entry<Integer, NormState> norm : state.norms().entrySet()) {
                Trainer.copy(trainable.norm(norm.getKey()), norm.getValue());
            }
        }
    }

    /** Weights are prepared on the backend's device. */
    record OnDevice(ResidentTraining training, ResidentTraining.State state) implements Steps {
        @Override
        public Step step(BatchReader.Batch batch, float rate, int epoch, int number) {
            return training.step(batch.input(), batch.labels(), rate, epoch, number);
        }

        @Override
        public void gather() {
            training.get(state);
        }
    }
}
