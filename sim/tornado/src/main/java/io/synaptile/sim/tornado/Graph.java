/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/**
 * A task graph under construction. Each task takes its name from one of the methods below, which also says how many threads
 * it runs in:
 *
 * <pre>
 *   graph.add(to -> to.task(graph.threads("pool", count), MapKernels::pool, graph.context, ...));
 * </pre>
 */
final class Graph {
    /** Threads of a group where a kernel does not care. */
    private static final int GROUP = 64;

    private static final int LIMIT = Integer.MAX_VALUE - GROUP;

    final KernelContext context = new KernelContext();
    private final String name;
    private final GridScheduler grids;
    private final List<Consumer<TaskGraph>> waiting = new ArrayList<>();
    private final List<Consumer<TaskGraph>> before = new ArrayList<>();
    private final List<Consumer<TaskGraph>> after = new ArrayList<>();
    private int count;

    /** @param grids of all graphs of a plan */
    Graph(String name, GridScheduler grids) {
        this.name = name;
        this.grids = grids;
    }

    /** Adds a task. */
    void add(Consumer<TaskGraph> task) {
        waiting.add(task);
    }

    /** Has arrays copied to the device before the tasks. */
    void upload(int mode, Object... arrays) {
        if (arrays.length > 0) {
            before.add(to -> to.transferToDevice(mode, arrays));
        }
    }

    /** Uses arrays that an earlier graph has left on the device. */
    void consume(String producer, Object... arrays) {
        before.add(to -> to.consumeFromDevice(producer, arrays));
    }

    /** Has arrays copied to the host after the tasks. */
    void download(Object... arrays) {
        if (arrays.length > 0) {
            after.add(to -> to.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays));
        }
    }

    /** Leaves arrays on the device for other graphs. */
    void persist(Object... arrays) {
        after.add(to -> to.persistOnDevice(arrays));
    }

    /** The graph with all that has been added. */
    ImmutableTaskGraph finish() {
        TaskGraph graph = new TaskGraph(name);
        before.forEach(step -> step.accept(graph));
        waiting.forEach(step -> step.accept(graph));
        after.forEach(step -> step.accept(graph));
        return graph.snapshot();
    }

    private String named(String task, WorkerGrid grid) {
        String id = task + count++;
        grids.addWorkerGrid(name + "." + id, grid);
        return id;
    }

    /** At least {@code threads} threads in a line. */
    String threads(String task, long threads) {
        WorkerGrid grid = new WorkerGrid1D(rounded(threads, GROUP));
        grid.setLocalWork(GROUP, 1, 1);
        return named(task, grid);
    }

    /** So many groups in a line, for kernels that rely on the size of a group. */
    String groups(String task, int groups, int size) {
        WorkerGrid grid = new WorkerGrid1D(rounded((long) groups * size, size));
        grid.setLocalWork(size, 1, 1);
        return named(task, grid);
    }

    /** A box of groups, each of {@code size} threads in a line. */
    String groups(String task, int x, int y, int z, int size) {
        WorkerGrid grid = new WorkerGrid3D(rounded((long) x * size, size), y, z);
        grid.setLocalWork(size, 1, 1);
        return named(task, grid);
    }

    /** At least {@code channels} threads by {@code rows}; a group holds neighbouring channels. */
    String rows(String task, int channels, long rows) {
        int size = channels > 16 ? GROUP : 16;
        WorkerGrid grid = new WorkerGrid2D(rounded(channels, size), rounded(rows, 1));
        grid.setLocalWork(size, 1, 1);
        return named(task, grid);
    }

    private static int rounded(long threads, int group) {
        if (threads > LIMIT) {
            throw new IllegalArgumentException(
                    "a batch of this size needs " + threads + " threads in one kernel, more than " + LIMIT
                            + "; a smaller data.batch helps");
        }
        return Math.toIntExact((threads + group - 1) / group * group);
    }
}
