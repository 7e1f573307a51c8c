/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.loop;

/** How a training deals with layers that are on arrays. */
public enum LoopPolicy {
    /** Passes forward on the arrays, passes back on what these are known to hold; weights are written as training goes on. */
    FORWARD,
    /**
     * One layer after the other is written, once, and what follows it is trained further on what it gives, as in W. Wan et al., "A compute-in-memory chip based on
     * resistive random-access memory", Nature 608, 2022.
     */
    LAYERS,
    /** Nothing is known of the layers: their derivatives come from measured losses, and nothing is trained before them. */
    BLACK_BOX
}
