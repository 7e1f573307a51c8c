/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.training.optimise.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * A flat zone that widens as training goes on, as the first stage of the weights of some layers.
 *
 * <pre>
 *   d(n) = D share(n / N)      n steps of the optimiser done of N
 * </pre>
 *
 * @param others what follows, and the transforms of all other layers
 * @param layers ids of the layers whose weights pass through the zone
 * @param last D, half-width after the last step, and gradient
 */
public record WideningZone(LayerTransforms others, Set<Integer> layers, SoftThreshold last, Widening widening)
        implements TransformSchedule {
    /** Share of the last half-width by the fraction of the steps that are done. */
    public enum Widening {
        /** {@code (1 + sin(π (x - 1/2))) / 2}: slow at both ends, so that pruned weights can return before the end. */
        SINE {
            @Override
            public double share(double done) {
                return (1 + StrictMath.sin(Math.PI * (done - 0.5))) / 2;
            }
        },
        /** {@code x}. */
        LINEAR {
            @Override
            public double share(double done) {
                return done;
            }
        },
        /** 1 from the start. */
        CONSTANT {
            @Override
            public double share(double done) {
                return 1;
            }
        };

        /**
         * The share.
         *
         * @param done 0 to 1
         */
        public abstract double share(double done);
    }

    public WideningZone {
        Objects.requireNonNull(others);
        layers = Set.copyOf(layers);
        Objects.requireNonNull(last);
        Objects.requireNonNull(widening);
    }

    @Override
    public LayerTransforms at(Clock clock) {
        return after(clock.step(), clock.of());
    }

    @Override
    public LayerTransforms after(Clock clock) {
        return after(clock.step() + 1, clock.of());
    }

    private LayerTransforms after(long steps, long of) {
        float width = (float) (last.width() * widening.share((double) steps / of));
        return others.startingWith(new SoftThreshold(width, last.gradient()), layers);
    }
}
