/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fit;

import io.synaptile.cli.fit.RelaxationReads.MeasuredCell;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A measured file turned into the tables of a cell.
 *
 * @param tables of the cell
 * @param goodness how well the cell repeats the cells it is judged by; empty for a response to pulses
 * @param fitted number of cells, or of pulses, that the tables are made from
 * @param judged number of cells that the goodness is about: others where some were held out, else the same
 * @param leftOut why something was not used, and how many
 */
public record DeviceFit(
        DeviceTables tables, Optional<FitGoodness> goodness, int fitted, int judged, Map<String, Integer> leftOut) {
    public DeviceFit {
        leftOut = new TreeMap<>(leftOut);
    }

    /**
     * Fits reads of cells after programming.
     *
     * @param holdout part of the cells that is not fitted but judged by, 0 to below 1
     * @param seed which cells these are
     * @throws IllegalArgumentException naming the file, and the line where there is one
     */
    public static DeviceFit ofRelaxation(Path file, Form form, double holdout, long seed) {
        RelaxationReads reads = RelaxationReads.read(file);
        List<MeasuredCell> fitted = new ArrayList<>();
        List<MeasuredCell> heldOut = new ArrayList<>();
        NoiseStream random = NoiseStream.of(seed, Purpose.SPLIT, 0, 0, 0);
        for (MeasuredCell cell : reads.cells()) {
            (random.nextDouble() < holdout ? heldOut : fitted).add(cell);
        }
        List<MeasuredCell> judged = holdout > 0 ? heldOut : fitted;
        try {
            DeviceTables tables = RelaxationFit.fit(reads, fitted, form);
            return new DeviceFit(
                    tables,
                    Optional.of(FitGoodness.of(tables.cell(), reads, judged)),
                    fitted.size(),
                    judged.size(),
                    reads.leftOut());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a file holds such reads. */
    public static boolean isRelaxation(Path file) {
        return RelaxationReads.fits(new MeasuredLines(file).read().getFirst().text());
    }
}
