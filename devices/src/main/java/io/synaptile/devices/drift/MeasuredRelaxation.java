/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import java.util.Objects;

/**
 * Relaxation whose total spread around the target was measured at some times. Cells programmed with the spread of the first
 * time receive the missing part,
 *
 * <pre>
 *   G(t) = G + scale sqrt(max(sigma(Gt, t)^2 - sigma(Gt, t_first)^2, 0)) N(0, 1)
 * </pre>
 *
 * <p>so that the total at time t is sigma(Gt, t) exactly (independent increments; our choice, the sources give no correlation
 * between times). An age before the first time is the programmed state; one after the last is refused by the spread.
 *
 * @param total measured spread
 * @param scale factor on the spreads, that of the programming spread
 */
public record MeasuredRelaxation(SpreadOverTime total, double scale) implements Ageing {
    public MeasuredRelaxation {
        Objects.requireNonNull(total);
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.RELAXATION;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double z = cell.nextGaussian();
        if (age.seconds() <= total.firstSeconds()) {
            return conductance;
        }
        double now = total.sigmaMicrosiemens(target, age.seconds());
        double then = total.sigmaMicrosiemens(target, total.firstSeconds());
        return conductance + scale * Math.sqrt(Math.max(now * now - then * then, 0)) * z;
    }
}
