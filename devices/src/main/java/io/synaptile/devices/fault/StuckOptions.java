/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import java.util.List;
import java.util.Set;

/** Options {@code stuck.*}, the same for every cell that has them. */
public final class StuckOptions {
    /** Their names. */
    public static final Set<String> NAMES = Set.of(
            "stuck.off",
            "stuck.on",
            "stuck.exact",
            "stuck.row",
            "stuck.column",
            "stuck.cluster_density",
            "stuck.cluster_radius",
            "stuck.pattern_on");

    private StuckOptions() {}

    /**
     * What they are.
     *
     * @param off {@code stuck.off} where the user says nothing
     * @param on {@code stuck.on} then
     */
    public static List<CellOption> described(double off, double on) {
        return CellOption.table("""
                stuck.off | | %s | probability | cells stuck at the minimum | MNSIM 2.0
                stuck.on | | %s | probability, with stuck.off at most 1 | cells stuck at the maximum | MNSIM 2.0
                stuck.exact | | false | true, false | every array has exactly the proportions stuck.off and stuck.on | MemTorch
                stuck.row | | 0 | probability | rows of an array that are stuck as a whole
                stuck.column | | 0 | probability | columns of an array that are stuck as a whole
                stuck.cluster_density | | 0 | probability | places of an array that are the centre of a stuck cluster
                stuck.cluster_radius | cells | 0 | 0 to %s | radius of such a cluster
                stuck.pattern_on | | 0 | probability | rows, columns and clusters that are stuck at the maximum; the others are at the minimum
                """.formatted(written(off), written(on), FaultPattern.LARGEST_RADIUS));
    }

    private static String written(double probability) {
        return probability == 0 ? "0" : Double.toString(probability);
    }

    /** The stuck cells that a user wants; {@code off} and {@code on} as in {@link #described}. */
    public static StuckCells stuck(CellOptions options, double off, double on) {
        return new StuckCells(
                options.probability("stuck.off", off),
                options.probability("stuck.on", on),
                options.flag("stuck.exact"),
                new FaultPattern(
                        options.probability("stuck.row", 0),
                        options.probability("stuck.column", 0),
                        options.probability("stuck.cluster_density", 0),
                        options.number("stuck.cluster_radius", 0),
                        options.probability("stuck.pattern_on", 0)));
    }
}
