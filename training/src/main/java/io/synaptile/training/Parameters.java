/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import io.synaptile.training.transform.TransformedWeights;
import io.synaptile.training.transform.WeightDraw;
import java.util.Map;
import java.util.TreeMap;

/** Carries weights to the backend before a pass and gradients back after it; owns the working arrays of a training. */
final class Parameters {
    private final TrainingOptions options;
    private final Map<Integer, TransformedWeights> transformed = new TreeMap<>();
    private final Map<Integer, float[]> gradients = new TreeMap<>();
    private float[] scoreGradient = new float[0];

    Parameters(Network network, TrainingOptions options) {
        this.options = options;
        for (Network.Node node : network.synapses()) {
            transformed.put(
                    node.id(),
                    new TransformedWeights(options.transforms().of(node.id()), node.weightCount()));
        }
    }

    /** Sets the effective weights of a batch. */
    void install(TrainableNetwork trainable, TrainingState state, int epoch, int batch) {
        transformed.forEach((node, weights) -> trainable.setWeights(
                node,
                weights.apply(state.latent().get(node), new WeightDraw(options.seed(), node, epoch, batch))));
    }

    /** Moves latent weights and norm scales by one step along the gradients of the last backward pass. */
    void update(TrainableNetwork trainable, TrainingState state, float rate) {
        state.latent().forEach((node, latent) -> {
            float[] gradient = gradient(node, latent.length);
            trainable.weightGradient(node, gradient);
            transformed.get(node).pullBack(gradient);
            options.optimiser().step(latent, gradient, state.velocity().get(node), rate);
        });
        for (Map.Entry<Integer, float[]> entry : state.gammaVelocity().entrySet()) {
            NormState norm = trainable.norm(entry.getKey());
            float[] gradient = gradient(entry.getKey(), norm.gamma().length);
            trainable.gammaGradient(entry.getKey(), gradient);
            options.optimiser().step(norm.gamma(), gradient, entry.getValue(), rate);
        }
    }

    /** Array for the derivative by the scores of a batch, used again while the length stays. */
    float[] scoreGradient(int length) {
        if (scoreGradient.length != length) {
            scoreGradient = new float[length];
        }
        return scoreGradient;
    }

    private float[] gradient(int node, int length) {
        return gradients.computeIfAbsent(node, _ -> new float[length]);
    }
}
