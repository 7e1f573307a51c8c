/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.folder.TileExport;
import java.util.Optional;

/**
 * What the map stage is to write beside its table.
 *
 * @param instances chips to program and keep, 0 for none
 * @param export a tile whose conductances are wanted
 */
public record MapOrder(int instances, Optional<TileExport> export) {
    private static final int MOST_INSTANCES = 1_000_000;

    public MapOrder {
        if (instances < 0 || instances > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "--instances must be at least 0 and at most " + MOST_INSTANCES + ", got " + instances);
        }
    }
}
