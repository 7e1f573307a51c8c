/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.experiment.device.fit.RelaxationReads.MeasuredCell;
import io.synaptile.reports.html.CurvePage.Curve;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A measured file turned into the tables of a cell.
 *
 * @param tables of the cell
 * @param goodness how well the cell repeats the measured cells; empty for a response to pulses
 * @param facts what was fitted and what came out, by name
 * @param panels what was measured beside what was fitted
 */
public record DeviceFit(
        DeviceTables tables, Optional<FitGoodness> goodness, SequencedMap<String, Object> facts, List<Panel> panels) {
    public DeviceFit {
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        panels = List.copyOf(panels);
    }

    /**
     * Fits reads of cells after programming.
     *
     * @param file that they are from, for messages
     * @param holdout part of the cells that is not fitted but judged by, 0 to below 1
     * @param seed which cells these are
     * @throws IllegalArgumentException naming the file, and the line where there is one
     */
    public static DeviceFit ofRelaxation(Path file, MeasuredFile.Reads measured, Form form, double holdout, long seed) {
        RelaxationReads reads = measured.reads();
        List<MeasuredCell> fitted = new ArrayList<>();
        List<MeasuredCell> heldOut = new ArrayList<>();
        NoiseStream random = NoiseStream.of(seed, Purpose.SPLIT, 0, 0, 0);
        for (MeasuredCell cell : reads.cells()) {
            (random.nextDouble() < holdout ? heldOut : fitted).add(cell);
        }
        List<MeasuredCell> judged = holdout > 0 ? heldOut : fitted;
        try {
            DeviceTables tables = RelaxationFit.fit(reads, fitted, form);
            FitGoodness goodness = FitGoodness.of(tables.cell(), reads, judged);
            SequencedMap<String, Object> facts = new LinkedHashMap<>();
            facts.put("fitted", fitted.size());
            facts.put("judged", judged.size());
            facts.put("levels", reads.levels());
            facts.put("left_out", reads.leftOut());
            return new DeviceFit(tables, Optional.of(goodness), facts, List.of(panel(goodness)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Spread by level at every time, as measured and as the cell has it. */
    private static Panel panel(FitGoodness goodness) {
        List<Curve> curves = new ArrayList<>();
        int colour = 0;
        for (double seconds : goodness.seconds()) {
            List<FitGoodness.At> at = goodness.at(seconds);
            double[] level = at.stream().mapToDouble(FitGoodness.At::level).toArray();
            curves.add(Curve.line(
                    String.format(Locale.ROOT, "%.3g s", seconds),
                    colour,
                    level,
                    at.stream()
                            .mapToDouble(FitGoodness.At::predictedMicrosiemens)
                            .toArray()));
            curves.add(Curve.dots(
                    "",
                    colour++,
                    level,
                    at.stream()
                            .mapToDouble(FitGoodness.At::measuredMicrosiemens)
                            .toArray()));
        }
        return new Panel("Spread of cells, as measured (dots) and as fitted (lines)", "level", "spread, uS", curves);
    }

    /**
     * Fits a response to pulses.
     *
     * @param file that it is from, for messages
     * @param states number of states of the cell, at least 2
     * @param range conductances of first and last pulse, where the file has no unit
     * @throws IllegalArgumentException naming the file, and the line where there is one
     */
    public static DeviceFit ofPulses(
            Path file, MeasuredFile.Pulses measured, int states, Optional<ConductanceRange> range) {
        return PulseFit.fit(file, measured.response(), states, range);
    }
}
