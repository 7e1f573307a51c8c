/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.PropertyKeys;
import io.synaptile.sim.io.DataFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The design points of a sweep, checked before anything is written.
 *
 * @param points those that can be run, at least one
 * @param skipped those that cannot
 */
record SweepPlan(List<ExperimentFile> points, List<Skipped> skipped) {
    /**
     * A design point that cannot be run.
     *
     * @param reason one line
     */
    record Skipped(DesignPoint point, String reason) {
        String line() {
            return point.describe() + ": " + reason;
        }
    }

    SweepPlan {
        points = List.copyOf(points);
        skipped = List.copyOf(skipped);
    }

    /**
     * Checks every design point.
     *
     * @param skipInvalid whether points that cannot be run are left out
     * @param check refuses a point that cannot be run
     * @throws IllegalArgumentException naming the first point that cannot be run, unless others are left to run without it
     */
    static SweepPlan of(ExperimentFile file, boolean skipInvalid, Consumer<ExperimentFile> check) {
        List<ExperimentFile> points = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (int number = 0; number < file.pointCount(); number++) {
            try {
                ExperimentFile point = file.point(number);
                check.accept(point);
                points.add(point);
            } catch (ConfigException | IllegalArgumentException | DataFileException e) {
                Skipped refused = new Skipped(file.pointNamed(number), String.valueOf(PropertyKeys.message(e)));
                if (!skipInvalid) {
                    throw new IllegalArgumentException(refused.line() + "; --skip-invalid leaves it out", e);
                }
                skipped.add(refused);
            }
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("none of the " + skipped.size() + " points can be run; "
                    + skipped.getFirst().line());
        }
        return new SweepPlan(points, skipped);
    }
}
