/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

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

    /** Tasks of one graph of TornadoVM's. */
    private record Part(Graph graph, String name, List<Graph.Task> tasks) {}

    Plan(TornadoDevice device, List<Graph> graphs) {
        firstPart = new int[graphs.size() + 1];
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < graphs.size(); i++) {
            firstPart[i] = parts.size();
            cut(graphs.get(i), parts);
        }
        firstPart[graphs.size()] = parts.size();
        plan = new TornadoExecutionPlan(build(parts));
        plan.withDevice(device);
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
        Map<Object, Integer> lastUse = new IdentityHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Graph.Task task : parts.get(i).tasks()) {
                for (Object array : task.arrays()) {
                    lastUse.put(array, i);
                }
            }
        }
        ImmutableTaskGraph[] built = new ImmutableTaskGraph[parts.size()];
        Map<Object, String> holder = new IdentityHashMap<>();
        for (int i = 0; i < built.length; i++) {
            built[i] = build(parts, i, lastUse, holder);
        }
        return built;
    }

    private ImmutableTaskGraph build(
            List<Part> parts, int number, Map<Object, Integer> lastUse, Map<Object, String> holder) {
        Part part = parts.get(number);
        Graph graph = part.graph();
        Map<Object, Object> used = new IdentityHashMap<>();
        List<Object> constants = new ArrayList<>();
        List<Object> inputs = new ArrayList<>();
        List<Object> outputs = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        Map<String, List<Object>> consumed = new LinkedHashMap<>();
        for (Graph.Task task : part.tasks()) {
            for (Object array : task.arrays()) {
                if (used.put(array, array) != null) {
                    continue;
                }
                String from = holder.get(array);
                if (from != null) {
                    consumed.computeIfAbsent(from, _ -> new ArrayList<>()).add(array);
                } else if (graph.isInput(array)) {
                    inputs.add(array);
                } else if (graph.isConstant(array)) {
                    constants.add(array);
                }
                if (lastUse.get(array) > number) {
                    kept.add(array);
                    holder.put(array, part.name());
                }
                if (graph.isOutput(array) && lastIn(parts, number, array)) {
                    outputs.add(array);
                }
            }
        }
        TaskGraph made = new TaskGraph(part.name());
        consumed.forEach((from, arrays) -> made.consumeFromDevice(from, arrays.toArray()));
        if (!inputs.isEmpty()) {
            made.transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs.toArray());
        }
        if (!constants.isEmpty()) {
            made.transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray());
        }
        for (int i = 0; i < part.tasks().size(); i++) {
            Graph.Task task = part.tasks().get(i);
            String id = task.grid().task() + i;
            grids.addWorkerGrid(part.name() + "." + id, task.grid().threads());
            task.add().accept(made, id);
        }
        if (!outputs.isEmpty()) {
            made.transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
        }
        if (!kept.isEmpty()) {
            made.persistOnDevice(kept.toArray());
        }
        return made.snapshot();
    }

    /** Whether no later part of the same graph touches an array. */
    private static boolean lastIn(List<Part> parts, int number, Object array) {
        for (int i = number + 1; i < parts.size() && parts.get(i).graph() == parts.get(number).graph(); i++) {
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

    /** Runs one graph and waits for its results. */
    void execute(int graph) {
        try {
            for (int part = firstPart[graph]; part < firstPart[graph + 1]; part++) {
                plan.withGraph(part).withGridScheduler(grids).execute();
            }
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
