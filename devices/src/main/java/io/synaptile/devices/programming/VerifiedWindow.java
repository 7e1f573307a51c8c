/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * Write-verify without pulse physics: every cell converges, {@code G ~ N(Gt, sigma)} truncated to the accepted window, after
 * {@code n = 1 + Geometric(p)} pulses, at most {@code maxPulses} of which are counted. What the first pulse left plays no part.
 *
 * @param window accepted distance from the target
 * @param sigma uS, above 0, before truncation
 * @param success p, chance that a pulse after the first one ends the loop, above 0
 * @param maxPulses at least 1
 */
public record VerifiedWindow(Acceptance window, double sigma, double success, int maxPulses) implements WriteVerify {
    public VerifiedWindow {
        Objects.requireNonNull(window);
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("verify.sigma_uS must be above 0, got " + sigma);
        }
        if (!(success > 0 && success <= 1)) {
            throw new IllegalArgumentException("verify.success must be above 0 and at most 1, got " + success);
        }
        requirePulses(maxPulses);
    }

    static void requirePulses(int maxPulses) {
        if (maxPulses < 1) {
            throw new IllegalArgumentException("verify.max_pulses must be at least 1, got " + maxPulses);
        }
    }

    @Override
    public long apply(
            float[] aim, float[] reached, float[] limit, ConductanceRange range, VerifyRead read, CellDraws draws) {
        long pulses = 0;
        for (int i = 0; i < aim.length; i++) {
            draws.at(i);
            pulses += 1 + Math.min(failures(draws.nextDouble()), maxPulses - 1L);
            double error = truncated(window.halfWidth(aim[i]), draws);
            reached[i] = (float) Math.clamp(aim[i] + error, 0d, limit[i]);
        }
        return pulses;
    }

    /** Geometric variate of a uniform number: failures before the first success. */
    private long failures(double u) {
        return success == 1 ? 0 : (long) (StrictMath.log1p(-u) / StrictMath.log1p(-success));
    }

    /** N(0, sigma) within a half-width: by rejection, from the normal where the window is wide, else from the uniform. */
    private double truncated(double halfWidth, CellDraws draws) {
        while (true) {
            if (halfWidth >= sigma) {
                double error = sigma * draws.nextGaussian();
                if (Math.abs(error) <= halfWidth) {
                    return error;
                }
            } else {
                double error = halfWidth * (2 * draws.nextDouble() - 1);
                double ratio = error / sigma;
                if (draws.nextDouble() < StrictMath.exp(-ratio * ratio / 2)) {
                    return error;
                }
            }
        }
    }
}
