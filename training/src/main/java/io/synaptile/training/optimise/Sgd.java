/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Stochastic gradient descent with momentum and weight decay, without Nesterov's step or dampening.
 *
 * <pre>
 *   v = momentum * v + (g + weightDecay * w)
 *   w = w - rate * v
 * </pre>
 *
 * <p>The order of operations is that of PyTorch's {@code torch.optim.SGD}.
 */
public record Sgd(float momentum, float weightDecay) {
    public Sgd {
        if (!(momentum >= 0f && momentum < 1f)) {
            throw new IllegalArgumentException("momentum must lie in 0 (included) to 1 (excluded), got " + momentum);
        }
        if (!(weightDecay >= 0f) || Float.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight_decay must be at least 0, got " + weightDecay);
        }
    }

    /**
     * Moves the parameters by one step.
     *
     * @param weights parameters, updated in place
     * @param gradient derivative of the loss by them
     * @param velocity v, zero before the first step, updated in place
     */
    public void step(float[] weights, float[] gradient, float[] velocity, float rate) {
        for (int i = 0; i < weights.length; i++) {
            float v = momentum * velocity[i] + (gradient[i] + weightDecay * weights[i]);
            velocity[i] = v;
            weights[i] -= rate * v;
        }
    }
}
