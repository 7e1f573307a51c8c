/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.cost.ProfileScope;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.plan.ExperimentCost;
import io.synaptile.mapping.tile.LeftOut;
import io.synaptile.reports.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a reader of energy and latency must know of the settings they were computed with. */
final class CostRemarks {
    private CostRemarks() {}

    /** One line each; none where the tables describe the hardware as it is. */
    static List<String> of(ExperimentCost cost, HardwareBlock hardware) {
        List<String> remarks = new ArrayList<>();
        Optional<ProfileScope> scope = ProfileScope.profile(cost.structure());
        int rows = hardware.tile().rows();
        int columns = hardware.tile().columns();
        if (scope.isPresent() && scope.get().isFar(rows, columns)) {
            remarks.add(
                    "hardware.tile of %s x %s is far from the arrays that %s describes, %s (%s): its %s ns of an array read, its areas and its prices of rows and columns do not follow the size"
                            .formatted(
                                    rows,
                                    columns,
                                    cost.structure(),
                                    scope.get().sizes(),
                                    scope.get().source(),
                                    Numbers.readable(
                                            cost.model().timing().read().arrayReadNanoseconds())));
        }
        int node = cost.settings().nodeNm();
        if (node > 0
                && scope.map(ProfileScope::nanometres)
                        .filter(own -> own == node)
                        .isEmpty()) {
            remarks.add(
                    "hardware.cost.node_nm %s scales energy and area of digital blocks; latency does not scale: times are those of %s%s"
                            .formatted(
                                    node,
                                    cost.structure(),
                                    scope.map(own -> " at " + own.nanometres() + " nm")
                                            .orElse("")));
        }
        return remarks;
    }

    /** What tiles leave out, in one line. */
    static String of(LeftOut leftOut, HardwareBlock hardware) {
        return "hardware.sparse_mapping %s: %s tiles, %s cells and %s columns; with all weights %s, %s and %s"
                .formatted(
                        hardware.sparseMapping().name().toLowerCase(Locale.ROOT),
                        leftOut.tiles().there(),
                        leftOut.cells().there(),
                        leftOut.columns().there(),
                        leftOut.tiles().whole(),
                        leftOut.cells().whole(),
                        leftOut.columns().whole());
    }
}
