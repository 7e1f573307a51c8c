/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run that was done again came to.
 *
 * @param folder of the new run
 * @param files those of the run and those of the repetition
 * @param circumstances that are not the same, whether or not a file differs
 */
public record Repetition(Path folder, List<Compared> files, List<Circumstance> circumstances) {
    public Repetition {
        files = List.copyOf(files);
        circumstances = List.copyOf(circumstances);
    }

    /** Whether every file that can repeat has repeated. */
    public boolean same() {
        return files.stream().allMatch(file -> file.outcome().isSame());
    }
}
