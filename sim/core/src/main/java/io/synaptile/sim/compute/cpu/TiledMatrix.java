/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.PatternCounts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer on crossbar tiles. The events under a kernel position come in ascending row order, so they pass the row tiles one
 * after the other: the columns of a tile are summed while its rows last, then digitised and added to the output.
 */
final class TiledMatrix {
    private final LayerArrays arrays;
    private final ArrayGrid grid;
    private final int planes;
    /** Who sums the cells of a read; null where this class does. */
    private final ArrayReader reader;

    /** Wires with resistance; null where there are none. */
    private final ColumnWires wires;

    /** Limits of columns; null where there are none. */
    private final ColumnLimits columnLimits;

    /** By plane; null where a plane is converted exactly. */
    private final SynapsePlan.Converter[] converters;

    private final Geometry g;
    private final Kernels kernels;
    /** By row tile. */
    private final TileColumns[] columns;

    /** Outputs padded to whole vectors, as they lie in a map. */
    private final int padded;

    private final boolean hasReadNoise;
    private final int[] tileOfRow;
    /** Null where arrays have all rows and columns of the layer's matrix. */
    private final Pattern pattern;

    /** The rows that are always driven, as events whose entries are the rows. */
    private final EventMap always;

    private final Scratch[] scratch;
    private final DrivenLoad driven;
    /** Output positions that are read. */
    private final int firstPosition;

    private final int endPosition;

    /**
     * What arrays have of the layer's matrix.
     *
     * @param places row of the arrays of every row of the matrix; -1 for one that is left out
     * @param outputs of every row tile those that have columns there
     * @param arrays of every row tile
     * @param words bits of the outputs of every row tile
     */
    private record Pattern(int[] places, int[] arrays, long[][] words) {
        static Pattern of(ArrayPattern pattern, int outputs) {
            int tiles = pattern.outputs().length;
            long[][] words = new long[tiles][Math.ceilDiv(outputs, Long.SIZE)];
            for (int tile = 0; tile < tiles; tile++) {
                for (int[] array : pattern.outputs()[tile]) {
                    for (int output : array) {
                        words[tile][output / Long.SIZE] |= 1L << output;
                    }
                }
            }
            return new Pattern(
                    pattern.places(),
                    IntStream.range(0, tiles).map(pattern::arrays).toArray(),
                    words);
        }

        /** Marks the outputs of a row tile among those of a position; {@code [positions, words]}. */
        void mark(int tile, int position, long[] read) {
            long[] own = words[tile];
            for (int i = 0; i < own.length; i++) {
                read[position * own.length + i] |= own[i];
            }
        }
    }

    /** Memory of one worker. */
    private static final class Scratch {
        final MemorySegment sums;
        final MemorySegment variances;
        /** On wires with resistance; its currents are the sums. */
        final WiredColumns wired;

        /** By output; with a pattern, before those of the columns are picked. */
        final float[] drawn;

        final float[] normals;
        /** Read noise of sample {@link #noiseOf}; null until it is drawn. */
        NoiseStream noise;

        long noiseOf;
        final EventMap positive;
        final EventMap negative;
        final Driven driven = new Driven();
        /** By row tile, for a reader or a pattern; null without one. */
        final TileReads[] reads;
        /** What the columns of a plane are converted to, with a pattern; all 0 between planes. */
        final MemorySegment part;
        /** Outputs that were read of every position, with a pattern. */
        final long[] read;

        Scratch(Arena arena, long columns, int padded, int positions, boolean wires, int readTiles, int readWords) {
            wired = wires ? new WiredColumns(arena, columns) : null;
            sums = wires ? wired.current : Aligned.floats(arena, columns);
            variances = Aligned.floats(arena, columns);
            normals = new float[padded];
            drawn = readWords == 0 ? normals : new float[padded];
            positive = new EventMap(positions);
            negative = new EventMap(positions);
            reads = readTiles == 0 ? null : new TileReads[readTiles];
            if (reads != null) {
                Arrays.setAll(reads, _ -> new TileReads());
            }
            part = readWords == 0 ? null : Aligned.floats(arena, padded);
            read = new long[readWords];
        }
    }

    /** @param copy of the plan that this is; it reads its positions alone */
    TiledMatrix(SynapsePlan.ArrayPlan plan, int copy, Geometry g, Arena arena, Kernels kernels, int workers) {
        firstPosition = plan.firstPosition(copy, g.outPositions());
        endPosition = plan.firstPosition(copy + 1, g.outPositions());
        arrays = plan.copy(copy);
        grid = arrays.grid();
        planes = arrays.cells().count();
        reader = arrays.circuit().reader().orElse(null);
        wires = arrays.circuit().wires().orElse(null);
        columnLimits = arrays.circuit().limits().orElse(null);
        converters = new SynapsePlan.Converter[planes];
        Arrays.setAll(converters, p -> arrays.conversion().converter(p).orElse(null));
        this.g = g;
        this.kernels = kernels;
        padded = Blocks.padded(g.out(), kernels.lanes());
        columns = TileColumns.of(arrays, kernels.lanes(), arena);
        tileOfRow = grid.tileOfRow();
        pattern = grid.pattern().map(own -> Pattern.of(own, g.out())).orElse(null);
        always = always(grid);
        hasReadNoise = arrays.cells().hasReadNoise();
        long most =
                Arrays.stream(columns).mapToLong(own -> own.blocks.padded).max().orElse(0);
        scratch = new Scratch[workers];
        int readTiles = reader == null && pattern == null ? 0 : grid.rowTiles();
        int readWords = pattern == null ? 0 : g.outPositions() * Math.ceilDiv(g.out(), Long.SIZE);
        for (int i = 0; i < workers; i++) {
            scratch[i] = new Scratch(arena, most, padded, g.positions(), wires != null, readTiles, readWords);
        }
        driven = new DrivenLoad(g, arrays.costs().load(), grid, firstPosition, endPosition);
    }

    private static EventMap always(ArrayGrid grid) {
        EventMap rows = new EventMap(1);
        rows.reserve(grid.always());
        for (int i = 0; i < grid.always(); i++) {
            rows.index[i] = grid.inputRows() + i;
        }
        rows.start[1] = grid.always();
        return rows;
    }

    /** What one map did on the tiles. */
    static final class Counts {
        double rowDrives;
        double load;
        long tileReads;
        long activePositions;
        final long[] readsByClass = new long[LayerActivity.READ_CLASSES];
        final PatternCounts pattern = new PatternCounts(1);
    }

    /**
     * Reads the tiles for one map.
     *
     * @param out map {@code [outPositions, padded]}, overwritten at the positions that are read
     */
    void read(EventMap events, int worker, long sampleId, int step, MemorySegment out, long outOffset, Counts counts) {
        Scratch s = scratch[worker];
        clear(out, outOffset);
        driven.count(events, counts);
        NoiseStream noise = hasReadNoise ? noise(s, sampleId) : null;
        if (events.binary) {
            phase(events, s, noise, sampleId, step, 0, out, outOffset, counts);
        } else {
            events.split(s.positive, s.negative);
            phase(s.positive, s, noise, sampleId, step, 0, out, outOffset, counts);
            if (s.negative.count() > 0) {
                phase(s.negative, s, noise, sampleId, step, 1, out, outOffset, counts);
            }
        }
    }

    /** Whether the reads of many maps go to their reader together, by {@link #collect}, {@link #ask} and {@link #take}. */
    boolean isBatched() {
        return reader != null && reader.batched();
    }

    /** Currents of one map at most, where they come from a reader. */
    long currents() {
        return (long) grid.rowTiles() * (endPosition - firstPosition) * planes * g.out();
    }

    /** What one map asks its reader for. */
    static final class Asked {
        private final long sampleId;
        private final int step;
        /** By phase and row tile. */
        private final TileReads[][] reads;
        /** What came back, in the same layout. */
        private final float[][][] sums;

        private Asked(long sampleId, int step, int phases, int tiles) {
            this.sampleId = sampleId;
            this.step = step;
            reads = new TileReads[phases][tiles];
            sums = new float[phases][tiles][];
            for (TileReads[] phase : reads) {
                Arrays.setAll(phase, _ -> new TileReads());
            }
        }
    }

    /** The reads of one map. */
    Asked collect(EventMap events, int worker, long sampleId, int step, Counts counts) {
        driven.count(events, counts);
        Scratch s = scratch[worker];
        if (events.binary) {
            Asked asked = new Asked(sampleId, step, 1, grid.rowTiles());
            collect(events, 0, asked.reads[0], counts);
            return asked;
        }
        events.split(s.positive, s.negative);
        Asked asked = new Asked(sampleId, step, s.negative.count() > 0 ? 2 : 1, grid.rowTiles());
        collect(s.positive, 0, asked.reads[0], counts);
        if (s.negative.count() > 0) {
            collect(s.negative, 1, asked.reads[1], counts);
        }
        return asked;
    }

    /** Has the reads of several maps made, those of a row tile together. */
    void ask(Asked[] maps) {
        for (int tile = 0; tile < grid.rowTiles(); tile++) {
            List<ArrayReads> requests = new ArrayList<>();
            List<float[]> answers = new ArrayList<>();
            for (Asked map : maps) {
                for (int phase = 0; phase < map.reads.length; phase++) {
                    TileReads reads = map.reads[phase][tile];
                    if (reads.count() > 0) {
                        map.sums[phase][tile] = new float[reads.count() * planes * g.out()];
                        requests.add(reads.request(map.sampleId, map.step, phase));
                        answers.add(map.sums[phase][tile]);
                    }
                }
            }
            if (!requests.isEmpty()) {
                reader.read(tile, requests, answers);
            }
        }
    }

    /** Digitises what came back for one map; the counterpart of {@link #read}, whose output it makes. */
    void take(Asked asked, int worker, MemorySegment out, long outOffset, Counts counts) {
        Scratch s = scratch[worker];
        clear(out, outOffset);
        NoiseStream noise = hasReadNoise ? noise(s, asked.sampleId) : null;
        for (int phase = 0; phase < asked.reads.length; phase++) {
            Arrays.fill(s.read, 0);
            for (int tile = 0; tile < grid.rowTiles(); tile++) {
                TileReads reads = asked.reads[phase][tile];
                if (reads.count() > 0) {
                    float[] sums = asked.sums[phase][tile];
                    take(tile, reads, sums, s, noise, asked.step, phase, out, outOffset, counts);
                }
            }
            countOutputs(s, counts);
        }
    }

    private void clear(MemorySegment out, long outOffset) {
        long positionBytes = (long) padded * Float.BYTES;
        out.asSlice(outOffset + firstPosition * positionBytes, (endPosition - firstPosition) * positionBytes)
                .fill((byte) 0);
    }

    private static void countOutputs(Scratch s, Counts counts) {
        for (long outputs : s.read) {
            counts.pattern.outputs[0] += Long.bitCount(outputs);
        }
    }

    /** The stream of a sample; with what it has made so far while samples stay with a worker. */
    private NoiseStream noise(Scratch s, long sampleId) {
        SynapsePlan.NoiseKey key = arrays.noise();
        if (s.noise == null) {
            s.noise = NoiseStream.of(key.seed(), Purpose.READ_NOISE, key.layer(), sampleId, key.instance());
        } else if (s.noiseOf != sampleId) {
            s.noise.moveTo(Purpose.READ_NOISE, key.layer(), sampleId, key.instance());
        }
        s.noiseOf = sampleId;
        return s.noise;
    }

    private void phase(
            EventMap events,
            Scratch s,
            NoiseStream noise,
            long sampleId,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        if (reader == null && pattern == null) {
            sumCells(events, s, noise, step, phase, out, outOffset, counts);
            return;
        }
        collect(events, phase, s.reads, counts);
        Arrays.fill(s.read, 0);
        for (int tile = 0; tile < s.reads.length; tile++) {
            if (s.reads[tile].count() > 0 && reader != null) {
                ask(tile, s, noise, sampleId, step, phase, out, outOffset, counts);
            } else if (s.reads[tile].count() > 0) {
                sumTile(tile, s, noise, step, phase, out, outOffset, counts);
            }
        }
        countOutputs(s, counts);
    }

    /** Sorts the events under every output position by row tile. */
    private void collect(EventMap events, int phase, TileReads[] reads, Counts counts) {
        for (TileReads tile : reads) {
            tile.clear();
        }
        for (int position = firstPosition; position < endPosition; position++) {
            int top = g.top(position / g.outWidth());
            boolean active = false;
            for (int ky = g.firstLine(top, 0); ky < g.endLine(top, g.kernelHeight()); ky++) {
                int line = (top + ky * g.dilation().lines()) * g.width();
                for (int run = 0; run < g.runs(); run++) {
                    int left =
                            g.left(position % g.outWidth()) + run * g.dilation().columns();
                    int shift = (left - ky * g.kernelWidth() - run) * g.in();
                    int e1 = events.start[line + Math.clamp(left + g.runTaps(), 0, g.width())];
                    for (int e = events.start[line + Math.clamp(left, 0, g.width())]; e < e1; e++) {
                        int row = events.index[e] - shift;
                        int place = pattern == null ? row : pattern.places[row];
                        if (place >= 0) {
                            reads[tileOfRow[place]].add(position, place, events.binary ? 1f : events.value[e]);
                            active = true;
                        }
                    }
                }
            }
            for (int e = 0; phase == 0 && e < always.count(); e++) {
                reads[tileOfRow[always.index[e]]].add(position, always.index[e], 1f);
                active = true;
            }
            counts.activePositions += active ? 1 : 0;
        }
    }

    /** Has the reads of one row tile made for one map and digitises what comes back. */
    private void ask(
            int tile,
            Scratch s,
            NoiseStream noise,
            long sampleId,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        TileReads reads = s.reads[tile];
        float[] sums = new float[reads.count() * planes * g.out()];
        reader.read(tile, reads.request(sampleId, step, phase), sums);
        take(tile, reads, sums, s, noise, step, phase, out, outOffset, counts);
    }

    /** Digitises what came back for the reads of one row tile. */
    private void take(
            int tile,
            TileReads reads,
            float[] sums,
            Scratch s,
            NoiseStream noise,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        TileColumns own = columns[tile];
        EventMap rows = hasReadNoise ? reads.events() : null;
        for (int i = 0; i < reads.count(); i++) {
            for (int p = 0; p < planes; p++) {
                take(sums, (i * planes + p) * g.out(), own, p, s.sums);
            }
            if (rows != null) {
                kernels.addRows(
                        rows,
                        reads.first(i),
                        reads.end(i),
                        own.firstRow,
                        true,
                        own.blocks,
                        own.variance,
                        s.variances,
                        0);
            }
            finish(tile, i, reads, s, noise, step, phase, out, outOffset, counts);
        }
    }

    /** Takes the sums of the columns of a plane from those of all outputs. */
    private void take(float[] sums, int from, TileColumns own, int plane, MemorySegment to) {
        if (pattern == null) {
            MemorySegment.copy(sums, from, to, ValueLayout.JAVA_FLOAT, own.column(plane), g.out());
            return;
        }
        for (int i = 0; i < own.outputs.length; i++) {
            to.set(ValueLayout.JAVA_FLOAT, own.column(plane) + (long) i * Float.BYTES, sums[from + own.outputs[i]]);
        }
    }

    /** Sums the cells of the reads of one row tile and digitises what comes out. */
    private void sumTile(
            int tile,
            Scratch s,
            NoiseStream noise,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        TileReads reads = s.reads[tile];
        TileColumns own = columns[tile];
        int shift = own.firstRow;
        EventMap rows = reads.events();
        for (int i = 0; i < reads.count(); i++) {
            int first = reads.first(i);
            int end = reads.end(i);
            sum(rows, first, end, shift, rows.index[first] - shift, own, s);
            s.driven.last = rows.index[end - 1];
            finish(tile, i, reads, s, noise, step, phase, out, outOffset, counts);
        }
    }

    /** Digitises a read of a row tile whose columns are summed. */
    private void finish(
            int tile,
            int read,
            TileReads reads,
            Scratch s,
            NoiseStream noise,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        s.driven.rows = reads.end(read) - reads.first(read);
        s.driven.inputs = reads.inputs(read);
        int position = reads.position(read);
        if (pattern != null) {
            pattern.mark(tile, position, s.read);
        }
        long place = ((long) step * 2 + phase) * g.outPositions() + position;
        long at = outOffset + (long) position * padded * Float.BYTES;
        finish(tile, s, noise, place, phase, out, at, counts);
    }

    private void sumCells(
            EventMap events,
            Scratch s,
            NoiseStream noise,
            int step,
            int phase,
            MemorySegment out,
            long outOffset,
            Counts counts) {
        int tapRow = g.kernelWidth() * g.in();
        for (int position = firstPosition; position < endPosition; position++) {
            int top = g.top(position / g.outWidth());
            long at = outOffset + (long) position * padded * Float.BYTES;
            long place = ((long) step * 2 + phase) * g.outPositions() + position;
            Driven rows = s.driven;
            rows.tile = -1;
            int lines = g.firstLine(top, 0) * g.runs();
            for (int part = lines; part < g.endLine(top, g.kernelHeight()) * g.runs(); part++) {
                int ky = part / g.runs();
                int run = part % g.runs();
                int line = (top + ky * g.dilation().lines()) * g.width();
                int left = g.left(position % g.outWidth()) + run * g.dilation().columns();
                int e = events.start[line + Math.clamp(left, 0, g.width())];
                int e1 = events.start[line + Math.clamp(left + g.runTaps(), 0, g.width())];
                int shift = (left - run) * g.in() - ky * tapRow;
                drive(events, e, e1, shift, s, noise, place, phase, out, at, counts);
            }
            if (phase == 0) {
                drive(always, 0, always.count(), 0, s, noise, place, phase, out, at, counts);
            }
            if (rows.tile >= 0) {
                finish(rows.tile, s, noise, place, phase, out, at, counts);
                counts.activePositions++;
            }
        }
    }

    /** Adds the rows of a run of events, row {@code index[e] - shift}, and finishes tiles that they leave. */
    private void drive(
            EventMap events,
            int from,
            int to,
            int shift,
            Scratch s,
            NoiseStream noise,
            long place,
            int phase,
            MemorySegment out,
            long at,
            Counts counts) {
        Driven rows = s.driven;
        int e = from;
        while (e < to) {
            int row = events.index[e] - shift;
            int here = tileOfRow[row];
            if (here != rows.tile) {
                finish(rows.tile, s, noise, place, phase, out, at, counts);
                rows.start(here, row);
            }
            int limit = grid.endRow(here) + shift;
            int end = e + 1;
            while (end < to && events.index[end] < limit) {
                end++;
            }
            sum(events, e, end, shift, rows.last, columns[here], s);
            if (wires != null || columnLimits != null) {
                rows.addInputs(events, e, end);
            }
            rows.rows += end - e;
            rows.last = events.index[end - 1] - shift;
            e = end;
        }
    }

    /**
     * Adds rows of a tile to its columns.
     *
     * @param shift from the entry of an event to its row
     * @param last driven row before them, or the first of them
     */
    private void sum(EventMap events, int from, int to, int shift, int last, TileColumns own, Scratch s) {
        if (wires == null) {
            kernels.addRows(events, from, to, shift, false, own.blocks, own.cells, s.sums, 0);
        } else {
            kernels.addWiredRows(
                    events,
                    from,
                    to,
                    shift,
                    last,
                    wires.exact(),
                    wires.segment(),
                    own.blocks,
                    own.cells,
                    own.loads,
                    s.wired);
        }
        if (own.variance != null) {
            kernels.addRows(events, from, to, shift, true, own.blocks, own.variance, s.variances, 0);
        }
    }

    /** Driven rows of the tile under way, which is -1 before the first. */
    private static final class Driven {
        int tile;
        int rows;
        int last;
        /** Sum of their inputs, only on wires and where columns have limits. */
        float inputs;

        void start(int here, int firstRow) {
            tile = here;
            rows = 0;
            last = firstRow;
            inputs = 0f;
        }

        void addInputs(EventMap events, int from, int to) {
            if (events.binary) {
                inputs += to - from;
                return;
            }
            for (int e = from; e < to; e++) {
                inputs += events.value[e];
            }
        }
    }

    /** Digitises the sums of a tile, adds them to the output and clears them. */
    private void finish(
            int tile, Scratch s, NoiseStream noise, long place, int phase, MemorySegment out, long at, Counts counts) {
        if (tile < 0) {
            return;
        }
        TileColumns own = columns[tile];
        int count = own.outputs.length;
        counts.tileReads++;
        int readClass = arrays.costs().readClass(s.driven.rows);
        counts.readsByClass[readClass]++;
        if (pattern != null) {
            counts.pattern.read(0, pattern.arrays[tile], count, readClass);
        }
        for (int p = 0; p < planes; p++) {
            long column = own.column(p);
            boolean noisy = arrays.cells().isNoisy(p);
            if (noisy) {
                long first = ((place * grid.rowTiles() + tile) * planes + p) * g.out();
                noise.gaussiansAt(first, s.drawn, g.out());
                own.pick(p, s.drawn, s.normals);
            }
            if (wires != null) {
                float resistance = wires.toConverter(grid.endRow(tile) - s.driven.last);
                float addend = wires.offset(p) * s.driven.inputs;
                kernels.closeWires(s.wired, column, resistance, addend, wires.exact(), count);
            }
            float[] limit = own.limits[p];
            if (limit != null) {
                float none = columnLimits.offset()[p] * s.driven.inputs;
                kernels.limit(s.sums, column, noisy ? s.variances : null, column, s.normals, limit, none, count);
            }
            float gain = arrays.cells().gain()[p];
            kernels.digitise(
                    s.sums,
                    column,
                    noisy && limit == null ? s.variances : null,
                    column,
                    s.normals,
                    converters[p],
                    own.errors,
                    own.errorsAt(tile, p),
                    phase == 0 ? gain : -gain,
                    pattern == null ? out : s.part,
                    pattern == null ? at : 0,
                    count);
            if (pattern != null) {
                addPart(s.part, own.outputs, out, at);
            }
        }
        if (wires == null) {
            s.sums.asSlice(0, own.bytes()).fill((byte) 0);
        } else {
            s.wired.clear();
        }
        if (noise != null) {
            s.variances.asSlice(0, own.bytes()).fill((byte) 0);
        }
    }

    /** Adds what the columns of some outputs were converted to, and clears it. */
    private static void addPart(MemorySegment part, int[] outputs, MemorySegment out, long at) {
        for (int i = 0; i < outputs.length; i++) {
            long to = at + (long) outputs[i] * Float.BYTES;
            float value = part.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            out.set(ValueLayout.JAVA_FLOAT, to, out.get(ValueLayout.JAVA_FLOAT, to) + value);
        }
        part.asSlice(0, (long) outputs.length * Float.BYTES).fill((byte) 0);
    }
}
