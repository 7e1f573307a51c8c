/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Representation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Backward pass of a synapse layer: the weight gradient over the events of the forward pass, and the input gradient by a
 * dense product with the transposed weights, or one by one where few inputs have a surrogate above zero.
 */
final class SynapseBackward {
    /** Share of open inputs below which computing them one by one is faster; measured with the kernel benchmark. */
    static final double OPEN_LIMIT = 0.12;
    /** Weight gradients up to this many floats are summed in this many parts. */
    private static final int PART_FLOATS = 1 << 16;

    private static final int PARTS = 8;
    private static final int COLUMNS = SynapseStage.COLUMNS;

    private final SynapseStage stage;
    private final Kernels kernels;
    private final Workers workers;
    private final Geometry g;
    private final Blocks blocks;
    private final MemorySegment weights;
    private final MemorySegment weightGradient;
    /** Sums over groups of samples, or null for large layers. */
    private final MemorySegment[] parts;
    /** Weights of the input gradient; null where nobody wants it. */
    private final MemorySegment transposed;

    private final Blocks transposedBlocks;
    private final int[] inputBase;
    /** Columns and lines between the first and the last tap of a kernel. */
    private final int reachX;

    private final int reachY;
    /** Columns of a map of derivatives with room for the kernel. */
    private final DilatedLine columns;

    private final float[][] denseGradient;
    private final MemorySegment[] inputGradient;
    private final EventMap[] open;
    private float[] canonical;
    private boolean transposedValid;
    /** By slot: derivatives of one sample at every step, where a norm makes those of all; null elsewhere. */
    private Signal[] windows;
    /** The norm that the derivatives of one step are asked from; null if they are the same at every step. */
    private NormStage norm;

    SynapseBackward(
            SynapseStage stage,
            Geometry g,
            Blocks blocks,
            MemorySegment weights,
            Arena arena,
            Kernels kernels,
            Workers workers) {
        this.stage = stage;
        this.g = g;
        this.blocks = blocks;
        this.weights = weights;
        this.kernels = kernels;
        this.workers = workers;
        weightGradient = blocks.allocate(arena);
        parts = blocks.size() <= PART_FLOATS ? new MemorySegment[PARTS] : null;
        for (int i = 0; parts != null && i < PARTS; i++) {
            parts[i] = blocks.allocate(arena);
        }
        int threads = workers.threads();
        denseGradient = new float[threads][];
        inputGradient = new MemorySegment[threads];
        open = new EventMap[threads];
        int paddedIn = Blocks.padded(g.in(), kernels.lanes());
        transposedBlocks = g.isDense()
                ? new Blocks(kernels.lanes(), g.out(), g.positions() * paddedIn)
                : new Blocks(kernels.lanes(), g.kernelHeight() * g.kernelWidth() * g.out(), g.in());
        reachX = (g.kernelWidth() - 1) * g.dilation().columns();
        reachY = (g.kernelHeight() - 1) * g.dilation().lines();
        columns = new DilatedLine(g.width() + reachX, g.dilation().columns());
        inputBase = new int[g.isDense() ? COLUMNS : g.positions()];
        for (int i = 0; i < inputBase.length; i++) {
            inputBase[i] = g.isDense()
                    ? i * g.out()
                    : (i / g.width() * columns.length() + columns.place(i % g.width())) * g.out();
        }
        if (!stage.input().wantsGradient()) {
            transposed = null;
            return;
        }
        if (!g.isDense() && g.runs() == 1 && onlyReads(stage.input()) instanceof NeuronStage neurons) {
            neurons.listsOpen = true;
        }
        transposed = transposedBlocks.allocate(arena);
        for (int i = 0; i < threads; i++) {
            open[i] = new EventMap(g.positions());
            inputGradient[i] = Aligned.floats(arena, (long) g.positions() * paddedIn * (g.isDense() ? COLUMNS : 1));
        }
    }

    /** The stage if nothing else reads it. */
    private static Stage onlyReads(Stage source) {
        return source.consumers == 1 ? source : null;
    }

    /** Takes the weights of the next pass, {@code [out, in, kh, kw]}. */
    void setWeights(float[] values) {
        canonical = values.clone();
        transposedValid = false;
    }

    void copyWeightGradient(float[] into) {
        blocks.unpack(g, weightGradient, into);
    }

    /**
     * Computes the weight gradient and passes derivatives on.
     *
     * @param events input maps of the forward pass
     */
    void run(Batch batch, EventMap[] events) {
        if (batch.isWhole()) {
            gradient(batch, events);
            if (transposed != null) {
                propagate(batch);
            }
            return;
        }
        if (transposed != null) {
            propagate(batch);
        }
        if (batch.from() == 0) {
            // The derivatives of all steps are there.
            gradient(batch, events);
        }
    }

    private void gradient(Batch batch, EventMap[] events) {
        int maps = batch.maps();
        int mapStep = 1;
        if (stage.input().output.constant) {
            sumOverSteps(batch);
            mapStep = batch.steps();
        }
        if (parts != null) {
            gradientInParts(batch.samples(), events, maps / batch.samples() / mapStep, mapStep);
        } else {
            gradientByBlocks(events, maps / mapStep, mapStep);
        }
    }

    /**
     * Takes derivatives that come as one map for every sample, and finds those of the steps a sample at a time.
     *
     * @param reader makes derivatives by its input differ from step to step; null if there is no norm
     * @param maps of one sample
     */
    void stream(NormStage reader, Signal maps, Arena arena, int timeSteps) {
        norm = reader;
        if (norm != null) {
            windows = new Signal[workers.threads()];
            Arrays.setAll(windows, _ -> Signal.dense(arena, maps.shape, kernels.lanes(), timeSteps, false));
        }
    }

    /** The same where derivatives come as one map for every sample. */
    void runBySample(Batch batch) {
        gradientBySample(batch);
        if (transposed != null) {
            propagate(batch);
        }
    }

    /** Weight gradient of derivatives that are found a sample at a time; leaves their weighted sums over the steps. */
    private void gradientBySample(Batch batch) {
        Stage source = stage.input();
        int perSample = source.output.constant ? 1 : batch.steps();
        if (parts != null) {
            workers.run(PARTS, (worker, part) -> {
                parts[part].fill((byte) 0);
                int last = batch.samples() * (part + 1) / PARTS;
                for (int n = batch.samples() * part / PARTS; n < last; n++) {
                    Signal in = source.of(batch, n, worker, worker);
                    Signal derivatives = derivatives(batch, n, worker, worker, in);
                    for (int map = n * perSample; map < (n + 1) * perSample; map++) {
                        gather(in, map, 0, blocks.count(), 0, g.kernelHeight(), parts[part], derivatives, n);
                    }
                }
            });
            sumParts();
            return;
        }
        weightGradient.fill((byte) 0);
        int group = workers.threads();
        Signal[] inputs = new Signal[group];
        Signal[] derivatives = new Signal[group];
        for (int first = 0; first < batch.samples(); first += group) {
            int from = first;
            int count = Math.min(group, batch.samples() - first);
            workers.run(count, (worker, slot) -> {
                inputs[slot] = source.of(batch, from + slot, worker, slot);
                derivatives[slot] = derivatives(batch, from + slot, worker, slot, inputs[slot]);
            });
            workers.run(blocks.count() * g.kernelHeight(), (_, task) -> {
                int b = task / g.kernelHeight();
                int ky = task % g.kernelHeight();
                for (int n = from; n < from + count; n++) {
                    for (int map = n * perSample; map < (n + 1) * perSample; map++) {
                        gather(inputs[n - from], map, b, b + 1, ky, ky + 1, weightGradient, derivatives[n - from], n);
                    }
                }
            });
        }
    }

    /** Adds what a map of events and its derivatives, or those of its sample, give to the weight gradient of some blocks and lines. */
    private void gather(
            Signal in,
            int map,
            int firstBlock,
            int lastBlock,
            int ky,
            int kyEnd,
            MemorySegment sum,
            Signal derivatives,
            int n) {
        EventMap events = in.isEvents() ? in.events(map) : stage.listed[map];
        for (int b = firstBlock; b < lastBlock; b++) {
            kernels.gatherWeightGradient(
                    events,
                    g,
                    blocks,
                    b,
                    ky,
                    kyEnd,
                    sum,
                    derivatives.dense,
                    derivatives.offset(derivatives.constant ? n : map));
        }
    }

    /**
     * Derivatives by the currents of a sample: at every step, or where they are the same one map for all; where the input is the
     * same at every step, the sum over the steps. What came is replaced by the weighted sum over the steps, which is what
     * neurons before this layer ask for.
     */
    private Signal derivatives(Batch batch, int n, int worker, int slot, Signal in) {
        int steps = batch.steps();
        Signal came = stage.derivativesOfSamples();
        if (stage.input().output.constant) {
            if (norm != null) {
                norm.derive(0, came.dense, came.offset(n), stage.output, n);
            }
            multiplyBy(steps, came, n);
            return came;
        }
        if (norm == null) {
            return came;
        }
        Signal currents = stage.windows[slot];
        currents.first = n * steps;
        stage.compute(batch, n, worker, in, currents);
        Signal window = windows[slot];
        window.first = n * steps;
        long bytes = (long) window.mapSize() * Float.BYTES;
        for (int map = window.first; map < window.first + steps; map++) {
            MemorySegment.copy(came.dense, came.offset(n), window.dense, window.offset(map), bytes);
            norm.derive(map - window.first, window.dense, window.offset(map), currents, map);
        }
        came.dense.asSlice(came.offset(n), bytes).fill((byte) 0);
        float[] weights = Representation.weights(stage.input().leak, steps);
        for (int t = 0; t < steps; t++) {
            kernels.addWeighted(
                    window.dense,
                    window.offset(window.first + t),
                    null,
                    null,
                    weights[t],
                    window.shape.positions(),
                    window.padded,
                    came.dense,
                    came.offset(n));
        }
        return window;
    }

    private void multiplyBy(float factor, Signal maps, int map) {
        float[] factors = new float[maps.padded];
        Arrays.fill(factors, factor);
        long at = maps.offset(map);
        kernels.affine(
                maps.dense, at, maps.dense, at, maps.shape.positions(), maps.padded, factors, new float[maps.padded]);
    }

    /** A constant input meets the sum of the derivatives of all steps; it is left in the map of step 0. */
    private void sumOverSteps(Batch batch) {
        workers.run(batch.samples(), (_, n) -> {
            for (int t = 1; t < batch.steps(); t++) {
                kernels.add(
                        stage.gradient,
                        stage.gradientOffset(n * batch.steps() + t),
                        stage.gradient,
                        stage.gradientOffset(n * batch.steps()),
                        stage.output.mapSize());
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
                            stage.gradient,
                            stage.gradientOffset(map * mapStep));
                }
            }
        });
        sumParts();
    }

    private void sumParts() {
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
                        events[map],
                        g,
                        blocks,
                        b,
                        ky,
                        ky + 1,
                        weightGradient,
                        stage.gradient,
                        stage.gradientOffset(map * mapStep));
            }
        });
    }

    private void propagate(Batch batch) {
        Stage source = stage.input();
        boolean add = source.contribute();
        NeuronStage neurons = !add && g.runs() == 1 && onlyReads(source) instanceof NeuronStage n ? n : null;
        if (!transposedValid) {
            transpose();
        }
        if (g.isDense() && !batch.isWhole()) {
            batch.each(workers, (worker, map) -> propagateColumns(source, map, map + 1, worker, add));
        } else if (g.isDense()) {
            int maps = stage.gradientMaps(batch);
            int tasks = (maps + COLUMNS - 1) / COLUMNS;
            workers.run(tasks, (worker, task) -> {
                int from = task * COLUMNS;
                int to = Math.min(maps, from + COLUMNS);
                propagateColumns(source, from, to, worker, add);
            });
        } else if (stage.windows != null) {
            workers.run(batch.samples(), (worker, n) -> propagateMap(source, null, n, worker, add));
        } else {
            batch.each(workers, (worker, map) -> propagateMap(source, neurons, map, worker, add));
        }
    }

    private void propagateColumns(Stage source, int from, int to, int worker, boolean add) {
        if (denseGradient[worker] == null) {
            denseGradient[worker] = new float[COLUMNS * g.out()];
        }
        float[] a = denseGradient[worker];
        for (int map = from; map < to; map++) {
            MemorySegment.copy(
                    stage.gradient,
                    ValueLayout.JAVA_FLOAT,
                    stage.gradientOffset(map),
                    a,
                    (map - from) * g.out(),
                    g.out());
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
            EventMap list = neurons.open(map, open[worker]);
            if (list != null) {
                source.gradient
                        .asSlice(source.gradientOffset(map), (long) source.output.mapSize() * Float.BYTES)
                        .fill((byte) 0);
                kernels.inputGradientAt(
                        list,
                        g,
                        blocks,
                        weights,
                        stage.gradient,
                        stage.gradientOffset(map),
                        source.gradient,
                        source.gradientOffset(map),
                        paddedIn);
                return;
            }
        }
        if (denseGradient[worker] == null) {
            denseGradient[worker] = new float[(g.height() + reachY) * columns.length() * g.out()];
        }
        float[] a = denseGradient[worker];
        for (int p = 0; p < g.outPositions(); p++) {
            int y = g.top(p / g.outWidth()) + reachY;
            int x = g.left(p % g.outWidth()) + reachX;
            if (y >= 0 && x >= 0 && y < g.height() + reachY && x < g.width() + reachX) {
                MemorySegment.copy(
                        stage.gradient,
                        ValueLayout.JAVA_FLOAT,
                        stage.gradientOffset(map) + (long) p * blocks.padded * Float.BYTES,
                        a,
                        (y * columns.length() + columns.place(x)) * g.out(),
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
                g.dilation().lines() * columns.length() * g.out(),
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
