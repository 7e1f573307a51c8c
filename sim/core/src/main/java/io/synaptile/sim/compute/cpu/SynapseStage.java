/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution or dense layer. Maps with few events go through the event-driven kernels, others and analogue inputs through
 * the dense one; both add the same terms in the same order, so the choice does not change the result.
 */
final class SynapseStage extends Stage {
    /** Share of non-zero inputs above which the dense kernel is faster; measured with the kernel benchmark. */
    private static final double EVENT_LIMIT = 0.35;
    /** Share of open inputs below which the input gradient is computed one by one. */
    private static final double OPEN_LIMIT = 0.2;
    /** Blocks of weights up to this size are walked in one go, larger ones kernel row by kernel row. */
    private static final long BLOCK_BYTES = 64 << 10;
    /** Weight gradients up to this many floats are summed in this many parts. */
    private static final int PART_FLOATS = 1 << 16;

    private static final int PARTS = 8;
    /** Maps that a dense layer multiplies at a time. */
    private static final int COLUMNS = 8;

    private final Kernels kernels;
    private final Workers workers;
    private final Arena arena;
    private final Geometry g;
    private final Blocks blocks;
    private final MemorySegment weights;
    private final Signal varying;
    private final Signal constant;
    /** Offset of each output position in a padded input map. */
    private final int[] base;

    private final float[][] denseInput;
    private TiledMatrix tiles;
    /** Non-zero weights that each input meets. */
    private int[] fanOut;

    /** Backward pass: null outside training. */
    private MemorySegment weightGradient;

    private MemorySegment[] parts;
    private EventMap[] listed;
    private Blocks transposedBlocks;
    private MemorySegment transposed;
    private boolean transposedValid;
    private float[] canonical;
    private int[] inputBase;
    private float[][] denseGradient;
    private MemorySegment[] inputGradient;
    private EventMap[] open;

    SynapseStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.arena = arena;
        this.g = Geometry.of(node, input.output.shape);
        this.blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
        this.weights = blocks.allocate(arena);
        this.varying = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        this.constant = varying.asConstant();
        this.output = varying;
        int paddedWidth = g.width() + 2 * g.padding();
        this.base = new int[g.isDense() ? COLUMNS : g.outPositions()];
        for (int i = 0; i < base.length; i++) {
            base[i] = g.isDense()
                    ? i * g.inputs()
                    : (i / g.outWidth() * paddedWidth + i % g.outWidth()) * g.stride() * g.in();
        }
        this.denseInput = new float[workers.threads()][];
    }

    /** Installs ideal weights, {@code [out, in, kh, kw]}. */
    void setWeights(float[] values) {
        blocks.pack(g, values, weights);
        canonical = values.clone();
        transposedValid = false;
    }

    /** Installs the weights of a plan for inference, with the tables that count activity. */
    void install(SynapsePlan plan) {
        int[] rowCount = new int[g.rows()];
        switch (plan) {
            case SynapsePlan.DensePlan(float[] values) -> {
                setWeights(values);
                for (int row = 0; row < g.rows(); row++) {
                    for (int o = 0; o < g.out(); o++) {
                        rowCount[row] += values[g.canonical(row, o)] != 0f ? 1 : 0;
                    }
                }
            }
            case SynapsePlan.TiledPlan tiled -> {
                tiles = new TiledMatrix(tiled, g, arena, kernels, workers.threads());
                for (int i = 0; i < g.rows() * g.out(); i++) {
                    int cell = i;
                    boolean any = Arrays.stream(tiled.planes()).anyMatch(plane -> plane[cell] != 0f);
                    rowCount[i / g.out()] += any ? 1 : 0;
                }
            }
        }
        fanOut = new int[g.inputs()];
        for (int p = 0; p < g.positions(); p++) {
            for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
                if (g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth()) >= 0) {
                    for (int c = 0; c < g.in(); c++) {
                        fanOut[p * g.in() + c] += rowCount[tap * g.in() + c];
                    }
                }
            }
        }
    }

    void copyWeightGradient(float[] into) {
        blocks.unpack(g, weightGradient, into);
    }

    @Override
    void prepareTraining(Arena trainingArena, int maps) {
        super.prepareTraining(trainingArena, maps);
        weightGradient = blocks.allocate(trainingArena);
        if (blocks.size() <= PART_FLOATS) {
            parts = new MemorySegment[PARTS];
            for (int i = 0; i < PARTS; i++) {
                parts[i] = blocks.allocate(trainingArena);
            }
        }
        int threads = workers.threads();
        denseGradient = new float[threads][];
        inputGradient = new MemorySegment[threads];
        open = new EventMap[threads];
        for (int i = 0; i < threads; i++) {
            open[i] = new EventMap(g.positions());
        }
        if (input().wantsGradient()) {
            int paddedIn = Blocks.padded(g.in(), kernels.lanes());
            transposedBlocks = g.isDense()
                    ? new Blocks(kernels.lanes(), g.out(), g.positions() * paddedIn)
                    : new Blocks(kernels.lanes(), g.kernelHeight() * g.kernelWidth() * g.out(), g.in());
            transposed = transposedBlocks.allocate(trainingArena);
            int spread = g.width() + g.kernelWidth() - 1;
            inputBase = new int[g.isDense() ? COLUMNS : g.positions()];
            for (int i = 0; i < inputBase.length; i++) {
                inputBase[i] = g.isDense() ? i * g.out() : (i / g.width() * spread + i % g.width()) * g.out();
            }
            for (int i = 0; i < threads; i++) {
                inputGradient[i] =
                        Aligned.floats(trainingArena, (long) g.positions() * paddedIn * (g.isDense() ? COLUMNS : 1));
            }
        }
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        output = in.constant ? constant : varying;
        int maps = in.constant ? batch.samples() : batch.maps();
        int perSample = in.constant ? 1 : batch.steps();
        if (batch.training() && !in.isEvents()) {
            list(in, maps);
        }
        if (tiles != null) {
            readTiles(batch, in);
        } else {
            int group = groupSize(batch.samples());
            int tasks = (batch.samples() + group - 1) / group;
            workers.run(tasks, (worker, task) -> {
                int last = Math.min(batch.samples(), (task + 1) * group);
                multiply(in, task * group * perSample, last * perSample, worker);
            });
        }
        if (batch.activity() != null) {
            count(batch, in);
        }
    }

    /** Samples per task: one, or for weights that overflow the cache enough to use each block many times. */
    private int groupSize(int samples) {
        if (blocks.size() * Float.BYTES <= 8 * BLOCK_BYTES) {
            return 1;
        }
        return Math.max(1, (samples + 2 * workers.threads() - 1) / (2 * workers.threads()));
    }

    /** Lists the values of dense input maps, for the event-driven weight gradient. */
    private void list(Signal in, int maps) {
        if (listed == null || listed.length < maps) {
            listed = new EventMap[maps];
            for (int i = 0; i < maps; i++) {
                listed[i] = new EventMap(g.positions());
            }
        }
        workers.run(maps, (_, map) -> in.collect(map, listed[map]));
    }

    private void multiply(Signal in, int from, int to, int worker) {
        if (g.isDense()) {
            for (int map = from; map < to; map += COLUMNS) {
                int end = Math.min(to, map + COLUMNS);
                if (isDense(in, map, end)) {
                    multiplyDense(in, map, end, worker);
                }
            }
        }
        boolean oneGo = blocks.rowBytes(0) * (long) g.rows() <= BLOCK_BYTES;
        for (int b = 0; b < blocks.count(); b++) {
            int kyStep = oneGo ? g.kernelHeight() : 1;
            for (int ky = 0; ky < g.kernelHeight(); ky += kyStep) {
                for (int map = from; map < to; map++) {
                    boolean dense = g.isDense()
                            ? isDense(in, columnStart(from, map), Math.min(to, columnStart(from, map) + COLUMNS))
                            : isDense(in, map, map + 1);
                    if (!dense) {
                        if (b == 0 && ky == 0) {
                            varying.dense
                                    .asSlice(varying.offset(map), (long) varying.mapSize() * Float.BYTES)
                                    .fill((byte) 0);
                        }
                        kernels.gather(
                                in.events[map],
                                g,
                                blocks,
                                b,
                                ky,
                                ky + kyStep,
                                weights,
                                varying.dense,
                                varying.offset(map));
                    } else if (!g.isDense() && b == 0 && ky == 0) {
                        multiplyDense(in, map, map + 1, worker);
                    }
                }
            }
        }
    }

    private static int columnStart(int from, int map) {
        return from + (map - from) / COLUMNS * COLUMNS;
    }

    /** Whether maps {@code [from, to)} are analogue or busy enough for the dense kernel. */
    private boolean isDense(Signal in, int from, int to) {
        if (!in.isEvents()) {
            return true;
        }
        long events = 0;
        for (int map = from; map < to; map++) {
            events += in.events[map].count();
        }
        return events > EVENT_LIMIT * g.inputs() * (to - from);
    }

    private void multiplyDense(Signal in, int from, int to, int worker) {
        int paddedWidth = g.width() + 2 * g.padding();
        int size = (g.height() + 2 * g.padding()) * paddedWidth * g.in();
        if (denseInput[worker] == null) {
            denseInput[worker] = new float[g.isDense() ? COLUMNS * size : size];
        }
        float[] a = denseInput[worker];
        for (int map = from; map < to; map++) {
            fill(in, map, a, (map - from) * size, paddedWidth);
        }
        kernels.product(
                a,
                base,
                g.isDense() ? to - from : g.outPositions(),
                g.kernelHeight(),
                paddedWidth * g.in(),
                g.kernelWidth() * g.in(),
                blocks,
                weights,
                varying.dense,
                varying.offset(from));
    }

    /** Writes an input map, with its border of zeros, to a heap array without channel padding. */
    private void fill(Signal in, int map, float[] a, int at, int paddedWidth) {
        int rowLength = g.width() * g.in();
        for (int y = 0; y < g.height(); y++) {
            int row = at + ((y + g.padding()) * paddedWidth + g.padding()) * g.in();
            if (in.isEvents()) {
                Arrays.fill(a, row, row + rowLength, 0f);
                EventMap m = in.events[map];
                int e1 = m.start[(y + 1) * g.width()];
                for (int e = m.start[y * g.width()]; e < e1; e++) {
                    a[row + m.index[e]] = m.binary ? 1f : m.value[e];
                }
            } else {
                for (int x = 0; x < g.width(); x++) {
                    MemorySegment.copy(
                            in.dense,
                            ValueLayout.JAVA_FLOAT,
                            in.offset(map) + (long) (y * g.width() + x) * in.padded * Float.BYTES,
                            a,
                            row + x * g.in(),
                            g.in());
                }
            }
        }
    }

    private void readTiles(Batch batch, Signal in) {
        int steps = batch.steps();
        output = varying;
        TiledMatrix.Counts[] counts = new TiledMatrix.Counts[batch.maps()];
        workers.run(batch.samples(), (worker, n) -> {
            long id = batch.input().sampleIds()[batch.first() + n];
            EventMap own = in.isEvents() ? null : new EventMap(g.positions());
            for (int t = 0; t < steps; t++) {
                int map = n * steps + t;
                counts[map] = new TiledMatrix.Counts();
                EventMap m = own;
                if (in.isEvents()) {
                    m = in.events[map];
                } else {
                    in.collect(in.map(n, t, steps), own);
                }
                tiles.read(m, worker, id, t, varying.dense, varying.offset(map), counts[map]);
            }
        });
        LayerActivity activity = batch.activity()[node.id()];
        for (int map = 0; map < counts.length; map++) {
            int t = map % steps;
            activity.rowDrives[t] += counts[map].rowDrives;
            activity.load[t] += counts[map].load;
            activity.tileReads[t] += counts[map].tileReads;
            activity.activePositions[t] += counts[map].activePositions;
        }
    }

    private void count(Batch batch, Signal in) {
        int steps = batch.steps();
        long[] operations = new long[batch.maps()];
        long[] events = new long[batch.maps()];
        boolean[] unit = new boolean[batch.maps()];
        workers.run(batch.samples(), (_, n) -> {
            EventMap own = in.isEvents() ? null : new EventMap(g.positions());
            for (int t = 0; t < steps; t++) {
                int map = n * steps + t;
                EventMap m = own;
                if (in.isEvents()) {
                    m = in.events[map];
                } else if (t == 0 || !in.constant) {
                    in.collect(in.map(n, t, steps), own);
                }
                events[map] = m.count();
                unit[map] = m.unit;
                operations[map] = operations(m);
            }
        });
        LayerActivity activity = batch.activity()[node.id()];
        for (int map = 0; map < operations.length; map++) {
            int t = map % steps;
            activity.events[t] += events[map];
            (unit[map] ? activity.effectiveAcs : activity.effectiveMacs)[t] += operations[map];
        }
    }

    private long operations(EventMap m) {
        long sum = 0;
        for (int p = 0; p < g.positions(); p++) {
            int shift = p * g.in() - p % g.width() * g.in();
            int e1 = m.start[p + 1];
            for (int e = m.start[p]; e < e1; e++) {
                sum += fanOut[m.index[e] + shift];
            }
        }
        return sum;
    }

    @Override
    void backward(Batch batch) {
        Signal in = input().output;
        int maps = batch.maps();
        int mapStep = 1;
        if (in.constant) {
            sumOverSteps(batch);
            mapStep = batch.steps();
        }
        EventMap[] events = in.isEvents() ? in.events : listed;
        if (parts != null) {
            gradientInParts(batch.samples(), events, maps / batch.samples() / mapStep, mapStep);
        } else {
            gradientByBlocks(events, maps / mapStep, mapStep);
        }
        if (input().wantsGradient()) {
            propagate(batch);
        }
    }

    /** A constant input meets the sum of the derivatives of all steps; it is left in the map of step 0. */
    private void sumOverSteps(Batch batch) {
        workers.run(batch.samples(), (_, n) -> {
            for (int t = 1; t < batch.steps(); t++) {
                kernels.add(
                        gradient,
                        gradientOffset(n * batch.steps() + t),
                        gradient,
                        gradientOffset(n * batch.steps()),
                        output.mapSize());
            }
        });
    }

    /** Small layers: a fixed number of groups of samples, each summed on its own, then added up in order. */
    private void gradientInParts(int samples, EventMap[] events, int perSample, int mapStep) {
        workers.run(PARTS, (_, part) -> {
            parts[part].fill((byte) 0);
            int first = samples * part / PARTS * perSample;
            int last = samples * (part + 1) / PARTS * perSample;
            for (int map = first; map < last; map++) {
                for (int b = 0; b < blocks.count(); b++) {
                    kernels.gatherWeightGradient(
                            events[map],
                            g,
                            blocks,
                            b,
                            0,
                            g.kernelHeight(),
                            parts[part],
                            gradient,
                            gradientOffset(map * mapStep));
                }
            }
        });
        weightGradient.fill((byte) 0);
        for (MemorySegment part : parts) {
            kernels.add(part, 0, weightGradient, 0, Math.toIntExact(blocks.size()));
        }
    }

    /** Large layers: every task owns one block of outputs and one kernel row, and sees all maps. */
    private void gradientByBlocks(EventMap[] events, int maps, int mapStep) {
        weightGradient.fill((byte) 0);
        workers.run(blocks.count() * g.kernelHeight(), (_, task) -> {
            int b = task / g.kernelHeight();
            int ky = task % g.kernelHeight();
            for (int map = 0; map < maps; map++) {
                kernels.gatherWeightGradient(
                        events[map], g, blocks, b, ky, ky + 1, weightGradient, gradient, gradientOffset(map * mapStep));
            }
        });
    }

    private void propagate(Batch batch) {
        Stage source = input();
        boolean add = source.contribute();
        NeuronStage neurons = !add && source.consumers == 1 && source instanceof NeuronStage n ? n : null;
        if (!transposedValid) {
            transpose();
        }
        if (g.isDense()) {
            int tasks = (batch.maps() + COLUMNS - 1) / COLUMNS;
            workers.run(tasks, (worker, task) -> {
                int from = task * COLUMNS;
                int to = Math.min(batch.maps(), from + COLUMNS);
                propagateColumns(source, from, to, worker, add);
            });
        } else {
            workers.run(batch.maps(), (worker, map) -> propagateMap(source, neurons, map, worker, add));
        }
    }

    private void propagateColumns(Stage source, int from, int to, int worker, boolean add) {
        if (denseGradient[worker] == null) {
            denseGradient[worker] = new float[COLUMNS * g.out()];
        }
        float[] a = denseGradient[worker];
        for (int map = from; map < to; map++) {
            MemorySegment.copy(
                    gradient, ValueLayout.JAVA_FLOAT, gradientOffset(map), a, (map - from) * g.out(), g.out());
        }
        MemorySegment target = add ? inputGradient[worker] : source.gradient;
        long at = add ? 0 : source.gradientOffset(from);
        kernels.product(a, inputBase, to - from, 1, 0, g.out(), transposedBlocks, transposed, target, at);
        if (add) {
            for (int map = from; map < to; map++) {
                long offset = (long) (map - from) * source.output.mapSize() * Float.BYTES;
                Gradients.pass(kernels, target, offset, source, map, true);
            }
        }
    }

    private void propagateMap(Stage source, NeuronStage neurons, int map, int worker, boolean add) {
        int paddedIn = source.output.padded;
        if (neurons != null) {
            EventMap list = open[worker];
            kernels.open(
                    neurons.potential, neurons.output.offset(map), neurons.spec, g.height(), g.width(), g.in(), list);
            if (list.count() < OPEN_LIMIT * g.inputs()) {
                source.gradient
                        .asSlice(source.gradientOffset(map), (long) source.output.mapSize() * Float.BYTES)
                        .fill((byte) 0);
                kernels.inputGradientAt(
                        list,
                        g,
                        blocks,
                        weights,
                        gradient,
                        gradientOffset(map),
                        source.gradient,
                        source.gradientOffset(map),
                        paddedIn);
                return;
            }
        }
        int spreadWidth = g.width() + g.kernelWidth() - 1;
        int spreadHeight = g.height() + g.kernelHeight() - 1;
        if (denseGradient[worker] == null) {
            denseGradient[worker] = new float[spreadHeight * spreadWidth * g.out()];
        }
        float[] a = denseGradient[worker];
        for (int p = 0; p < g.outPositions(); p++) {
            int y = p / g.outWidth() * g.stride() + g.kernelHeight() - 1 - g.padding();
            int x = p % g.outWidth() * g.stride() + g.kernelWidth() - 1 - g.padding();
            if (y >= 0 && x >= 0 && y < spreadHeight && x < spreadWidth) {
                MemorySegment.copy(
                        gradient,
                        ValueLayout.JAVA_FLOAT,
                        gradientOffset(map) + (long) p * blocks.padded * Float.BYTES,
                        a,
                        (y * spreadWidth + x) * g.out(),
                        g.out());
            }
        }
        MemorySegment target = add ? inputGradient[worker] : source.gradient;
        long at = add ? 0 : source.gradientOffset(map);
        kernels.product(
                a,
                inputBase,
                g.positions(),
                g.kernelHeight(),
                spreadWidth * g.out(),
                g.kernelWidth() * g.out(),
                transposedBlocks,
                transposed,
                target,
                at);
        if (add) {
            Gradients.pass(kernels, target, 0, source, map, true);
        }
    }

    /** Builds the weights of the input gradient: taps mirrored, outputs as rows, inputs as columns. */
    private void transpose() {
        int taps = g.kernelHeight() * g.kernelWidth();
        int paddedIn = Blocks.padded(g.in(), kernels.lanes());
        workers.run(g.out(), (_, o) -> {
            for (int c = 0; c < g.in(); c++) {
                for (int tap = 0; tap < taps; tap++) {
                    float w = canonical[(o * g.in() + c) * taps + tap];
                    long at = g.isDense()
                            ? transposedBlocks.index(o, tap * paddedIn + c)
                            : transposedBlocks.index((taps - 1 - tap) * g.out() + o, c);
                    transposed.setAtIndex(ValueLayout.JAVA_FLOAT, at, w);
                }
            }
        });
        transposedValid = true;
    }
}
