/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API.
 *
 * <p>What makes them fast: weights outside the heap on cache-line boundaries, the outputs of one position kept in registers
 * while the events under the kernel pass by (gather, not scatter), and innermost loops in small methods of their own, one
 * per block width, because the compiler keeps vectors in registers only where a method has no vectors merged from branches.
 * The methods that differ only in the number of vectors are written out for that reason.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> IS = VectorSpecies.of(int.class, S.vectorShape());
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int L = S.length();
    private static final long VB = L * (long) Float.BYTES;
    private static final int POSITIONS = 8;
    /** Adding and subtracting 1.5 * 2^23 rounds a float below 2^22 half to even. */
    private static final float ROUND = 12582912f;

    private static final IntVector IOTA = IntVector.zero(IS).addIndex(1);

    /** Lanes of vectors that have masks of their own, four of which fill a word. */
    private static final int SPARSE_LANES = 16;
    /** Places of what the outputs of a tile have at one position. */
    private static final int[] COLUMN =
            IntStream.range(0, L).map(i -> i * Long.SIZE).toArray();

    private final Kernels plain = new ScalarKernels();

    private final ThreadLocal<MemorySegment> tail =
            ThreadLocal.withInitial(() -> Aligned.floats(Arena.ofAuto(), (long) POSITIONS * Blocks.WIDEST * L));

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public String description() {
        return "Vector API, " + S.vectorBitSize() + " bit";
    }

    private static FloatVector load(MemorySegment m, long offset) {
        return FloatVector.fromMemorySegment(S, m, offset, ORDER);
    }

    private static void store(FloatVector v, MemorySegment m, long offset) {
        v.intoMemorySegment(m, offset, ORDER);
    }

    @Override
    public void gather(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment weights,
            MemorySegment out,
            long outOffset) {
        if (g.runs() == 1) {
            walk(events, g, blocks, block, ky0, ky1, weights, out, outOffset, false);
        } else {
            walkTaps(events, g, blocks, block, ky0, ky1, weights, out, outOffset, false);
        }
    }

    /**
     * Visits, position by position and kernel row by kernel row, the run of events under the kernel, and either adds their
     * weight rows to the map or their share of the map's derivative to the weight rows.
     */
    private static void walk(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment matrix,
            MemorySegment map,
            long mapOffset,
            boolean backward) {
        int[] start = events.start;
        int rowBytes = blocks.rowBytes(block);
        long first = blocks.offset(block);
        long column = mapOffset + (long) blocks.channel[block] * Float.BYTES;
        long step = (long) blocks.padded * Float.BYTES;
        int tapRow = g.kernelWidth() * g.in();
        int stride = g.stride().columns();
        int padding = g.padding().columns();
        int gap = g.dilation().lines();
        for (int oy = 0; oy < g.outHeight(); oy++) {
            int top = g.top(oy);
            int from = g.firstLine(top, ky0);
            int to = g.endLine(top, ky1);
            long o = column + oy * g.outWidth() * step;
            for (int ox = 0; ox < g.outWidth(); ox++, o += step) {
                int left = ox * stride - padding;
                int x0 = Math.clamp(left, 0, g.width());
                int x1 = Math.clamp(left + g.kernelWidth(), 0, g.width());
                for (int ky = from; ky < to; ky++) {
                    int line = (top + ky * gap) * g.width();
                    int e0 = start[line + x0];
                    int e1 = start[line + x1];
                    if (e0 < e1) {
                        long base = first + (long) (ky * tapRow - left * g.in()) * rowBytes;
                        if (backward) {
                            gradient(events, e0, e1, blocks.vectors[block], matrix, base, rowBytes, map, o);
                        } else {
                            add(events, e0, e1, blocks.vectors[block], matrix, base, rowBytes, map, o);
                        }
                    }
                }
            }
        }
    }

    /**
     * The same tap by tap, where taps of a kernel row have gaps between them. The caller chooses: in one loop, or called from
     * the other method, it takes a quarter of the speed from kernels without gaps.
     */
    private static void walkTaps(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment matrix,
            MemorySegment map,
            long mapOffset,
            boolean backward) {
        int rowBytes = blocks.rowBytes(block);
        for (int q = 0; q < g.outPositions(); q++) {
            int top = g.top(q / g.outWidth());
            int left = g.left(q % g.outWidth());
            long o = mapOffset + ((long) q * blocks.padded + blocks.channel[block]) * Float.BYTES;
            for (int ky = g.firstLine(top, ky0); ky < g.endLine(top, ky1); ky++) {
                int line = (top + ky * g.dilation().lines()) * g.width();
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    int x = left + kx * g.dilation().columns();
                    if (x < 0 || x >= g.width()) {
                        continue;
                    }
                    int e0 = events.start[line + x];
                    int e1 = events.start[line + x + 1];
                    if (e0 < e1) {
                        int row = (ky * g.kernelWidth() + kx - x) * g.in();
                        long base = blocks.offset(block) + (long) row * rowBytes;
                        if (backward) {
                            gradient(events, e0, e1, blocks.vectors[block], matrix, base, rowBytes, map, o);
                        } else {
                            add(events, e0, e1, blocks.vectors[block], matrix, base, rowBytes, map, o);
                        }
                    }
                }
            }
        }
    }

    private static void add(
            EventMap events,
            int e0,
            int e1,
            int vectors,
            MemorySegment weights,
            long base,
            int rowBytes,
            MemorySegment out,
            long o) {
        if (events.binary) {
            switch (vectors) {
                case 4 -> add4(weights, base, rowBytes, out, o, events.index, e0, e1);
                case 2 -> add2(weights, base, rowBytes, out, o, events.index, e0, e1);
                default -> add1(weights, base, rowBytes, out, o, events.index, e0, e1);
            }
        } else {
            switch (vectors) {
                case 4 -> add4v(weights, base, rowBytes, out, o, events.index, events.value, e0, e1);
                case 2 -> add2v(weights, base, rowBytes, out, o, events.index, events.value, e0, e1);
                default -> add1v(weights, base, rowBytes, out, o, events.index, events.value, e0, e1);
            }
        }
    }

    @Override
    public void addRows(
            EventMap events,
            int e0,
            int e1,
            int shift,
            boolean squared,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment sums,
            long sumsOffset) {
        for (int b = 0; b < blocks.count(); b++) {
            int rowBytes = blocks.rowBytes(b);
            long base = blocks.offset(b) - (long) shift * rowBytes;
            long o = sumsOffset + (long) blocks.channel[b] * Float.BYTES;
            if (squared && !events.binary) {
                switch (blocks.vectors[b]) {
                    case 4 -> addSquared4(weights, base, rowBytes, sums, o, events.index, events.value, e0, e1);
                    case 2 -> addSquared2(weights, base, rowBytes, sums, o, events.index, events.value, e0, e1);
                    default -> addSquared1(weights, base, rowBytes, sums, o, events.index, events.value, e0, e1);
                }
            } else {
                add(events, e0, e1, blocks.vectors[b], weights, base, rowBytes, sums, o);
            }
        }
    }

    @Override
    public void gatherWeightGradient(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment gradient,
            MemorySegment outGradient,
            long outOffset) {
        if (g.runs() == 1) {
            walk(events, g, blocks, block, ky0, ky1, gradient, outGradient, outOffset, true);
        } else {
            walkTaps(events, g, blocks, block, ky0, ky1, gradient, outGradient, outOffset, true);
        }
    }

    private static void gradient(
            EventMap events,
            int e0,
            int e1,
            int vectors,
            MemorySegment gradient,
            long base,
            int rowBytes,
            MemorySegment out,
            long o) {
        if (events.binary) {
            switch (vectors) {
                case 4 -> grad4(gradient, base, rowBytes, out, o, events.index, e0, e1);
                case 2 -> grad2(gradient, base, rowBytes, out, o, events.index, e0, e1);
                default -> grad1(gradient, base, rowBytes, out, o, events.index, e0, e1);
            }
        } else {
            switch (vectors) {
                case 4 -> grad4v(gradient, base, rowBytes, out, o, events.index, events.value, e0, e1);
                case 2 -> grad2v(gradient, base, rowBytes, out, o, events.index, events.value, e0, e1);
                default -> grad1v(gradient, base, rowBytes, out, o, events.index, events.value, e0, e1);
            }
        }
    }

    @Override
    public void product(
            float[] a,
            int[] base,
            int positions,
            int segments,
            int segmentStride,
            int length,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment out,
            long outOffset) {
        int step = blocks.padded * Float.BYTES;
        for (int b = 0; b < blocks.count(); b++) {
            int rowBytes = blocks.rowBytes(b);
            int vectors = blocks.vectors[b];
            for (int v = 0; v < vectors; v += 2) {
                long w = blocks.offset(b) + v * VB;
                long column = (long) blocks.channel[b] * Float.BYTES + v * VB;
                for (int p = 0; p < positions; p += POSITIONS) {
                    int here = Math.min(POSITIONS, positions - p);
                    boolean whole = here == POSITIONS;
                    MemorySegment target = whole ? out : tail.get();
                    long o = whole ? outOffset + (long) p * step + column : 0;
                    int targetStep = whole ? step : (int) (2 * VB);
                    int last = p + here - 1;
                    int b0 = base[p];
                    int b1 = base[Math.min(p + 1, last)];
                    int b2 = base[Math.min(p + 2, last)];
                    int b3 = base[Math.min(p + 3, last)];
                    int b4 = base[Math.min(p + 4, last)];
                    int b5 = base[Math.min(p + 5, last)];
                    int b6 = base[Math.min(p + 6, last)];
                    int b7 = base[Math.min(p + 7, last)];
                    if (vectors == 1) {
                        product1(
                                a,
                                b0,
                                b1,
                                b2,
                                b3,
                                b4,
                                b5,
                                b6,
                                b7,
                                segments,
                                segmentStride,
                                length,
                                weights,
                                w,
                                rowBytes,
                                target,
                                o,
                                targetStep);
                    } else {
                        product2(
                                a,
                                b0,
                                b1,
                                b2,
                                b3,
                                b4,
                                b5,
                                b6,
                                b7,
                                segments,
                                segmentStride,
                                length,
                                weights,
                                w,
                                rowBytes,
                                target,
                                o,
                                targetStep);
                    }
                    if (!whole) {
                        long bytes = Math.min(vectors, 2) * VB;
                        for (int i = 0; i < here; i++) {
                            MemorySegment.copy(
                                    target,
                                    (long) i * targetStep,
                                    out,
                                    outOffset + (long) (p + i) * step + column,
                                    bytes);
                        }
                    }
                }
            }
        }
    }

    /** Only where vectors have masks of their own. */
    @Override
    public double sparseBreakEven(boolean dense) {
        return L != SPARSE_LANES ? Double.POSITIVE_INFINITY : dense ? 1 : 2;
    }

    @Override
    public void sparseProduct(
            long[] spikes,
            SparseProduct weights,
            int positions,
            int line,
            int wanted,
            MemorySegment out,
            long outOffset,
            int padded) {
        if (L != SPARSE_LANES) {
            plain.sparseProduct(spikes, weights, positions, line, wanted, out, outOffset, padded);
            return;
        }
        float[] tile = new float[Long.SIZE * L];
        int outputs = weights.start.length - 1;
        for (int p0 = 0; p0 < positions; p0 += Long.SIZE) {
            for (int o0 = 0; o0 < padded; o0 += L) {
                for (int i = 0; i < L; i++) {
                    int s = o0 + i < outputs ? weights.start[o0 + i] : 0;
                    int end = o0 + i < outputs ? weights.start[o0 + i + 1] : 0;
                    weigh(spikes, p0, weights.place, weights.value, s, end, tile, i * Long.SIZE);
                }
                int y = p0 / line;
                int x = p0 - y * line;
                for (int p = p0; p < Math.min(p0 + Long.SIZE, positions); p++) {
                    if (x < wanted) {
                        long o = outOffset + ((long) (y * wanted + x) * padded + o0) * Float.BYTES;
                        store(FloatVector.fromArray(S, tile, p - p0, COLUMN, 0), out, o);
                    }
                    if (++x == line) {
                        x = 0;
                        y++;
                    }
                }
            }
        }
    }

    /** Sums of one output at as many positions as a word has bits, a row of the tile: spikes are the masks of the additions. */
    private static void weigh(long[] spikes, int p, int[] place, float[] value, int j, int end, float[] tile, int at) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = FloatVector.zero(S);
        FloatVector a2 = FloatVector.zero(S);
        FloatVector a3 = FloatVector.zero(S);
        for (; j < end; j++) {
            int i = place[j] + p;
            int word = i >>> 6;
            long own = spikes[word] >>> i | spikes[word + 1] << 1 << ~i;
            FloatVector w = FloatVector.broadcast(S, value[j]);
            a0 = a0.add(w, VectorMask.fromLong(S, own));
            a1 = a1.add(w, VectorMask.fromLong(S, own >>> L));
            a2 = a2.add(w, VectorMask.fromLong(S, own >>> 2 * L));
            a3 = a3.add(w, VectorMask.fromLong(S, own >>> 3 * L));
        }
        a0.intoArray(tile, at);
        a1.intoArray(tile, at + L);
        a2.intoArray(tile, at + 2 * L);
        a3.intoArray(tile, at + 3 * L);
    }

    @Override
    public void inputGradientAt(
            EventMap open,
            Geometry g,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment outGradient,
            long outOffset,
            MemorySegment inGradient,
            long inOffset,
            int paddedIn) {
        int stride = g.stride().columns();
        int strideY = g.stride().lines();
        int dilationY = g.dilation().lines();
        int paddingY = g.padding().lines();
        long column = (long) stride * g.in();
        long step = -(long) blocks.padded * Float.BYTES;
        for (int y = 0; y < g.height(); y++) {
            for (int x = 0; x < g.width(); x++) {
                int position = y * g.width() + x;
                long at = inOffset + (long) position * paddedIn * Float.BYTES;
                // Of a kernel row, taps first, first + stride, ... see this input, each one output position to the
                // left.
                int right = x + g.padding().columns();
                int first = Math.max(right % stride, right - (g.outWidth() - 1) * stride);
                int count = Math.floorDiv(Math.min(g.kernelWidth() - 1, right) - first, stride) + 1;
                for (int e = open.start[position]; count > 0 && e < open.start[position + 1]; e++) {
                    int channel = open.index[e] - x * g.in();
                    float sum = 0f;
                    for (int b = 0; b < blocks.count(); b++) {
                        int rowBytes = blocks.rowBytes(b);
                        for (int ky = 0; ky < g.kernelHeight(); ky++) {
                            int below = y + paddingY - ky * dilationY;
                            int oy = below / strideY;
                            if (below >= 0 && oy * strideY == below && oy < g.outHeight()) {
                                long w = blocks.offset(b)
                                        + (long) ((ky * g.kernelWidth() + first) * g.in() + channel) * rowBytes;
                                int q = oy * g.outWidth() + (right - first) / stride;
                                long o = outOffset + ((long) q * blocks.padded + blocks.channel[b]) * Float.BYTES;
                                sum += dot(
                                        blocks.vectors[b], weights, w, column * rowBytes, outGradient, o, step, count);
                            }
                        }
                    }
                    inGradient.set(ValueLayout.JAVA_FLOAT, at + (long) channel * Float.BYTES, sum);
                }
            }
        }
    }

    private static float dot(
            int vectors, MemorySegment w, long i, long wStep, MemorySegment g, long o, long gStep, int count) {
        return switch (vectors) {
            case 4 -> dot4(w, i, wStep, g, o, gStep, count);
            case 2 -> dot2(w, i, wStep, g, o, gStep, count);
            default -> dot1(w, i, wStep, g, o, gStep, count);
        };
    }

    private static float dot1(MemorySegment w, long i, long wStep, MemorySegment g, long o, long gStep, int count) {
        FloatVector a0 = FloatVector.zero(S);
        for (int k = 0; k < count; k++, i += wStep, o += gStep) {
            a0 = load(g, o).fma(load(w, i), a0);
        }
        return a0.reduceLanes(VectorOperators.ADD);
    }

    private static float dot2(MemorySegment w, long i, long wStep, MemorySegment g, long o, long gStep, int count) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = FloatVector.zero(S);
        for (int k = 0; k < count; k++, i += wStep, o += gStep) {
            a0 = load(g, o).fma(load(w, i), a0);
            a1 = load(g, o + VB).fma(load(w, i + VB), a1);
        }
        return a0.add(a1).reduceLanes(VectorOperators.ADD);
    }

    private static float dot4(MemorySegment w, long i, long wStep, MemorySegment g, long o, long gStep, int count) {
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = FloatVector.zero(S);
        FloatVector a2 = FloatVector.zero(S);
        FloatVector a3 = FloatVector.zero(S);
        for (int k = 0; k < count; k++, i += wStep, o += gStep) {
            a0 = load(g, o).fma(load(w, i), a0);
            a1 = load(g, o + VB).fma(load(w, i + VB), a1);
            a2 = load(g, o + 2 * VB).fma(load(w, i + 2 * VB), a2);
            a3 = load(g, o + 3 * VB).fma(load(w, i + 3 * VB), a3);
        }
        return a0.add(a1).add(a2.add(a3)).reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void fire(
            MemorySegment input,
            long inputOffset,
            float[] gain,
            float[] offset,
            NeuronSpec spec,
            int height,
            int width,
            int channels,
            MemorySegment membrane,
            long membraneOffset,
            MemorySegment potential,
            long potentialOffset,
            EventMap spikes) {
        int padded = Blocks.padded(channels, L);
        long at = 0;
        int n = 0;
        spikes.clear(true, true);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                spikes.start[y * width + x] = n;
                spikes.reserve(n + padded);
                n = fireRow(
                        input,
                        inputOffset + at,
                        gain,
                        offset,
                        spec,
                        x * channels,
                        padded,
                        membrane,
                        membraneOffset + at,
                        potential,
                        potentialOffset + at,
                        spikes.index,
                        n);
                at += (long) padded * Float.BYTES;
            }
        }
        spikes.start[height * width] = n;
    }

    private static int fireRow(
            MemorySegment input,
            long in,
            float[] gain,
            float[] offset,
            NeuronSpec spec,
            int entry,
            int padded,
            MemorySegment membrane,
            long v,
            MemorySegment potential,
            long p,
            int[] index,
            int n) {
        float leak = spec.leak();
        float inputGain = spec.inputGain();
        float threshold = spec.threshold();
        float bar = spec.bar();
        boolean hard = spec.reset() == NeuronSpec.Reset.HARD;
        VectorOperators.Comparison fires = fires(spec);
        for (int c = 0; c < padded; c += L) {
            long o = (long) c * Float.BYTES;
            FloatVector current = load(input, in + o);
            if (gain != null) {
                current = current.mul(FloatVector.fromArray(S, gain, c)).add(FloatVector.fromArray(S, offset, c));
            }
            FloatVector u = load(membrane, v + o).mul(leak).add(current.mul(inputGain));
            if (potential != null) {
                store(u, potential, p + o);
            }
            VectorMask<Float> fired = u.compare(fires, bar);
            FloatVector after = hard ? u.blend(spec.resetPotential(), fired) : u.sub(threshold, fired);
            store(after, membrane, v + o);
            int count = fired.trueCount();
            if (count > 0) {
                IOTA.add(entry + c).compress(fired.cast(IS)).intoArray(index, n);
                n += count;
            }
        }
        return n;
    }

    @Override
    public void fireBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment potential,
            long potentialOffset,
            MemorySegment carry,
            long carryOffset,
            NeuronSpec spec,
            int count) {
        if (spec.surrogate() instanceof Surrogate.Sigmoid) {
            // An exponential of the Vector API need not have the bits of StrictMath.
            plain.fireBackward(gradient, gradientOffset, potential, potentialOffset, carry, carryOffset, spec, count);
            return;
        }
        float threshold = spec.threshold();
        float share = spec.dynamics().firingShare();
        float bar = spec.bar();
        float leak = spec.leak();
        float inputGain = spec.inputGain();
        float emission = spec.emission();
        VectorOperators.Comparison fires = fires(spec);
        boolean hard = spec.reset() == NeuronSpec.Reset.HARD;
        for (int i = 0; i < count; i += L) {
            long o = (long) i * Float.BYTES;
            FloatVector u = load(potential, potentialOffset + o);
            FloatVector slope =
                    derivative(spec.surrogate(), u.div(threshold).sub(share)).div(threshold);
            FloatVector back = load(carry, carryOffset + o);
            if (hard) {
                back = back.blend(0f, u.compare(fires, bar));
            }
            FloatVector ds = load(gradient, gradientOffset + o).mul(emission);
            FloatVector delta = ds.mul(slope).add(back);
            store(delta.mul(inputGain), gradient, gradientOffset + o);
            store(delta.mul(leak), carry, carryOffset + o);
        }
    }

    private static VectorOperators.Comparison fires(NeuronSpec spec) {
        return spec.firing() == NeuronSpec.Firing.ABOVE ? VectorOperators.GT : VectorOperators.GE;
    }

    /** As {@link Surrogate#derivative}, to the same bits. */
    private static FloatVector derivative(Surrogate surrogate, FloatVector m) {
        return switch (surrogate) {
            case Surrogate.Triangle(float height) ->
                m.abs().neg().add(1f).max(0f).mul(height);
            case Surrogate.Rectangle(float width) ->
                FloatVector.zero(S).blend(1f / width, m.abs().compare(VectorOperators.LT, width / 2f));
            case Surrogate.ArcTangent tangent -> {
                FloatVector x = m.mul(tangent.steepness());
                yield FloatVector.broadcast(S, tangent.alpha() / 2f)
                        .div(x.mul(x).add(1f));
            }
            case Surrogate.FastSigmoid(float slope) -> {
                FloatVector d = m.abs().mul(slope).add(1f);
                yield FloatVector.broadcast(S, 1f).div(d.mul(d));
            }
            case Surrogate.Sigmoid _ -> throw new IllegalArgumentException("computed number by number");
        };
    }

    /** Half of the width in m outside which a surrogate derivative is 0; infinite where it never is. */
    private static float reach(Surrogate surrogate) {
        return switch (surrogate) {
            case Surrogate.Triangle _ -> 1f;
            case Surrogate.Rectangle(float width) -> width / 2f;
            case Surrogate.ArcTangent _, Surrogate.FastSigmoid _, Surrogate.Sigmoid _ -> Float.POSITIVE_INFINITY;
        };
    }

    @Override
    public void open(
            MemorySegment potential, long offset, NeuronSpec spec, int height, int width, int channels, EventMap open) {
        int padded = Blocks.padded(channels, L);
        float threshold = spec.threshold();
        float share = spec.dynamics().firingShare();
        float reach = reach(spec.surrogate());
        open.clear(true, true);
        int n = 0;
        long at = offset;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                open.start[y * width + x] = n;
                open.reserve(n + padded);
                for (int c = 0; c < padded; c += L) {
                    FloatVector m = load(potential, at + (long) c * Float.BYTES)
                            .div(threshold)
                            .sub(share)
                            .abs();
                    VectorMask<Float> inside =
                            m.compare(VectorOperators.LT, reach).and(S.indexInRange(c, channels));
                    int count = inside.trueCount();
                    if (count > 0) {
                        IOTA.add(x * channels + c).compress(inside.cast(IS)).intoArray(open.index, n);
                        n += count;
                    }
                }
                at += (long) padded * Float.BYTES;
            }
        }
        open.start[height * width] = n;
    }

    @Override
    public void addWeighted(
            MemorySegment x,
            long xOffset,
            float[] gain,
            float[] offset,
            float weight,
            int positions,
            int padded,
            MemorySegment sum,
            long sumOffset) {
        long at = 0;
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c += L, at += VB) {
                FloatVector value = load(x, xOffset + at);
                if (gain != null) {
                    value = value.mul(FloatVector.fromArray(S, gain, c)).add(FloatVector.fromArray(S, offset, c));
                }
                store(load(sum, sumOffset + at).add(value.mul(weight)), sum, sumOffset + at);
            }
        }
    }

    @Override
    public void representationBackward(
            MemorySegment gradient,
            MemorySegment mean,
            long meanOffset,
            float saturation,
            boolean bounds,
            float slope,
            int positions,
            int padded,
            float[] saturated) {
        VectorOperators.Comparison from = bounds ? VectorOperators.GE : VectorOperators.GT;
        VectorOperators.Comparison to = bounds ? VectorOperators.LE : VectorOperators.LT;
        FloatVector zero = FloatVector.zero(S);
        for (int c = 0; c < padded; c += L) {
            FloatVector sum = FloatVector.fromArray(S, saturated, c);
            long at = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += (long) padded * Float.BYTES) {
                FloatVector g = load(gradient, at);
                FloatVector x = load(mean, meanOffset + at);
                sum = sum.add(g, x.compare(VectorOperators.GT, saturation));
                VectorMask<Float> passes = x.compare(from, 0f).and(x.compare(to, saturation));
                store(zero.blend(g.mul(slope), passes), gradient, at);
            }
            sum.intoArray(saturated, c);
        }
    }

    @Override
    public void channelSums(MemorySegment map, long offset, int positions, int padded, float[] sum) {
        long step = (long) padded * Float.BYTES;
        for (int c = 0; c < padded; c += L) {
            FloatVector total = FloatVector.fromArray(S, sum, c);
            long at = offset + (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += step) {
                total = total.add(load(map, at));
            }
            total.intoArray(sum, c);
        }
    }

    @Override
    public void channelSquares(MemorySegment map, long offset, int positions, int padded, float[] mean, float[] sum) {
        long step = (long) padded * Float.BYTES;
        for (int c = 0; c < padded; c += L) {
            FloatVector total = FloatVector.fromArray(S, sum, c);
            FloatVector centre = FloatVector.fromArray(S, mean, c);
            long at = offset + (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += step) {
                FloatVector d = load(map, at).sub(centre);
                total = d.fma(d, total);
            }
            total.intoArray(sum, c);
        }
    }

    @Override
    public void channelProducts(
            MemorySegment a,
            long aOffset,
            MemorySegment b,
            long bOffset,
            int positions,
            int padded,
            float[] mean,
            float[] scale,
            float[] sum) {
        long step = (long) padded * Float.BYTES;
        for (int c = 0; c < padded; c += L) {
            FloatVector total = FloatVector.fromArray(S, sum, c);
            FloatVector centre = FloatVector.fromArray(S, mean, c);
            FloatVector factor = FloatVector.fromArray(S, scale, c);
            long at = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += step) {
                FloatVector standard = load(b, bOffset + at).sub(centre).mul(factor);
                total = load(a, aOffset + at).fma(standard, total);
            }
            total.intoArray(sum, c);
        }
    }

    @Override
    public void normBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment x,
            long xOffset,
            int positions,
            int padded,
            float[] mean,
            float[] scale,
            float[] gain,
            float[] meanG,
            float[] meanGx) {
        long step = (long) padded * Float.BYTES;
        for (int c = 0; c < padded; c += L) {
            FloatVector centre = FloatVector.fromArray(S, mean, c);
            FloatVector factor = FloatVector.fromArray(S, scale, c);
            FloatVector outer = FloatVector.fromArray(S, gain, c);
            FloatVector first = FloatVector.fromArray(S, meanG, c);
            FloatVector second = FloatVector.fromArray(S, meanGx, c);
            long at = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += step) {
                FloatVector standard = load(x, xOffset + at).sub(centre).mul(factor);
                FloatVector g = load(gradient, gradientOffset + at);
                store(g.sub(first).sub(standard.mul(second)).mul(outer), gradient, gradientOffset + at);
            }
        }
    }

    @Override
    public void affine(
            MemorySegment x,
            long xOffset,
            MemorySegment out,
            long outOffset,
            int positions,
            int padded,
            float[] gain,
            float[] offset) {
        long step = (long) padded * Float.BYTES;
        for (int c = 0; c < padded; c += L) {
            FloatVector factor = FloatVector.fromArray(S, gain, c);
            FloatVector shift = FloatVector.fromArray(S, offset, c);
            long at = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, at += step) {
                store(load(x, xOffset + at).mul(factor).add(shift), out, outOffset + at);
            }
        }
    }

    @Override
    public void rectify(MemorySegment x, long offset, float ceiling, int count) {
        for (int i = 0; i < count; i += L) {
            long o = offset + (long) i * Float.BYTES;
            store(load(x, o).max(0f).min(ceiling), x, o);
        }
    }

    @Override
    public void rectifyBackward(
            MemorySegment gradient, long gradientOffset, MemorySegment y, long yOffset, float ceiling, int count) {
        for (int i = 0; i < count; i += L) {
            long o = (long) i * Float.BYTES;
            FloatVector value = load(y, yOffset + o);
            VectorMask<Float> ends = value.eq(0f).or(value.eq(ceiling));
            store(load(gradient, gradientOffset + o).blend(0f, ends), gradient, gradientOffset + o);
        }
    }

    @Override
    public float largest(MemorySegment x, long offset, int count) {
        FloatVector largest = FloatVector.zero(S);
        for (int i = 0; i < count; i += L) {
            largest = largest.max(load(x, offset + (long) i * Float.BYTES));
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public void rate(MemorySegment x, long offset, float threshold, int count) {
        for (int i = 0; i < count; i += L) {
            long o = offset + (long) i * Float.BYTES;
            store(load(x, o).max(0f).div(threshold).min(1f), x, o);
        }
    }

    @Override
    public void rateBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment y,
            long yOffset,
            float threshold,
            int positions,
            int padded,
            float[] sum) {
        for (int c = 0; c < padded; c += L) {
            FloatVector total = FloatVector.fromArray(S, sum, c);
            long o = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, o += (long) padded * Float.BYTES) {
                FloatVector value = load(y, yOffset + o);
                VectorMask<Float> ends = value.eq(0f).or(value.eq(1f));
                FloatVector passed = load(gradient, gradientOffset + o).blend(0f, ends);
                total = passed.fma(value, total);
                store(passed.div(threshold), gradient, gradientOffset + o);
            }
            total.intoArray(sum, c);
        }
    }

    /** Of values from 0 to 2^22: rounded to the nearest, and 1 less where that is above. */
    private static FloatVector floor(FloatVector x) {
        FloatVector rounded = x.add(ROUND).sub(ROUND);
        return rounded.sub(1f, rounded.compare(VectorOperators.GT, x));
    }

    @Override
    public void quantise(MemorySegment x, long offset, float threshold, int levels, int count) {
        FloatVector scale = FloatVector.broadcast(S, levels / threshold);
        FloatVector shift = FloatVector.broadcast(S, 0.5f);
        float step = threshold / levels;
        for (int i = 0; i < count; i += L) {
            long o = offset + (long) i * Float.BYTES;
            FloatVector place = load(x, o).fma(scale, shift);
            store(floor(place.max(0f).min(levels)).mul(step), x, o);
        }
    }

    @Override
    public void quantiseBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment x,
            long xOffset,
            float threshold,
            int levels,
            int positions,
            int padded,
            float[] sum) {
        FloatVector scale = FloatVector.broadcast(S, levels / threshold);
        FloatVector shift = FloatVector.broadcast(S, 0.5f);
        float step = threshold / levels;
        for (int c = 0; c < padded; c += L) {
            FloatVector total = FloatVector.fromArray(S, sum, c);
            long o = (long) c * Float.BYTES;
            for (int p = 0; p < positions; p++, o += (long) padded * Float.BYTES) {
                FloatVector value = load(x, xOffset + o);
                FloatVector place = value.fma(scale, shift);
                FloatVector dy = load(gradient, gradientOffset + o);
                VectorMask<Float> positive = place.compare(VectorOperators.GT, 0f);
                VectorMask<Float> below = place.compare(VectorOperators.LT, levels);
                FloatVector factor = floor(place.max(0f).min(levels)).mul(step).sub(value);
                factor = FloatVector.zero(S)
                        .blend(factor, positive)
                        .blend(threshold, place.compare(VectorOperators.GE, levels));
                total = dy.fma(factor, total);
                store(FloatVector.zero(S).blend(dy, positive.and(below)), gradient, gradientOffset + o);
            }
            total.intoArray(sum, c);
        }
    }

    @Override
    public void addScaled(float x, float[] terms, int from, float[] sum, int to, int count) {
        int i = 0;
        for (; i <= count - L; i += L) {
            FloatVector.fromArray(S, terms, from + i)
                    .mul(x)
                    .add(FloatVector.fromArray(S, sum, to + i))
                    .intoArray(sum, to + i);
        }
        for (; i < count; i++) {
            sum[to + i] += x * terms[from + i];
        }
    }

    @Override
    public void add(MemorySegment source, long sourceOffset, MemorySegment target, long targetOffset, int count) {
        for (int i = 0; i < count; i += L) {
            long o = (long) i * Float.BYTES;
            store(load(target, targetOffset + o).add(load(source, sourceOffset + o)), target, targetOffset + o);
        }
    }

    @Override
    public void digitise(
            MemorySegment sums,
            long sumsOffset,
            MemorySegment variance,
            long varianceOffset,
            float[] normals,
            SynapsePlan.Converter converter,
            ConverterErrors errors,
            int errorsAt,
            float gain,
            MemorySegment out,
            long outOffset,
            int count) {
        if (converter != null && errors != null && errors.table() != null) {
            // Tables are looked up code by code.
            plain.digitise(
                    sums,
                    sumsOffset,
                    variance,
                    varianceOffset,
                    normals,
                    converter,
                    errors,
                    errorsAt,
                    gain,
                    out,
                    outOffset,
                    count);
            return;
        }
        for (int i = 0; i < count; i += L) {
            long o = (long) i * Float.BYTES;
            FloatVector x = load(sums, sumsOffset + o);
            if (variance != null) {
                x = load(variance, varianceOffset + o)
                        .sqrt()
                        .mul(FloatVector.fromArray(S, normals, i))
                        .add(x);
            }
            if (converter != null) {
                FloatVector code = x.sub(converter.low()).div(converter.step());
                if (errors != null) {
                    VectorMask<Float> within = S.indexInRange(i, count);
                    code = code.mul(FloatVector.fromArray(S, errors.gain(), errorsAt + i, within))
                            .add(FloatVector.fromArray(S, errors.offset(), errorsAt + i, within));
                }
                code = code.max(0f).min(converter.codes() - 1);
                x = code.add(ROUND).sub(ROUND).mul(converter.step()).add(converter.low());
            }
            FloatVector sum = x.mul(gain).add(load(out, outOffset + o));
            sum.intoMemorySegment(out, outOffset + o, ORDER, S.indexInRange(i, count));
        }
    }

    @Override
    public void addWiredRows(
            EventMap events,
            int e0,
            int e1,
            int shift,
            int last,
            boolean exact,
            float segment,
            Blocks blocks,
            MemorySegment sources,
            MemorySegment loads,
            WiredColumns state) {
        VectorWires.add(events, e0, e1, shift, last, exact, segment, blocks, sources, loads, state);
    }

    @Override
    public void closeWires(WiredColumns state, long offset, float resistance, float addend, boolean exact, int count) {
        VectorWires.close(state, offset, resistance, addend, exact, count);
    }

    @Override
    public void limit(
            MemorySegment sums,
            long sumsOffset,
            MemorySegment variance,
            long varianceOffset,
            float[] normals,
            float[] limit,
            float none,
            int count) {
        FloatVector middle = FloatVector.broadcast(S, none);
        for (int i = 0; i < count; i += L) {
            long o = (long) i * Float.BYTES;
            FloatVector x = load(sums, sumsOffset + o);
            if (variance != null) {
                x = load(variance, varianceOffset + o)
                        .sqrt()
                        .mul(FloatVector.fromArray(S, normals, i))
                        .add(x);
            }
            FloatVector most = FloatVector.fromArray(S, limit, i);
            store(x.max(middle.sub(most)).min(middle.add(most)), sums, sumsOffset + o);
        }
    }

    @Override
    public int appendMeans(float[] sums, float area, int entry, EventMap to, int n) {
        int events = n;
        for (int c = 0; c < sums.length; c += L) {
            FloatVector sum = FloatVector.fromArray(S, sums, c);
            VectorMask<Float> some = sum.compare(VectorOperators.NE, 0f);
            int count = some.trueCount();
            if (count > 0) {
                FloatVector mean = sum.div(area);
                IOTA.add(entry + c).compress(some.cast(IS)).intoArray(to.index, events);
                mean.compress(some).intoArray(to.value, events);
                to.unit &= mean.abs().compare(VectorOperators.NE, 1f).and(some).trueCount() == 0;
                FloatVector.zero(S).intoArray(sums, c);
                events += count;
            }
        }
        return events;
    }

    private static void add1(
            MemorySegment w, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            a0 = a0.add(load(w, i + 0 * VB));
        }
        store(a0, out, o + 0 * VB);
    }

    private static void add1v(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
        }
        store(a0, out, o + 0 * VB);
    }

    private static void addSquared1(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e] * value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
        }
        store(a0, out, o + 0 * VB);
    }

    private static void grad1(
            MemorySegment g, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            store(load(g, i + 0 * VB).add(d0), g, i + 0 * VB);
        }
    }

    private static void grad1v(
            MemorySegment g,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            store(x.fma(d0, load(g, i + 0 * VB)), g, i + 0 * VB);
        }
    }

    private static void add2(
            MemorySegment w, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            a0 = a0.add(load(w, i + 0 * VB));
            a1 = a1.add(load(w, i + 1 * VB));
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
    }

    private static void add2v(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
            a1 = x.fma(load(w, i + 1 * VB), a1);
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
    }

    private static void addSquared2(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e] * value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
            a1 = x.fma(load(w, i + 1 * VB), a1);
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
    }

    private static void grad2(
            MemorySegment g, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        FloatVector d1 = load(out, o + 1 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            store(load(g, i + 0 * VB).add(d0), g, i + 0 * VB);
            store(load(g, i + 1 * VB).add(d1), g, i + 1 * VB);
        }
    }

    private static void grad2v(
            MemorySegment g,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        FloatVector d1 = load(out, o + 1 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            store(x.fma(d0, load(g, i + 0 * VB)), g, i + 0 * VB);
            store(x.fma(d1, load(g, i + 1 * VB)), g, i + 1 * VB);
        }
    }

    private static void add4(
            MemorySegment w, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        FloatVector a2 = load(out, o + 2 * VB);
        FloatVector a3 = load(out, o + 3 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            a0 = a0.add(load(w, i + 0 * VB));
            a1 = a1.add(load(w, i + 1 * VB));
            a2 = a2.add(load(w, i + 2 * VB));
            a3 = a3.add(load(w, i + 3 * VB));
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
        store(a2, out, o + 2 * VB);
        store(a3, out, o + 3 * VB);
    }

    private static void add4v(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        FloatVector a2 = load(out, o + 2 * VB);
        FloatVector a3 = load(out, o + 3 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
            a1 = x.fma(load(w, i + 1 * VB), a1);
            a2 = x.fma(load(w, i + 2 * VB), a2);
            a3 = x.fma(load(w, i + 3 * VB), a3);
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
        store(a2, out, o + 2 * VB);
        store(a3, out, o + 3 * VB);
    }

    private static void addSquared4(
            MemorySegment w,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector a0 = load(out, o + 0 * VB);
        FloatVector a1 = load(out, o + 1 * VB);
        FloatVector a2 = load(out, o + 2 * VB);
        FloatVector a3 = load(out, o + 3 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e] * value[e]);
            a0 = x.fma(load(w, i + 0 * VB), a0);
            a1 = x.fma(load(w, i + 1 * VB), a1);
            a2 = x.fma(load(w, i + 2 * VB), a2);
            a3 = x.fma(load(w, i + 3 * VB), a3);
        }
        store(a0, out, o + 0 * VB);
        store(a1, out, o + 1 * VB);
        store(a2, out, o + 2 * VB);
        store(a3, out, o + 3 * VB);
    }

    private static void grad4(
            MemorySegment g, long base, int rowBytes, MemorySegment out, long o, int[] index, int e, int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        FloatVector d1 = load(out, o + 1 * VB);
        FloatVector d2 = load(out, o + 2 * VB);
        FloatVector d3 = load(out, o + 3 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            store(load(g, i + 0 * VB).add(d0), g, i + 0 * VB);
            store(load(g, i + 1 * VB).add(d1), g, i + 1 * VB);
            store(load(g, i + 2 * VB).add(d2), g, i + 2 * VB);
            store(load(g, i + 3 * VB).add(d3), g, i + 3 * VB);
        }
    }

    private static void grad4v(
            MemorySegment g,
            long base,
            int rowBytes,
            MemorySegment out,
            long o,
            int[] index,
            float[] value,
            int e,
            int end) {
        FloatVector d0 = load(out, o + 0 * VB);
        FloatVector d1 = load(out, o + 1 * VB);
        FloatVector d2 = load(out, o + 2 * VB);
        FloatVector d3 = load(out, o + 3 * VB);
        for (; e < end; e++) {
            long i = base + (long) index[e] * rowBytes;
            FloatVector x = FloatVector.broadcast(S, value[e]);
            store(x.fma(d0, load(g, i + 0 * VB)), g, i + 0 * VB);
            store(x.fma(d1, load(g, i + 1 * VB)), g, i + 1 * VB);
            store(x.fma(d2, load(g, i + 2 * VB)), g, i + 2 * VB);
            store(x.fma(d3, load(g, i + 3 * VB)), g, i + 3 * VB);
        }
    }

    private static void product1(
            float[] a,
            int b0,
            int b1,
            int b2,
            int b3,
            int b4,
            int b5,
            int b6,
            int b7,
            int segments,
            int segmentStride,
            int length,
            MemorySegment w,
            long wBase,
            int rowBytes,
            MemorySegment out,
            long o,
            int step) {
        FloatVector c00 = FloatVector.zero(S);
        FloatVector c10 = FloatVector.zero(S);
        FloatVector c20 = FloatVector.zero(S);
        FloatVector c30 = FloatVector.zero(S);
        FloatVector c40 = FloatVector.zero(S);
        FloatVector c50 = FloatVector.zero(S);
        FloatVector c60 = FloatVector.zero(S);
        FloatVector c70 = FloatVector.zero(S);
        for (int s = 0; s < segments; s++) {
            int shift = s * segmentStride;
            for (int k = 0; k < length; k++) {
                int at = shift + k;
                FloatVector w0 = load(w, wBase + 0 * VB);
                wBase += rowBytes;
                FloatVector x0 = FloatVector.broadcast(S, a[b0 + at]);
                c00 = x0.fma(w0, c00);
                FloatVector x1 = FloatVector.broadcast(S, a[b1 + at]);
                c10 = x1.fma(w0, c10);
                FloatVector x2 = FloatVector.broadcast(S, a[b2 + at]);
                c20 = x2.fma(w0, c20);
                FloatVector x3 = FloatVector.broadcast(S, a[b3 + at]);
                c30 = x3.fma(w0, c30);
                FloatVector x4 = FloatVector.broadcast(S, a[b4 + at]);
                c40 = x4.fma(w0, c40);
                FloatVector x5 = FloatVector.broadcast(S, a[b5 + at]);
                c50 = x5.fma(w0, c50);
                FloatVector x6 = FloatVector.broadcast(S, a[b6 + at]);
                c60 = x6.fma(w0, c60);
                FloatVector x7 = FloatVector.broadcast(S, a[b7 + at]);
                c70 = x7.fma(w0, c70);
            }
        }
        store(c00, out, o + 0L * step + 0 * VB);
        store(c10, out, o + 1L * step + 0 * VB);
        store(c20, out, o + 2L * step + 0 * VB);
        store(c30, out, o + 3L * step + 0 * VB);
        store(c40, out, o + 4L * step + 0 * VB);
        store(c50, out, o + 5L * step + 0 * VB);
        store(c60, out, o + 6L * step + 0 * VB);
        store(c70, out, o + 7L * step + 0 * VB);
    }

    private static void product2(
            float[] a,
            int b0,
            int b1,
            int b2,
            int b3,
            int b4,
            int b5,
            int b6,
            int b7,
            int segments,
            int segmentStride,
            int length,
            MemorySegment w,
            long wBase,
            int rowBytes,
            MemorySegment out,
            long o,
            int step) {
        FloatVector c00 = FloatVector.zero(S);
        FloatVector c01 = FloatVector.zero(S);
        FloatVector c10 = FloatVector.zero(S);
        FloatVector c11 = FloatVector.zero(S);
        FloatVector c20 = FloatVector.zero(S);
        FloatVector c21 = FloatVector.zero(S);
        FloatVector c30 = FloatVector.zero(S);
        FloatVector c31 = FloatVector.zero(S);
        FloatVector c40 = FloatVector.zero(S);
        FloatVector c41 = FloatVector.zero(S);
        FloatVector c50 = FloatVector.zero(S);
        FloatVector c51 = FloatVector.zero(S);
        FloatVector c60 = FloatVector.zero(S);
        FloatVector c61 = FloatVector.zero(S);
        FloatVector c70 = FloatVector.zero(S);
        FloatVector c71 = FloatVector.zero(S);
        for (int s = 0; s < segments; s++) {
            int shift = s * segmentStride;
            for (int k = 0; k < length; k++) {
                int at = shift + k;
                FloatVector w0 = load(w, wBase + 0 * VB);
                FloatVector w1 = load(w, wBase + 1 * VB);
                wBase += rowBytes;
                FloatVector x0 = FloatVector.broadcast(S, a[b0 + at]);
                c00 = x0.fma(w0, c00);
                c01 = x0.fma(w1, c01);
                FloatVector x1 = FloatVector.broadcast(S, a[b1 + at]);
                c10 = x1.fma(w0, c10);
                c11 = x1.fma(w1, c11);
                FloatVector x2 = FloatVector.broadcast(S, a[b2 + at]);
                c20 = x2.fma(w0, c20);
                c21 = x2.fma(w1, c21);
                FloatVector x3 = FloatVector.broadcast(S, a[b3 + at]);
                c30 = x3.fma(w0, c30);
                c31 = x3.fma(w1, c31);
                FloatVector x4 = FloatVector.broadcast(S, a[b4 + at]);
                c40 = x4.fma(w0, c40);
                c41 = x4.fma(w1, c41);
                FloatVector x5 = FloatVector.broadcast(S, a[b5 + at]);
                c50 = x5.fma(w0, c50);
                c51 = x5.fma(w1, c51);
                FloatVector x6 = FloatVector.broadcast(S, a[b6 + at]);
                c60 = x6.fma(w0, c60);
                c61 = x6.fma(w1, c61);
                FloatVector x7 = FloatVector.broadcast(S, a[b7 + at]);
                c70 = x7.fma(w0, c70);
                c71 = x7.fma(w1, c71);
            }
        }
        store(c00, out, o + 0L * step + 0 * VB);
        store(c01, out, o + 0L * step + 1 * VB);
        store(c10, out, o + 1L * step + 0 * VB);
        store(c11, out, o + 1L * step + 1 * VB);
        store(c20, out, o + 2L * step + 0 * VB);
        store(c21, out, o + 2L * step + 1 * VB);
        store(c30, out, o + 3L * step + 0 * VB);
        store(c31, out, o + 3L * step + 1 * VB);
        store(c40, out, o + 4L * step + 0 * VB);
        store(c41, out, o + 4L * step + 1 * VB);
        store(c50, out, o + 5L * step + 0 * VB);
        store(c51, out, o + 5L * step + 1 * VB);
        store(c60, out, o + 6L * step + 0 * VB);
        store(c61, out, o + 6L * step + 1 * VB);
        store(c70, out, o + 7L * step + 0 * VB);
        store(c71, out, o + 7L * step + 1 * VB);
    }
}
