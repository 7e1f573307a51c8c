/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of every value, all steps and samples together; see {@link Layer.Activation} for the equations. */
final class ActivationOps {
    private final Network.Node node;
    private final Layer.Activation layer;
    private final Parameters parameters;

    /** @param parameters of all nodes; a running maximum among them is moved by {@link #follow} */
    ActivationOps(Network.Node node, Layer.Activation layer, Parameters parameters) {
        this.node = node;
        this.layer = layer;
        this.parameters = parameters;
    }

    private float[] own(Role role) {
        return parameters.get(new ParameterId(node.id(), role));
    }

    /** Moves a running maximum towards the largest value of a batch in training. */
    void follow(INDArray x) {
        if (layer instanceof Layer.RateNorm norm) {
            float largest = 0f;
            for (float value : Arena.values(x)) {
                largest = Math.max(largest, value);
            }
            float[] maximum = own(Role.RUNNING_MAX);
            maximum[0] = norm.follow(maximum[0], largest);
        }
    }

    private float threshold(Layer.RateNorm norm) {
        return norm.threshold(own(Role.RUNNING_MAX)[0], own(Role.SCALE)[0]);
    }

    INDArray evaluate(INDArray x, Arena arena) {
        float[] values = Arena.values(x).clone();
        switch (layer) {
            case Layer.Relu(float ceiling) -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.min(Math.max(values[i], 0f), ceiling);
                }
            }
            case Layer.RateNorm norm -> {
                float threshold = threshold(norm);
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.min(Math.max(values[i], 0f) / threshold, 1f);
                }
            }
            case Layer.Qcfs quantised -> {
                float threshold = own(Role.THRESHOLD)[0];
                for (int i = 0; i < values.length; i++) {
                    values[i] = level(values[i], threshold, quantised.levels()) * (threshold / quantised.levels());
                }
            }
        }
        return arena.of(values, x.shape());
    }

    private static float place(float x, float threshold, int levels) {
        return x * (levels / threshold) + 0.5f;
    }

    private static float level(float x, float threshold, int levels) {
        return (float) Math.floor(Math.min(Math.max(place(x, threshold, levels), 0f), levels));
    }

    /**
     * Derivative by x.
     *
     * @param gradients receive those by the parameters, in the arrays of their names
     */
    INDArray backward(INDArray x, INDArray g, Parameters gradients, Arena arena) {
        float[] values = Arena.values(x);
        float[] gradient = Arena.values(g).clone();
        switch (layer) {
            case Layer.Relu(float ceiling) -> {
                for (int i = 0; i < values.length; i++) {
                    gradient[i] = values[i] > 0f && values[i] < ceiling ? gradient[i] : 0f;
                }
            }
            case Layer.RateNorm norm -> {
                float threshold = threshold(norm);
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    float passed = values[i] > 0f && values[i] < threshold ? gradient[i] : 0f;
                    sum += (double) passed * values[i] / threshold;
                    gradient[i] = passed / threshold;
                }
                gradients.get(new ParameterId(node.id(), Role.SCALE))[0] =
                        norm.byScale(own(Role.RUNNING_MAX)[0], own(Role.SCALE)[0], sum);
            }
            case Layer.Qcfs quantised -> {
                int levels = quantised.levels();
                float threshold = own(Role.THRESHOLD)[0];
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    float place = place(values[i], threshold, levels);
                    double y = level(values[i], threshold, levels) * ((double) threshold / levels);
                    double factor = place >= levels ? threshold : y - values[i];
                    sum += place > 0f ? gradient[i] * factor : 0;
                    gradient[i] = place > 0f && place < levels ? gradient[i] : 0f;
                }
                gradients.get(new ParameterId(node.id(), Role.THRESHOLD))[0] = (float) (sum / threshold);
            }
        }
        return arena.of(gradient, x.shape());
    }
}
