/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.drift.MeasuredRelaxation;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;

/**
 * {@code sonos-agrawal2022}: charge-trap flash with the spreads of {@link SonosSpread}. The range is 0 to 3.2 uS, which stands for
 * 3200 nA; cells that shall age must stay within 1.8 uS.
 */
public final class SonosCell extends PublishedCell {
    private static final String SOURCE = "Agrawal et al., IEDM 2022, fit as published in sandialabs/cross-sim";
    /** Largest conductance with data on ageing, uS. */
    private static final float AGEING_MAX = 1.8f;

    public SonosCell() {
        super(
                "sonos-agrawal2022",
                "40 nm SONOS flash: saturating spread that grows over 5 days, read noise (Agrawal 2022)",
                new ConductanceRange(0f, 3.2f),
                0,
                "read_noise.scale");
    }

    @Override
    public List<CellFact> facts() {
        return List.of(
                new CellFact("range", "0 to 3200 nA, analogue; 1 nA stands for 1 nS", SOURCE),
                new CellFact("programming sigma", "19.88665 (1 - exp(-I / 176.3115)) nA", SOURCE),
                new CellFact(
                        "sigma after 1, 2, 3, 4, 5 days",
                        "A = 25.59102, 28.72753, 31.04318, 33.76214, 34.57909 nA; B = 186.85544, 193.56834, 198.90332,"
                                + " 204.77023, 207.34309 nA; up to 1800 nA; no mean shift",
                        SOURCE),
                new CellFact("read noise", "12.58037 (1 - exp(-I / 215.36557)) nA", SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        SonosSpread fit = new SonosSpread();
        double last = wanted.range().maxMicrosiemens() > AGEING_MAX ? 0 : fit.lastSeconds();
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(
                        new StateDependentVariation(
                                target -> fit.sigmaMicrosiemens(target, fit.firstSeconds()), wanted.scale()),
                        wanted.stuck()),
                Lifetime.of(List.of(new AgeLimit(kind(), last), new MeasuredRelaxation(fit, wanted.scale()))),
                Reading.of(List.of(new SonosSpread.Noise(wanted.options().numberAtLeast("read_noise.scale", 0, 1)))),
                WriteCost.UNKNOWN);
    }
}
