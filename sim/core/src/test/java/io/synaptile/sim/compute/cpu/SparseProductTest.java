/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product with the weights that are not 0 against the event-driven kernel with all of them, bit for bit. */
class SparseProductTest {
    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static Geometry convolution(SplittableRandom random) {
        Extent kernel = new Extent(1 + random.nextInt(3), 1 + random.nextInt(3));
        Extent padding = new Extent(random.nextInt(3), random.nextInt(3));
        Extent dilation = new Extent(1 + random.nextInt(2), 1 + random.nextInt(2));
        int reachY = (kernel.lines() - 1) * dilation.lines() + 1;
        int reachX = (kernel.columns() - 1) * dilation.columns() + 1;
        int height = Math.max(1, reachY - 2 * padding.lines()) + random.nextInt(14);
        int width = Math.max(1, reachX - 2 * padding.columns()) + random.nextInt(14);
        return new Geometry(
                height,
                width,
                1 + random.nextInt(6),
                kernel,
                Extent.square(1),
                padding,
                dilation,
                height + 2 * padding.lines() - reachY + 1,
                width + 2 * padding.columns() - reachX + 1,
                1 + random.nextInt(40),
                1);
    }

    private static Geometry dense(SplittableRandom random) {
        int height = 1 + random.nextInt(3);
        int width = 1 + random.nextInt(3);
        return new Geometry(
                height,
                width,
                1 + random.nextInt(6),
                new Extent(height, width),
                Extent.square(1),
                Extent.square(0),
                Extent.square(1),
                1,
                1,
                1 + random.nextInt(40),
                1);
    }

    private static float[] weights(Geometry g, SplittableRandom random) {
        float[] weights = new float[g.rows() * g.out()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4) == 0 ? (float) random.nextGaussian() : 0f;
        }
        return weights;
    }

    private static Signal input(Geometry g, int maps, SplittableRandom random) {
        Signal in = Signal.events(new Shape(g.in(), g.height(), g.width()), 1, maps);
        double active = random.nextDouble();
        for (EventMap map : in.events) {
            map.clear(true, true);
            map.reserve(g.inputs());
            int n = 0;
            for (int p = 0; p < g.positions(); p++) {
                map.start[p] = n;
                for (int c = 0; c < g.in(); c++) {
                    if (random.nextDouble() < active) {
                        map.index[n++] = p % g.width() * g.in() + c;
                    }
                }
            }
            map.start[g.positions()] = n;
        }
        return in;
    }

    private static float[] values(Geometry g, Signal out, int maps) {
        float[] values = new float[maps * g.outPositions() * g.out()];
        int n = 0;
        for (int map = 0; map < maps; map++) {
            for (int p = 0; p < g.outPositions(); p++) {
                for (int o = 0; o < g.out(); o++) {
                    values[n++] = out.dense.get(
                            ValueLayout.JAVA_FLOAT, out.offset(map) + ((long) p * out.padded + o) * Float.BYTES);
                }
            }
        }
        return values;
    }

    private static Signal output(Geometry g, Kernels kernels, Arena arena, int maps) {
        Signal out = Signal.dense(new Shape(g.out(), g.outHeight(), g.outWidth()), kernels.lanes());
        out.dense = Aligned.floats(arena, (long) maps * out.mapSize());
        // What was there before does not matter.
        out.dense.fill((byte) 1);
        return out;
    }

    private static float[] sparse(Geometry g, float[] weights, Signal in, int maps, Kernels kernels) {
        try (Arena arena = Arena.ofConfined()) {
            Signal out = output(g, kernels, arena, maps);
            SparseProduct product = new SparseProduct(kernels, g, 1);
            product.set(weights);
            int together = g.isDense() ? maps : 1;
            for (int map = 0; map < maps; map += together) {
                product.multiply(in, map, map + together, out, 0);
            }
            return values(g, out, maps);
        }
    }

    private static float[] eventByEvent(Geometry g, float[] weights, Signal in, int maps, Kernels kernels) {
        try (Arena arena = Arena.ofConfined()) {
            Signal out = output(g, kernels, arena, maps);
            out.dense.fill((byte) 0);
            Blocks blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
            MemorySegment matrix = blocks.allocate(arena);
            blocks.pack(g, weights, matrix);
            for (int map = 0; map < maps; map++) {
                for (int b = 0; b < blocks.count(); b++) {
                    kernels.gather(
                            in.events[map], g, blocks, b, 0, g.kernelHeight(), matrix, out.dense, out.offset(map));
                }
            }
            return values(g, out, maps);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void weightsOfZeroCanBeLeftOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean dense = random.nextBoolean();
        Geometry g = dense ? dense(random) : convolution(random);
        int maps = dense ? 1 + random.nextInt(150) : 2;
        float[] weights = weights(g, random);
        Signal in = input(g, maps, random);
        float[] expected = eventByEvent(g, weights, in, maps, new ScalarKernels());
        for (Kernels kernels : new Kernels[] {new ScalarKernels(), new VectorKernels()}) {
            assertThat(sparse(g, weights, in, maps, kernels))
                    .as("seed %d, %s", seed, kernels.description())
                    .containsExactly(expected);
        }
    }

    /** Few weights are worth it where many inputs are active, none where all weights are there. */
    @Test
    void listsPayByTheSharesOfWeightsAndInputs() {
        Geometry g = dense(new SplittableRandom(1));
        SparseProduct product = new SparseProduct(new ScalarKernels(), g, 1);
        float[] weights = new float[g.rows() * g.out()];
        weights[0] = 1f;
        Signal in = input(g, 64, new SplittableRandom(2));
        assertThat(product.set(weights)).isTrue();
        assertThat(product.pays(in, 0, 64)).isTrue();
        for (EventMap map : in.events) {
            map.emit(0.5f);
        }
        assertThat(product.pays(in, 0, 64)).isFalse();
        Arrays.fill(weights, 1f);
        assertThat(product.set(weights)).isFalse();
    }
}
