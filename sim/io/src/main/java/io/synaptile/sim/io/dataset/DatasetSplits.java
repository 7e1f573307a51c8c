/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an experiment works on: training decides the weights, validation the checkpoint, test the reported accuracy.
 *
 * @param validation may be empty
 */
public record DatasetSplits(Dataset train, Dataset validation, Dataset test) {
    /** Every file that was read, once, for the run manifest. */
    public List<SourceFile> files() {
        Set<SourceFile> files = new LinkedHashSet<>(train.files());
        files.addAll(test.files());
        return List.copyOf(files);
    }
}
