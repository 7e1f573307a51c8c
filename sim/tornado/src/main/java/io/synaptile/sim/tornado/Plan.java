/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;

/**
 * Graphs on a device, compiled when they first run. A graph that is too long for TornadoVM is cut into several, which leave
 * the arrays that later ones need on the device.
 */
final class Plan implements AutoCloseable {
    /** Arguments of all tasks of one task graph; TornadoVM makes up to two nodes of each and has room for 1,024. */
    private static final int MOST_ARGUMENTS = 420;

    private final TornadoExecutionPlan plan;
    private final GridScheduler grids = new GridScheduler();
    /** By graph: the first of its parts, and one past the last. */
    private final int[] firstPart;

    private final List<Graph> graphs;
    private final TornadoDevice device;
    /** Bytes on the device. */
    private final long memory;

    private final KernelTime kernelTime;
    private int executions;
    private boolean failed;

    /** Tasks of one graph of TornadoVM's. */
    private record Part(Graph graph, String name, List<Graph.Task> tasks) {}

    /**
     * Checks every launch and the memory; nothing is put on the device yet.
     *
     * @param kernelTime where to add the time of kernels, or null not to measure it
     * @throws DeviceFailure naming what the device lacks
     */
    Plan(TornadoDevice device, KernelTime kernelTime, List<Graph> graphs) {
        this.device = device;
        this.kernelTime = kernelTime;
        this.graphs = List.copyOf(graphs);
        Limits limits = Limits.of(device);
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Graph graph : graphs) {
            for (Graph.Task task : graph.tasks()) {
                limits.require(task.grid());
                arrays.addAll(task.arrays());
            }
        }
        memory = DeviceMemory.take(device, arrays);
        firstPart = new int[graphs.size() + 1];
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < graphs.size(); i++) {
            firstPart[i] = parts.size();
            cut(graphs.get(i), parts);
        }
        firstPart[graphs.size()] = parts.size();
        try (NativeOutput _ = NativeOutput.listen()) {
            plan = new TornadoExecutionPlan(build(parts));
            plan.withDevice(device);
            NativeOutput.requireNoError();
        }
        if (kernelTime != null) {
            plan.withProfiler(ProfilerMode.SILENT);
        }
    }

    private static void cut(Graph graph, List<Part> parts) {
        List<Graph.Task> tasks = new ArrayList<>();
        int arguments = 0;
        for (Graph.Task task : graph.tasks()) {
            if (arguments + task.cost() > MOST_ARGUMENTS) {
                parts.add(new Part(graph, graph.name + parts.size(), tasks));
                tasks = new ArrayList<>();
                arguments = 0;
            }
            tasks.add(task);
            arguments += task.cost();
        }
        parts.add(new Part(graph, graph.name + parts.size(), tasks));
    }

    private ImmutableTaskGraph[] build(List<Part> parts) {
        Map<Object, Integer> firstUse = new IdentityHashMap<>();
        Map<Object, Integer> lastUse = new IdentityHashMap<>();
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Graph.Task task : parts.get(i).tasks()) {
                for (Object array : task.arrays()) {
                    if (firstUse.putIfAbsent(array, i) == null) {
                        arrays.add(array);
                    }
                    lastUse.put(array, i);
                }
            }
        }
        ImmutableTaskGraph[] built = new ImmutableTaskGraph[parts.size()];
        for (int i = 0; i < built.length; i++) {
            int number = i;
            // TornadoVM hands arrays on from the graph that ran before, so a part also carries what only later ones
            // use.
            Object[] consumed = arrays.stream()
                    .filter(array -> firstUse.get(array) < number && lastUse.get(array) >= number)
                    .toArray();
            // Shared arrays stay on the device after their last use too: the first part finds them when it runs again.
            Object[] kept = arrays.stream()
                    .filter(array -> firstUse.get(array) <= number
                            && lastUse.get(array) >= number
                            && !firstUse.get(array).equals(lastUse.get(array)))
                    .toArray();
            Object[] fresh = arrays.stream()
                    .filter(array -> firstUse.get(array) == number)
                    .toArray();
            built[i] = build(parts, i, consumed, fresh, kept);
        }
        return built;
    }

    private ImmutableTaskGraph build(List<Part> parts, int number, Object[] consumed, Object[] fresh, Object[] kept) {
        Part part = parts.get(number);
        Graph graph = part.graph();
        TaskGraph made = new TaskGraph(part.name());
        if (consumed.length > 0) {
            made.consumeFromDevice(parts.get(number - 1).name(), consumed);
        }
        Object[] inputs = Arrays.stream(fresh).filter(graph::isInput).toArray();
        if (inputs.length > 0) {
            made.transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs);
        }
        Object[] constants = Arrays.stream(fresh)
                .filter(array -> graph.isConstant(array) && !graph.isInput(array))
                .toArray();
        if (constants.length > 0) {
            made.transferToDevice(DataTransferMode.FIRST_EXECUTION, constants);
        }
        Map<Object, Object> outputs = new IdentityHashMap<>();
        for (int i = 0; i < part.tasks().size(); i++) {
            Graph.Task task = part.tasks().get(i);
            String id = task.grid().task() + i;
            grids.addWorkerGrid(part.name() + "." + id, task.grid().threads());
            task.add().accept(made, id);
            task.arrays().stream()
                    .filter(array -> graph.isOutput(array) && (graph.isProbed(array) || lastIn(parts, number, array)))
                    .forEach(array -> outputs.put(array, array));
        }
        if (!outputs.isEmpty()) {
            made.transferToHost(
                    DataTransferMode.EVERY_EXECUTION, outputs.values().toArray());
        }
        if (kept.length > 0) {
            made.persistOnDevice(kept);
        }
        return made.snapshot();
    }

    /** Whether no later part of the same graph touches an array. */
    private static boolean lastIn(List<Part> parts, int number, Object array) {
        for (int i = number + 1;
                i < parts.size() && parts.get(i).graph() == parts.get(number).graph();
                i++) {
            for (Graph.Task task : parts.get(i).tasks()) {
                for (Object other : task.arrays()) {
                    if (other == array) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Runs one graph and waits for its results.
     *
     * @throws DeviceFailure if the device, its driver or TornadoVM refused anything, whether they say so or not
     */
    void execute(int number) {
        Graph graph = graphs.get(number);
        // Another start each time, so that a word from before is not taken for one from now.
        int start = ++executions << 16;
        graph.guard.set(0, start);
        try (NativeOutput _ = NativeOutput.listen()) {
            for (int part = firstPart[number]; part < firstPart[number + 1]; part++) {
                TornadoExecutionResult result =
                        plan.withGraph(part).withGridScheduler(grids).execute();
                if (kernelTime != null) {
                    kernelTime.add(result.getProfilerResult().getDeviceKernelTime());
                }
            }
            NativeOutput.flush();
            NativeOutput.requireNoError();
        } catch (TornadoInternalError | RuntimeException e) {
            failed = true;
            throw DeviceFailure.of(TornadoDevices.name(device), e);
        }
        requireAll(graph, graph.guard.get(0) - start);
    }

    /** @param ran kernels that counted themselves */
    private void requireAll(Graph graph, int ran) {
        int all = graph.tasks().size();
        if (ran != all) {
            failed = true;
            String found = ran < 0 || ran > all ? "does not tell how many" : "tells that " + ran;
            throw new DeviceFailure("device " + TornadoDevices.name(device) + " " + found + " of " + all
                    + " kernels of graph '" + graph.name + "' ran: its driver refused a launch or a transfer");
        }
    }

    @Override
    public void close() {
        DeviceMemory.giveBack(device, memory);
        if (failed) {
            // TornadoVM would wait for events and release buffers that never came to be, which ends the process.
            return;
        }
        try (NativeOutput _ = NativeOutput.listen()) {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new DeviceFailure("the device did not give its memory back: " + DeviceFailure.line(e), e);
        }
    }
}
