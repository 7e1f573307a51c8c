/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Representation;

/** How derivatives by the output of a stage are held in a backward pass. */
enum Derivatives {
    /** One map for every sample and step. */
    BY_STEP,
    /** One map for every sample, the same at every step. */
    EQUAL,
    /** One map for every sample, the sum over the steps with {@link Representation#weights}: neurons before it ask for no more. */
    WEIGHTED;

    boolean byStep() {
        return this == BY_STEP;
    }
}
