/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.drift.MeasuredRelaxation;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code rram-wan2022} and {@code rram-wan2022-1s}: RRAM of the NeuRRAM chip. The first relaxes after {@link WanRram} from 1 s to
 * 2 days, the second is the fit of Sandia's CrossSim for 1 s, {@code sigma(G) = max(1.053 + 0.2374 G - 0.01167 G^2 + 1.536e-4
 * G^3, 0)} uS up to 39.26 uS.
 *
 * <p>Source: W. Wan et al., Nature 608, 2022. The lower end of 1 uS follows from the 1 Mohm of the cell file of
 * mit-emze/cimloop (inferred); its 8,520 ns are taken as the whole verified write of a cell.
 */
public abstract sealed class WanRramCell extends PublishedCell {
    private static final String PAPER = "Wan et al., Nature 608, 2022";
    private static final String CELL_FILE = "mit-emze/cimloop cell file";

    private WanRramCell(String kind, String description, double maxMicrosiemens) {
        super(kind, description, new ConductanceRange(1f, (float) maxMicrosiemens), 0);
    }

    /** Spread at 1 s, 1 day and 2 days. */
    public static final class Relaxing extends WanRramCell {
        private static final WanRram RELAXATION = new WanRram(WanRram.SOURCE_MAX);
        private static final String FIT = PAPER + ", as in ReRamWan2022NoiseModel of IBM's aihwkit (head 4545f11)";

        public Relaxing() {
            super(
                    "rram-wan2022",
                    "HfOx RRAM of NeuRRAM: state-dependent spread that relaxes from 1 s to 2 days (Wan 2022)",
                    WanRram.SOURCE_MAX);
        }

        @Override
        public List<CellFact> facts() {
            return List.of(
                    new CellFact("range", "1 to 40 uS, analogue", FIT + "; 1 uS inferred from a " + CELL_FILE),
                    new CellFact("sigma at 1 s", "0.348 + 16.030 x - 43.853 x^2 + 45.393 x^3 - 16.815 x^4 uS", FIT),
                    new CellFact("sigma at 1 day", "0.701 + 22.086 x - 50.773 x^2 + 47.095 x^3 - 16.458 x^4 uS", FIT),
                    new CellFact("sigma at 2 days", "0.782 + 20.274 x - 43.507 x^2 + 37.062 x^3 - 11.934 x^4 uS", FIT),
                    new CellFact("x", "G / 40 uS; between times linear in ln t", "interpolation is ours"),
                    new CellFact("write", "1.75 V, 8520 ns in all", CELL_FILE));
        }

        @Override
        Lifetime lifetime(Wanted wanted) {
            return Lifetime.of(List.of(
                    new AgeLimit(kind(), RELAXATION.lastSeconds()),
                    new MeasuredRelaxation(RELAXATION, wanted.scale())));
        }

        @Override
        StateDependentVariation variation(Wanted wanted) {
            return new StateDependentVariation(
                    target -> RELAXATION.sigmaMicrosiemens(target, RELAXATION.firstSeconds()), wanted.scale());
        }
    }

    /** Spread at 1 s. */
    public static final class AfterOneSecond extends WanRramCell {
        private static final String FIT = PAPER + ", fit as published in sandialabs/cross-sim";
        private static final PolynomialSpread SIGMA =
                PolynomialSpread.ofMicrosiemens(1.053, 0.2374, -1.167e-2, 1.536e-4);

        public AfterOneSecond() {
            super("rram-wan2022-1s", "HfOx RRAM of NeuRRAM 1 s after programming, fit of CrossSim (Wan 2022)", 39.26);
        }

        @Override
        public List<CellFact> facts() {
            return List.of(
                    new CellFact("range", "1 to 39.26 uS, analogue", FIT + "; 1 uS inferred from a " + CELL_FILE),
                    new CellFact("sigma at 1 s", "max(1.053 + 0.2374 G - 0.01167 G^2 + 1.536e-4 G^3, 0) uS", FIT),
                    new CellFact("write", "1.75 V, 8520 ns in all", CELL_FILE));
        }

        @Override
        Lifetime lifetime(Wanted wanted) {
            return Lifetime.of(List.of(new AgeLimit(kind(), 1)));
        }

        @Override
        StateDependentVariation variation(Wanted wanted) {
            return new StateDependentVariation(SIGMA, wanted.scale());
        }
    }

    abstract Lifetime lifetime(Wanted wanted);

    abstract StateDependentVariation variation(Wanted wanted);

    @Override
    CellModel cell(Wanted wanted) {
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(variation(wanted), wanted.stuck()),
                lifetime(wanted),
                Reading.EXACT,
                new WriteCost(OptionalDouble.of(1.75), OptionalDouble.of(8520), OptionalDouble.empty(), CELL_FILE));
    }
}
