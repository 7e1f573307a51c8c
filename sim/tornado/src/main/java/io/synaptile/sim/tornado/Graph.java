/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.tornado.kernel.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Tasks that run one after the other, as a list: TornadoVM's own task graphs hold a thousand nodes at most and want transfers
 * declared before the tasks that read them, so {@link Plan} makes them, as many as it takes, once all tasks are known.
 *
 * <pre>
 *   graph.task(graph.threads("pool", count), MapKernels::pool, ...);
 * </pre>
 *
 * <p>Every kernel is given the context and the guard before what is listed here, and counts itself there.
 *
 * <p>No array may be given to a task twice: TornadoVM would take it for a task that waits for itself.
 */
final class Graph {
    /** Threads of a group where a kernel does not care. */
    private static final int GROUP = 64;

    private static final int LIMIT = Integer.MAX_VALUE - GROUP;

    private final KernelContext context = new KernelContext();
    /** Counts the kernels that have run, see {@link Guard}. */
    final IntArray guard = new IntArray(1);

    final String name;
    private final List<Task> tasks = new ArrayList<>();
    private final Set<Object> constants = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> probed = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Name of a task and the threads it runs in.
     *
     * @param localBytes local memory of a group
     */
    record Grid(String task, Threads threads, int localBytes) {
        /** Gives the kernel local memory. */
        Grid with(int bytes) {
            return new Grid(task, threads, bytes);
        }
    }

    /**
     * A task to be.
     *
     * @param arrays its arguments that live on the device
     * @param cost its arguments, each of which becomes a node of TornadoVM's graph
     */
    record Task(Grid grid, List<Object> arrays, int cost, BiConsumer<TaskGraph, String> add) {}

    Graph(String name) {
        this.name = name;
        guard.init(0);
        inputs(guard);
        outputs(guard);
    }

    /** Declares arrays that are copied to the device once. */
    void constants(Object... arrays) {
        Collections.addAll(constants, arrays);
    }

    /** Declares arrays that are copied to the device every time. */
    void inputs(Object... arrays) {
        Collections.addAll(inputs, arrays);
    }

    /** Declares arrays that are copied to the host every time, after the last task that touches them. */
    void outputs(Object... arrays) {
        Collections.addAll(outputs, arrays);
    }

    /**
     * Declares arrays that are copied to the host whichever tasks touch them last: TornadoVM does not copy what the tasks of a
     * graph only read, as those of a part may.
     */
    void probed(Object... arrays) {
        outputs(arrays);
        Collections.addAll(probed, arrays);
    }

    boolean isProbed(Object array) {
        return probed.contains(array);
    }

    List<Task> tasks() {
        return tasks;
    }

    boolean isConstant(Object array) {
        return constants.contains(array);
    }

    boolean isInput(Object array) {
        return inputs.contains(array);
    }

    boolean isOutput(Object array) {
        return outputs.contains(array);
    }

    /** At least {@code threads} threads in a line. */
    Grid threads(String task, long threads) {
        return groups(task, (threads + GROUP - 1) / GROUP, GROUP);
    }

    /** So many groups in a line, for kernels that rely on the size of a group. */
    Grid groups(String task, long groups, int size) {
        return new Grid(task, new Threads(1, new long[] {inLine(groups, size), 1, 1}, size), 0);
    }

    /**
     * A box of groups, each of {@code size} threads in a line. What there are many of belongs in x: devices take 65,535 groups
     * in y and z.
     */
    Grid groups(String task, long x, int y, int z, int size) {
        return new Grid(task, new Threads(3, new long[] {inLine(x, size), y, z}, size), 0);
    }

    /**
     * A group for each position and each block of neighbouring channels: positions in x, blocks in y. The channel of a thread
     * is {@code groupIdy * localGroupSizeX + localIdx}.
     */
    Grid positions(String task, long positions, int channels) {
        int size = channels > 16 ? GROUP : 16;
        int blocks = (channels + size - 1) / size;
        return new Grid(task, new Threads(2, new long[] {inLine(positions, size), blocks, 1}, size), 0);
    }

    private static long inLine(long groups, int size) {
        long threads = groups * size;
        if (threads > LIMIT) {
            throw new IllegalArgumentException("a batch of this size needs " + threads
                    + " threads in one kernel, more than " + LIMIT + "; a smaller batch helps");
        }
        return threads;
    }

    private void add(Grid grid, BiConsumer<TaskGraph, String> task, Object... arguments) {
        List<Object> arrays = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof TornadoNativeArray) {
                for (Object other : arrays) {
                    if (other == argument) {
                        throw new IllegalArgumentException("task " + grid.task() + " is given one array twice");
                    }
                }
                arrays.add(argument);
            }
        }
        arrays.add(guard);
        // Context and guard are arguments too.
        tasks.add(new Task(grid, arrays, arguments.length + 2, task));
    }

    /** A task of 2 arguments. */
    <A1, A2> void task(Grid grid, TornadoFunctions.Task4<KernelContext, IntArray, A1, A2> code, A1 a1, A2 a2) {
        add(grid, (to, id) -> to.task(id, code, context, guard, a1, a2), a1, a2);
    }

    /** A task of 3 arguments. */
    <A1, A2, A3> void task(
            Grid grid, TornadoFunctions.Task5<KernelContext, IntArray, A1, A2, A3> code, A1 a1, A2 a2, A3 a3) {
        add(grid, (to, id) -> to.task(id, code, context, guard, a1, a2, a3), a1, a2, a3);
    }

    /** A task of 4 arguments. */
    <A1, A2, A3, A4> void task(
            Grid grid,
            TornadoFunctions.Task6<KernelContext, IntArray, A1, A2, A3, A4> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4) {
        add(grid, (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4), a1, a2, a3, a4);
    }

    /** A task of 5 arguments. */
    <A1, A2, A3, A4, A5> void task(
            Grid grid,
            TornadoFunctions.Task7<KernelContext, IntArray, A1, A2, A3, A4, A5> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5) {
        add(grid, (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5), a1, a2, a3, a4, a5);
    }

    /** A task of 6 arguments. */
    <A1, A2, A3, A4, A5, A6> void task(
            Grid grid,
            TornadoFunctions.Task8<KernelContext, IntArray, A1, A2, A3, A4, A5, A6> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6) {
        add(grid, (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6), a1, a2, a3, a4, a5, a6);
    }

    /** A task of 7 arguments. */
    <A1, A2, A3, A4, A5, A6, A7> void task(
            Grid grid,
            TornadoFunctions.Task9<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7);
    }

    /** A task of 8 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8> void task(
            Grid grid,
            TornadoFunctions.Task10<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8);
    }

    /** A task of 9 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9> void task(
            Grid grid,
            TornadoFunctions.Task11<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9);
    }

    /** A task of 10 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10> void task(
            Grid grid,
            TornadoFunctions.Task12<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10);
    }

    /** A task of 11 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11> void task(
            Grid grid,
            TornadoFunctions.Task13<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11);
    }

    /** A task of 12 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12> void task(
            Grid grid,
            TornadoFunctions.Task14<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12> code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11,
            A12 a12) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12);
    }

    /** A task of 13 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13> void task(
            Grid grid,
            TornadoFunctions.Task15<KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13>
                    code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11,
            A12 a12,
            A13 a13) {
        add(
                grid,
                (to, id) -> to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12,
                a13);
    }

    /** A task of 14 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14> void task(
            Grid grid,
            TornadoFunctions.Task16<
                            KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14>
                    code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11,
            A12 a12,
            A13 a13,
            A14 a14) {
        add(
                grid,
                (to, id) ->
                        to.task(id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12,
                a13,
                a14);
    }

    /** A task of 15 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15> void task(
            Grid grid,
            TornadoFunctions.Task17<
                            KernelContext, IntArray, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15>
                    code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11,
            A12 a12,
            A13 a13,
            A14 a14,
            A15 a15) {
        add(
                grid,
                (to, id) -> to.task(
                        id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12,
                a13,
                a14,
                a15);
    }

    /** A task of 16 arguments. */
    <A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16> void task(
            Grid grid,
            TornadoFunctions.Task18<
                            KernelContext,
                            IntArray,
                            A1,
                            A2,
                            A3,
                            A4,
                            A5,
                            A6,
                            A7,
                            A8,
                            A9,
                            A10,
                            A11,
                            A12,
                            A13,
                            A14,
                            A15,
                            A16>
                    code,
            A1 a1,
            A2 a2,
            A3 a3,
            A4 a4,
            A5 a5,
            A6 a6,
            A7 a7,
            A8 a8,
            A9 a9,
            A10 a10,
            A11 a11,
            A12 a12,
            A13 a13,
            A14 a14,
            A15 a15,
            A16 a16) {
        add(
                grid,
                (to, id) -> to.task(
                        id, code, context, guard, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15,
                        a16),
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8,
                a9,
                a10,
                a11,
                a12,
                a13,
                a14,
                a15,
                a16);
    }
}
