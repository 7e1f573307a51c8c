/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.AgeLimit;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.GaussianVariation.Reference;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Devices of which tables give resistances, levels and one Gaussian spread: the benchmark of the NeuroSim V3 manual and two
 * defaults of other simulators.
 *
 * <p>The benchmark's spread is the cycle-to-cycle deviation of a pulse as a fraction of the range. It is taken as the spread of
 * a write; where the table gives an upper bound ("below 1 %"), the bound is taken.
 */
public abstract sealed class BenchmarkCell extends PublishedCell {
    private static final String NEUROSIM = "benchmark tables I and II of the NeuroSim V3 manual";

    private final GaussianVariation spread;
    private final WriteCost cost;
    private final String source;
    private final String spreadNote;

    private BenchmarkCell(
            String kind,
            String description,
            ConductanceRange range,
            int levels,
            GaussianVariation spread,
            WriteCost cost,
            String spreadNote) {
        super(kind, description, range, levels);
        this.spread = spread;
        this.cost = cost;
        this.source = cost.source();
        this.spreadNote = spreadNote;
    }

    private static GaussianVariation ofRange(double sigma) {
        return new GaussianVariation(sigma, 1, Reference.RANGE);
    }

    private static WriteCost pulse(double volts, double nanoseconds, String source) {
        return new WriteCost(OptionalDouble.of(volts), OptionalDouble.of(nanoseconds), OptionalDouble.empty(), source);
    }

    /** {@code rram-jo-agsi}. */
    public static final class SilverSilicon extends BenchmarkCell {
        public SilverSilicon() {
            super(
                    "rram-jo-agsi",
                    "Ag:a-Si memristor (Jo et al.)",
                    ohms(26e6, 325e6),
                    97,
                    ofRange(0.035),
                    pulse(3.2, 300_000, NEUROSIM),
                    "");
        }
    }

    /** {@code rram-taox-hfox}. */
    public static final class TantalumHafnium extends BenchmarkCell {
        public TantalumHafnium() {
            super(
                    "rram-taox-hfox",
                    "TaOx/HfOx RRAM (Tsinghua)",
                    ohms(100e3, 1e6),
                    128,
                    ofRange(0.037),
                    pulse(1.6, 50, NEUROSIM),
                    "");
        }
    }

    /** {@code rram-taox-tio2}. */
    public static final class TantalumTitanium extends BenchmarkCell {
        public TantalumTitanium() {
            super(
                    "rram-taox-tio2",
                    "TaOx/TiO2 bilayer RRAM",
                    ohms(5e6, 10e6),
                    102,
                    ofRange(0.01),
                    pulse(3, 40e6, NEUROSIM),
                    ", an upper bound");
        }
    }

    /** {@code rram-pcmo}. */
    public static final class Pcmo extends BenchmarkCell {
        public Pcmo() {
            super(
                    "rram-pcmo",
                    "PCMO RRAM",
                    ohms(23e6, 157e6),
                    50,
                    ofRange(0.01),
                    pulse(2, 1e6, NEUROSIM),
                    ", an upper bound");
        }
    }

    /** {@code rram-alox-hfo2}. */
    public static final class AluminiumHafnium extends BenchmarkCell {
        public AluminiumHafnium() {
            super(
                    "rram-alox-hfo2",
                    "AlOx/HfO2 RRAM",
                    ohms(16_900, 74_867),
                    40,
                    ofRange(0.05),
                    pulse(0.9, 100_000, NEUROSIM),
                    "");
        }
    }

    /** {@code cbram-epiram}. */
    public static final class EpiRam extends BenchmarkCell {
        public EpiRam() {
            super(
                    "cbram-epiram",
                    "Ag:SiGe conductive bridge (EpiRAM)",
                    ohms(81e3, 4_066_200),
                    64,
                    ofRange(0.02),
                    pulse(5, 5000, NEUROSIM),
                    "");
        }
    }

    /** {@code pcm-gst}; of the 100 to 120 levels of the table the smaller number. */
    public static final class Gst extends BenchmarkCell {
        public Gst() {
            super(
                    "pcm-gst",
                    "GST phase-change synapse",
                    ohms(4710, 93_258),
                    100,
                    ofRange(0.015),
                    pulse(0.7, 6000, NEUROSIM),
                    "");
        }
    }

    /** {@code fefet-jerry}. */
    public static final class Fefet extends BenchmarkCell {
        public Fefet() {
            super(
                    "fefet-jerry",
                    "HZO ferroelectric transistor (Jerry et al.)",
                    ohms(559_280, 25_167_600),
                    32,
                    ofRange(0.005),
                    pulse(3.65, 75, NEUROSIM),
                    ", an upper bound");
        }
    }

    /** {@code rram-gao2013}: of "about 3 % error", taken as relative to the target. */
    public static final class TitaniumOxide extends BenchmarkCell {
        private static final String SOURCE =
                "Gao et al. 2013 and Chi et al. 2016, via Accelergy-Project/accelergy-library-plug-in";

        public TitaniumOxide() {
            super(
                    "rram-gao2013",
                    "TiOx RRAM of PRIME and TIMELY (Gao 2013)",
                    ohms(1000, 20_000),
                    32,
                    new GaussianVariation(0.03, 1, Reference.TARGET),
                    new WriteCost(OptionalDouble.of(2), OptionalDouble.of(40), OptionalDouble.of(0.361), SOURCE),
                    ", \"about 3 % error\" in the source");
        }
    }

    /** {@code rram-mnsim}: a relative spread of the resistance, which to first order is that of the conductance. */
    public static final class Mnsim extends BenchmarkCell {
        private static final double STUCK = 0.001;

        public Mnsim() {
            super(
                    "rram-mnsim",
                    "default cell of the MNSIM 2.0 simulator",
                    ohms(10e3, 1e6),
                    2,
                    new GaussianVariation(0.01, 1, Reference.TARGET),
                    pulse(3, 10, "thu-nics/MNSIM-2.0 SimConfig.ini"),
                    ", of the resistance in the source; 0.1 % of the cells stuck at either end");
        }

        @Override
        double stuckOff() {
            return STUCK;
        }

        @Override
        double stuckOn() {
            return STUCK;
        }
    }

    @Override
    public List<CellFact> facts() {
        String of = spread.relativeTo() == Reference.RANGE ? "of the range" : "of the target";
        return List.of(
                new CellFact(
                        "range",
                        String.format(
                                Locale.ROOT,
                                "%.4g to %.4g uS, %d levels",
                                covered().minMicrosiemens(),
                                covered().maxMicrosiemens(),
                                create(Map.of()).levels()),
                        source),
                new CellFact("programming sigma", spread.sigma() + " " + of + spreadNote, source),
                new CellFact(
                        "write pulse",
                        cost.volts().orElseThrow() + " V, " + cost.nanoseconds().orElseThrow() + " ns"
                                + (cost.picojoules().isPresent()
                                        ? ", " + cost.picojoules().getAsDouble() + " pJ"
                                        : ""),
                        source));
    }

    @Override
    CellModel cell(Wanted wanted) {
        return new ResistiveCell(
                kind(),
                wanted.range(),
                wanted.levels(),
                Writing.of(new GaussianVariation(spread.sigma(), wanted.scale(), spread.relativeTo()), wanted.stuck()),
                Lifetime.of(List.of(new AgeLimit(kind(), 0))),
                Reading.EXACT,
                cost);
    }
}
