/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Finished runs of a sweep by what their weights depend on, so that points that differ in hardware alone are trained once. */
final class TrainedRuns {
    private final Map<SortedMap<String, String>, Path> runs = new HashMap<>();

    /** A run with the same weights. */
    Optional<Path> of(TrainingOrigin origin) {
        return Optional.ofNullable(runs.get(origin.values()));
    }

    void add(TrainingOrigin origin, Path run) {
        runs.putIfAbsent(origin.values(), run);
    }
}
