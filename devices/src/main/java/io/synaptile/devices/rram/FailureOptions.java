/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.drift.RetentionFailure;
import java.util.List;
import java.util.Optional;

/** Options of an {@code rram} cell that fails to retain its state. */
final class FailureOptions {
    static final List<String> NAMES = List.of(
            "retention.mode",
            "retention.cell_nm",
            "retention.threshold_K",
            "retention.lrs",
            "retention.lrs_stable_ohm",
            "retention.hrs",
            "retention.hrs_stable_ohm");

    private static final String BY = "retention.kind failure";

    private FailureOptions() {}

    static RetentionFailure failure(CellOptions options, ConductanceRange range) {
        if (!options.has("retention.mode")) {
            throw new IllegalArgumentException("retention.mode must be given for " + BY);
        }
        boolean gradual = options.choice("retention.mode", List.of("sudden", "gradual"), "")
                .equals("gradual");
        Optional<RetentionFailure.State> low = state(options, "retention.lrs", gradual);
        Optional<RetentionFailure.State> high = state(options, "retention.hrs", gradual);
        if (low.isEmpty() && high.isEmpty()) {
            throw new IllegalArgumentException("retention.lrs or retention.hrs must be given for " + BY);
        }
        return new RetentionFailure(
                gradual,
                options.required("retention.cell_nm", BY),
                options.required("retention.threshold_K", BY),
                low,
                high,
                range);
    }

    private static Optional<RetentionFailure.State> state(CellOptions options, String name, boolean gradual) {
        String stable = name + "_stable_ohm";
        if (!options.has(name)) {
            if (options.has(stable)) {
                throw new IllegalArgumentException(stable + " is for a cell with " + name);
            }
            return Optional.empty();
        }
        List<Double> p = options.numbers(name);
        if (p.size() != (gradual ? 4 : 3) || !(p.getFirst() > 0)) {
            throw new IllegalArgumentException(name + " must be " + (gradual ? "[p0, p1, p2, p3]" : "[p0, p1, p2]")
                    + " with p0 above 0, got " + p);
        }
        return Optional.of(new RetentionFailure.State(
                p.get(0), p.get(1), p.get(2), gradual ? p.get(3) : 0, options.required(stable, name)));
    }
}
