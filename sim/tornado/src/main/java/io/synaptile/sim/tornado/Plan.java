/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Graphs on a device, compiled when they first run. */
final class Plan implements AutoCloseable {
    private final TornadoExecutionPlan plan;
    private final GridScheduler grids;

    Plan(TornadoDevice device, GridScheduler grids, List<Graph> graphs) {
        this.grids = grids;
        plan = new TornadoExecutionPlan(
                graphs.stream().map(Graph::finish).toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(device);
    }

    /** Runs one graph and waits for its results. */
    void execute(int graph) {
        try {
            plan.withGraph(graph).withGridScheduler(grids).execute();
        } catch (TornadoRuntimeException e) {
            throw new IllegalStateException("the device refused a kernel: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return Arrays.stream(String.valueOf(e.getMessage()).split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        plan.freeDeviceMemory();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device did not give its memory back: " + firstLine(e), e);
        }
    }
}
