/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * Loss of retention in the relative state u = (G - Gmin) / (Gmax - Gmin):
 *
 * <pre>
 *   u(t) = u max(t / t0, 1)^(v s),   clamped to [0, 1]
 * </pre>
 *
 * <p>s is -1, 0 or 1, equally likely for each cell ({@link Direction#RANDOM}), or the sign of the way to a common state.
 *
 * <p>Source: retention function of NeuroSim 1.4's inference wrapper, where u = (w + 1) / 2 of a weight w; equal
 * probabilities and the bound t >= t0 are ours.
 *
 * @param coefficient v, at least 0
 * @param t0Seconds unit of time, above 0
 * @param direction how s is chosen
 * @param towards relative state that {@link Direction#TOWARDS} moves to, 0 to 1; unused otherwise
 */
public record PowerRetention(
        double coefficient, double t0Seconds, Direction direction, double towards, ConductanceRange range)
        implements Ageing {
    /** Way in which a cell loses its state. */
    public enum Direction {
        RANDOM,
        TOWARDS
    }

    public PowerRetention {
        Objects.requireNonNull(direction);
        Objects.requireNonNull(range);
        if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
            throw new IllegalArgumentException("retention.coefficient must be at least 0, got " + coefficient);
        }
        if (!(t0Seconds > 0) || Double.isInfinite(t0Seconds)) {
            throw new IllegalArgumentException("retention.t0_s must be above 0, got " + t0Seconds);
        }
        if (!(towards >= 0 && towards <= 1)) {
            throw new IllegalArgumentException("retention.towards must be between 0 and 1, got " + towards);
        }
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.RETENTION;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double u = (conductance - range.minMicrosiemens()) / range.span();
        double drawn = cell.nextDouble();
        double sign = switch (direction) {
            case RANDOM -> Math.floor(3 * drawn) - 1;
            case TOWARDS -> Math.signum(towards - u);
        };
        double moved = u * StrictMath.pow(Math.max(age.seconds() / t0Seconds, 1), coefficient * sign);
        return range.minMicrosiemens() + Math.clamp(moved, 0d, 1d) * range.span();
    }
}
