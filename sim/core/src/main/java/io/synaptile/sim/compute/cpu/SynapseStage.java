/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Convolution or dense layer. Maps with few events go through the event-driven kernels, others and analogue inputs through
 * the dense one; both add the same terms in the same order, so the choice does not change the result.
 */
sealed class SynapseStage extends Stage permits GroupedStage {
    /** Share of non-zero inputs above which the dense kernel is faster; measured with the kernel benchmark. */
    private static final double EVENT_LIMIT = 0.45;
    /** Blocks of weights up to this size are walked in one go, larger ones kernel row by kernel row. */
    private static final long BLOCK_BYTES = 64 << 10;
    /** Currents that a reader of arrays gives back in one call, about: 64 MB of them. */
    private static final long MOST_CURRENTS = 1 << 24;
    /** Maps that a dense layer multiplies at a time. */
    static final int COLUMNS = 8;

    final Kernels kernels;
    final Workers workers;
    final Geometry g;
    private final Arena arena;
    private final Blocks blocks;
    /** Null where channels are in groups. */
    private final MemorySegment weights;

    final Signal varying;
    private final Signal constant;
    /** Columns of a padded input map. */
    private final DilatedLine columns;
    /** Offset of each output position in a padded input map. */
    private final int[] base;

    private final float[][] denseInput;
    /** By copy of the layer; null where it is not on tiles. */
    private TiledMatrix[] tiles;
    /** Memory of the tiles. */
    private Arena ofArrays;
    /** Null where no product with the weights that are not 0 is to be had. */
    private final SparseProduct sparse;
    /** Whether the weights are of those that it is for. */
    private boolean isSparse;

    private FanOut fanOut;

    /** Room for currents that are the same at every step, which are held in any case. */
    private int constantSamples;
    /** The norm that reads currents which are not held; null if there is none. */
    private NormStage streamedNorm;

    /** Events of dense input maps, in training. */
    EventMap[] listed;
    /** Backward pass; null outside training. */
    private SynapseBackward back;

    /** @param currents what this stage computes, {@code [maps, positions, padded]} */
    SynapseStage(Network.Node node, Stage input, Signal currents, Arena arena, Kernels kernels, Workers workers) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.arena = arena;
        this.g = Geometry.of(node, input.output.shape);
        this.blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
        this.weights = g.groups() == 1 ? blocks.allocate(arena) : null;
        this.varying = currents;
        this.constant = varying.asConstant();
        this.output = varying;
        this.columns = new DilatedLine(
                g.width() + 2 * g.padding().columns(), g.dilation().columns());
        this.base = new int[g.isDense() ? COLUMNS : g.outPositions()];
        for (int i = 0; i < base.length; i++) {
            int column = columns.place(i % g.outWidth() * g.stride().columns());
            base[i] = g.isDense()
                    ? i * g.inputs()
                    : (i / g.outWidth() * g.stride().lines() * columns.length() + column) * g.in();
        }
        this.denseInput = new float[workers.threads()][];
        this.sparse = SparseProduct.suits(g) ? new SparseProduct(kernels, g, workers.threads()) : null;
    }

    /** Puts the currents into memory that others use before and after. */
    void share(MemorySegment memory) {
        varying.dense = memory;
        constant.dense = memory;
    }

    /**
     * Holds the currents of one sample at a time, computed whenever a reader asks for them, and derivatives of one step; called
     * before {@link #prepareTraining}.
     *
     * @param norm reads the currents before neurons do; null if neurons read them as they are
     */
    void stream(NormStage norm, int samples, int timeSteps) {
        windows = new Signal[workers.threads()];
        Arrays.setAll(windows, _ -> Signal.dense(arena, output.shape, kernels.lanes(), timeSteps, false));
        constantSamples = samples;
        streamedNorm = norm;
    }

    /** {@link #gradient} where it holds one map for every sample. */
    Signal derivativesOfSamples() {
        return Signal.of(gradient, output.shape, kernels.lanes());
    }

    @Override
    Signal of(Batch batch, int n, int worker, int slot) {
        return output.constant ? output : super.of(batch, n, worker, slot);
    }

    @Override
    void compute(Batch batch, int n, int worker, Signal in, Signal out) {
        multiply(in, n * batch.steps(), (n + 1) * batch.steps(), worker, out);
    }

    /** Installs ideal weights, {@code [out, in / groups, kh, kw]}. */
    void setWeights(float[] values) {
        blocks.pack(g, values, weights);
        isSparse = sparse != null && sparse.set(values);
        if (back != null) {
            back.setWeights(values);
        }
    }

    /** Copies the weights that were set, in the same order. */
    void copyWeights(float[] into) {
        blocks.unpack(g, weights, into);
    }

    /** Installs the weights of a plan for inference, with the table that counts its operations. */
    void install(SynapsePlan plan) {
        switch (plan) {
            case SynapsePlan.DensePlan(float[] values) -> setWeights(values);
            case SynapsePlan.ArrayPlan arrays -> read(arrays);
        }
        fanOut = new FanOut(g, plan);
    }

    /** Reads the currents from arrays from now on, in the place of those before. */
    void read(SynapsePlan.ArrayPlan plan) {
        closeArrays();
        ofArrays = Arena.ofShared();
        tiles = new TiledMatrix[plan.copies().size()];
        Arrays.setAll(tiles, copy -> new TiledMatrix(plan, copy, g, ofArrays, kernels, workers.threads()));
    }

    /** Gives the memory of arrays back. */
    void closeArrays() {
        if (ofArrays != null) {
            ofArrays.close();
            ofArrays = null;
        }
    }

    void copyWeightGradient(float[] into) {
        back.copyWeightGradient(into);
    }

    @Override
    void prepareTraining(Arena trainingArena, int maps) {
        prepareGradient();
        back = new SynapseBackward(this, g, blocks, weights, trainingArena, kernels, workers);
        if (windows != null) {
            back.stream(streamedNorm, windows[0], trainingArena, maps / constantSamples);
        }
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        output = in.constant ? constant : varying;
        if (batch.training() && !in.isEvents()) {
            list(in, batch);
        }
        if (tiles != null) {
            readTiles(batch, in);
        } else if (windows == null) {
            multiply(batch);
        } else if (in.constant) {
            if (constant.dense == null) {
                share(Aligned.floats(arena, (long) constantSamples * constant.mapSize()));
            }
            multiply(batch);
        }
        if (batch.activity() != null) {
            count(batch, in);
        }
    }

    /** Computes the currents of a batch from the input and the weights, again if they have been overwritten. */
    void multiply(Batch batch) {
        Signal in = input().output;
        if (!batch.isWhole()) {
            batch.each(workers, (worker, map) -> multiply(in, map, map + 1, worker, varying));
            return;
        }
        int perSample = in.constant ? 1 : batch.steps();
        int group = groupSize(batch.samples(), perSample);
        int tasks = (batch.samples() + group - 1) / group;
        workers.run(tasks, (worker, task) -> {
            int last = Math.min(batch.samples(), (task + 1) * group);
            multiply(in, task * group * perSample, last * perSample, worker, varying);
        });
    }

    /**
     * Samples per task: one, or for weights that overflow the cache enough to use each block many times, or for sparse weights of
     * dense layers enough to fill vectors.
     */
    private int groupSize(int samples, int perSample) {
        if (isSparse && g.isDense()) {
            int filling = (SparseProduct.MAPS + perSample - 1) / perSample;
            return Math.clamp((samples + workers.threads() - 1) / workers.threads(), 1, filling);
        }
        if (blocks.size() * Float.BYTES <= 8 * BLOCK_BYTES) {
            return 1;
        }
        return Math.max(1, (samples + 2 * workers.threads() - 1) / (2 * workers.threads()));
    }

    /** Lists the values of dense input maps, for the event-driven weight gradient. */
    private void list(Signal in, Batch batch) {
        int maps = in.constant ? batch.samples() : batch.maps();
        if (listed == null || listed.length < maps) {
            listed = new EventMap[maps];
            for (int i = 0; i < maps; i++) {
                listed[i] = new EventMap(g.positions());
            }
        }
        if (in.constant) {
            workers.run(maps, (_, map) -> in.collect(map, listed[map]));
        } else {
            batch.each(workers, (_, map) -> in.collect(map, listed[map]));
        }
    }

    private void multiply(Signal in, int from, int to, int worker, Signal out) {
        if (isSparse && g.isDense() && sparse.pays(in, from, to)) {
            sparse.multiply(in, from, to, out, worker);
            return;
        }
        if (g.isDense()) {
            for (int map = from; map < to; map += COLUMNS) {
                int end = Math.min(to, map + COLUMNS);
                if (isDense(in, map, end)) {
                    multiplyDense(in, map, end, worker, out);
                }
            }
        }
        boolean oneGo = blocks.rowBytes(0) * (long) g.rows() <= BLOCK_BYTES;
        for (int b = 0; b < blocks.count(); b++) {
            int kyStep = oneGo ? g.kernelHeight() : 1;
            for (int ky = 0; ky < g.kernelHeight(); ky += kyStep) {
                for (int map = from; map < to; map++) {
                    if (isSparse && !g.isDense() && sparse.pays(in, map, map + 1)) {
                        if (b == 0 && ky == 0) {
                            sparse.multiply(in, map, map + 1, out, worker);
                        }
                        continue;
                    }
                    boolean dense = g.isDense()
                            ? isDense(in, columnStart(from, map), Math.min(to, columnStart(from, map) + COLUMNS))
                            : isDense(in, map, map + 1);
                    if (!dense) {
                        if (b == 0 && ky == 0) {
                            out.dense
                                    .asSlice(out.offset(map), (long) out.mapSize() * Float.BYTES)
                                    .fill((byte) 0);
                        }
                        kernels.gather(
                                in.events(map), g, blocks, b, ky, ky + kyStep, weights, out.dense, out.offset(map));
                    } else if (!g.isDense() && b == 0 && ky == 0) {
                        multiplyDense(in, map, map + 1, worker, out);
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
            events += in.events(map).count();
        }
        return events > EVENT_LIMIT * g.inputs() * (to - from);
    }

    private void multiplyDense(Signal in, int from, int to, int worker, Signal out) {
        int size = (g.height() + 2 * g.padding().lines()) * columns.length() * g.in();
        if (denseInput[worker] == null) {
            denseInput[worker] = new float[g.isDense() ? COLUMNS * size : size];
        }
        float[] a = denseInput[worker];
        for (int map = from; map < to; map++) {
            fill(in, map, a, (map - from) * size);
        }
        kernels.product(
                a,
                base,
                g.isDense() ? to - from : g.outPositions(),
                g.kernelHeight(),
                g.dilation().lines() * columns.length() * g.in(),
                g.kernelWidth() * g.in(),
                blocks,
                weights,
                out.dense,
                out.offset(from));
    }

    /** Writes an input map, with its border of zeros, to a heap array without channel padding. */
    private void fill(Signal in, int map, float[] a, int at) {
        int rowLength = g.width() * g.in();
        for (int y = 0; y < g.height(); y++) {
            int line = at + (y + g.padding().lines()) * columns.length() * g.in();
            int row = line + g.padding().columns() * g.in();
            if (in.isEvents() && g.dilation().columns() > 1) {
                spread(in.events(map), y, a, line);
            } else if (in.isEvents()) {
                Arrays.fill(a, row, row + rowLength, 0f);
                EventMap m = in.events(map);
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
                            line + columns.place(x + g.padding().columns()) * g.in(),
                            g.in());
                }
            }
        }
    }

    /** Writes a line of events whose columns are in another order. */
    private void spread(EventMap events, int y, float[] a, int line) {
        for (int x = 0; x < g.width(); x++) {
            int to = line + columns.place(x + g.padding().columns()) * g.in();
            Arrays.fill(a, to, to + g.in(), 0f);
            int p = y * g.width() + x;
            for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                a[to + events.index[e] - x * g.in()] = events.binary ? 1f : events.value[e];
            }
        }
    }

    private void readTiles(Batch batch, Signal in) {
        output = varying;
        TiledMatrix.Counts[] counts = new TiledMatrix.Counts[batch.maps()];
        if (tiles[0].isBatched()) {
            readTogether(batch, in, counts);
        } else {
            eachMap(batch, in, 0, batch.samples(), (worker, id, t, map, events) -> {
                counts[map] = new TiledMatrix.Counts();
                for (TiledMatrix copy : tiles) {
                    copy.read(events, worker, id, t, varying.dense, varying.offset(map), counts[map]);
                }
            });
        }
        if (batch.activity() == null) {
            return;
        }
        BatchActivity activity = batch.activity()[node.id()];
        for (int map = 0; map < counts.length; map++) {
            if (counts[map] == null) {
                continue;
            }
            int at = batch.place(map);
            activity.rowDrives[at] = counts[map].rowDrives;
            activity.load[at] = counts[map].load;
            activity.tileReads[at] = counts[map].tileReads;
            int classes = LayerActivity.READ_CLASSES;
            System.arraycopy(counts[map].readsByClass, 0, activity.readsByClass, at * classes, classes);
            activity.activePositions[at] = counts[map].activePositions;
            activity.pattern.set(at, counts[map].pattern, 0);
        }
    }

    /** Does something with the input of one map. */
    private interface MapTask {
        void run(int worker, long sampleId, int step, int map, EventMap events);
    }

    private void eachMap(Batch batch, Signal in, int first, int end, MapTask task) {
        int steps = batch.steps();
        workers.run(end - first, (worker, i) -> {
            int n = first + i;
            long id = batch.input().sampleIds()[batch.first() + n];
            EventMap own = in.isEvents() ? null : new EventMap(g.positions());
            for (int t = batch.from(); t < batch.to(); t++) {
                EventMap events = own;
                if (in.isEvents()) {
                    events = in.events(n * steps + t);
                } else {
                    in.collect(in.map(n, t, steps), own);
                }
                task.run(worker, id, t, n * steps + t, events);
            }
        });
    }

    /** Has the reads of many maps made in one call for every row tile, so many samples at a time as their currents have room. */
    private void readTogether(Batch batch, Signal in, TiledMatrix.Counts[] counts) {
        int steps = batch.steps();
        for (TiledMatrix copy : tiles) {
            int samples = Math.clamp(MOST_CURRENTS / (copy.currents() * steps), 1, batch.samples());
            for (int first = 0; first < batch.samples(); first += samples) {
                readTogether(copy, batch, in, first, Math.min(batch.samples(), first + samples), counts);
            }
        }
    }

    private void readTogether(
            TiledMatrix copy, Batch batch, Signal in, int first, int end, TiledMatrix.Counts[] counts) {
        TiledMatrix.Asked[] asked = new TiledMatrix.Asked[batch.maps()];
        eachMap(batch, in, first, end, (worker, id, t, map, events) -> {
            counts[map] = counts[map] == null ? new TiledMatrix.Counts() : counts[map];
            asked[map] = copy.collect(events, worker, id, t, counts[map]);
        });
        copy.ask(Arrays.stream(asked).filter(Objects::nonNull).toArray(TiledMatrix.Asked[]::new));
        workers.run(end - first, (worker, i) -> {
            int map = (first + i) * batch.steps() + batch.from();
            for (int t = batch.from(); t < batch.to(); t++, map++) {
                copy.take(asked[map], worker, varying.dense, varying.offset(map), counts[map]);
            }
        });
    }

    private void count(Batch batch, Signal in) {
        int steps = batch.steps();
        long[] operations = new long[batch.maps()];
        long[] events = new long[batch.maps()];
        boolean[] unit = new boolean[batch.maps()];
        workers.run(batch.samples(), (_, n) -> {
            EventMap own = in.isEvents() ? null : new EventMap(g.positions());
            for (int t = batch.from(); t < batch.to(); t++) {
                int map = n * steps + t;
                if (in.constant && t > 0) {
                    events[map] = events[map - 1];
                    unit[map] = unit[map - 1];
                    operations[map] = operations[map - 1];
                    continue;
                }
                EventMap m = own;
                if (in.isEvents()) {
                    m = in.events(map);
                } else {
                    in.collect(in.map(n, t, steps), own);
                }
                events[map] = m.count();
                unit[map] = m.unit;
                operations[map] = fanOut.operations(m);
            }
        });
        BatchActivity activity = batch.activity()[node.id()];
        for (int map = 0; map < operations.length; map++) {
            int t = map % steps;
            if (t < batch.from() || t >= batch.to()) {
                continue;
            }
            int at = batch.place(map);
            activity.events[at] = events[map];
            (unit[map] ? activity.effectiveAcs : activity.effectiveMacs)[at] = operations[map];
        }
    }

    @Override
    void backward(Batch batch) {
        if (windows == null) {
            back.run(batch, input().output.isEvents() ? input().output.events : listed);
        } else {
            back.runBySample(batch);
        }
    }
}
