/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;

/** What a {@link Layer.ReadOut} makes of the values of one sample, which arrive step by step. */
public final class Scores {
    private final Layer.ReadOut layer;
    private final float[] state;
    private float weights;
    private int steps;

    /** @param inputs values of a step */
    public Scores(Layer.ReadOut layer, int inputs) {
        this.layer = layer;
        this.state = new float[inputs];
    }

    /**
     * Takes the values of the next step.
     *
     * @param values in the order c, h, w
     * @param into receives the scores after this step from {@code at} on, one per class
     */
    public void add(float[] values, float[] into, int at) {
        steps++;
        weights = weights * layer.decay() + 1f;
        for (int i = 0; i < state.length; i++) {
            state[i] = switch (layer.rule()) {
                case MEAN, SUM -> state[i] + values[i];
                case LAST -> values[i];
                case HIGHEST -> steps == 1 ? values[i] : Math.max(state[i], values[i]);
                case WEIGHTED -> state[i] * layer.decay() + values[i];
            };
        }
        float divisor = switch (layer.rule()) {
            case MEAN -> steps;
            case WEIGHTED -> weights;
            case SUM, LAST, HIGHEST -> 1f;
        };
        int voters = layer.voters();
        for (int k = 0; k < state.length / voters; k++) {
            float sum = 0f;
            for (int v = k * voters; v < (k + 1) * voters; v++) {
                sum += state[v] / divisor;
            }
            into[at + k] = voters == 1 ? sum : sum / voters;
        }
    }

    /**
     * Derivative of a final score by the value of one step that counts for it.
     *
     * @param step from 0
     * @param timeSteps of the run
     * @param highest whether the value is the first largest one of its input, where the rule asks for it
     */
    public static float derivative(Layer.ReadOut layer, int step, int timeSteps, boolean highest) {
        float share = switch (layer.rule()) {
            case MEAN -> 1f / timeSteps;
            case SUM -> 1f;
            case LAST -> step == timeSteps - 1 ? 1f : 0f;
            case HIGHEST -> highest ? 1f : 0f;
            case WEIGHTED -> {
                double all = 0;
                for (int t = 0; t < timeSteps; t++) {
                    all += Math.pow(layer.decay(), t);
                }
                yield (float) (Math.pow(layer.decay(), timeSteps - 1 - step) / all);
            }
        };
        return share / layer.voters();
    }
}
