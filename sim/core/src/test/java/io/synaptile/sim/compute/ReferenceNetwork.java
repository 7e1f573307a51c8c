/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The obvious network: dense, one time step after the other, one sample after the other, in double precision.
 *
 * <p>Equations: the Javadoc of the layers, of {@link NeuronSpec} and of {@link SynapsePlan}; gradients by back-propagation
 * through time with the surrogate derivative, norm statistics not detached, resets detached. Values of a node are kept as
 * {@code [step][samples * size]}, each sample in the order c, h, w.
 */
final class ReferenceNetwork {
    private final Network network;
    private final Map<Integer, double[]> weights = new HashMap<>();
    private final Map<Integer, SynapsePlan.ArrayPlan> tiles = new HashMap<>();
    private final Map<Integer, NormState> norms = new HashMap<>();
    /** By node, the weights that count as operations; found in the first pass after they were set. */
    private final Map<Integer, boolean[]> operations = new HashMap<>();

    private Parameters parameters = Parameters.none();

    private InputBatch batch;
    private boolean training;
    private double[][] inputs;
    private double[][][] values;
    private double[][][] membranes;
    /** 1 where neurons have fired. */
    private double[][][] fired;
    /** What potentials have to exceed, infinite in a refractory period. */
    private double[][][] bars;

    private double[][][] normalised;
    private double[][][] means;
    private double[][][] inverseDeviation;
    private double[][] dropoutScale;
    private double[][][] gradients;
    private double[][] weightGradients;
    private double[][] gammaGradients;
    /** Of neurons, integrators and activations. */
    private final Map<ParameterId, double[]> ownGradients = new HashMap<>();

    private double[][] offsetGradients;
    /** By max pool: places of the largest values, by step and output value. */
    private final Map<Integer, int[][]> largest = new HashMap<>();

    private double[] largestTerms;
    private double[][] magnitudes;
    private final Map<Integer, Carry> carries = new HashMap<>();
    private NoiseStream rounding;
    private BatchActivity[] activity;
    /** By node, the weighted mean input of neurons that learn by it. */
    private final Map<Integer, double[]> meanInputs = new HashMap<>();

    private double firingMargin;
    private double codingMargin;

    ReferenceNetwork(Network network) {
        this.network = network;
    }

    /** A network with the weights, tiles and norms of a plan. */
    static ReferenceNetwork of(NetworkPlan plan) {
        ReferenceNetwork reference = new ReferenceNetwork(plan.network());
        plan.norms().forEach(reference::setNorm);
        reference.parameters = plan.parameters();
        plan.synapses().forEach((node, synapse) -> {
            switch (synapse) {
                case SynapsePlan.DensePlan(float[] dense) -> reference.setWeights(node, dense);
                case SynapsePlan.ArrayPlan arrays -> reference.read(node, arrays);
            }
        });
        return reference;
    }

    void setWeights(int node, float[] source) {
        double[] copy = new double[source.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = source[i];
        }
        weights.put(node, copy);
        operations.remove(node);
    }

    /**
     * From now on every result of a layer is off by up to one unit in the last place of single precision, at random, forwards
     * and backwards; the effect on a gradient shows how well single precision can know it.
     */
    void roundAtRandom(NoiseStream random) {
        rounding = random;
    }

    private double rounded(double value) {
        return rounding == null || value == 0 ? value : value * (1 + (rounding.nextDouble() * 2 - 1) * 0x1p-23);
    }

    /** Weights of a node, live. */
    double[] weights(int node) {
        return weights.get(node);
    }

    /** Reads a layer from arrays; backward passes go through its weights. */
    void read(int node, SynapsePlan.ArrayPlan arrays) {
        tiles.put(node, arrays);
        operations.remove(node);
    }

    /** Uses the weights and the norms of a network that is not on tiles; training passes update the statistics. */
    void set(Parameters given) {
        given.weights().forEach(this::setWeights);
        given.norms(network).forEach(this::setNorm);
        parameters = given;
    }

    /** Uses that state; training passes update its statistics. */
    void setNorm(int node, NormState state) {
        norms.put(node, state);
    }

    NormState norm(int node) {
        return norms.get(node);
    }

    /** Values of a node in the last pass, {@code [step][samples * size]}. */
    double[][] values(int node) {
        return values[node];
    }

    /** Potentials before reset of a neuron node in the last pass, {@code [step][samples * size]}. */
    double[][] membranes(int node) {
        return membranes[node];
    }

    BatchActivity[] activity() {
        return activity;
    }

    /**
     * Smallest distance of any membrane potential from its threshold in the last pass, in thresholds, and of any other value
     * from where its derivative changes.
     */
    double firingMargin() {
        return firingMargin;
    }

    /** Smallest distance of any conversion from a rounding boundary in the last pass, in codes. */
    double codingMargin() {
        return codingMargin;
    }

    /** Inference; returns the mean output current up to each step, {@code [steps, samples, classes]}. */
    double[] infer(InputBatch input) {
        pass(input, encode(input), false);
        int size = input.samples() * network.classes();
        double[] scores = new double[input.timeSteps() * size];
        for (int t = 0; t < input.timeSteps(); t++) {
            System.arraycopy(scores(t + 1), 0, scores, t * size, size);
        }
        return scores;
    }

    /** Scores after the first steps of the last pass, {@code [samples, classes]}. */
    double[] scores(int steps) {
        Network.Node last = network.nodes().getLast();
        Layer.ReadOut layer = (Layer.ReadOut) last.layer();
        double[] scores = new double[batch.samples() * network.classes()];
        for (int i = 0; i < values[last.id()][0].length; i++) {
            double sum = 0;
            double weights = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < steps; t++) {
                double x = values[last.id()][t][i];
                double weight = Math.pow(layer.decay(), steps - 1 - t);
                sum += weight * x;
                weights += weight;
                highest = Math.max(highest, x);
            }
            double score = switch (layer.rule()) {
                case MEAN, WEIGHTED -> sum / weights;
                case SUM -> sum;
                case LAST -> values[last.id()][steps - 1][i];
                case HIGHEST -> highest;
            };
            scores[i / layer.voters()] += score / layer.voters();
        }
        return scores;
    }

    /** Derivative of the last scores by the values of the read-out at a step, given that of a loss by the scores. */
    private double[] byValues(double[] scoreGradient, int t) {
        Network.Node last = network.nodes().getLast();
        Layer.ReadOut layer = (Layer.ReadOut) last.layer();
        int steps = batch.timeSteps();
        double[] gradient = new double[values[last.id()][t].length];
        double weights = 0;
        for (int earlier = 0; earlier < steps; earlier++) {
            weights += Math.pow(layer.decay(), earlier);
        }
        for (int i = 0; i < gradient.length; i++) {
            int first = 0;
            for (int step = 1; step < steps; step++) {
                first = values[last.id()][step][i] > values[last.id()][first][i] ? step : first;
            }
            double share = switch (layer.rule()) {
                case MEAN, WEIGHTED -> Math.pow(layer.decay(), steps - 1 - t) / weights;
                case SUM -> 1;
                case LAST -> t == steps - 1 ? 1 : 0;
                case HIGHEST -> t == first ? 1 : 0;
            };
            gradient[i] = scoreGradient[i / layer.voters()] * share / layer.voters();
        }
        return gradient;
    }

    /** Training pass; returns the mean output current, {@code [samples, classes]}. */
    double[] forward(InputBatch input) {
        return forward(input, encode(input));
    }

    /** Training pass with the given input of each step in place of the batch's, {@code [step][samples * pixels]}. */
    double[] forward(InputBatch input, double[][] coded) {
        pass(input, coded, true);
        return scores(input.timeSteps());
    }

    private void pass(InputBatch input, double[][] coded, boolean trainingMode) {
        batch = input;
        training = trainingMode;
        int nodes = network.nodes().size();
        int steps = input.timeSteps();
        inputs = coded;
        largest.clear();
        values = new double[nodes][steps][];
        membranes = new double[nodes][steps][];
        fired = new double[nodes][steps][];
        bars = new double[nodes][steps][];
        normalised = new double[nodes][steps][];
        means = new double[nodes][steps][];
        inverseDeviation = new double[nodes][steps][];
        dropoutScale = new double[nodes][];
        activity = new BatchActivity[nodes];
        firingMargin = Double.POSITIVE_INFINITY;
        codingMargin = Double.POSITIVE_INFINITY;
        for (Network.Node node : network.nodes()) {
            activity[node.id()] = new BatchActivity(steps, input.samples());
        }
        for (List<Network.Node> group : groups()) {
            for (int t = 0; t < steps; t++) {
                for (Network.Node node : group) {
                    double[] result = step(node, t);
                    for (int i = 0; i < result.length; i++) {
                        boolean spikes = node.layer() instanceof Layer.Neuron || node.layer() instanceof Layer.Delay;
                        result[i] = spikes ? result[i] : rounded(result[i]);
                    }
                    values[node.id()][t] = result;
                }
            }
        }
    }

    /** Nodes that are computed step by step together: those of a loop, else single ones. */
    private List<List<Network.Node>> groups() {
        List<List<Network.Node>> groups = new ArrayList<>();
        int until = -1;
        for (Network.Node node : network.nodes()) {
            if (node.id() > until) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(node);
            until = Math.max(until, node.inputs().getFirst());
        }
        return groups;
    }

    /** Input of every step, {@code [step][samples * pixels]}. */
    static double[][] encode(InputBatch input) {
        int pixels = input.pixels();
        double[][] coded = new double[input.timeSteps()][input.samples() * pixels];
        for (int n = 0; n < input.samples(); n++) {
            NoiseStream uniforms = input.codingStream(n);
            for (int t = 0; t < input.timeSteps(); t++) {
                for (int i = 0; i < pixels; i++) {
                    boolean frames = input.encoder() instanceof Encoder.Frames;
                    float pixel = input.images()[(frames ? n * input.frames() + t : n) * pixels + i];
                    coded[t][n * pixels + i] = switch (input.encoder()) {
                        case Encoder.Direct _, Encoder.DirectFrames _, Encoder.SpikeFrames _ -> pixel;
                        case Encoder.Poisson(float rescale) ->
                            Encoder.Poisson.spike(pixel, uniforms.nextFloat(), rescale);
                        case Encoder.PoissonFrames _ -> uniforms.nextFloat() <= pixel && pixel > 0 ? 1 : 0;
                    };
                }
            }
        }
        return coded;
    }

    private double[] input(Network.Node node, int which, int t) {
        int id = node.inputs().get(which);
        return id == Network.INPUT ? inputs[t] : values[id][t];
    }

    private double[] step(Network.Node node, int t) {
        if (node.layer() instanceof Layer.Delay) {
            return t == 0
                    ? new double[batch.samples() * node.out().size()]
                    : values[node.inputs().getFirst()][t - 1].clone();
        }
        double[] x = input(node, 0, t);
        return switch (node.layer()) {
            case Layer.Delay _ -> throw new IllegalStateException("reads the step before");
            case Layer.Integrator layer -> integrate(node, layer, x, t);
            case Layer.Synapse _ -> synapse(node, x, t);
            case Layer.AvgPool pool -> pool(node, pool, x);
            case Layer.MaxPool pool -> maxPool(node, pool, x, t);
            case Layer.Relu(float ceiling) -> rectified(ceiling, x);
            case Layer.RateNorm norm -> rates(node, norm, x, t);
            case Layer.Qcfs quantised -> quantised(node, quantised, x);
            case Layer.Flatten _, Layer.ReadOut _ -> x.clone();
            case Layer.Part part -> part(node, part, x);
            case Layer.Dropout(float rate) -> dropout(node, rate, x);
            case Layer.StepNorm norm -> training ? batchNorm(node, norm, x, t) : fixedNorm(node, norm, x, t);
            case Layer.Bias _ -> {
                float[] biases = parameters.get(new ParameterId(node.id(), Role.BIAS));
                double[] sum = new double[x.length];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = x[i] + biases[channel(node, i)];
                }
                yield sum;
            }
            case Layer.Neuron(NeuronSpec spec) -> neuron(node, spec, x, t);
            case Layer.Join(Layer.Join.Function function) -> {
                double[] joined = x.clone();
                for (int which = 1; which < node.inputs().size(); which++) {
                    double[] other = input(node, which, t);
                    for (int i = 0; i < joined.length; i++) {
                        joined[i] = switch (function) {
                            case ADD -> joined[i] + other[i];
                            case AND -> joined[i] * other[i];
                            case IAND -> (1 - joined[i]) * other[i];
                        };
                    }
                }
                yield joined;
            }
            case Layer.Concat _ -> concat(node, t);
        };
    }

    private double[] part(Network.Node node, Layer.Part part, double[] x) {
        int size = node.out().size();
        double[] y = new double[batch.samples() * size];
        for (int n = 0; n < batch.samples(); n++) {
            System.arraycopy(x, n * node.in().size() + part.first(), y, n * size, size);
        }
        return y;
    }

    private double[] synapse(Network.Node node, double[] x, int t) {
        int in = node.in().size();
        int out = node.out().size();
        double[] y = new double[batch.samples() * out];
        double[] w = weights.get(node.id());
        SynapsePlan.ArrayPlan tiled = tiles.get(node.id());
        for (int n = 0; n < batch.samples(); n++) {
            double[] sample = Arrays.copyOfRange(x, n * in, (n + 1) * in);
            int place = t * batch.samples() + n;
            count(node, sample, place);
            if (tiled != null) {
                ReferenceTiles reader =
                        new ReferenceTiles(node.ungrouped(), tiled, batch.sampleIds()[n], this::rounded);
                System.arraycopy(reader.read(sample, t, activity[node.id()], place), 0, y, n * out, out);
                codingMargin = Math.min(codingMargin, reader.codingMargin());
            } else {
                int offset = n * out;
                Taps.synapse(node, (o, i, weight) -> y[offset + o] += w[weight] * sample[i]);
            }
        }
        return y;
    }

    /** Counts the events of one call and the non-zero weights they meet. */
    private void count(Network.Node node, double[] x, int place) {
        boolean accumulates = true;
        for (double value : x) {
            accumulates &= value == 0 || Math.abs(value) == 1;
            activity[node.id()].events[place] += value != 0 ? 1 : 0;
        }
        Network.Node held = tiles.containsKey(node.id()) ? node.ungrouped() : node;
        boolean[] counts = operations.computeIfAbsent(node.id(), _ -> operations(held));
        long[] met = {0};
        Taps.synapse(held, (_, in, weight) -> met[0] += x[in] != 0 && counts[weight] ? 1 : 0);
        if (accumulates) {
            activity[node.id()].effectiveAcs[place] += met[0];
        } else {
            activity[node.id()].effectiveMacs[place] += met[0];
        }
    }

    /** By weight, whether it is not zero; in tiles, whether the plan says so, else whether any of its cells is not. */
    private boolean[] operations(Network.Node node) {
        boolean[] counts = new boolean[node.weightCount()];
        for (int weight = 0; weight < counts.length; weight++) {
            counts[weight] = hasWeight(node, weight);
        }
        return counts;
    }

    private boolean hasWeight(Network.Node node, int weight) {
        if (!tiles.containsKey(node.id())) {
            return weights.get(node.id())[weight] != 0;
        }
        LayerArrays arrays = tiles.get(node.id()).first();
        int row = Taps.row(node, weight);
        int output = weight / node.fanIn();
        if (arrays.grid().pattern().isPresent()) {
            ArrayPattern pattern = arrays.grid().pattern().get();
            row = pattern.places()[row];
            if (row < 0 || pattern.first(arrays.grid().tileOfRow()[row], arrays.outputs())[output] < 0) {
                return false;
            }
        }
        int cell = row * arrays.outputs() + output;
        if (arrays.cells().nonZero().length > 0) {
            return arrays.cells().nonZero()[cell];
        }
        for (float[] plane : arrays.cells().values()) {
            if (plane[cell] != 0) {
                return true;
            }
        }
        return false;
    }

    private double[] rectified(float ceiling, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(Math.max(x[i], 0), ceiling);
            bendsAt(x[i]);
            bendsAt(x[i] - ceiling);
        }
        return y;
    }

    private double[] rates(Network.Node node, Layer.RateNorm norm, double[] x, int t) {
        float[] maximum = parameters.get(new ParameterId(node.id(), Role.RUNNING_MAX));
        if (training && !norm.locked() && t == 0) {
            double largest = 0;
            for (int step = 0; step < batch.timeSteps(); step++) {
                largest = Math.max(
                        largest, Arrays.stream(input(node, 0, step)).max().orElseThrow());
            }
            maximum[0] += (float) (norm.momentum() * (largest - maximum[0]));
        }
        double threshold = threshold(node, norm);
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(Math.max(x[i], 0) / threshold, 1);
            bendsAt(x[i]);
            bendsAt(x[i] - threshold);
        }
        return y;
    }

    private double threshold(Network.Node node, Layer.RateNorm norm) {
        double s = parameters.get(new ParameterId(node.id(), Role.SCALE))[0];
        double part = norm.sigmoid() ? 1 / (1 + Math.exp(-s)) : Math.abs(s);
        return parameters.get(new ParameterId(node.id(), Role.RUNNING_MAX))[0] * part + norm.epsilon();
    }

    private double[] quantised(Network.Node node, Layer.Qcfs layer, double[] x) {
        double lambda = parameters.get(new ParameterId(node.id(), Role.THRESHOLD))[0];
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double place = x[i] * layer.levels() / lambda + 0.5;
            double nearest = Math.clamp(Math.rint(place), 0, layer.levels());
            bendsAt((place - nearest) * lambda / layer.levels());
            y[i] = lambda * Math.clamp(Math.floor(place) / layer.levels(), 0, 1);
        }
        return y;
    }

    /** Notes how close a value came to where its derivative changes; what is exactly there is there in any precision. */
    private void bendsAt(double distance) {
        if (distance != 0) {
            firingMargin = Math.min(firingMargin, Math.abs(distance));
        }
    }

    private double[] concat(Network.Node node, int t) {
        int out = node.out().size();
        double[] y = new double[batch.samples() * out];
        int first = 0;
        for (int which = 0; which < node.inputs().size(); which++) {
            double[] x = input(node, which, t);
            int size = x.length / batch.samples();
            for (int n = 0; n < batch.samples(); n++) {
                System.arraycopy(x, n * size, y, n * out + first, size);
            }
            first += size;
        }
        return y;
    }

    private double[] maxPool(Network.Node node, Layer.MaxPool pool, double[] x, int step) {
        int in = node.in().size();
        int out = node.out().size();
        double[] y = new double[batch.samples() * out];
        Arrays.fill(y, Double.NEGATIVE_INFINITY);
        int[] place = new int[y.length];
        for (int n = 0; n < batch.samples(); n++) {
            int from = n * in;
            int to = n * out;
            Taps.maxPool(node, pool, (o, i, _) -> {
                bendsAt(x[from + i] - y[to + o]);
                if (x[from + i] > y[to + o]) {
                    y[to + o] = x[from + i];
                    place[to + o] = from + i;
                }
            });
        }
        largest.computeIfAbsent(node.id(), _ -> new int[batch.timeSteps()][])[step] = place;
        return y;
    }

    private double[] pool(Network.Node node, Layer.AvgPool pool, double[] x) {
        int in = node.in().size();
        int out = node.out().size();
        double[] y = new double[batch.samples() * out];
        for (int n = 0; n < batch.samples(); n++) {
            int from = n * in;
            int to = n * out;
            Taps.pool(
                    node,
                    pool.height(),
                    pool.width(),
                    pool.height(),
                    pool.width(),
                    (o, i, _) -> y[to + o] += x[from + i]);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] /= pool.area();
        }
        return y;
    }

    private double[] dropout(Network.Node node, float rate, double[] x) {
        if (!training) {
            return x.clone();
        }
        if (dropoutScale[node.id()] == null) {
            double[] scale = new double[x.length];
            int size = node.in().size();
            for (int n = 0; n < batch.samples(); n++) {
                NoiseStream uniforms =
                        NoiseStream.of(batch.seed(), Purpose.DROPOUT, node.id(), batch.sampleIds()[n], batch.pass());
                for (int i = 0; i < size; i++) {
                    scale[n * size + i] = uniforms.nextFloat() >= rate ? 1 / (1 - (double) rate) : 0;
                }
            }
            dropoutScale[node.id()] = scale;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] * dropoutScale[node.id()][i];
        }
        return y;
    }

    private double[] fixedNorm(Network.Node node, Layer.StepNorm norm, double[] x, int t) {
        NormState state = norms.get(node.id());
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            int entry = norm.stateStep(t) * state.channels() + channel(node, i);
            y[i] = state.gamma()[entry]
                            * (x[i] - state.mean()[entry])
                            / Math.sqrt((double) state.variance()[entry] + norm.epsilon())
                    + state.offset(entry);
        }
        return y;
    }

    private double[] batchNorm(Network.Node node, Layer.StepNorm norm, double[] x, int t) {
        NormState state = norms.get(node.id());
        int row = norm.stateStep(t);
        if (inverseDeviation[node.id()][row] == null) {
            statistics(node, norm, state, row);
        }
        double[] mean = means[node.id()][row];
        double[] inverse = inverseDeviation[node.id()][row];
        double[] hat = new double[x.length];
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            int c = channel(node, i);
            hat[i] = rounded((x[i] - mean[c]) * inverse[c]);
            int entry = row * state.channels() + c;
            y[i] = state.gamma()[entry] * hat[i] + state.offset(entry);
        }
        normalised[node.id()][t] = hat;
        return y;
    }

    /** Mean and deviation over samples, positions and the steps of one row of scales. */
    private void statistics(Network.Node node, Layer.StepNorm norm, NormState state, int row) {
        int channels = state.channels();
        int[] steps = stepsOf(norm, row);
        int count = batch.samples() * node.in().positions() * steps.length;
        double[] mean = new double[channels];
        double[] variance = new double[channels];
        for (int t : steps) {
            double[] x = input(node, 0, t);
            for (int i = 0; i < x.length; i++) {
                mean[channel(node, i)] += x[i] / count;
            }
        }
        for (int t : steps) {
            double[] x = input(node, 0, t);
            for (int i = 0; i < x.length; i++) {
                double difference = x[i] - mean[channel(node, i)];
                variance[channel(node, i)] += difference * difference / count;
            }
        }
        double[] inverse = new double[channels];
        for (int c = 0; c < channels; c++) {
            inverse[c] = rounded(1 / Math.sqrt(variance[c] + norm.epsilon()));
            int entry = row * channels + c;
            double unbiased = variance[c] * count / (count - 1);
            state.mean()[entry] += (float) (norm.momentum() * (mean[c] - state.mean()[entry]));
            state.variance()[entry] += (float) (norm.momentum() * (unbiased - state.variance()[entry]));
        }
        means[node.id()][row] = mean;
        inverseDeviation[node.id()][row] = inverse;
    }

    /** The steps of the batch that use one row of a norm's scales and statistics. */
    private int[] stepsOf(Layer.StepNorm norm, int row) {
        return IntStream.range(0, batch.timeSteps())
                .filter(t -> norm.stateStep(t) == row)
                .toArray();
    }

    private static int channel(Network.Node node, int index) {
        return index / node.in().positions() % node.in().channels();
    }

    /** Leak or threshold of the channel of an entry. */
    private double constant(Network.Node node, Role role, Scope scope, float fixed, int entry) {
        return switch (scope) {
            case FIXED -> fixed;
            case LAYER -> parameters.get(new ParameterId(node.id(), role))[0];
            case CHANNEL -> parameters.get(new ParameterId(node.id(), role))[channel(node, entry)];
        };
    }

    private double leak(Network.Node node, NeuronSpec spec, int entry) {
        return constant(node, Role.LEAK, spec.dynamics().leak(), spec.leak(), entry);
    }

    private double threshold(Network.Node node, NeuronSpec spec, int entry) {
        return constant(node, Role.THRESHOLD, spec.dynamics().threshold(), spec.threshold(), entry);
    }

    /** Sum over the earlier spikes of an entry, each as far decayed as it is long ago. */
    private double adaptation(Network.Node node, NeuronSpec spec, int entry, int t) {
        double a = 0;
        for (int earlier = 0; earlier < t; earlier++) {
            a = spec.dynamics().adaptationDecay() * a + fired[node.id()][earlier][entry];
        }
        return a;
    }

    private boolean isRefractory(Network.Node node, NeuronSpec spec, int entry, int t) {
        for (int earlier = Math.max(0, t - spec.dynamics().refractorySteps()); earlier < t; earlier++) {
            if (fired[node.id()][earlier][entry] == 1) {
                return true;
            }
        }
        return false;
    }

    private double[] neuron(Network.Node node, NeuronSpec spec, double[] x, int t) {
        double[] potential = new double[x.length];
        double[] bar = new double[x.length];
        double[] spikes = new double[x.length];
        double[] emitted = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double threshold = threshold(node, spec, i);
            double rest = rest(node, spec, i, t);
            if (isRefractory(node, spec, i, t)) {
                potential[i] = rest;
                bar[i] = Double.POSITIVE_INFINITY;
                continue;
            }
            double u = leak(node, spec, i) * rest + spec.inputGain() * x[i];
            bar[i] = spec.dynamics().firingShare() * threshold
                    + spec.dynamics().adaptationStrength() * adaptation(node, spec, i, t);
            boolean fires = spec.firing() == NeuronSpec.Firing.FROM ? u >= bar[i] : u > bar[i];
            spikes[i] = fires ? 1 : 0;
            emitted[i] = spikes[i] * emission(spec, threshold);
            potential[i] = u;
            activity[node.id()].spikes[t * batch.samples() + i / node.out().size()] += (long) spikes[i];
            firingMargin = Math.min(firingMargin, Math.abs((u - bar[i]) / threshold));
        }
        if (spec.estimator() instanceof Representation representation) {
            follow(node, spec, representation, x, t);
        }
        membranes[node.id()][t] = potential;
        bars[node.id()][t] = bar;
        fired[node.id()][t] = spikes;
        return emitted;
    }

    /** Adds the input of a step to the mean; after the last one, looks how near the bounds all means are. */
    private void follow(Network.Node node, NeuronSpec spec, Representation representation, double[] x, int t) {
        int steps = batch.timeSteps();
        double[] mean = t == 0 ? new double[x.length] : meanInputs.get(node.id());
        meanInputs.put(node.id(), mean);
        double weight = weight(spec, t);
        for (int i = 0; i < x.length; i++) {
            mean[i] += weight * x[i];
            if (t == steps - 1 && mean[i] != 0) {
                double threshold = threshold(node, spec, i);
                double saturation = threshold * representation.timeConstant() / representation.step();
                double distance = Math.min(Math.abs(mean[i]), Math.abs(mean[i] - saturation));
                firingMargin = Math.min(firingMargin, distance / threshold);
            }
        }
    }

    /** Share of a step in the weighted mean over all. */
    private double weight(NeuronSpec spec, int t) {
        double sum = 0;
        for (int step = 0; step < batch.timeSteps(); step++) {
            sum += Math.pow(spec.leak(), step);
        }
        return Math.pow(spec.leak(), batch.timeSteps() - 1 - t) / sum;
    }

    private static double emission(NeuronSpec spec, double threshold) {
        return switch (spec.dynamics().emission()) {
            case Emission.Fixed(float value) -> value;
            case Emission.Threshold(float factor) -> factor * threshold;
        };
    }

    /** Potential of an entry after the step before, or before the first. */
    private double rest(Network.Node node, NeuronSpec spec, int entry, int t) {
        if (t == 0) {
            return spec.dynamics().initial() * threshold(node, spec, entry);
        }
        double spike = fired[node.id()][t - 1][entry];
        double u = membranes[node.id()][t - 1][entry];
        return switch (spec.reset()) {
            case SOFT -> u - threshold(node, spec, entry) * spike;
            case HARD -> spike == 1 ? spec.resetPotential() : u;
        };
    }

    /** Backward pass of the last {@link #forward}; the gradient is by its result. */
    void backward(double[] scoreGradient) {
        backward(scoreGradient, Map.of());
    }

    /** @param byOutput derivatives by outputs of hidden nodes, {@code [samples, steps, size]} */
    void backward(double[] scoreGradient, Map<Integer, float[]> byOutput) {
        int steps = batch.timeSteps();
        double[][] byStep = new double[steps][];
        for (int t = 0; t < steps; t++) {
            byStep[t] = byValues(scoreGradient, t);
        }
        backward(network.nodes().getLast().id(), byStep, byOutput);
    }

    /**
     * Backward pass from a node on; later ones have no gradient.
     *
     * @param byStep gradient by the values of the node, {@code [step][samples * size]}
     */
    void backward(int from, double[][] byStep) {
        backward(from, byStep, Map.of());
    }

    private void backward(int from, double[][] byStep, Map<Integer, float[]> byOutput) {
        int nodes = network.nodes().size();
        int steps = batch.timeSteps();
        gradients = new double[nodes][steps][];
        weightGradients = new double[nodes][];
        gammaGradients = new double[nodes][];
        offsetGradients = new double[nodes][];
        largestTerms = new double[nodes];
        magnitudes = new double[nodes][];
        for (Network.Node node : network.nodes()) {
            for (int t = 0; t < steps; t++) {
                gradients[node.id()][t] = new double[values[node.id()][t].length];
            }
        }
        gradients[from] = byStep;
        byOutput.forEach((node, derivatives) -> {
            int size = network.node(node).out().size();
            for (int i = 0; i < derivatives.length; i++) {
                gradients[node][i / size % steps][i / size / steps * size + i % size] += derivatives[i];
            }
        });
        for (List<Network.Node> group : groups().reversed()) {
            for (Network.Node node : group) {
                prepareBackward(node);
            }
            if (group.size() == 1) {
                backward(group.getFirst(), 0, steps);
                continue;
            }
            for (int t = steps - 1; t >= 0; t--) {
                for (Network.Node node : group.reversed()) {
                    backward(node, t, t + 1);
                }
            }
        }
        for (Network.Node node : network.nodes()) {
            finishBackward(node);
        }
    }

    private void prepareBackward(Network.Node node) {
        int size = node.out().size() * batch.samples();
        switch (node.layer()) {
            case Layer.Synapse _ -> {
                weightGradients[node.id()] = new double[node.weightCount()];
                magnitudes[node.id()] = new double[node.weightCount()];
            }
            case Layer.Neuron _, Layer.Integrator _ ->
                carries.put(node.id(), new Carry(size, node.out().channels()));
            default -> {}
        }
    }

    private void finishBackward(Network.Node node) {
        switch (node.layer()) {
            case Layer.Synapse _ ->
                largestTerms[node.id()] =
                        Arrays.stream(magnitudes[node.id()]).max().orElseThrow();
            case Layer.Neuron(NeuronSpec spec) -> {
                Carry carry = carries.get(node.id());
                collect(node, Role.LEAK, spec.dynamics().leak(), carry.byLeak);
                collect(node, Role.THRESHOLD, spec.dynamics().threshold(), carry.byThreshold);
                largestTerms[node.id()] = Math.max(carry.magnitude[0], carry.magnitude[1]);
            }
            case Layer.Integrator layer -> {
                Carry carry = carries.get(node.id());
                collect(node, Role.LEAK, layer.learned(), carry.byLeak);
                largestTerms[node.id()] = carry.magnitude[0];
            }
            default -> {}
        }
    }

    /** What neurons and integrators carry from a step to the one before. */
    private static final class Carry {
        final double[] byPotential;
        final double[] byAdaptation;
        final double[] byLeak;
        final double[] byThreshold;
        final double[] magnitude = new double[2];

        Carry(int size, int channels) {
            byPotential = new double[size];
            byAdaptation = new double[size];
            byLeak = new double[channels];
            byThreshold = new double[channels];
        }
    }

    /** Steps {@code to - 1} down to {@code from} of a node. */
    private void backward(Network.Node node, int from, int to) {
        switch (node.layer()) {
            case Layer.Synapse _ -> synapseBackward(node, from, to);
            case Layer.StepNorm norm -> normBackward(node, norm);
            case Layer.Bias _ -> biasBackward(node);
            case Layer.Neuron(NeuronSpec spec) -> neuronBackward(node, spec, from, to);
            case Layer.Integrator layer -> integratorBackward(node, layer, from, to);
            case Layer.AvgPool pool -> poolBackward(node, pool, from, to);
            case Layer.MaxPool _ -> {
                for (int t = from; t < to; t++) {
                    double[] g = gradients[node.id()][t];
                    for (int i = 0; i < g.length; i++) {
                        pass(node, 0, t, largest.get(node.id())[t][i], g[i]);
                    }
                }
            }
            case Layer.Relu(float ceiling) -> {
                for (int t = from; t < to; t++) {
                    double[] g = gradients[node.id()][t];
                    double[] x = input(node, 0, t);
                    for (int i = 0; i < g.length; i++) {
                        pass(node, 0, t, i, x[i] > 0 && x[i] < ceiling ? g[i] : 0);
                    }
                }
            }
            case Layer.RateNorm norm -> ratesBackward(node, norm);
            case Layer.Qcfs quantised -> quantisedBackward(node, quantised);
            case Layer.Concat _ -> concatBackward(node, from, to);
            case Layer.Join(Layer.Join.Function function)
            when function != Layer.Join.Function.ADD -> productBackward(node, function, from, to);
            case Layer.Dropout _ -> {
                for (int t = from; t < to; t++) {
                    double[] g = gradients[node.id()][t];
                    for (int i = 0; i < g.length; i++) {
                        pass(node, 0, t, i, g[i] * dropoutScale[node.id()][i]);
                    }
                }
            }
            case Layer.Delay _ -> {
                for (int t = Math.max(1, from); t < to; t++) {
                    double[] g = gradients[node.id()][t];
                    for (int i = 0; i < g.length; i++) {
                        pass(node, 0, t - 1, i, g[i]);
                    }
                }
            }
            case Layer.Part _ -> {}
            case Layer.Flatten _, Layer.ReadOut _, Layer.Join _ -> {
                for (int which = 0; which < node.inputs().size(); which++) {
                    for (int t = from; t < to; t++) {
                        double[] g = gradients[node.id()][t];
                        for (int i = 0; i < g.length; i++) {
                            pass(node, which, t, i, g[i]);
                        }
                    }
                }
            }
        }
    }

    private void ratesBackward(Network.Node node, Layer.RateNorm norm) {
        double s = parameters.get(new ParameterId(node.id(), Role.SCALE))[0];
        double maximum = parameters.get(new ParameterId(node.id(), Role.RUNNING_MAX))[0];
        double threshold = threshold(node, norm);
        double slope = norm.sigmoid() ? Math.exp(-s) / Math.pow(1 + Math.exp(-s), 2) : Math.signum(s);
        double byScale = 0;
        for (int t = 0; t < batch.timeSteps(); t++) {
            double[] g = gradients[node.id()][t];
            double[] x = input(node, 0, t);
            for (int i = 0; i < g.length; i++) {
                boolean inside = x[i] > 0 && x[i] < threshold;
                double term = inside ? -g[i] * x[i] * maximum * slope / (threshold * threshold) : 0;
                byScale += term;
                largestTerms[node.id()] += Math.abs(term);
                pass(node, 0, t, i, inside ? g[i] / threshold : 0);
            }
        }
        ownGradients.put(new ParameterId(node.id(), Role.SCALE), new double[] {byScale});
    }

    private void quantisedBackward(Network.Node node, Layer.Qcfs layer) {
        double lambda = parameters.get(new ParameterId(node.id(), Role.THRESHOLD))[0];
        double half = lambda / layer.levels() / 2;
        double byThreshold = 0;
        for (int t = 0; t < batch.timeSteps(); t++) {
            double[] g = gradients[node.id()][t];
            double[] x = input(node, 0, t);
            for (int i = 0; i < g.length; i++) {
                boolean inside = x[i] > -half && x[i] < lambda - half;
                double above = x[i] >= lambda - half ? 1 : 0;
                double term = g[i] * (inside ? (values[node.id()][t][i] - x[i]) / lambda : above);
                byThreshold += term;
                largestTerms[node.id()] += Math.abs(term);
                pass(node, 0, t, i, inside ? g[i] : 0);
            }
        }
        ownGradients.put(new ParameterId(node.id(), Role.THRESHOLD), new double[] {byThreshold});
    }

    /** Adds to the gradient of one input value; the network's own input has none. */
    private void pass(Network.Node node, int which, int t, int index, double gradient) {
        int id = node.inputs().get(which);
        if (id != Network.INPUT) {
            gradients[id][t][index] += rounded(gradient);
        }
    }

    private void synapseBackward(Network.Node node, int firstStep, int endStep) {
        double[] w = weights.get(node.id());
        double[] dw = weightGradients[node.id()];
        double[] magnitude = magnitudes[node.id()];
        for (int t = firstStep; t < endStep; t++) {
            int step = t;
            double[] x = input(node, 0, t);
            double[] g = gradients[node.id()][t];
            for (int n = 0; n < batch.samples(); n++) {
                int from = n * node.in().size();
                int to = n * node.out().size();
                Taps.synapse(node, (out, in, weight) -> {
                    dw[weight] += g[to + out] * x[from + in];
                    magnitude[weight] += Math.abs(g[to + out] * x[from + in]);
                    pass(node, 0, step, from + in, g[to + out] * w[weight]);
                });
            }
        }
    }

    private double[] integrate(Network.Node node, Layer.Integrator layer, double[] x, int t) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double before = t == 0 ? 0 : values[node.id()][t - 1][i];
            y[i] = constant(node, Role.LEAK, layer.learned(), layer.leak(), i) * before + layer.inputGain() * x[i];
        }
        return y;
    }

    /** {@code delta_t = g_t + leak * delta_(t+1)}. */
    private void integratorBackward(Network.Node node, Layer.Integrator layer, int from, int to) {
        Carry carry = carries.get(node.id());
        for (int t = to - 1; t >= from; t--) {
            for (int i = 0; i < carry.byPotential.length; i++) {
                double delta = gradients[node.id()][t][i] + carry.byPotential[i];
                double before = t == 0 ? 0 : values[node.id()][t - 1][i];
                carry.byLeak[channel(node, i)] += delta * before;
                carry.magnitude[0] += Math.abs(delta * before);
                pass(node, 0, t, i, layer.inputGain() * delta);
                carry.byPotential[i] = rounded(constant(node, Role.LEAK, layer.learned(), layer.leak(), i) * delta);
            }
        }
    }

    private void concatBackward(Network.Node node, int from, int to) {
        int out = node.out().size();
        for (int t = from; t < to; t++) {
            double[] g = gradients[node.id()][t];
            int first = 0;
            for (int which = 0; which < node.inputs().size(); which++) {
                int size = input(node, which, t).length / batch.samples();
                for (int i = 0; i < size * batch.samples(); i++) {
                    pass(node, which, t, i, g[i / size * out + first + i % size]);
                }
                first += size;
            }
        }
    }

    private void productBackward(Network.Node node, Layer.Join.Function function, int from, int to) {
        boolean inverted = function == Layer.Join.Function.IAND;
        for (int t = from; t < to; t++) {
            double[] g = gradients[node.id()][t];
            double[] a = input(node, 0, t);
            double[] b = input(node, 1, t);
            for (int i = 0; i < g.length; i++) {
                pass(node, 0, t, i, g[i] * (inverted ? -b[i] : b[i]));
                pass(node, 1, t, i, g[i] * (inverted ? 1 - a[i] : a[i]));
            }
        }
    }

    private void poolBackward(Network.Node node, Layer.AvgPool pool, int begin, int end) {
        for (int t = begin; t < end; t++) {
            int step = t;
            double[] g = gradients[node.id()][t];
            for (int n = 0; n < batch.samples(); n++) {
                int from = n * node.in().size();
                int to = n * node.out().size();
                Taps.pool(
                        node,
                        pool.height(),
                        pool.width(),
                        pool.height(),
                        pool.width(),
                        (out, in, _) -> pass(node, 0, step, from + in, g[to + out] / pool.area()));
            }
        }
    }

    private void biasBackward(Network.Node node) {
        double[] dbias = new double[node.out().channels()];
        double[] magnitude = new double[dbias.length];
        for (int t = 0; t < batch.timeSteps(); t++) {
            double[] g = gradients[node.id()][t];
            for (int i = 0; i < g.length; i++) {
                dbias[channel(node, i)] += g[i];
                magnitude[channel(node, i)] += Math.abs(g[i]);
                pass(node, 0, t, i, g[i]);
            }
        }
        offsetGradients[node.id()] = dbias;
        largestTerms[node.id()] = Arrays.stream(magnitude).max().orElseThrow();
    }

    /** {@code dz = gamma / sqrt(v + eps) * (g - mean(g) - xhat * mean(g * xhat))}, {@code dgamma = sum(g * xhat)}, {@code dbeta = sum(g)}. */
    private void normBackward(Network.Node node, Layer.StepNorm norm) {
        NormState state = norms.get(node.id());
        int channels = state.channels();
        double[] dgamma = new double[state.gamma().length];
        double[] dbeta = new double[dgamma.length];
        double[] magnitude = new double[dgamma.length];
        for (int row = 0; row < norm.stateSteps(batch.timeSteps()); row++) {
            int[] steps = stepsOf(norm, row);
            int count = batch.samples() * node.in().positions() * steps.length;
            double[] meanG = new double[channels];
            double[] meanGHat = new double[channels];
            for (int t : steps) {
                double[] g = gradients[node.id()][t];
                double[] hat = normalised[node.id()][t];
                for (int i = 0; i < g.length; i++) {
                    int c = channel(node, i);
                    meanG[c] += rounded(g[i]) / count;
                    meanGHat[c] += rounded(g[i] * hat[i]) / count;
                    dgamma[row * channels + c] += g[i] * hat[i];
                    dbeta[row * channels + c] += g[i];
                    magnitude[row * channels + c] += Math.abs(g[i]) * Math.max(1, Math.abs(hat[i]));
                }
            }
            for (int t : steps) {
                double[] g = gradients[node.id()][t];
                double[] hat = normalised[node.id()][t];
                for (int i = 0; i < g.length; i++) {
                    int c = channel(node, i);
                    double scale = state.gamma()[row * channels + c] * inverseDeviation[node.id()][row][c];
                    pass(node, 0, t, i, scale * (g[i] - meanG[c] - hat[i] * meanGHat[c]));
                }
            }
        }
        gammaGradients[node.id()] = dgamma;
        offsetGradients[node.id()] = dbeta;
        largestTerms[node.id()] = Arrays.stream(magnitude).max().orElseThrow();
    }

    /**
     * {@code delta_t = ds_t * surrogate(u_t) + (dv_t / du_t) * dL/dv_t}, the reset itself a constant but for the threshold
     * that a soft one takes off; {@code ds} is what comes from above and, by way of the adaptation, from the steps after.
     */
    private void neuronBackward(Network.Node node, NeuronSpec spec, int from, int to) {
        Carry carry = carries.get(node.id());
        if (spec.estimator() instanceof Representation representation) {
            representationBackward(node, spec, representation, carry);
            return;
        }
        for (int i = 0; i < carry.byPotential.length; i++) {
            double threshold = threshold(node, spec, i);
            double leak = leak(node, spec, i);
            for (int t = to - 1; t >= from; t--) {
                double byPotential = carry.byPotential[i];
                double bar = bars[node.id()][t][i];
                double spike = fired[node.id()][t][i];
                double byOutput = gradients[node.id()][t][i];
                double ds = emission(spec, threshold) * byOutput + carry.byAdaptation[i];
                if (Double.isInfinite(bar)) {
                    carry.byAdaptation[i] *= spec.dynamics().adaptationDecay();
                    continue;
                }
                double m = (membranes[node.id()][t][i] - bar) / threshold;
                double through = ds * spec.surrogate().derivative((float) m) / threshold;
                double kept = spec.reset() == NeuronSpec.Reset.HARD ? 1 - spike : 1;
                double delta = through + kept * byPotential;
                double reset = spec.reset() == NeuronSpec.Reset.HARD ? 0 : spike * byPotential;
                carry.byThreshold[channel(node, i)] -= spec.dynamics().firingShare() * through + reset;
                if (spec.dynamics().emission() instanceof Emission.Threshold(float factor)) {
                    carry.byThreshold[channel(node, i)] += factor * spike * byOutput;
                    carry.magnitude[1] += Math.abs(factor * spike * byOutput);
                }
                carry.byLeak[channel(node, i)] += delta * rest(node, spec, i, t);
                carry.magnitude[0] += Math.abs(delta * rest(node, spec, i, t));
                carry.magnitude[1] += Math.abs(through) + Math.abs(reset);
                pass(node, 0, t, i, spec.inputGain() * delta);
                carry.byPotential[i] = rounded(leak * delta);
                carry.byAdaptation[i] = rounded(spec.dynamics().adaptationDecay() * carry.byAdaptation[i]
                        - spec.dynamics().adaptationStrength() * through);
            }
            if (from == 0) {
                double byInitial = carry.byPotential[i] * spec.dynamics().initial();
                carry.byThreshold[channel(node, i)] += byInitial;
                carry.magnitude[1] += Math.abs(byInitial);
            }
        }
    }

    private void representationBackward(
            Network.Node node, NeuronSpec spec, Representation representation, Carry carry) {
        int steps = batch.timeSteps();
        double[] mean = meanInputs.get(node.id());
        boolean bounds = spec.leak() == 1;
        for (int i = 0; i < mean.length; i++) {
            double saturation = threshold(node, spec, i) * representation.timeConstant() / representation.step();
            double g = 0;
            for (int t = 0; t < steps; t++) {
                g += steps * weight(spec, t) * gradients[node.id()][t][i];
            }
            if (mean[i] > saturation) {
                double term = representation.step() * representation.thresholdFactor() * g;
                carry.byThreshold[channel(node, i)] += term;
                carry.magnitude[1] += Math.abs(term);
            }
            boolean passes = bounds ? mean[i] >= 0 && mean[i] <= saturation : mean[i] > 0 && mean[i] < saturation;
            for (int t = 0; t < steps; t++) {
                pass(node, 0, t, i, passes ? g / representation.timeConstant() / steps : 0);
            }
        }
    }

    private void collect(Network.Node node, Role role, Scope scope, double[] byChannel) {
        double[] gradient =
                scope == Scope.LAYER ? new double[] {Arrays.stream(byChannel).sum()} : byChannel;
        ownGradients.put(new ParameterId(node.id(), role), gradient);
    }

    /** Gradient by the values of a node, {@code [step][samples * size]}. */
    double[][] gradient(int node) {
        return gradients[node];
    }

    /** Gradient by a parameter in the last pass. */
    double[] gradient(ParameterId id) {
        return switch (id.role()) {
            case WEIGHT -> weightGradients[id.node()];
            case GAMMA -> gammaGradients[id.node()];
            case BIAS, BETA -> offsetGradients[id.node()];
            case LEAK, THRESHOLD, SCALE -> ownGradients.get(id);
            case MEAN, VARIANCE, RUNNING_MAX -> throw new IllegalArgumentException("a buffer has no gradient: " + id);
        };
    }

    /** Largest sum of the magnitudes of the terms of any weight (or scale) gradient of a node. */
    double largestTerms(int node) {
        return largestTerms[node];
    }
}
