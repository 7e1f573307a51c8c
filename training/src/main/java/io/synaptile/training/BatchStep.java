/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
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
    private final HeldLayers held;
    private float[] scoreGradient = new float[0];

    BatchStep(Network network, TrainingOptions options, HeldLayers held) {
        this.network = network;
        this.options = options;
        this.held = held;
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
        install(trainable, state, place, 0);
    }

    /**
     * The same with the weights of layers on arrays moved by their perturbation.
     *
     * @param way 1 along it, -1 against it, 0 not at all
     */
    void install(TrainableNetwork trainable, TrainingState state, Steps.Place place, int way) {
        transformBy(options.transforms().at(place.clock()));
        Map<Integer, float[]> effective = new TreeMap<>();
        state.parameters().forEach((id, values) -> {
            if (id.role() == Role.WEIGHT) {
                WeightDraw draw =
                        new WeightDraw(options.seed(), id.node(), place.clock().epoch(), place.number());
                float[] latent = way != 0 && isOnArrays(id) ? moved(id, values, place, way) : values;
                effective.put(id.node(), transformed.get(id.node()).apply(latent, draw));
                if (!isOnArrays(id)) {
                    trainable.set(id, effective.get(id.node()));
                }
            } else if (id.role().isTrainable()) {
                trainable.set(id, values);
            }
        });
        if (options.loop().isPresent()) {
            if (options.loop().get().isDue(place.number())) {
                held.write(state.parameters().withWeights(effective));
            }
            held.install(trainable);
        }
    }

    private boolean isOnArrays(ParameterId id) {
        return id.role() == Role.WEIGHT
                && options.loop().map(own -> own.layers().contains(id.node())).orElse(false);
    }

    private float[] moved(ParameterId id, float[] latent, Steps.Place place, int way) {
        float step = way * largestStep(latent);
        float[] signs = signs(id, latent.length, place);
        float[] moved = new float[latent.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = latent[i] + step * signs[i];
        }
        return moved;
    }

    /** By how much a weight of a layer is perturbed. */
    private float largestStep(float[] latent) {
        float largest = 0f;
        for (float value : latent) {
            largest = Math.max(largest, Math.abs(value));
        }
        return options.loop().orElseThrow().perturbation() * largest;
    }

    /** 1 or -1 for every weight, drawn for this step. */
    private float[] signs(ParameterId id, int count, Steps.Place place) {
        NoiseStream random = NoiseStream.of(
                options.seed(),
                Purpose.WEIGHT_PERTURBATION,
                id.node(),
                place.clock().epoch(),
                place.number());
        float[] signs = new float[count];
        for (int i = 0; i < count; i++) {
            signs[i] = random.nextFloat() < 0.5f ? -1f : 1f;
        }
        return signs;
    }

    /** Moves every parameter by one step along the gradients of the last backward pass. */
    void update(TrainableNetwork trainable, TrainingState state, Steps.Place place) {
        update(trainable, state, place, Double.NaN);
    }

    /**
     * The same where layers on arrays are a black box.
     *
     * @param difference of the losses on the two sides of their weights
     */
    void update(TrainableNetwork trainable, TrainingState state, Steps.Place place, double difference) {
        state.parameters().forEach((id, values) -> {
            if (id.role().isTrainable()) {
                float[] gradient = gradients.computeIfAbsent(id, _ -> new float[values.length]);
                if (!Double.isNaN(difference) && isOnArrays(id)) {
                    measure(id, values, gradient, place, difference);
                } else {
                    trainable.gradient(id, gradient);
                    if (id.role() == Role.WEIGHT) {
                        transformed.get(id.node()).pullBack(gradient);
                    }
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

    /** What the difference of two losses says of the derivative by every weight. */
    private void measure(ParameterId id, float[] latent, float[] gradient, Steps.Place place, double difference) {
        float step = largestStep(latent);
        float slope = step == 0f ? 0f : (float) (difference / (2 * step));
        float[] signs = signs(id, latent.length, place);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = slope * signs[i];
        }
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
