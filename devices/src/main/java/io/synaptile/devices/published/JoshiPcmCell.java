/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;

/**
 * {@code pcm-joshi2020}: {@code sigma(G) = max(0.28638599 + 0.07585724 G - 0.00178767 G^2, 0)} uS, 27.36 s after programming.
 *
 * <p>Source: V. Joshi et al., "Accurate deep neural network inference using computational phase-change memory", Nature
 * Communications 2020; fit as published in sandialabs/cross-sim.
 */
public final class JoshiPcmCell extends PublishedCell {
    private static final String SOURCE = "Joshi et al. 2020, fit as published in sandialabs/cross-sim";
    private static final PolynomialSpread SIGMA = PolynomialSpread.ofMicrosiemens(0.28638599, 0.07585724, -0.00178767);

    public JoshiPcmCell() {
        super("pcm-joshi2020", "phase-change cell: state-dependent spread (Joshi 2020)", ohms(40_000, 4_000_000), 0);
    }

    @Override
    public List<CellFact> facts() {
        return List.of(
                new CellFact("range", "0.25 to 25 uS (4 Mohm to 40 kohm), analogue", SOURCE),
                new CellFact(
                        "programming sigma",
                        "max(0.28638599 + 0.07585724 G - 0.00178767 G^2, 0) uS, 27.36 s after programming",
                        SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new StateDependentVariation(SIGMA, wanted.scale()), wanted.stuck()),
                Lifetime.of(List.of(new AgeLimit(kind(), 0))),
                Reading.EXACT,
                WriteCost.UNKNOWN);
    }
}
