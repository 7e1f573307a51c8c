/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;

/**
 * A task graph under construction. Each task takes its name from one of the methods below, which also says how many threads
 * it runs in:
 *
 * <pre>
 *   graph.tasks.task(graph.threads("pool", count), MapKernels::pool, graph.context, ...);
 * </pre>
 */
final class Graph {
    /** Threads of a group where a kernel does not care. */
    private static final int GROUP = 64;

    private static final int LIMIT = Integer.MAX_VALUE - GROUP;

    final TaskGraph tasks;
    final KernelContext context = new KernelContext();
    private final String name;
    private final GridScheduler grids;
    private int count;

    /** @param grids of all graphs of a plan */
    Graph(String name, GridScheduler grids) {
        this.tasks = new TaskGraph(name);
        this.name = name;
        this.grids = grids;
    }

    private String add(String task, WorkerGrid grid) {
        String id = task + count++;
        grids.addWorkerGrid(name + "." + id, grid);
        return id;
    }

    /** At least {@code threads} threads in a line. */
    String threads(String task, long threads) {
        WorkerGrid grid = new WorkerGrid1D(rounded(threads, GROUP));
        grid.setLocalWork(GROUP, 1, 1);
        return add(task, grid);
    }

    /** So many groups in a line, for kernels that rely on the size of a group. */
    String groups(String task, int groups, int size) {
        WorkerGrid grid = new WorkerGrid1D(rounded((long) groups * size, size));
        grid.setLocalWork(size, 1, 1);
        return add(task, grid);
    }

    /** A box of groups, each of {@code size} threads in a line. */
    String groups(String task, int x, int y, int z, int size) {
        WorkerGrid grid = new WorkerGrid3D(rounded((long) x * size, size), y, z);
        grid.setLocalWork(size, 1, 1);
        return add(task, grid);
    }

    /** At least {@code channels} threads by {@code rows}; a group holds neighbouring channels. */
    String rows(String task, int channels, long rows) {
        int size = channels > 16 ? GROUP : 16;
        WorkerGrid grid = new WorkerGrid2D(rounded(channels, size), rounded(rows, 1));
        grid.setLocalWork(size, 1, 1);
        return add(task, grid);
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
