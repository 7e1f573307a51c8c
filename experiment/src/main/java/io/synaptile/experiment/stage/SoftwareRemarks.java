/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.reports.outcome.ActivityRemarks;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;

/** What is remarkable about the activity of a network that has not been placed on a chip. */
final class SoftwareRemarks {
    private SoftwareRemarks() {}

    /** One line for the layers that never fire, one for those that always do; none for most networks. */
    static List<String> of(Network network, Evaluation seen) {
        List<String> silent = new ArrayList<>();
        List<String> saturated = new ArrayList<>();
        RunTables.groups(network).forEach((name, nodes) -> {
            long most = 0;
            long fired = 0;
            for (Network.Node node : nodes) {
                if (node.layer() instanceof Layer.Neuron) {
                    most += (long) node.out().size() * seen.samples() * seen.timeSteps();
                    fired += LayerCounts.spikes(seen.activity()[node.id()]);
                }
            }
            if (most > 0 && fired == 0) {
                silent.add(name);
            } else if (most > 0 && fired == most) {
                saturated.add(name);
            }
        });
        return ActivityRemarks.of(silent, saturated, seen.samples());
    }
}
