/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * Write-verify pulse by pulse. The first pulse leaves what the programming variation says; then
 *
 * <pre>
 *   read G + sigma_read N(0, 1);  stop if it lies within the window around Gt or after maxPulses pulses
 *   G = clamp(G + eta (Gt - G) + sigmaStep (Gmax - Gmin) N(0, 1), 0, Gmax_i)
 * </pre>
 *
 * <p>The noisy read may accept a cell that is outside the window: the tails seen by Nminibapiel et al. 2017 (abstract).
 * Cycle-to-cycle deviations of measured devices are 0.5 to 5 % of the range (benchmark tables of the NeuroSim V3 manual); 3.5 %,
 * the default of the cells, is that of Ag:a-Si.
 *
 * @param window accepted distance from the target, as read
 * @param eta part of the distance that a pulse covers, above 0 and at most 1
 * @param sigmaStep spread of a pulse as a fraction of the range, at least 0
 * @param maxPulses at least 1
 */
public record VerifiedPulses(Acceptance window, double eta, double sigmaStep, int maxPulses) implements WriteVerify {
    public VerifiedPulses {
        Objects.requireNonNull(window);
        if (!(eta > 0 && eta <= 1)) {
            throw new IllegalArgumentException("verify.step must be above 0 and at most 1, got " + eta);
        }
        Spread.requireAtLeastZero("verify.step_sigma", sigmaStep);
        VerifiedWindow.requirePulses(maxPulses);
    }

    @Override
    public long apply(
            float[] aim, float[] reached, float[] limit, ConductanceRange range, VerifyRead read, CellDraws draws) {
        double spread = sigmaStep * range.span();
        long pulses = 0;
        for (int i = 0; i < aim.length; i++) {
            draws.at(i);
            double halfWidth = window.halfWidth(aim[i]);
            double conductance = reached[i];
            int given = 1;
            while (given < maxPulses && Math.abs(observed(conductance, read, draws) - aim[i]) > halfWidth) {
                double moved = conductance + eta * (aim[i] - conductance) + spread * draws.nextGaussian();
                conductance = Math.clamp(moved, 0d, limit[i]);
                given++;
            }
            reached[i] = (float) conductance;
            pulses += given;
        }
        return pulses;
    }

    private static double observed(double conductance, VerifyRead read, CellDraws draws) {
        return conductance + read.sigmaMicrosiemens(conductance) * draws.nextGaussian();
    }
}
