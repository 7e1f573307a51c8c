/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the last compiled inference program that nobody uses. Its kernels take seconds to compile and do not depend on
 * weights, so the next chip or epoch takes it over with other numbers. Not thread-safe.
 */
final class Programs {
    private Program free;

    /**
     * What the tasks and arrays of a program depend on.
     *
     * @param form of the input
     * @param timeSteps most steps of a batch
     * @param samples most samples of a group
     * @param probed what is kept for a probe
     * @param tiles by synapse node on tiles: what their arrays and kernels depend on
     * @param normSteps by norm node: steps of its scales
     */
    record Structure(
            Network network,
            InputForm form,
            int timeSteps,
            int samples,
            Probed probed,
            Map<Integer, Tiles.Shape> tiles,
            Map<Integer, Integer> normSteps) {
        static Structure of(NetworkPlan plan, InputForm form, int timeSteps, int samples, Probed probed) {
            TreeMap<Integer, Tiles.Shape> tiles = new TreeMap<>();
            plan.synapses().forEach((node, synapse) -> {
                if (synapse instanceof SynapsePlan.ArrayPlan arrays) {
                    tiles.put(node, Tiles.Shape.of(arrays));
                }
            });
            TreeMap<Integer, Integer> normSteps = new TreeMap<>();
            for (Map.Entry<Integer, NormState> entry : plan.norms().entrySet()) {
                normSteps.put(entry.getKey(), entry.getValue().steps());
            }
            return new Structure(plan.network(), form, timeSteps, samples, probed, tiles, normSteps);
        }
    }

    /** A forward pass and the graphs that run it. */
    record Program(Structure structure, Forward forward, Plan plan) {}

    /** The free program if it is of that structure; another one is closed, since its memory may be needed. */
    Optional<Program> take(Structure structure) {
        Program found = free;
        free = null;
        if (found != null && !found.structure().equals(structure)) {
            found.plan().close();
            found = null;
        }
        return Optional.ofNullable(found);
    }

    /** Takes a program that is no longer used. */
    void giveBack(Program program) {
        if (free != null) {
            free.plan().close();
        }
        free = program;
    }

    /** Closes what is free. */
    void close() {
        if (free != null) {
            free.plan().close();
            free = null;
        }
    }
}
