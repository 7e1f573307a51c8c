/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold between kernels bit for bit, on random odd shapes. */
class KernelsTest {
    private final Kernels vector = new VectorKernels();
    private final Kernels plain = new ScalarKernels();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** A random layer with random events. */
    private static final class Case {
        final Geometry g;
        final EventMap events;
        final float[] dense;
        final float[] canonical;

        Case(SplittableRandom random) {
            this(random, 3);
        }

        /** A layer whose kernel has at most that distance between the taps of a line. */
        Case(SplittableRandom random, int mostColumnDilation) {
            Extent kernel = new Extent(1 + random.nextInt(4), 1 + random.nextInt(4));
            Extent stride = new Extent(1 + random.nextInt(3), 1 + random.nextInt(3));
            Extent padding = new Extent(random.nextInt(3), random.nextInt(3));
            Extent dilation = new Extent(1 + random.nextInt(3), 1 + random.nextInt(mostColumnDilation));
            int reachY = (kernel.lines() - 1) * dilation.lines() + 1;
            int reachX = (kernel.columns() - 1) * dilation.columns() + 1;
            int height = Math.max(1, reachY - 2 * padding.lines()) + random.nextInt(6);
            int width = Math.max(1, reachX - 2 * padding.columns()) + random.nextInt(6);
            int in = 1 + random.nextInt(20);
            int out = 1 + random.nextInt(150);
            g = new Geometry(
                    height,
                    width,
                    in,
                    kernel,
                    stride,
                    padding,
                    dilation,
                    (height + 2 * padding.lines() - reachY) / stride.lines() + 1,
                    (width + 2 * padding.columns() - reachX) / stride.columns() + 1,
                    out,
                    1);
            canonical = new float[g.rows() * out];
            for (int i = 0; i < canonical.length; i++) {
                canonical[i] = (float) random.nextGaussian();
            }
            events = new EventMap(g.positions());
            boolean binary = random.nextBoolean();
            events.clear(binary, binary);
            events.reserve(g.inputs());
            dense = new float[g.inputs()];
            double density = random.nextDouble();
            int n = 0;
            for (int p = 0; p < g.positions(); p++) {
                events.start[p] = n;
                for (int c = 0; c < in; c++) {
                    if (random.nextDouble() < density) {
                        float x = binary ? 1f : (float) random.nextGaussian();
                        dense[p * in + c] = x;
                        events.index[n] = p % width * in + c;
                        if (!binary) {
                            events.value[n] = x;
                        }
                        n++;
                    }
                }
            }
            events.start[g.positions()] = n;
        }

        float[] gather(Kernels kernels, boolean byRows) {
            try (Arena arena = Arena.ofConfined()) {
                Blocks blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
                MemorySegment weights = blocks.allocate(arena);
                blocks.pack(g, canonical, weights);
                MemorySegment out = Aligned.floats(arena, (long) g.outPositions() * blocks.padded);
                int step = byRows ? 1 : g.kernelHeight();
                for (int b = 0; b < blocks.count(); b++) {
                    for (int ky = 0; ky < g.kernelHeight(); ky += step) {
                        kernels.gather(events, g, blocks, b, ky, ky + step, weights, out, 0);
                    }
                }
                return unpad(out, blocks.padded);
            }
        }

        float[] product(Kernels kernels) {
            try (Arena arena = Arena.ofConfined()) {
                Blocks blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
                MemorySegment weights = blocks.allocate(arena);
                blocks.pack(g, canonical, weights);
                MemorySegment out = Aligned.floats(arena, (long) g.outPositions() * blocks.padded);
                DilatedLine columns = new DilatedLine(
                        g.width() + 2 * g.padding().columns(), g.dilation().columns());
                int width = columns.length();
                float[] a = new float[(g.height() + 2 * g.padding().lines()) * width * g.in()];
                for (int p = 0; p < g.positions(); p++) {
                    int row = (p / g.width() + g.padding().lines()) * width
                            + columns.place(p % g.width() + g.padding().columns());
                    System.arraycopy(dense, p * g.in(), a, row * g.in(), g.in());
                }
                int[] base = new int[g.outPositions()];
                for (int p = 0; p < base.length; p++) {
                    int row = p / g.outWidth() * g.stride().lines() * width
                            + columns.place(p % g.outWidth() * g.stride().columns());
                    base[p] = row * g.in();
                }
                kernels.product(
                        a,
                        base,
                        g.outPositions(),
                        g.kernelHeight(),
                        g.dilation().lines() * width * g.in(),
                        g.kernelWidth() * g.in(),
                        blocks,
                        weights,
                        out,
                        0);
                return unpad(out, blocks.padded);
            }
        }

        private float[] unpad(MemorySegment out, int padded) {
            float[] values = new float[g.outPositions() * g.out()];
            for (int p = 0; p < g.outPositions(); p++) {
                MemorySegment.copy(
                        out, ValueLayout.JAVA_FLOAT, (long) p * padded * Float.BYTES, values, p * g.out(), g.out());
            }
            return values;
        }

        float[] weightGradient(Kernels kernels, float[] outGradient) {
            try (Arena arena = Arena.ofConfined()) {
                Blocks blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
                MemorySegment gradient = blocks.allocate(arena);
                MemorySegment out = Aligned.floats(arena, (long) g.outPositions() * blocks.padded);
                for (int p = 0; p < g.outPositions(); p++) {
                    MemorySegment.copy(
                            outGradient,
                            p * g.out(),
                            out,
                            ValueLayout.JAVA_FLOAT,
                            (long) p * blocks.padded * Float.BYTES,
                            g.out());
                }
                for (int b = 0; b < blocks.count(); b++) {
                    kernels.gatherWeightGradient(events, g, blocks, b, 0, g.kernelHeight(), gradient, out, 0);
                }
                float[] canonicalGradient = new float[canonical.length];
                blocks.unpack(g, gradient, canonicalGradient);
                return canonicalGradient;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eventDrivenEqualsDenseBitForBit(long seed) {
        Case c = new Case(new SplittableRandom(seed));
        assertThat(c.gather(vector, false)).containsExactly(c.product(vector));
    }

    /** The definition: every output sums the weights of the taps that lie on the map. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aConvolutionIsTheSumOverItsTaps(long seed) {
        Case c = new Case(new SplittableRandom(seed));
        Geometry g = c.g;
        float[] actual = c.gather(vector, false);
        for (int o = 0; o < actual.length; o++) {
            int oy = o / g.out() / g.outWidth();
            int ox = o / g.out() % g.outWidth();
            double expected = 0;
            for (int row = 0; row < g.rows(); row++) {
                int tap = row / g.in();
                int y = oy * g.stride().lines()
                        - g.padding().lines()
                        + tap / g.kernelWidth() * g.dilation().lines();
                int x = ox * g.stride().columns()
                        - g.padding().columns()
                        + tap % g.kernelWidth() * g.dilation().columns();
                if (y >= 0 && y < g.height() && x >= 0 && x < g.width()) {
                    expected += (double) c.canonical[g.canonical(row, o % g.out())]
                            * c.dense[(y * g.width() + x) * g.in() + row % g.in()];
                }
            }
            assertThat((double) actual[o]).isCloseTo(expected, againstReference(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void walkingKernelRowsOneByOneDoesNotChangeTheSum(long seed) {
        Case c = new Case(new SplittableRandom(seed));
        assertThat(c.gather(vector, true)).containsExactly(c.gather(vector, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void vectorAndPlainKernelsGiveTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Case c = new Case(random);
        assertThat(c.gather(plain, false)).containsExactly(c.gather(vector, false));
        assertThat(c.product(plain)).containsExactly(c.product(vector));
        float[] outGradient = new float[c.g.outPositions() * c.g.out()];
        for (int i = 0; i < outGradient.length; i++) {
            outGradient[i] = (float) random.nextGaussian();
        }
        assertThat(c.weightGradient(plain, outGradient)).containsExactly(c.weightGradient(vector, outGradient));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void scaledTermsAreAddedToTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] terms = values(random, 90);
        float[] sum = values(random, 90);
        int count = random.nextInt(80);
        float x = (float) random.nextGaussian();
        float[] byVectors = sum.clone();
        vector.addScaled(x, terms, 7, byVectors, 5, count);
        plain.addScaled(x, terms, 7, sum, 5, count);
        assertThat(byVectors).containsExactly(sum);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packingIsUndoneByUnpacking(long seed) {
        Case c = new Case(new SplittableRandom(seed));
        try (Arena arena = Arena.ofConfined()) {
            Blocks blocks = new Blocks(16, c.g.rows(), c.g.out());
            MemorySegment matrix = blocks.allocate(arena);
            blocks.pack(c.g, c.canonical, matrix);
            float[] back = new float[c.canonical.length];
            blocks.unpack(c.g, matrix, back);
            assertThat(back).containsExactly(c.canonical);
            int row = c.g.rows() - 1;
            int output = c.g.out() - 1;
            assertThat(matrix.getAtIndex(ValueLayout.JAVA_FLOAT, blocks.index(row, output)))
                    .isEqualTo(c.canonical[c.g.canonical(row, output)]);
        }
    }

    /** Without leak, soft reset loses no charge: what came in is stored or was spent on spikes. */
    @ParameterizedTest
    @MethodSource("seeds")
    void withoutLeakChargeIsConserved(long seed) {
        for (Kernels kernels : new Kernels[] {vector, plain}) {
            SplittableRandom random = new SplittableRandom(seed);
            int height = 1 + random.nextInt(4);
            int width = 1 + random.nextInt(4);
            int channels = 1 + random.nextInt(40);
            int padded = Blocks.padded(channels, kernels.lanes());
            NeuronSpec spec = new NeuronSpec(1f, 1.5f, NeuronSpec.Reset.SOFT, Surrogate.triangle());
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment current = Aligned.floats(arena, (long) height * width * padded);
                MemorySegment membrane = Aligned.floats(arena, (long) height * width * padded);
                EventMap spikes = new EventMap(height * width);
                double in = 0;
                long spent = 0;
                for (int t = 0; t < 8; t++) {
                    for (int p = 0; p < height * width; p++) {
                        for (int ch = 0; ch < channels; ch++) {
                            // multiples of 1/16, so that float sums are exact
                            float x = random.nextInt(-16, 40) / 16f;
                            current.setAtIndex(ValueLayout.JAVA_FLOAT, (long) p * padded + ch, x);
                            in += x;
                        }
                    }
                    kernels.fire(current, 0, null, null, spec, height, width, channels, membrane, 0, null, 0, spikes);
                    spent += spikes.count();
                }
                double stored = 0;
                for (long i = 0; i < (long) height * width * padded; i++) {
                    stored += membrane.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                }
                assertThat(stored + 1.5 * spent).isCloseTo(in, againstClosedForm(0.0));
            }
        }
    }

    private static NeuronSpec neuron(SplittableRandom random) {
        float threshold = 0.5f + random.nextInt(4) * 0.25f;
        boolean hard = random.nextBoolean();
        Surrogate surrogate = switch (random.nextInt(5)) {
            case 0 -> new Surrogate.Triangle(0.3f);
            case 1 -> new Surrogate.Rectangle(0.75f);
            case 2 -> new Surrogate.ArcTangent(2f);
            case 3 -> new Surrogate.Sigmoid(3f);
            default -> new Surrogate.FastSigmoid(7f);
        };
        return new NeuronSpec(
                random.nextInt(5) / 4f,
                random.nextBoolean() ? 1f : 0.25f,
                threshold,
                random.nextBoolean() ? NeuronSpec.Firing.ABOVE : NeuronSpec.Firing.FROM,
                hard ? NeuronSpec.Reset.HARD : NeuronSpec.Reset.SOFT,
                hard && random.nextBoolean() ? -0.125f : 0f,
                surrogate,
                NeuronDynamics.PLAIN.withFiringShare(random.nextBoolean() ? 1f : 0.5f));
    }

    /** Every kind of neuron and surrogate, with potentials that meet the threshold exactly. */
    @ParameterizedTest
    @MethodSource("seeds")
    void neuronsFireAndPassGradientsBackToTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 + random.nextInt(5);
        int channels = 1 + random.nextInt(40);
        NeuronSpec spec = neuron(random);
        float[] input = values(random, width * channels);
        float[] rest = values(random, width * channels);
        float[] gradient = values(random, width * channels);
        float[] carried = values(random, width * channels);
        assertThat(neurons(vector, spec, width, channels, input, rest, gradient, carried))
                .as(spec.toString())
                .isDeepEqualTo(neurons(plain, spec, width, channels, input, rest, gradient, carried));
    }

    /** Multiples of 1/8, so that some potentials are exactly at the threshold. */
    private static float[] values(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-12, 20) / 8f;
        }
        return values;
    }

    /** Mean inputs on both bounds among them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void meanInputsAreFoundAndPassGradientsBackToTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 + random.nextInt(5);
        int channels = 1 + random.nextInt(40);
        float[] input = values(random, width * channels);
        float[] mean = values(random, width * channels);
        float[] gradient = values(random, width * channels);
        float[] gain = random.nextBoolean() ? null : values(random, channels);
        boolean bounds = random.nextBoolean();
        float weight = random.nextFloat();
        assertThat(means(vector, channels, input, mean, gradient, gain, weight, bounds))
                .isDeepEqualTo(means(plain, channels, input, mean, gradient, gain, weight, bounds));
    }

    /** Sums of weighted maps, derivatives by inputs, and sums of those of saturated neurons. */
    private static float[][] means(
            Kernels kernels,
            int channels,
            float[] input,
            float[] mean,
            float[] gradient,
            float[] gain,
            float weight,
            boolean bounds) {
        int padded = Blocks.padded(channels, kernels.lanes());
        int width = input.length / channels;
        float[] scale = gain == null ? null : Arrays.copyOf(gain, padded);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sum = spread(arena, kernels, channels, gradient);
            kernels.addWeighted(
                    spread(arena, kernels, channels, input), 0, scale, scale, weight, width, padded, sum, 0);
            MemorySegment back = spread(arena, kernels, channels, gradient);
            float[] saturated = new float[padded];
            kernels.representationBackward(
                    back, spread(arena, kernels, channels, mean), 0, 1f, bounds, 0.75f, width, padded, saturated);
            return new float[][] {
                gather(kernels, channels, sum, width),
                gather(kernels, channels, back, width),
                Arrays.copyOf(saturated, channels)
            };
        }
    }

    /** Membranes, spikes, potentials, input gradients, carried gradients and open entries of one step. */
    private static float[][] neurons(
            Kernels kernels,
            NeuronSpec spec,
            int width,
            int channels,
            float[] input,
            float[] rest,
            float[] gradient,
            float[] carried) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment current = spread(arena, kernels, channels, input);
            MemorySegment membrane = spread(arena, kernels, channels, rest);
            MemorySegment potential = spread(arena, kernels, channels, new float[input.length]);
            EventMap spikes = new EventMap(width);
            kernels.fire(current, 0, null, null, spec, 1, width, channels, membrane, 0, potential, 0, spikes);
            MemorySegment back = spread(arena, kernels, channels, gradient);
            MemorySegment carry = spread(arena, kernels, channels, carried);
            int padded = Blocks.padded(channels, kernels.lanes());
            kernels.fireBackward(back, 0, potential, 0, carry, 0, spec, width * padded);
            EventMap open = new EventMap(width);
            kernels.open(potential, 0, spec, 1, width, channels, open);
            return new float[][] {
                gather(kernels, channels, membrane, width),
                listed(spikes),
                gather(kernels, channels, potential, width),
                gather(kernels, channels, back, width),
                gather(kernels, channels, carry, width),
                listed(open)
            };
        }
    }

    private static MemorySegment spread(Arena arena, Kernels kernels, int channels, float[] values) {
        int padded = Blocks.padded(channels, kernels.lanes());
        MemorySegment spread = Aligned.floats(arena, (long) values.length / channels * padded);
        for (int i = 0; i < values.length; i++) {
            spread.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i / channels * padded + i % channels, values[i]);
        }
        return spread;
    }

    private static float[] gather(Kernels kernels, int channels, MemorySegment spread, int width) {
        int padded = Blocks.padded(channels, kernels.lanes());
        float[] values = new float[width * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = spread.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i / channels * padded + i % channels);
        }
        return values;
    }

    private static float[] listed(EventMap map) {
        float[] entries = new float[map.count()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = map.index[i];
        }
        return entries;
    }

    /** The two ways to the input gradient agree where the surrogate is open; the sum order differs. */
    @ParameterizedTest
    @MethodSource("seeds")
    void gradientOfListedInputsIsTheSumOverTapsAndOutputs(long seed) {
        for (Kernels kernels : new Kernels[] {vector, plain}) {
            SplittableRandom random = new SplittableRandom(seed);
            Case c = new Case(random, 1);
            Geometry g = c.g;
            try (Arena arena = Arena.ofConfined()) {
                Blocks blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
                MemorySegment weights = blocks.allocate(arena);
                blocks.pack(g, c.canonical, weights);
                MemorySegment out = Aligned.floats(arena, (long) g.outPositions() * blocks.padded);
                for (int p = 0; p < g.outPositions(); p++) {
                    for (int o = 0; o < g.out(); o++) {
                        out.setAtIndex(
                                ValueLayout.JAVA_FLOAT, (long) p * blocks.padded + o, (float) random.nextGaussian());
                    }
                }
                int paddedIn = Blocks.padded(g.in(), kernels.lanes());
                MemorySegment in = Aligned.floats(arena, (long) g.positions() * paddedIn);
                kernels.inputGradientAt(c.events, g, blocks, weights, out, 0, in, 0, paddedIn);
                for (int p = 0; p < g.positions(); p++) {
                    int shift = p % g.width() * g.in();
                    for (int e = c.events.start[p]; e < c.events.start[p + 1]; e++) {
                        int channel = c.events.index[e] - shift;
                        double expected = 0;
                        for (int ky = 0; ky < g.kernelHeight(); ky++) {
                            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                                int q = g.output(p, ky, kx);
                                for (int o = 0; q >= 0 && o < g.out(); o++) {
                                    int row = (ky * g.kernelWidth() + kx) * g.in() + channel;
                                    expected += (double) c.canonical[g.canonical(row, o)]
                                            * out.getAtIndex(ValueLayout.JAVA_FLOAT, (long) q * blocks.padded + o);
                                }
                            }
                        }
                        assertThat((double) in.getAtIndex(ValueLayout.JAVA_FLOAT, (long) p * paddedIn + channel))
                                .isCloseTo(expected, againstReference(1e-3));
                    }
                }
            }
        }
    }

    /** Columns on wires, driven by the events of the first line of a map in two runs. */
    private static float[] wired(Kernels kernels, Case c, boolean exact, long seed) {
        int rows = c.g.width() * c.g.in();
        int outputs = c.g.out();
        SplittableRandom random = new SplittableRandom(seed);
        float segment = random.nextInt(4) == 0 ? 0f : random.nextFloat() * 2;
        try (Arena arena = Arena.ofConfined()) {
            Blocks blocks = new Blocks(kernels.lanes(), rows, outputs);
            MemorySegment sources = blocks.allocate(arena);
            MemorySegment loads = blocks.allocate(arena);
            for (int row = 0; row < rows; row++) {
                for (int o = 0; o < outputs; o++) {
                    long at = blocks.index(row, o);
                    sources.setAtIndex(ValueLayout.JAVA_FLOAT, at, (float) random.nextGaussian());
                    loads.setAtIndex(ValueLayout.JAVA_FLOAT, at, random.nextFloat() / rows);
                }
            }
            WiredColumns state = new WiredColumns(arena, blocks.padded);
            int end = c.events.start[c.g.width()];
            int half = end / 2;
            kernels.addWiredRows(c.events, 0, half, 0, 0, exact, segment, blocks, sources, loads, state);
            int last = half == 0 ? 0 : c.events.index[half - 1];
            kernels.addWiredRows(c.events, half, end, 0, last, exact, segment, blocks, sources, loads, state);
            last = end == 0 ? 0 : c.events.index[end - 1];
            kernels.closeWires(state, 0, (rows - last) * segment + 0.3f, 0.25f, exact, outputs);
            return floats(state.current, outputs);
        }
    }

    private static float[] floats(MemorySegment from, int count) {
        float[] values = new float[count];
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, 0, values, 0, count);
        return values;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wiresGiveTheSameBits(long seed) {
        Case c = new Case(new SplittableRandom(seed));
        for (boolean exact : new boolean[] {true, false}) {
            assertThat(wired(vector, c, exact, seed)).isEqualTo(wired(plain, c, exact, seed));
        }
    }

    private static float[] limited(Kernels kernels, int columns, boolean noisy, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Arena arena = Arena.ofConfined()) {
            int padded = Blocks.padded(columns, kernels.lanes());
            MemorySegment sums = Aligned.floats(arena, padded);
            MemorySegment variance = Aligned.floats(arena, padded);
            float[] normals = new float[padded];
            float[] limit = new float[padded];
            for (int i = 0; i < columns; i++) {
                sums.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
                variance.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat());
                normals[i] = (float) random.nextGaussian();
                limit[i] = random.nextFloat();
            }
            kernels.limit(sums, 0, noisy ? variance : null, 0, normals, limit, -0.3f, columns);
            return floats(sums, columns);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitsGiveTheSameBits(long seed) {
        int columns = 1 + new SplittableRandom(seed).nextInt(70);
        for (boolean noisy : new boolean[] {true, false}) {
            assertThat(limited(vector, columns, noisy, seed)).isEqualTo(limited(plain, columns, noisy, seed));
        }
    }

    /** Rates, quantised values, their derivatives and sums by channel; some values lie where levels or rates end. */
    @ParameterizedTest
    @MethodSource("seeds")
    void activationsGiveTheSameBits(long seed) {
        assertThat(activated(vector, seed)).isDeepEqualTo(activated(plain, seed));
    }

    private static float[][] activated(Kernels kernels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int positions = 1 + random.nextInt(5);
        int channels = 1 + random.nextInt(40);
        int levels = 1 + random.nextInt(9);
        float threshold = 0.25f + random.nextInt(4) * (random.nextBoolean() ? 0.25f : 0.3f);
        float[] x = values(random, positions * channels);
        float[] g = values(random, positions * channels);
        int padded = Blocks.padded(channels, kernels.lanes());
        float[] byScale = new float[padded];
        float[] byThreshold = new float[padded];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = spread(arena, kernels, channels, x);
            MemorySegment rates = spread(arena, kernels, channels, x);
            MemorySegment quantised = spread(arena, kernels, channels, x);
            MemorySegment byRates = spread(arena, kernels, channels, g);
            MemorySegment byQuantised = spread(arena, kernels, channels, g);
            int size = positions * padded;
            kernels.rate(rates, 0, threshold, size);
            kernels.rateBackward(byRates, 0, rates, 0, threshold, positions, padded, byScale);
            kernels.quantise(quantised, 0, threshold, levels, size);
            kernels.quantiseBackward(byQuantised, 0, input, 0, threshold, levels, positions, padded, byThreshold);
            return new float[][] {
                {kernels.largest(input, 0, size)},
                gather(kernels, channels, rates, positions),
                gather(kernels, channels, byRates, positions),
                Arrays.copyOf(byScale, channels),
                gather(kernels, channels, quantised, positions),
                gather(kernels, channels, byQuantised, positions),
                Arrays.copyOf(byThreshold, channels)
            };
        }
    }

    /**
     * T. Bu et al., theorem 1 for inputs that stay: neurons that begin at half a threshold fire, in as many steps as there are levels,
     * with the rate that the quantised activation says. All numbers are multiples of 1/64.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void aQuantisedActivationIsTheRateOfNeuronsFromHalfAThreshold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int levels = 1 << random.nextInt(5);
        float threshold = 1 << random.nextInt(3);
        float[] x = new float[50];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(-64, 320) / 64f;
        }
        for (Kernels kernels : new Kernels[] {vector, plain}) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment map = spread(arena, kernels, x.length, x);
                kernels.quantise(map, 0, threshold, levels, Blocks.padded(x.length, kernels.lanes()));
                for (int i = 0; i < x.length; i++) {
                    float potential = threshold / 2;
                    int spikes = 0;
                    for (int t = 0; t < levels; t++) {
                        potential += x[i];
                        int fired = potential >= threshold ? 1 : 0;
                        spikes += fired;
                        potential -= threshold * fired;
                    }
                    assertThat(map.getAtIndex(ValueLayout.JAVA_FLOAT, i))
                            .as("seed %d, input %s, threshold %s, %d levels", seed, x[i], threshold, levels)
                            .isEqualTo(threshold * spikes / levels);
                }
            }
        }
    }

    private static float[] digitised(Kernels kernels, ConverterErrors errors, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Arena arena = Arena.ofConfined()) {
            int padded = Blocks.padded(columns, kernels.lanes());
            MemorySegment sums = Aligned.floats(arena, padded);
            MemorySegment out = Aligned.floats(arena, padded);
            for (int i = 0; i < columns; i++) {
                sums.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
                out.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
            }
            SynapsePlan.Converter converter = new SynapsePlan.Converter(-0.7f, 0.11f, 16);
            kernels.digitise(sums, 0, null, 0, null, converter, errors, 3, -1.5f, out, 0, columns);
            return floats(out, columns);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void convertersThatDifferGiveTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int columns = 1 + random.nextInt(70);
        float[] gain = new float[columns + 3];
        float[] offset = new float[columns + 3];
        for (int i = 0; i < gain.length; i++) {
            gain[i] = 0.8f + 0.4f * random.nextFloat();
            offset[i] = (float) random.nextGaussian();
        }
        int[] codes = new int[16];
        for (int code = 1; code < codes.length; code++) {
            codes[code] = random.nextInt(4) == 0 ? codes[code - 1] : code;
        }
        for (ConverterErrors errors : new ConverterErrors[] {
            null,
            new ConverterErrors(gain, offset, null, null),
            new ConverterErrors(gain, offset, new int[gain.length], new int[][] {codes})
        }) {
            assertThat(digitised(vector, errors, columns, seed)).isEqualTo(digitised(plain, errors, columns, seed));
        }
    }
}
