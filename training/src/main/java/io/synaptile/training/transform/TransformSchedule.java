/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.training.optimise.Clock;

/**
 * Weight transforms over a training. Resumed or not, a step has the same transforms: they follow from the clock alone.
 * {@link LayerTransforms} are the schedule that never changes.
 */
@FunctionalInterface
public interface TransformSchedule {
    /** Transforms of the weights of a step; those of every clock are on the same layers. */
    LayerTransforms at(Clock clock);

    /** Transforms of the weights that a step has moved, which are those that are evaluated; the same unless overridden. */
    default LayerTransforms after(Clock clock) {
        return at(clock);
    }
}
