/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.drift.PowerLawDrift;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.read.OneOverFNoise;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;

/** {@code pcm-nandakumar2019}: phase-change cells with the spread, drift and 1/f noise of {@link NandakumarPcm}. */
public final class NandakumarPcmCell extends PublishedCell {
    private static final String SOURCE =
            "Nandakumar et al., ICECS 2019, as in PCMLikeNoiseModel of IBM's aihwkit (head 4545f11)";

    public NandakumarPcmCell() {
        super(
                "pcm-nandakumar2019",
                "phase-change cell: state-dependent spread, power-law drift, 1/f read noise (Nandakumar 2019)",
                new ConductanceRange(0f, (float) NandakumarPcm.SOURCE_MAX),
                0,
                "read_noise.scale");
    }

    @Override
    public List<CellFact> facts() {
        return List.of(
                new CellFact("range", "0 to 25 uS, analogue", SOURCE),
                new CellFact("programming sigma", "0.26348 + 1.9650 x - 1.1731 x^2 uS, x = G / 25 uS", SOURCE),
                new CellFact("drift exponent mean", "clamp(-0.0155 ln x + 0.0244, 0.049, 0.1)", SOURCE),
                new CellFact("drift exponent sigma", "clamp(-0.0125 ln x - 0.0059, 0.008, 0.045)", SOURCE),
                new CellFact("t0", "20 s", SOURCE),
                new CellFact(
                        "read noise",
                        "min(0.0088 / max(x^0.65, 1e-3), 0.2) sqrt(ln((t + t0 + tr) / (2 tr))) G, tr = 250 ns",
                        SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        NandakumarPcm fit = new NandakumarPcm(NandakumarPcm.SOURCE_MAX);
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new StateDependentVariation(fit, wanted.scale()), wanted.stuck()),
                Lifetime.of(List.of(
                        new AgeLimit(kind(), Double.POSITIVE_INFINITY),
                        new PowerLawDrift(fit, NandakumarPcm.T0_SECONDS))),
                Reading.of(List.of(new OneOverFNoise(
                        fit,
                        NandakumarPcm.T0_SECONDS,
                        NandakumarPcm.READ_SECONDS,
                        wanted.options().numberAtLeast("read_noise.scale", 0, 1)))),
                WriteCost.UNKNOWN);
    }
}
