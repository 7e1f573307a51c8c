/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.folder.TrainingOrigin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Finished runs of a sweep by what their weights depend on, so that points that differ in hardware alone are trained once. */
public final class TrainedRuns {
    private final Map<SortedMap<String, String>, Path> runs = new HashMap<>();
    private final Optional<Path> only;

    private TrainedRuns(Optional<Path> only) {
        this.only = only;
    }

    /** None yet. */
    public static TrainedRuns none() {
        return new TrainedRuns(Optional.empty());
    }

    /** One run whose weights all points have, whatever hardware they were trained for. */
    public static TrainedRuns only(Path run) {
        return new TrainedRuns(Optional.of(run));
    }

    /** A run with the same weights. */
    Optional<Path> of(TrainingOrigin origin) {
        return only.or(() -> Optional.ofNullable(runs.get(origin.values())));
    }

    void add(TrainingOrigin origin, Path run) {
        runs.putIfAbsent(origin.values(), run);
    }
}
