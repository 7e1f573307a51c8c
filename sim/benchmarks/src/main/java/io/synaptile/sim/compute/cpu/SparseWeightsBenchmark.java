/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much faster is a layer whose weights are 0 at random, and from which share of active inputs on is the product with the
 * others faster than adding whole rows event by event? Rates are image-steps per second on one thread for a batch of 64 maps.
 *
 * <p>Run after {@code mvn -DskipTests package}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp 'sim/benchmarks/target/lib/*:sim/benchmarks/target/classes' \
 *     org.openjdk.jmh.Main SparseWeightsBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class SparseWeightsBenchmark {
    private static final int MAPS = 64;
    private static final int BLOCK_BYTES = 64 << 10;

    /** A convolution of 3x3 taps by map side and channels, in and out, or inputs and outputs of a dense layer. */
    @Param({"conv 32x64", "dense 1024x1024"})
    public String layer;

    /** Share of non-zero inputs in percent. */
    @Param({"5", "20"})
    public int activity;

    /** Share of weights of 0 in percent. */
    @Param({"90"})
    public int sparsity;

    private Arena arena;
    private Kernels kernels;
    private Geometry g;
    private Blocks blocks;
    private MemorySegment weights;
    private Signal in;
    private Signal out;
    private SparseProduct product;

    /** Draws weights and spikes. */
    @Setup(Level.Trial)
    public void prepare() {
        String sizes = layer.substring(layer.indexOf(' ') + 1);
        int first = Integer.parseInt(sizes.substring(0, sizes.indexOf('x')));
        int second = Integer.parseInt(sizes.substring(sizes.indexOf('x') + 1));
        boolean dense = layer.startsWith("dense");
        int side = dense ? 1 : first;
        int inputs = dense ? first : second;
        g = new Geometry(
                side,
                side,
                inputs,
                Extent.square(dense ? 1 : 3),
                Extent.square(1),
                Extent.square(dense ? 0 : 1),
                Extent.square(1),
                side,
                side,
                second,
                1);
        arena = Arena.ofShared();
        kernels = new VectorKernels();
        blocks = new Blocks(kernels.lanes(), g.rows(), g.out());
        weights = blocks.allocate(arena);
        SplittableRandom random = new SplittableRandom(1);
        float[] canonical = new float[g.rows() * g.out()];
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = random.nextInt(100) < sparsity ? 0f : (float) (random.nextDouble() - 0.5);
        }
        blocks.pack(g, canonical, weights);
        product = new SparseProduct(kernels, g, 1);
        product.set(canonical);
        in = Signal.events(new Shape(inputs, side, side), kernels.lanes(), MAPS);
        for (EventMap map : in.events) {
            map.reserve(g.inputs());
            int n = 0;
            for (int p = 0; p < g.positions(); p++) {
                map.start[p] = n;
                for (int c = 0; c < inputs; c++) {
                    if (random.nextInt(100) < activity) {
                        map.index[n++] = p % side * inputs + c;
                    }
                }
            }
            map.start[g.positions()] = n;
        }
        out = Signal.dense(arena, new Shape(second, side, side), kernels.lanes(), MAPS, false);
    }

    /** Frees the memory outside the heap. */
    @TearDown(Level.Trial)
    public void close() {
        arena.close();
    }

    /** Whole rows, event by event, as the backend runs it; rows of 0 cost as much as others. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void wholeRows() {
        out.dense.fill((byte) 0);
        boolean oneGo = blocks.rowBytes(0) * (long) g.rows() <= BLOCK_BYTES;
        int step = oneGo ? g.kernelHeight() : 1;
        for (int b = 0; b < blocks.count(); b++) {
            for (int ky = 0; ky < g.kernelHeight(); ky += step) {
                for (int m = 0; m < MAPS; m++) {
                    kernels.gather(in.events[m], g, blocks, b, ky, ky + step, weights, out.dense, out.offset(m));
                }
            }
        }
    }

    /** The weights that are not 0. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void listedWeights() {
        int together = g.isDense() ? MAPS : 1;
        for (int m = 0; m < MAPS; m += together) {
            product.multiply(in, m, m + together, out, 0);
        }
    }
}
