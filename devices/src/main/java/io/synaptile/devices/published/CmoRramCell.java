/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;

/**
 * {@code rram-cmo2025}: RRAM with a conductive metal oxide after {@link CmoRram}; {@code acceptance} is 0.2 or 2 percent, 0.2 by
 * default.
 */
public final class CmoRramCell extends PublishedCell {
    private static final String SOURCE =
            "Falcone et al. 2025 and Lombardo et al. 2024, as in ReRamCMONoiseModel of IBM's aihwkit (head 4545f11)";

    public CmoRramCell() {
        super(
                "rram-cmo2025",
                "CMO/HfOx RRAM: programming to an acceptance, relaxation, read noise (Falcone 2025)",
                CmoRram.RANGE,
                0,
                "acceptance",
                "read_noise.scale");
    }

    @Override
    public List<CellFact> facts() {
        return List.of(
                new CellFact("range", "9 to 88.2 uS, analogue", SOURCE),
                new CellFact("programming sigma at 0.2 %", "0.00081107 + 0.00106879 G uS", SOURCE),
                new CellFact("programming sigma at 2 %", "0.0112185391 + 0.01129027418 G uS", SOURCE),
                new CellFact(
                        "relaxation from 1 s",
                        "-0.08900206 ln t + (0.04201137 ln t + 0.41183342) N(0, 1) uS, clamped to the range",
                        SOURCE),
                new CellFact(
                        "read noise",
                        "0.0277316483 log10(G) sqrt(ln((t + 1 us) / (2 us))) uS, t at least 1 s",
                        SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        CmoRram.Acceptance acceptance = CmoRram.Acceptance.of(wanted.options().number("acceptance", 0.2));
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new StateDependentVariation(acceptance.spread(), wanted.scale()), wanted.stuck()),
                Lifetime.of(List.of(new AgeLimit(kind(), Double.POSITIVE_INFINITY), new CmoRram.Relaxation())),
                Reading.of(List.of(new CmoRram.Noise(wanted.options().numberAtLeast("read_noise.scale", 0, 1)))),
                WriteCost.UNKNOWN);
    }
}
