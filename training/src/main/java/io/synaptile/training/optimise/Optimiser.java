/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;

/** How one array of parameters moves along its gradient. What it remembers of a parameter from step to step are its slots. */
public sealed interface Optimiser permits Sgd, Adam {
    /** Names of the slots, each an array as long as the parameter and zero before the first step; files name them so. */
    List<String> slots();

    /**
     * Moves parameters by one step.
     *
     * @param values parameters, updated in place
     * @param gradient derivative of the loss by them
     * @param slots in the order of {@link #slots()}, updated in place
     */
    void step(float[] values, float[] gradient, List<float[]> slots, Update update);

    /**
     * What a step is made with.
     *
     * @param rate learning rate
     * @param decay weight decay
     * @param number of this step since training began, from 1
     * @param signPenalty how strongly values are pulled to 0, whatever their magnitude, as Grad R does
     */
    record Update(float rate, float decay, long number, float signPenalty) {
        /** Without such a pull. */
        public Update(float rate, float decay, long number) {
            this(rate, decay, number, 0f);
        }

        public Update {
            if (number < 1) {
                throw new IllegalArgumentException("steps of an optimiser are counted from 1, got " + number);
            }
        }
    }
}
