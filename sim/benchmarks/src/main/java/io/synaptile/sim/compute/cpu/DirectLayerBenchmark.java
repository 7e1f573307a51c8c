/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
 * What does it save to compute a direct-coded first layer once instead of in every step? Images per second on one thread, the
 * neurons behind the layer included: {@code latched} runs T steps of every image, {@code repeated} has the same image T times
 * at one step each, so that the layer is computed and counted as often as there are steps, and its neurons run as often.
 *
 * <p>Run after {@code mvn -DskipTests package}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp 'sim/benchmarks/target/lib/*:sim/benchmarks/target/classes' \
 *     org.openjdk.jmh.Main DirectLayerBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class DirectLayerBenchmark {
    private static final int IMAGES = 32;
    private static final int STEPS = 8;

    /** First layer: convolution of side, channels in and out, or dense of inputs and outputs. */
    @Param({"conv 28 1 16", "conv 32 3 64", "dense 784 256"})
    public String layer;

    private ExecutableNetwork network;
    private InputBatch latched;
    private InputBatch repeated;

    /** Draws weights and images. */
    @Setup(Level.Trial)
    public void prepare() {
        String[] words = layer.split(" ");
        boolean conv = words[0].equals("conv");
        int first = Integer.parseInt(words[1]);
        int outputs = Integer.parseInt(words[conv ? 3 : 2]);
        NetworkBuilder builder = new NetworkBuilder(
                "first", conv ? new Shape(Integer.parseInt(words[2]), first, first) : Shape.features(first));
        builder.add("first", conv ? new Layer.Conv2d(outputs, 3, 1, 1) : new Layer.Dense(outputs));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("out", new Layer.ReadOut());
        Network made = builder.build();
        SplittableRandom random = new SplittableRandom(1);
        float[] weights = new float[made.node(0).weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian() * 0.2f;
        }
        int pixels = made.input().size();
        float[] images = new float[IMAGES * pixels];
        float[] again = new float[STEPS * images.length];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        for (int n = 0; n < IMAGES * STEPS; n++) {
            System.arraycopy(images, n / STEPS * pixels, again, n * pixels, pixels);
        }
        network = new CpuBackend()
                .prepare(
                        new NetworkPlan(made, Map.of(0, new SynapsePlan.DensePlan(weights)), Parameters.none()),
                        IMAGES * STEPS,
                        1);
        latched = batch(images, IMAGES, STEPS);
        repeated = batch(again, IMAGES * STEPS, 1);
    }

    private static InputBatch batch(float[] images, int samples, int steps) {
        long[] ids = LongStream.range(0, samples).toArray();
        return new InputBatch(images, samples, steps, new Encoder.Direct(), 1, 0, ids);
    }

    /** Frees the network. */
    @TearDown(Level.Trial)
    public void close() {
        network.close();
    }

    /** The layer once per image. */
    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public BatchResult latched() {
        return network.run(latched);
    }

    /** The layer in every step. */
    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public BatchResult repeated() {
        return network.run(repeated);
    }
}
