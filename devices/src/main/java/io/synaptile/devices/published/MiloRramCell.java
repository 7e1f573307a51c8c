/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.read.CurrentVoltage;
import io.synaptile.devices.read.RandomTelegraph;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code rram-milo2021}: multilevel RRAM whose error shrinks as the target grows, {@code sigma(G) = max(4.782321 - 0.009107 G,
 * 0)} uS; ohmic, or with {@link MiloCurve} where {@code read.voltage_V} is given.
 *
 * <p>Source: V. Milo et al., "Optimized programming algorithms for multilevel RRAM in hardware neural networks", IRPS 2021
 * (IGVVA-100); fit as published in sandialabs/cross-sim, valid for 50 to 225 uS.
 */
public final class MiloRramCell extends PublishedCell {
    private static final String SOURCE = "Milo et al., IRPS 2021 (IGVVA-100), fit as published in sandialabs/cross-sim";
    private static final String VOLTS = "read.voltage_V";
    private static final PolynomialSpread SIGMA = PolynomialSpread.ofMicrosiemens(4.782321, -0.009107);

    public MiloRramCell() {
        super(
                "rram-milo2021",
                "HfOx RRAM: spread that shrinks with the conductance, bent I-V curve (Milo 2021)",
                new ConductanceRange(50f, 225f),
                0,
                VOLTS);
    }

    @Override
    public List<CellFact> facts() {
        return List.of(
                new CellFact("range", "50 to 225 uS, analogue", SOURCE),
                new CellFact("programming sigma", "max(4.782321 - 0.009107 G, 0) uS", SOURCE),
                new CellFact(
                        "current",
                        "I = G V + N2(log10 G) V^2 + N3(log10 G) V^3 to 0.5 V, where read.voltage_V is given; else ohmic",
                        SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        OptionalDouble volts = wanted.options().has(VOLTS)
                ? OptionalDouble.of(wanted.options().positive(VOLTS, 1))
                : OptionalDouble.empty();
        CurrentVoltage curve = volts.isPresent() ? new MiloCurve(volts.getAsDouble()) : CurrentVoltage.OHMIC;
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new StateDependentVariation(SIGMA, wanted.scale()), wanted.stuck()),
                Lifetime.of(List.of(new AgeLimit(kind(), 0))),
                new Reading(curve, RandomTelegraph.NONE, List.of(), volts),
                WriteCost.UNKNOWN);
    }
}
