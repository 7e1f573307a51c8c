/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;
import java.util.stream.Stream;

/**
 * How parameters of one group are moved.
 *
 * @param decay weight decay
 * @param rateFactor on the learning rate
 * @param frozen whether they stay as they are, buffers of their layers apart
 * @param projections applied after every step, first to last
 * @param signPenalty see {@link Optimiser.Update}
 */
public record ParameterGroup(
        float decay, float rateFactor, boolean frozen, List<Projection> projections, float signPenalty) {
    public ParameterGroup {
        projections = List.copyOf(projections);
        if (!(decay >= 0f) || Float.isInfinite(decay)) {
            throw new IllegalArgumentException("weight_decay must be at least 0, got " + decay);
        }
        if (!(rateFactor >= 0f) || Float.isInfinite(rateFactor)) {
            throw new IllegalArgumentException("a factor on the learning rate must be at least 0, got " + rateFactor);
        }
        if (!(signPenalty >= 0f) || Float.isInfinite(signPenalty)) {
            throw new IllegalArgumentException("a penalty on signs must be at least 0, got " + signPenalty);
        }
    }

    /** Without a penalty on signs. */
    public ParameterGroup(float decay, float rateFactor, boolean frozen, List<Projection> projections) {
        this(decay, rateFactor, frozen, projections, 0f);
    }

    /** Moved by the learning rate itself, unbounded. */
    public static ParameterGroup decaying(float decay) {
        return new ParameterGroup(decay, 1f, false, List.of());
    }

    /** The same with another weight decay. */
    public ParameterGroup withDecay(float other) {
        return new ParameterGroup(other, rateFactor, frozen, projections, signPenalty);
    }

    /** The same with one projection more. */
    public ParameterGroup with(Projection projection) {
        return new ParameterGroup(
                decay,
                rateFactor,
                frozen,
                Stream.concat(projections.stream(), Stream.of(projection)).toList(),
                signPenalty);
    }

    /** The same with another penalty on signs. */
    public ParameterGroup withSignPenalty(float other) {
        return new ParameterGroup(decay, rateFactor, frozen, projections, other);
    }

    /** The same, held where it is. */
    public ParameterGroup stopped() {
        return new ParameterGroup(decay, rateFactor, true, projections, signPenalty);
    }

    /** Whether it moves as plain gradient descent with this decay does. */
    public boolean isPlain() {
        return rateFactor == 1f && !frozen && projections.isEmpty() && signPenalty == 0f;
    }
}
