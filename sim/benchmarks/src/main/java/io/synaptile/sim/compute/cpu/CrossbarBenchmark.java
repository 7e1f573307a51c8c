/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.CellPlanes;
import io.synaptile.sim.compute.ColumnCircuit;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * What does each non-ideality of an array cost in a simulation? Images per second on one thread: a perceptron of 784, 256 and
 * 10 neurons, T = 8, 13 % of the inputs spiking, tiles of 128 rows, two physical columns a weight.
 *
 * <p>Run after {@code mvn -DskipTests package}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp 'sim/benchmarks/target/lib/*:sim/benchmarks/target/classes' \
 *     org.openjdk.jmh.Main CrossbarBenchmark
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
public class CrossbarBenchmark {
    private static final int IMAGES = 64;
    private static final int STEPS = 8;
    private static final int TILE_ROWS = 128;
    private static final float ACTIVITY = 0.13f;

    /** Effects, joined by plus signs; {@code untiled} for ideal weights. */
    @Param({
        "untiled",
        "tiles",
        "adc",
        "adc+errors",
        "adc+errors+missing",
        "adc+noise",
        "adc+onepass",
        "adc+exact",
        "adc+exact+noise"
    })
    public String effects;

    private ExecutableNetwork network;
    private InputBatch batch;

    @Setup
    public void prepare() {
        NetworkBuilder builder = new NetworkBuilder("mlp", Shape.features(784));
        builder.add("fc1", new Layer.Dense(256));
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("fc2", new Layer.Dense(10));
        builder.add("out", new Layer.ReadOut());
        Network mlp = builder.build();
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, SynapsePlan> plans = new TreeMap<>();
        for (Network.Node node : mlp.synapses()) {
            plans.put(node.id(), plan(node, random));
        }
        network = new CpuBackend(true).prepare(new NetworkPlan(mlp, plans, Parameters.none()), IMAGES, 1);
        float[] images = new float[IMAGES * 784];
        Arrays.fill(images, ACTIVITY);
        long[] ids = new long[IMAGES];
        Arrays.setAll(ids, i -> i);
        batch = new InputBatch(images, IMAGES, STEPS, new Encoder.Poisson(1f), 1, 0, ids);
    }

    private SynapsePlan plan(Network.Node node, SplittableRandom random) {
        int rows = node.fanIn();
        int outputs = node.weightShape()[0];
        float[] positive = new float[rows * outputs];
        float[] negative = new float[rows * outputs];
        float[] weights = new float[rows * outputs];
        for (int i = 0; i < weights.length; i++) {
            float value = (float) (random.nextGaussian() * 0.1);
            weights[i] = value;
            positive[i] = Math.max(0f, value);
            negative[i] = Math.max(0f, -value);
        }
        if (has("untiled")) {
            return new SynapsePlan.DensePlan(weights);
        }
        float[] variance = new float[weights.length];
        Arrays.fill(variance, 1e-5f);
        SynapsePlan.Converter converter = new SynapsePlan.Converter(0f, 4f / 63, 64);
        float[][] planes = {positive, negative};
        float[] gains = {1f, -1f};
        ArrayGrid grid = ArrayGrid.even(rows, outputs, TILE_ROWS);
        ColumnCircuit circuit = ColumnCircuit.IDEAL;
        if (has("exact") || has("onepass")) {
            float[] load = new float[weights.length];
            Arrays.fill(load, 2e-5f);
            circuit = circuit.with(
                    new ColumnWires(new float[][] {load, load}, new float[] {-0.01f, -0.01f}, has("exact")));
        }
        Conversion conversion = has("adc") ? Conversion.of(converter, converter) : Conversion.EXACT;
        return SynapsePlan.ArrayPlan.of(new LayerArrays(
                grid,
                has("noise")
                        ? new CellPlanes(planes, new float[][] {variance, variance}, gains)
                        : CellPlanes.exact(planes, gains),
                has("errors") ? conversion.with(errors(grid, random)) : conversion,
                circuit,
                new RowCosts(new double[rows]),
                new SynapsePlan.NoiseKey(1, node.id(), 0)));
    }

    private ConverterErrors errors(ArrayGrid grid, SplittableRandom random) {
        float[] gain = new float[grid.rowTiles() * 2 * grid.outputs()];
        float[] offset = new float[gain.length];
        for (int i = 0; i < gain.length; i++) {
            gain[i] = (float) (1 + 0.005 * random.nextGaussian());
            offset[i] = (float) (0.5 * random.nextGaussian());
        }
        int[] codes = new int[64];
        Arrays.setAll(codes, code -> code - code % 7 / 6);
        return has("missing")
                ? new ConverterErrors(gain, offset, new int[gain.length], new int[][] {codes})
                : new ConverterErrors(gain, offset, null, null);
    }

    private boolean has(String effect) {
        return Arrays.asList(effects.split("\\+")).contains(effect);
    }

    @TearDown
    public void close() {
        network.close();
    }

    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public BatchResult images() {
        return network.run(batch);
    }
}
