/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The kernels in plain Java, for a virtual machine that was started without the vector module. A weight row is copied to a
 * heap array first: the compiler vectorises a sum of two arrays with one common index, and does not vectorise one with two.
 */
final class ScalarKernels implements Kernels {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int LANES = 8;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String description() {
        return "plain Java";
    }

    private static float get(MemorySegment m, long offset, int index) {
        return m.get(FLOAT, offset + (long) index * Float.BYTES);
    }

    private static void set(MemorySegment m, long offset, int index, float value) {
        m.set(FLOAT, offset + (long) index * Float.BYTES, value);
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
        walk(events, g, blocks, block, ky0, ky1, weights, out, outOffset, false);
    }

    /** Visits the events under each output position; see {@link VectorKernels}. */
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
        int width = blocks.vectors[block] * LANES;
        float[] own = new float[width];
        float[] row = new float[width];
        for (int oy = 0; oy < g.outHeight(); oy++) {
            for (int ox = 0; ox < g.outWidth(); ox++) {
                long o = mapOffset
                        + ((long) (oy * g.outWidth() + ox) * blocks.padded + blocks.channel[block]) * Float.BYTES;
                MemorySegment.copy(map, FLOAT, o, own, 0, width);
                int top = g.top(oy);
                for (int ky = g.firstLine(top, ky0); ky < g.endLine(top, ky1); ky++) {
                    int line = (top + ky * g.dilation().lines()) * g.width();
                    for (int run = 0; run < g.runs(); run++) {
                        int left = g.left(ox) + run * g.dilation().columns();
                        int shift = (left - ky * g.kernelWidth() - run) * g.in();
                        int e1 = events.start[line + Math.clamp(left + g.runTaps(), 0, g.width())];
                        for (int e = events.start[line + Math.clamp(left, 0, g.width())]; e < e1; e++) {
                            int weightRow = events.index[e] - shift;
                            if (backward) {
                                addGradient(events, e, weightRow, blocks, block, matrix, own, row);
                            } else {
                                addRow(events, e, weightRow, false, blocks, block, matrix, own, row);
                            }
                        }
                    }
                }
                if (!backward) {
                    MemorySegment.copy(own, 0, map, FLOAT, o, width);
                }
            }
        }
    }

    private static void addGradient(
            EventMap events,
            int e,
            int weightRow,
            Blocks blocks,
            int block,
            MemorySegment gradient,
            float[] delta,
            float[] row) {
        int width = blocks.vectors[block] * LANES;
        long at = blocks.offset(block) + (long) weightRow * blocks.rowBytes(block);
        MemorySegment.copy(gradient, FLOAT, at, row, 0, width);
        float x = events.binary ? 1f : events.value[e];
        for (int c = 0; c < width; c++) {
            row[c] = Math.fma(x, delta[c], row[c]);
        }
        MemorySegment.copy(row, 0, gradient, FLOAT, at, width);
    }

    private static void addRow(
            EventMap events,
            int e,
            int weightRow,
            boolean squared,
            Blocks blocks,
            int block,
            MemorySegment weights,
            float[] sum,
            float[] row) {
        int width = blocks.vectors[block] * LANES;
        MemorySegment.copy(
                weights, FLOAT, blocks.offset(block) + (long) weightRow * blocks.rowBytes(block), row, 0, width);
        if (events.binary) {
            for (int c = 0; c < width; c++) {
                sum[c] += row[c];
            }
        } else {
            float x = squared ? events.value[e] * events.value[e] : events.value[e];
            for (int c = 0; c < width; c++) {
                sum[c] = Math.fma(x, row[c], sum[c]);
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
            int width = blocks.vectors[b] * LANES;
            float[] sum = new float[width];
            float[] row = new float[width];
            long o = sumsOffset + (long) blocks.channel[b] * Float.BYTES;
            MemorySegment.copy(sums, FLOAT, o, sum, 0, width);
            for (int e = e0; e < e1; e++) {
                addRow(events, e, events.index[e] - shift, squared, blocks, b, weights, sum, row);
            }
            MemorySegment.copy(sum, 0, sums, FLOAT, o, width);
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
        walk(events, g, blocks, block, ky0, ky1, gradient, outGradient, outOffset, true);
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
        for (int b = 0; b < blocks.count(); b++) {
            int width = blocks.vectors[b] * LANES;
            float[] row = new float[width];
            float[][] sums = new float[positions][width];
            long at = blocks.offset(b);
            for (int s = 0; s < segments; s++) {
                for (int k = 0; k < length; k++, at += blocks.rowBytes(b)) {
                    MemorySegment.copy(weights, FLOAT, at, row, 0, width);
                    for (int p = 0; p < positions; p++) {
                        float x = a[base[p] + s * segmentStride + k];
                        float[] sum = sums[p];
                        for (int c = 0; c < width; c++) {
                            sum[c] = Math.fma(x, row[c], sum[c]);
                        }
                    }
                }
            }
            for (int p = 0; p < positions; p++) {
                long o = outOffset + ((long) p * blocks.padded + blocks.channel[b]) * Float.BYTES;
                MemorySegment.copy(sums[p], 0, out, FLOAT, o, width);
            }
        }
    }

    @Override
    public double sparseBreakEven(boolean dense) {
        return 1;
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
        float[] row = new float[padded];
        long o = outOffset;
        for (int p = 0; p < positions; p++) {
            if (p % line < wanted) {
                for (int c = 0; c + 1 < weights.start.length; c++) {
                    float sum = 0f;
                    for (int j = weights.start[c]; j < weights.start[c + 1]; j++) {
                        int i = weights.place[j] + p;
                        if ((spikes[i >>> 6] >>> i & 1) != 0) {
                            sum += weights.value[j];
                        }
                    }
                    row[c] = sum;
                }
                MemorySegment.copy(row, 0, out, FLOAT, o, padded);
                o += (long) padded * Float.BYTES;
            }
        }
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
        for (int y = 0; y < g.height(); y++) {
            for (int x = 0; x < g.width(); x++) {
                int position = y * g.width() + x;
                for (int e = open.start[position]; e < open.start[position + 1]; e++) {
                    int channel = open.index[e] - x * g.in();
                    float sum = 0f;
                    for (int ky = 0; ky < g.kernelHeight(); ky++) {
                        for (int kx = 0; kx < g.kernelWidth(); kx++) {
                            int output = g.output(position, ky, kx);
                            if (output >= 0) {
                                int row = (ky * g.kernelWidth() + kx) * g.in() + channel;
                                long o = outOffset + (long) output * blocks.padded * Float.BYTES;
                                sum += dot(blocks, row, weights, outGradient, o);
                            }
                        }
                    }
                    set(inGradient, inOffset, position * paddedIn + channel, sum);
                }
            }
        }
    }

    private static float dot(Blocks blocks, int row, MemorySegment weights, MemorySegment outGradient, long offset) {
        float sum = 0f;
        for (int b = 0; b < blocks.count(); b++) {
            long w = blocks.offset(b) + (long) row * blocks.rowBytes(b);
            for (int c = 0; c < blocks.vectors[b] * LANES; c++) {
                sum = Math.fma(get(outGradient, offset, blocks.channel[b] + c), get(weights, w, c), sum);
            }
        }
        return sum;
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
        int padded = Blocks.padded(channels, LANES);
        int n = 0;
        spikes.clear(true, true);
        for (int p = 0; p < height * width; p++) {
            spikes.start[p] = n;
            spikes.reserve(n + padded);
            int entry = p % width * channels;
            for (int c = 0; c < channels; c++) {
                int i = p * padded + c;
                float current = get(input, inputOffset, i);
                if (gain != null) {
                    current = current * gain[c] + offset[c];
                }
                float u = get(membrane, membraneOffset, i) * spec.leak() + current * spec.inputGain();
                if (potential != null) {
                    set(potential, potentialOffset, i, u);
                }
                set(membrane, membraneOffset, i, spec.afterReset(u));
                if (spec.fires(u)) {
                    spikes.index[n++] = entry + c;
                }
            }
        }
        spikes.start[height * width] = n;
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
        boolean hard = spec.reset() == NeuronSpec.Reset.HARD;
        float emission = spec.emission();
        float share = spec.dynamics().firingShare();
        for (int i = 0; i < count; i++) {
            float u = get(potential, potentialOffset, i);
            float slope = spec.surrogate().derivative(u / spec.threshold() - share) / spec.threshold();
            float back = hard && spec.fires(u) ? 0f : get(carry, carryOffset, i);
            float delta = get(gradient, gradientOffset, i) * emission * slope + back;
            set(gradient, gradientOffset, i, delta * spec.inputGain());
            set(carry, carryOffset, i, delta * spec.leak());
        }
    }

    @Override
    public void open(
            MemorySegment potential, long offset, NeuronSpec spec, int height, int width, int channels, EventMap open) {
        int padded = Blocks.padded(channels, LANES);
        float share = spec.dynamics().firingShare();
        open.clear(true, true);
        int n = 0;
        for (int p = 0; p < height * width; p++) {
            open.start[p] = n;
            open.reserve(n + padded);
            for (int c = 0; c < channels; c++) {
                float u = get(potential, offset, p * padded + c);
                if (spec.surrogate().derivative(u / spec.threshold() - share) > 0f) {
                    open.index[n++] = p % width * channels + c;
                }
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
        for (int i = 0; i < positions * padded; i++) {
            float value = get(x, xOffset, i);
            if (gain != null) {
                value = value * gain[i % padded] + offset[i % padded];
            }
            set(sum, sumOffset, i, get(sum, sumOffset, i) + value * weight);
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
        for (int i = 0; i < positions * padded; i++) {
            float g = get(gradient, 0, i);
            float x = get(mean, meanOffset, i);
            if (x > saturation) {
                saturated[i % padded] += g;
            }
            set(gradient, 0, i, Representation.passes(x, saturation, bounds) ? g * slope : 0f);
        }
    }

    @Override
    public void channelSums(MemorySegment map, long offset, int positions, int padded, float[] sum) {
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c++) {
                sum[c] += get(map, offset, p * padded + c);
            }
        }
    }

    @Override
    public void channelSquares(MemorySegment map, long offset, int positions, int padded, float[] mean, float[] sum) {
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c++) {
                float d = get(map, offset, p * padded + c) - mean[c];
                sum[c] = Math.fma(d, d, sum[c]);
            }
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
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c++) {
                int i = p * padded + c;
                sum[c] = Math.fma(get(a, aOffset, i), (get(b, bOffset, i) - mean[c]) * scale[c], sum[c]);
            }
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
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c++) {
                int i = p * padded + c;
                float standard = (get(x, xOffset, i) - mean[c]) * scale[c];
                float g = get(gradient, gradientOffset, i);
                set(gradient, gradientOffset, i, (g - meanG[c] - standard * meanGx[c]) * gain[c]);
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
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < padded; c++) {
                int i = p * padded + c;
                set(out, outOffset, i, get(x, xOffset, i) * gain[c] + offset[c]);
            }
        }
    }

    @Override
    public void rectify(MemorySegment x, long offset, float ceiling, int count) {
        for (int i = 0; i < count; i++) {
            set(x, offset, i, Math.min(Math.max(get(x, offset, i), 0f), ceiling));
        }
    }

    @Override
    public void rectifyBackward(
            MemorySegment gradient, long gradientOffset, MemorySegment y, long yOffset, float ceiling, int count) {
        for (int i = 0; i < count; i++) {
            float value = get(y, yOffset, i);
            if (value == 0f || value == ceiling) {
                set(gradient, gradientOffset, i, 0f);
            }
        }
    }

    @Override
    public float largest(MemorySegment x, long offset, int count) {
        float largest = 0f;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, get(x, offset, i));
        }
        return largest;
    }

    @Override
    public void rate(MemorySegment x, long offset, float threshold, int count) {
        for (int i = 0; i < count; i++) {
            set(x, offset, i, Math.min(Math.max(get(x, offset, i), 0f) / threshold, 1f));
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
        for (int i = 0; i < positions * padded; i++) {
            float value = get(y, yOffset, i);
            float passed = value == 0f || value == 1f ? 0f : get(gradient, gradientOffset, i);
            sum[i % padded] = Math.fma(passed, value, sum[i % padded]);
            set(gradient, gradientOffset, i, passed / threshold);
        }
    }

    @Override
    public void quantise(MemorySegment x, long offset, float threshold, int levels, int count) {
        float scale = levels / threshold;
        float step = threshold / levels;
        for (int i = 0; i < count; i++) {
            float place = Math.fma(get(x, offset, i), scale, 0.5f);
            set(x, offset, i, (float) Math.floor(Math.min(Math.max(place, 0f), levels)) * step);
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
        float scale = levels / threshold;
        float step = threshold / levels;
        for (int i = 0; i < positions * padded; i++) {
            float value = get(x, xOffset, i);
            float place = Math.fma(value, scale, 0.5f);
            float dy = get(gradient, gradientOffset, i);
            float passed = place > 0f && place < levels ? dy : 0f;
            float factor = (float) Math.floor(Math.min(Math.max(place, 0f), levels)) * step - value;
            factor = place >= levels ? threshold : place > 0f ? factor : 0f;
            sum[i % padded] = Math.fma(dy, factor, sum[i % padded]);
            set(gradient, gradientOffset, i, passed);
        }
    }

    @Override
    public void addScaled(float x, float[] terms, int from, float[] sum, int to, int count) {
        for (int i = 0; i < count; i++) {
            sum[to + i] += x * terms[from + i];
        }
    }

    @Override
    public void add(MemorySegment source, long sourceOffset, MemorySegment target, long targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            set(target, targetOffset, i, get(target, targetOffset, i) + get(source, sourceOffset, i));
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
        for (int i = 0; i < count; i++) {
            float x = get(sums, sumsOffset, i);
            if (variance != null) {
                x = (float) Math.sqrt(get(variance, varianceOffset, i)) * normals[i] + x;
            }
            if (converter != null) {
                float code = (x - converter.low()) / converter.step();
                if (errors != null) {
                    code = code * errors.gain()[errorsAt + i] + errors.offset()[errorsAt + i];
                }
                code = (float) Math.rint(Math.min(Math.max(code, 0f), converter.codes() - 1));
                if (errors != null && errors.table() != null) {
                    code = errors.codes()[errors.table()[errorsAt + i]][(int) code];
                }
                x = code * converter.step() + converter.low();
            }
            set(out, outOffset, i, x * gain + get(out, outOffset, i));
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
        ScalarWires.add(events, e0, e1, shift, last, exact, segment, blocks, sources, loads, state);
    }

    @Override
    public void closeWires(WiredColumns state, long offset, float resistance, float addend, boolean exact, int count) {
        ScalarWires.close(state, offset, resistance, addend, exact, count);
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
        for (int i = 0; i < count; i++) {
            float x = get(sums, sumsOffset, i);
            if (variance != null) {
                x = (float) Math.sqrt(get(variance, varianceOffset, i)) * normals[i] + x;
            }
            set(sums, sumsOffset, i, Math.min(Math.max(x, none - limit[i]), none + limit[i]));
        }
    }

    @Override
    public int appendMeans(float[] sums, float area, int entry, EventMap to, int n) {
        int events = n;
        for (int c = 0; c < sums.length; c++) {
            if (sums[c] != 0f) {
                float mean = sums[c] / area;
                to.unit &= mean == 1f || mean == -1f;
                to.index[events] = entry + c;
                to.value[events++] = mean;
                sums[c] = 0f;
            }
        }
        return events;
    }
}
