/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.TransformedWeights;
import io.synaptile.training.transform.WeightDraw;
import io.synaptile.training.transform.WeightTransform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Carries parameters to the backend before a pass and gradients back after it; owns the working arrays of a training. */
final class BatchStep {
    private final Network network;
    private final TrainingOptions options;
    private final Map<Integer, TransformedWeights> transformed = new TreeMap<>();
    private LayerTransforms current;
    private final Map<ParameterId, float[]> gradients = new TreeMap<>();
    private final Map<ParameterId, Double> norms = new TreeMap<>();
    private float[] scoreGradient = new float[0];

    BatchStep(Network network, TrainingOptions options) {
        this.network = network;
        this.options = options;
    }

    private void transformBy(LayerTransforms transforms) {
        if (transforms != current) {
            current = transforms;
            for (Network.Node node : network.synapses()) {
                List<WeightTransform> stages = transforms.of(node.id());
                transformed
                        .computeIfAbsent(node.id(), _ -> new TransformedWeights(stages, node.weightCount()))
                        .change(stages);
            }
        }
    }

    /** Sets what a batch is computed with: effective weights, and all else that the optimiser moves as it is. */
    void install(TrainableNetwork trainable, TrainingState state, Steps.Place place) {
        transformBy(options.transforms().at(place.clock()));
        state.parameters().forEach((id, values) -> {
            if (id.role() == Role.WEIGHT) {
                WeightDraw draw =
                        new WeightDraw(options.seed(), id.node(), place.clock().epoch(), place.number());
                trainable.set(id, transformed.get(id.node()).apply(values, draw));
            } else if (id.role().isTrainable()) {
                trainable.set(id, values);
            }
        });
    }

    /** Moves every parameter by one step along the gradients of the last backward pass. */
    void update(TrainableNetwork trainable, TrainingState state, Steps.Place place) {
        state.parameters().forEach((id, values) -> {
            if (id.role().isTrainable()) {
                float[] gradient = gradients.computeIfAbsent(id, _ -> new float[values.length]);
                trainable.gradient(id, gradient);
                if (id.role() == Role.WEIGHT) {
                    transformed.get(id.node()).pullBack(gradient);
                }
                norms.put(id, norm(gradient));
                options.descent()
                        .move(
                                network,
                                id,
                                values,
                                gradient,
                                state.slots(),
                                place.rate(),
                                place.step(),
                                place.clock().epoch());
            }
        });
    }

    /** Euclidean norms of the gradients of the last update. */
    Map<ParameterId, Double> gradientNorms() {
        return norms;
    }

    /** Euclidean norm, summed in double precision. */
    static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Array for the derivative by the scores of a batch, used again while the length stays. */
    float[] scoreGradient(int length) {
        if (scoreGradient.length != length) {
            scoreGradient = new float[length];
        }
        return scoreGradient;
    }
}
