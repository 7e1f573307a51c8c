/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import java.util.Objects;
import java.util.Optional;

/**
 * Metal-oxide cells that lose their state once a time has passed, all at once or along a line in a log-log plot.
 *
 * <pre>
 *   threshold = p0 exp(e),   e = p1 d + p2 min(T0 / T, 1)
 *   sudden:    R = Rstable                           for t above the threshold
 *   gradual:   R = R (t / threshold)^(p3 e)          for t above the threshold, until Rstable is reached
 * </pre>
 *
 * <p>Low and high resistance state have parameters of their own; cells in the upper half of the range of conductances are in
 * the low one. Nothing is drawn.
 *
 * <p>Source: C. Lammie, M. Rahimi Azghadi and D. Ielmini, "Empirical metal-oxide RRAM device endurance and retention model for
 * deep learning simulations", Semiconductor Science and Technology 36, 2021, as documented with MemTorch. The halves of the
 * range, and the end of the gradual line, are ours.
 *
 * @param gradual whether a state is lost along a line
 * @param cellNanometres d, above 0
 * @param thresholdKelvin T0, above 0; colder cells live as at this temperature
 * @param low of the low resistance state; empty if it does not fail
 * @param high of the high resistance state; empty if it does not fail
 */
public record RetentionFailure(
        boolean gradual,
        double cellNanometres,
        double thresholdKelvin,
        Optional<State> low,
        Optional<State> high,
        ConductanceRange range)
        implements Ageing {
    private static final double MICROSIEMENS_OHM = 1e6;

    public RetentionFailure {
        Objects.requireNonNull(low);
        Objects.requireNonNull(high);
        Objects.requireNonNull(range);
        requirePositive("retention.cell_nm", cellNanometres);
        requirePositive("retention.threshold_K", thresholdKelvin);
    }

    /**
     * One resistance state.
     *
     * @param p0 s, above 0
     * @param p1 per nm
     * @param p2 of the temperature
     * @param p3 of the slope, not used where states are lost suddenly
     * @param stableOhm Rstable, above 0
     */
    public record State(double p0, double p1, double p2, double p3, double stableOhm) {
        public State {
            requirePositive("p0", p0);
            requirePositive("stable resistance", stableOhm);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be above 0, got " + value);
        }
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.RETENTION;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        boolean lowResistance = target - range.minMicrosiemens() >= range.span() / 2.0;
        return (lowResistance ? low : high)
                .map(state -> failed(state, conductance, age))
                .orElse(conductance);
    }

    private double failed(State state, double conductance, Age age) {
        double exponent = state.p1() * cellNanometres + state.p2() * Math.min(thresholdKelvin / age.kelvin(), 1);
        double threshold = state.p0() * StrictMath.exp(exponent);
        if (!(age.seconds() > threshold)) {
            return conductance;
        }
        double stable = MICROSIEMENS_OHM / state.stableOhm();
        if (!gradual) {
            return stable;
        }
        double moved = conductance * StrictMath.pow(age.seconds() / threshold, -state.p3() * exponent);
        boolean reached = Math.signum(conductance - stable) * Math.signum(moved - stable) <= 0;
        return reached ? stable : moved;
    }
}
