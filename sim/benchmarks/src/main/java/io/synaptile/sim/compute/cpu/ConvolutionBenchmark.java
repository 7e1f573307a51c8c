/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
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
 * From which activity on is a dense convolution faster than an event-driven one, and by how much do both beat the obvious
 * loop? Rates are image-steps per second on one thread for a batch of 32 maps, kernel 3, padding 1.
 *
 * <p>Run after {@code mvn -DskipTests package}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp 'sim/benchmarks/target/lib/*:sim/benchmarks/target/classes' \
 *     org.openjdk.jmh.Main ConvolutionBenchmark
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
public class ConvolutionBenchmark {
    private static final int MAPS = 32;

    /** Map side and channels, in and out. */
    @Param({"32x64", "16x128", "8x256"})
    public String layer;

    /** Share of non-zero inputs in percent. */
    @Param({"2", "5", "10", "20", "50"})
    public int activity;

    private Arena arena;
    private Kernels kernels;
    private Geometry g;
    private Blocks blocks;
    private MemorySegment weights;
    private MemorySegment gradient;
    private MemorySegment out;
    private MemorySegment inGradient;
    private EventMap[] events;
    private float[] plainWeights;
    private float[] padded;
    private float[] plainOut;
    private int[] base;
    private float[][] dense;

    /** Draws weights and spikes. */
    @Setup(Level.Trial)
    public void prepare() {
        int side = Integer.parseInt(layer.substring(0, layer.indexOf('x')));
        int channels = Integer.parseInt(layer.substring(layer.indexOf('x') + 1));
        arena = Arena.ofShared();
        kernels = new VectorKernels();
        g = Geometry.of(
                new Network.Node(
                        0,
                        "conv",
                        new Layer.Conv2d(channels, 3, 1, 1),
                        List.of(Network.INPUT),
                        new Shape(channels, side, side),
                        new Shape(channels, side, side)),
                new Shape(channels, side, side));
        blocks = new Blocks(kernels.lanes(), g.rows(), channels);
        weights = blocks.allocate(arena);
        gradient = blocks.allocate(arena);
        SplittableRandom random = new SplittableRandom(1);
        plainWeights = new float[g.rows() * channels];
        float[] canonical = new float[g.rows() * channels];
        for (int row = 0; row < g.rows(); row++) {
            for (int o = 0; o < channels; o++) {
                float w = (float) (random.nextDouble() - 0.5);
                plainWeights[row * channels + o] = w;
                canonical[g.canonical(row, o)] = w;
            }
        }
        blocks.pack(g, canonical, weights);
        out = Aligned.floats(arena, (long) MAPS * g.outPositions() * blocks.padded);
        inGradient = Aligned.floats(arena, (long) g.positions() * blocks.padded);
        plainOut = new float[g.outPositions() * channels];
        padded = new float[(side + 2) * (side + 2) * channels];
        base = new int[g.outPositions()];
        for (int i = 0; i < base.length; i++) {
            base[i] = (i / side * (side + 2) + i % side) * channels;
        }
        events = new EventMap[MAPS];
        dense = new float[MAPS][g.inputs()];
        for (int m = 0; m < MAPS; m++) {
            events[m] = new EventMap(g.positions());
            events[m].reserve(g.inputs());
            int n = 0;
            for (int p = 0; p < g.positions(); p++) {
                events[m].start[p] = n;
                for (int c = 0; c < channels; c++) {
                    if (random.nextInt(100) < activity) {
                        events[m].index[n++] = p % side * channels + c;
                        dense[m][p * channels + c] = 1f;
                    }
                }
            }
            events[m].start[g.positions()] = n;
        }
    }

    /** Frees the memory outside the heap. */
    @TearDown(Level.Trial)
    public void close() {
        arena.close();
    }

    private long map(int m) {
        return (long) m * g.outPositions() * blocks.padded * Float.BYTES;
    }

    /** Event-driven forward pass, as the backend runs it for weights beyond the nearest cache. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void eventForward() {
        out.fill((byte) 0);
        for (int b = 0; b < blocks.count(); b++) {
            for (int ky = 0; ky < 3; ky++) {
                for (int m = 0; m < MAPS; m++) {
                    kernels.gather(events[m], g, blocks, b, ky, ky + 1, weights, out, map(m));
                }
            }
        }
    }

    /** Event-driven weight gradient. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void eventWeightGradient() {
        for (int b = 0; b < blocks.count(); b++) {
            for (int ky = 0; ky < 3; ky++) {
                for (int m = 0; m < MAPS; m++) {
                    kernels.gatherWeightGradient(events[m], g, blocks, b, ky, ky + 1, gradient, out, map(m));
                }
            }
        }
    }

    /** Input gradient of the listed inputs only, here as many as there are events. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void openInputGradient() {
        for (int m = 0; m < MAPS; m++) {
            kernels.inputGradientAt(events[m], g, blocks, weights, out, map(m), inGradient, 0, blocks.padded);
        }
    }

    /** Dense forward pass, including the copy into a padded map; also the cost of the dense input gradient. */
    @Benchmark
    @OperationsPerInvocation(MAPS)
    public void denseForward() {
        int row = g.width() * g.in();
        for (int m = 0; m < MAPS; m++) {
            for (int y = 0; y < g.height(); y++) {
                System.arraycopy(dense[m], y * row, padded, ((y + 1) * (g.width() + 2) + 1) * g.in(), row);
            }
            kernels.product(
                    padded,
                    base,
                    g.outPositions(),
                    3,
                    (g.width() + 2) * g.in(),
                    3 * g.in(),
                    blocks,
                    weights,
                    out,
                    map(m));
        }
    }

    /** The obvious loop over every input of every output position. */
    @Benchmark
    public float[] obviousLoop() {
        Arrays.fill(plainOut, 0f);
        float[] in = dense[0];
        int channels = g.out();
        for (int y = 0; y < g.outHeight(); y++) {
            for (int x = 0; x < g.outWidth(); x++) {
                for (int ky = 0; ky < 3; ky++) {
                    for (int kx = 0; kx < 3; kx++) {
                        int iy = y + ky - 1;
                        int ix = x + kx - 1;
                        if (iy < 0 || ix < 0 || iy >= g.height() || ix >= g.width()) {
                            continue;
                        }
                        for (int c = 0; c < g.in(); c++) {
                            float v = in[(iy * g.width() + ix) * g.in() + c];
                            int w = ((ky * 3 + kx) * g.in() + c) * channels;
                            int o = (y * g.outWidth() + x) * channels;
                            for (int k = 0; k < channels; k++) {
                                plainOut[o + k] += v * plainWeights[w + k];
                            }
                        }
                    }
                }
            }
        }
        return plainOut;
    }
}
