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

/** {@code pcm-hermes1} and {@code pcm-hermes2}: phase-change cells of one or two devices after {@link HermesPcm}. */
public abstract sealed class HermesPcmCell extends PublishedCell {
    private static final String SOURCE =
            "Le Gallo et al., Nature Electronics 2023, as in the HERMES noise model of IBM's aihwkit (head 4545f11)";

    private final int devices;
    private final String sigma;
    private final String noise;

    private HermesPcmCell(int devices, String sigma, String noise) {
        super(
                "pcm-hermes" + devices,
                "phase-change cell of the HERMES chip, devices per cell: " + devices + " (Le Gallo 2023)",
                new ConductanceRange(0f, (float) HermesPcm.sourceMax(devices)),
                0,
                "read_noise.scale");
        this.devices = devices;
        this.sigma = sigma;
        this.noise = noise;
    }

    /** One device per cell. */
    public static final class OneDevice extends HermesPcmCell {
        public OneDevice() {
            super(
                    1,
                    "0.15781817 + 2.32443916 x - 2.16310839 x^2 + 0.68841818 x^3 uS, x = G / 10.35 uS",
                    "x < 0.1591: clamp(-0.0078 ln x + 0.0038, 0.0179, 0.04), else 0.0664 x^3 - 0.1352 x^2 + 0.0768 x + 0.0088");
        }
    }

    /** Two devices per cell. */
    public static final class TwoDevices extends HermesPcmCell {
        public TwoDevices() {
            super(
                    2,
                    "0.16603222 + 4.71806468 x - 8.48101252 x^2 + 4.68961419 x^3 uS, x = G / 20.7 uS",
                    "x < 0.16: clamp(-0.0117 ln x - 0.0069, 0.015, 0.04), else 0.0069 x^3 - 0.0280 x^2 + 0.0211 x + 0.0123");
        }
    }

    @Override
    public List<CellFact> facts() {
        HermesPcm fit = HermesPcm.of(devices);
        return List.of(
                new CellFact("range", "0 to " + HermesPcm.sourceMax(devices) + " uS, analogue", SOURCE),
                new CellFact("programming sigma", sigma, SOURCE),
                new CellFact(
                        "drift exponent mean",
                        "x < 0.0945: clamp(-0.0387 ln x - 0.0182, 0.0720, 0.13), else -0.0436 x^2 - 0.0126 x + 0.0736",
                        SOURCE),
                new CellFact("t0", fit.t0Seconds() + " s", SOURCE),
                new CellFact("read noise Q", noise, SOURCE),
                new CellFact("read noise", "Q sqrt(ln((t + t0 + tr) / (2 tr))) G, tr = 512 ns", SOURCE));
    }

    @Override
    CellModel cell(Wanted wanted) {
        HermesPcm fit = HermesPcm.of(devices);
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new StateDependentVariation(fit, wanted.scale()), wanted.stuck()),
                Lifetime.of(List.of(
                        new AgeLimit(kind(), Double.POSITIVE_INFINITY), new PowerLawDrift(fit, fit.t0Seconds()))),
                Reading.of(List.of(new OneOverFNoise(
                        fit,
                        fit.t0Seconds(),
                        HermesPcm.READ_SECONDS,
                        wanted.options().numberAtLeast("read_noise.scale", 0, 1)))),
                WriteCost.UNKNOWN);
    }
}
