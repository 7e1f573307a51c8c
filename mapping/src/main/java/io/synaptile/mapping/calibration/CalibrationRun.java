/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Scores;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a network step by step on calibration images, one sample after the other, converting every column sum exactly, and
 * shows the column sums of the layers on tiles to an observer. Read noise is left out.
 *
 * <p>Maps are kept channels-last, so that the inputs under one row of a kernel are neighbours and their order is the row order
 * of a tile.
 */
final class CalibrationRun {
    /** Sees the sums of one read of one row tile. */
    interface ColumnObserver {
        /**
         * Called for every row tile with at least one driven row.
         *
         * @param node id of the layer
         * @param sums column sums in weight units, {@code [physical column of an output][output]}; valid during the call
         */
        void read(int node, float[][] sums);
    }

    private final Network network;
    private final Parameters parameters;
    private final Map<Integer, NormState> norms;
    private final Map<Integer, Matrix> matrices = new HashMap<>();
    private final ColumnObserver observer;
    private final Map<Integer, NeuronLayer> neurons = new HashMap<>();
    private final float[][] maps;
    /** By node: what it has given the step before. */
    private float[][] before;

    /** Sample under way. */
    private long sampleId;

    CalibrationRun(NetworkPlan plan, ColumnObserver observer) {
        this.network = plan.network();
        this.parameters = plan.parameters();
        this.norms = plan.norms();
        this.observer = observer;
        for (Network.Node node : network.synapses()) {
            matrices.put(node.id(), Matrix.of(node, plan.synapses().get(node.id())));
        }
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Neuron(NeuronSpec spec)) {
                neurons.put(node.id(), new NeuronLayer(node, spec, plan.parameters()));
            }
        }
        maps = new float[network.nodes().size()][];
    }

    /** A synapse layer as physical columns; a layer that is not on tiles is one plane on one endless tile. */
    private record Matrix(
            float[][] planes, float[] gain, int rows, int outputs, int[] cuts, Optional<SynapsePlan.ArrayPlan> arrays) {
        static Matrix of(Network.Node node, SynapsePlan plan) {
            return switch (plan) {
                case SynapsePlan.DensePlan(float[] weights) -> {
                    CrossbarLayout layout = CrossbarLayout.of(node);
                    float[][] planes = {layout.toMatrix(weights)};
                    yield new Matrix(
                            planes, new float[] {1f}, layout.rows(), layout.outputs(), new int[1], Optional.empty());
                }
                case SynapsePlan.ArrayPlan arrays -> onArrays(arrays);
            };
        }

        private static Matrix onArrays(SynapsePlan.ArrayPlan plan) {
            LayerArrays arrays = plan.first();
            return new Matrix(
                    arrays.cells().values(),
                    arrays.cells().gain(),
                    arrays.rows(),
                    arrays.outputs(),
                    arrays.grid().cuts(),
                    Optional.of(plan));
        }
    }

    /**
     * Runs a batch.
     *
     * @return mean output current over all steps, {@code [samples, classes]}
     */
    float[] run(InputBatch batch) {
        float[] scores = new float[batch.samples() * network.classes()];
        for (int sample = 0; sample < batch.samples(); sample++) {
            neurons.values().forEach(NeuronLayer::reset);
            sampleId = batch.sampleIds()[sample];
            NoiseStream uniforms = batch.codingStream(sample);
            Network.Node last = network.nodes().getLast();
            Scores rule = new Scores((Layer.ReadOut) last.layer(), last.in().size());
            for (int t = 0; t < batch.timeSteps(); t++) {
                float[] input = code(batch, sample, uniforms);
                before = maps.clone();
                for (Network.Node node : network.nodes()) {
                    maps[node.id()] = step(node, input, t);
                }
                rule.add(flatten(last.in(), maps[last.id()]), scores, sample * network.classes());
            }
        }
        return scores;
    }

    /** One step of coded input; pixels draw in the order c, h, w and are stored channels-last. */
    private float[] code(InputBatch batch, int sample, NoiseStream uniforms) {
        Shape shape = network.input();
        int positions = shape.positions();
        float[] coded = new float[shape.size()];
        for (int i = 0; i < coded.length; i++) {
            float pixel = batch.images()[sample * coded.length + i];
            coded[i % positions * shape.channels() + i / positions] = switch (batch.encoder()) {
                case Encoder.Direct _ -> pixel;
                case Encoder.Poisson(float rescale) -> Encoder.Poisson.spike(pixel, uniforms.nextFloat(), rescale);
            };
        }
        return coded;
    }

    private float[] step(Network.Node node, float[] input, int t) {
        if (node.layer() instanceof Layer.Delay(Shape shape)) {
            return t == 0 ? new float[shape.size()] : before[node.inputs().getFirst()];
        }
        float[] x = source(node, 0, input);
        return switch (node.layer()) {
            case Layer.Conv2d conv -> convolve(node, conv, x, t);
            case Layer.Dense _ -> {
                float[] y = new float[node.out().size()];
                new Reader(node.id(), matrices.get(node.id()), t).read(x, y, 0);
                yield y;
            }
            case Layer.AvgPool pool -> pool(node, pool, x);
            case Layer.MaxPool pool -> largest(node, pool, x);
            case Layer.Relu(float ceiling) -> rectified(ceiling, x);
            case Layer.Flatten _ -> flatten(node.in(), x);
            case Layer.StepNorm norm -> normalise(norms.get(node.id()), norm, x, t);
            case Layer.Bias _ -> shift(parameters.get(new ParameterId(node.id(), Role.BIAS)), x);
            case Layer.Neuron _ -> neurons.get(node.id()).fire(x);
            case Layer.Integrator layer -> integrate(node, layer, x, t);
            case Layer.Delay _ -> throw new IllegalStateException("reads the step before");
            case Layer.Join(Layer.Join.Function function) -> join(node, function, input);
            case Layer.Concat _ -> concat(node, input);
            case Layer.Dropout _, Layer.ReadOut _ -> x;
        };
    }

    private float[] source(Network.Node node, int which, float[] input) {
        int id = node.inputs().get(which);
        return id == Network.INPUT ? input : maps[id];
    }

    private float[] convolve(Network.Node node, Layer.Conv2d conv, float[] x, int t) {
        Matrix matrix = matrices.get(node.id());
        Reader reader = new Reader(node.id(), matrix, t);
        Shape in = node.in();
        Shape out = node.out();
        float[] y = new float[out.size()];
        float[] rows = new float[matrix.rows];
        for (int position = 0; position < out.positions(); position++) {
            int top = position / out.width() * conv.stride() - conv.padding();
            int left = position % out.width() * conv.stride() - conv.padding();
            for (int tap = 0; tap < conv.kernel() * conv.kernel(); tap++) {
                int row = top + tap / conv.kernel();
                int column = left + tap % conv.kernel();
                int at = tap * in.channels();
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                    System.arraycopy(x, (row * in.width() + column) * in.channels(), rows, at, in.channels());
                } else {
                    Arrays.fill(rows, at, at + in.channels(), 0f);
                }
            }
            reader.read(rows, y, position * out.channels());
        }
        return y;
    }

    /** Reads one matrix position by position. */
    private final class Reader {
        private final int node;
        private final Matrix matrix;
        private final int step;
        private final Optional<ColumnLimits> limits;
        private final float[][] sums;
        /** Driven rows of the read under way. */
        private final int[] driven;

        Reader(int node, Matrix matrix, int step) {
            this.node = node;
            this.limits = matrix.arrays.flatMap(plan -> plan.first().circuit().limits());
            this.matrix = matrix;
            this.step = step;
            this.sums = new float[matrix.planes.length][matrix.outputs];
            this.driven = new int[matrix.rows];
        }

        /** Adds the outputs of one position to {@code y}, positive rows first, then negative ones. */
        void read(float[] x, float[] y, int offset) {
            for (int tile = 0; tile < matrix.cuts.length; tile++) {
                phase(x, 1f, tile, y, offset);
                phase(x, -1f, tile, y, offset);
            }
        }

        private void phase(float[] x, float sign, int tile, float[] y, int offset) {
            int first = matrix.cuts[tile];
            int end = tile + 1 < matrix.cuts.length ? matrix.cuts[tile + 1] : matrix.rows;
            int count = 0;
            for (int row = first; row < end; row++) {
                if (sign * x[row] > 0f) {
                    driven[count++] = row;
                }
            }
            if (count == 0) {
                return;
            }
            int position = offset / matrix.outputs;
            Optional<ArrayReader> reader = reader(position);
            if (reader.isPresent()) {
                ask(reader.get(), tile, x, sign, Arrays.copyOf(driven, count), position);
            } else {
                sum(x, sign, count);
            }
            if (limits.isPresent()) {
                clip(limits.get(), x, sign, count);
            }
            if (matrix.arrays.isPresent()) {
                observer.read(node, sums);
            }
            for (int p = 0; p < sums.length; p++) {
                float gain = sign * matrix.gain[p];
                for (int o = 0; o < sums[p].length; o++) {
                    y[offset + o] += gain * sums[p][o];
                }
            }
        }

        /** What reads the arrays of the copy that has a position. */
        private Optional<ArrayReader> reader(int position) {
            int positions = network.node(node).out().positions();
            return matrix.arrays.flatMap(
                    plan -> plan.copyAt(position, positions).circuit().reader());
        }

        private void sum(float[] x, float sign, int count) {
            for (int p = 0; p < sums.length; p++) {
                Arrays.fill(sums[p], 0f);
                for (int i = 0; i < count; i++) {
                    accumulate(matrix.planes[p], driven[i] * matrix.outputs, sign * x[driven[i]], sums[p]);
                }
            }
        }

        private void clip(ColumnLimits limits, float[] x, float sign, int count) {
            float inputs = 0f;
            for (int i = 0; i < count; i++) {
                inputs += sign * x[driven[i]];
            }
            for (int p = 0; p < sums.length; p++) {
                for (int o = 0; limits.limit()[p] != null && o < sums[p].length; o++) {
                    sums[p][o] = limits.clipped(p, o, inputs, sums[p][o]);
                }
            }
        }

        private void ask(ArrayReader reader, int tile, float[] x, float sign, int[] rows, int position) {
            float[] input = new float[rows.length];
            for (int i = 0; i < input.length; i++) {
                input[i] = sign * x[rows[i]];
            }
            float[] given = new float[sums.length * matrix.outputs];
            reader.read(
                    tile,
                    new ArrayReads(
                            sampleId,
                            sign > 0 ? 0 : 1,
                            new int[] {step},
                            new int[] {position},
                            new int[] {0, rows.length},
                            rows,
                            input),
                    given);
            for (int p = 0; p < sums.length; p++) {
                System.arraycopy(given, p * matrix.outputs, sums[p], 0, matrix.outputs);
            }
        }
    }

    private static void accumulate(float[] plane, int from, float value, float[] sum) {
        for (int o = 0; o < sum.length; o++) {
            sum[o] += value * plane[from + o];
        }
    }

    private static float[] pool(Network.Node node, Layer.AvgPool pool, float[] x) {
        Shape in = node.in();
        Shape out = node.out();
        int channels = in.channels();
        float[] y = new float[out.size()];
        for (int i = 0; i < y.length; i++) {
            int position = i / channels;
            int top = position / out.width() * pool.height();
            int left = position % out.width() * pool.width();
            float sum = 0f;
            for (int cell = 0; cell < pool.area(); cell++) {
                int at = (top + cell / pool.width()) * in.width() + left + cell % pool.width();
                sum += x[at * channels + i % channels];
            }
            y[i] = sum / pool.area();
        }
        return y;
    }

    private static float[] largest(Network.Node node, Layer.MaxPool pool, float[] x) {
        Shape out = node.out();
        int channels = out.channels();
        float[] y = new float[out.size()];
        for (int i = 0; i < y.length; i++) {
            int top = i / channels / out.width() * pool.stride();
            int left = i / channels % out.width() * pool.stride();
            y[i] = Float.NEGATIVE_INFINITY;
            for (int cell = 0; cell < pool.size() * pool.size(); cell++) {
                int at = (top + cell / pool.size()) * node.in().width() + left + cell % pool.size();
                y[i] = Math.max(y[i], x[at * channels + i % channels]);
            }
        }
        return y;
    }

    private static float[] rectified(float ceiling, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(Math.max(x[i], 0f), ceiling);
        }
        return y;
    }

    private float[] join(Network.Node node, Layer.Join.Function function, float[] input) {
        float[] y = source(node, 0, input).clone();
        for (int which = 1; which < node.inputs().size(); which++) {
            float[] other = source(node, which, input);
            for (int i = 0; i < y.length; i++) {
                y[i] = switch (function) {
                    case ADD -> y[i] + other[i];
                    case AND -> y[i] * other[i];
                    case IAND -> (1f - y[i]) * other[i];
                };
            }
        }
        return y;
    }

    private float[] concat(Network.Node node, float[] input) {
        Shape out = node.out();
        float[] y = new float[out.size()];
        int first = 0;
        for (int which = 0; which < node.inputs().size(); which++) {
            float[] x = source(node, which, input);
            int channels = x.length / out.positions();
            for (int p = 0; p < out.positions(); p++) {
                System.arraycopy(x, p * channels, y, p * out.channels() + first, channels);
            }
            first += channels;
        }
        return y;
    }

    /** Channels-last to the order c, h, w of a vector. */
    private static float[] flatten(Shape in, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i % in.positions() * in.channels() + i / in.positions()];
        }
        return y;
    }

    private static float[] normalise(NormState state, Layer.StepNorm norm, float[] x, int t) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            int entry = norm.stateStep(t) * state.channels() + i % state.channels();
            y[i] = state.gamma()[entry]
                            * (x[i] - state.mean()[entry])
                            / (float) Math.sqrt(state.variance()[entry] + norm.epsilon())
                    + state.offset(entry);
        }
        return y;
    }

    private static float[] shift(float[] biases, float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] + biases[i % biases.length];
        }
        return y;
    }

    private float[] integrate(Network.Node node, Layer.Integrator layer, float[] x, int t) {
        float[] leak = parameters.byChannel(node, Role.LEAK, layer.learned(), layer.leak());
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            float earlier = t == 0 ? 0f : before[node.id()][i];
            y[i] = leak[i % leak.length] * earlier + layer.inputGain() * x[i];
        }
        return y;
    }
}
