/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random network with weights, norms and a batch, drawn from a seed: odd channel counts, small and rectangular maps,
 * branches that meet again, every layer kind.
 *
 * <p>A case whose outcome hangs on the rounding of a sum is drawn again: in the reference no membrane potential comes
 * closer to its threshold than {@link #MARGIN} thresholds and no conversion closer to a rounding boundary than
 * {@link #CODE_MARGIN} codes. Every backend must therefore emit exactly the reference's spikes, whatever its order of
 * additions. Cases of {@link Style#EXACT} need no such care: all their sums are exact in single precision, ties included.
 */
record RandomCase(
        long seed, Network network, Map<Integer, SynapsePlan> synapses, Parameters parameters, InputBatch batch) {

    static final double MARGIN = 1e-4;
    static final double CODE_MARGIN = 2e-5;
    private static final long MOST_WORK = 4_000_000;

    /** By what was asked for, the attempt that is a case: deciding takes a run of the reference, and every backend asks again. */
    private static final Map<Asked, Integer> FOUND = new ConcurrentHashMap<>();

    private record Asked(long seed, Style style, boolean tiled, Set<Effect> effects) {}

    /** What kind of network is drawn. */
    enum Style {
        /** Weights are multiples of 1/64, images of 1/8, leaks and thresholds of 1/2; no norms: float sums are exact. */
        EXACT,
        /** Weights of any value, no norms. */
        GENERAL,
        /** Weights of any value, a norm after every hidden synapse layer: per step, or shared by the steps. */
        NORMED,
        /** As NORMED, with dropout, for training. */
        TRAINING,
        /** As TRAINING, without norms. */
        TRAINING_PLAIN,
        /** Neurons with more than plain dynamics, some after norms; weights of any value. */
        DYNAMIC,
        /** As DYNAMIC, with dropout, for training. */
        TRAINING_DYNAMIC,
        /** Layers beyond those of the other styles: rectifiers, pools of all kinds, joins; some norms, weights of any value. */
        VARIED,
        /** As VARIED, with dropout, for training. */
        TRAINING_VARIED,
        /** Neurons that learn by their mean input throughout, behind norms, biases or neither; weights of any value, with dropout. */
        TRAINING_RATED;

        boolean isVaried() {
            return this == VARIED || this == TRAINING_VARIED;
        }

        boolean isDynamic() {
            return this == DYNAMIC || this == TRAINING_DYNAMIC;
        }

        boolean trains() {
            return ordinal() >= TRAINING.ordinal() && this != DYNAMIC && this != VARIED;
        }

        boolean hasNorms() {
            return this == NORMED || this == TRAINING;
        }
    }

    /** What tiles have beyond exact sums; some planes are always left out. */
    enum Effect {
        CONVERTERS,
        READ_NOISE,
        /** Read noise of one column for several outputs; needs READ_NOISE. */
        SHARED_COLUMNS,
        /** Row tiles of different heights. */
        UNEVEN_CUTS,
        /** Column wires with resistance, exact or in one pass. */
        WIRES,
        /** Currents of single columns that end somewhere. */
        LIMITS,
        /** Gains and offsets of converters. */
        CONVERTER_ERRORS,
        /** Codes that converters never give; needs CONVERTER_ERRORS. */
        MISSING_CODES,
        /** Copies of the layer with cells and converters of their own. */
        COPIES,
        /** Rows behind those of the inputs that are always driven. */
        ALWAYS,
        /** Rows in another order, and rows and columns that arrays leave out. */
        LEFT_OUT,
        /** Arrays that something outside the backend reads; not with WIRES. */
        READER;

        /** All that every backend itself computes. */
        static Effect[] allOfTheBackend() {
            return EnumSet.complementOf(EnumSet.of(READER, LEFT_OUT)).toArray(Effect[]::new);
        }

        /** All that goes without a reader. */
        static Effect[] allButReader() {
            return EnumSet.complementOf(EnumSet.of(READER)).toArray(Effect[]::new);
        }

        /** All that goes with a reader. */
        static Effect[] allWithReader() {
            return EnumSet.complementOf(EnumSet.of(WIRES)).toArray(Effect[]::new);
        }
    }

    /** The case of a seed with ideal weights. */
    static RandomCase dense(long seed, Style style) {
        return draw(seed, style, false, EnumSet.noneOf(Effect.class));
    }

    /** The case of a seed with some, at least the first, of its synapse layers in tiles. */
    static RandomCase tiled(long seed, Style style, Effect... effects) {
        EnumSet<Effect> all = EnumSet.noneOf(Effect.class);
        all.addAll(List.of(effects));
        return draw(seed, style, true, all);
    }

    NetworkPlan plan() {
        return new NetworkPlan(network, synapses, parameters);
    }

    /** The same case with another batch. */
    RandomCase with(InputBatch other) {
        return new RandomCase(seed, network, synapses, parameters, other);
    }

    /** The same case with other arrays in every copy. */
    RandomCase mapArrays(UnaryOperator<LayerArrays> change) {
        return mapPlans(plan ->
                new SynapsePlan.ArrayPlan(plan.copies().stream().map(change).toList()));
    }

    /** The same case with other plans of arrays. */
    RandomCase mapPlans(UnaryOperator<SynapsePlan.ArrayPlan> change) {
        Map<Integer, SynapsePlan> changed = new HashMap<>(synapses);
        changed.replaceAll((_, plan) -> plan instanceof SynapsePlan.ArrayPlan arrays ? change.apply(arrays) : plan);
        return new RandomCase(seed, network, changed, parameters, batch);
    }

    /** Sample {@code which} of the batch on its own. */
    InputBatch alone(int which) {
        int size = batch.frames() * batch.pixels();
        float[] sample = Arrays.copyOfRange(batch.images(), which * size, (which + 1) * size);
        return new InputBatch(
                sample, batch.frames(), 1, batch.timeSteps(), batch.encoder(), batch.seed(), batch.pass(), new long[] {
                    batch.sampleIds()[which]
                });
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + batch.samples() + " samples, " + batch.timeSteps() + " steps, "
                + batch.encoder() + ", " + network.input() + ": "
                + network.nodes().stream()
                        .map(node -> node.id()
                                + node.inputs().toString()
                                + node.layer()
                                + (node.isSynapse()
                                        ? synapses.get(node.id())
                                                .arrays()
                                                .map(SynapsePlan.ArrayPlan::first)
                                                .map(first -> " tiles from rows "
                                                        + Arrays.toString(
                                                                first.grid().cuts()) + ", "
                                                        + first.cells().count() + " planes")
                                                .orElse("")
                                        : ""))
                        .collect(Collectors.joining(", "));
    }

    private static RandomCase draw(long seed, Style style, boolean tiled, EnumSet<Effect> effects) {
        Asked asked = new Asked(seed, style, tiled, effects);
        int found = FOUND.getOrDefault(asked, -1);
        if (found >= 0) {
            return new Generator(seed, found, style).draw(tiled, effects);
        }
        for (int attempt = 0; attempt < 10_000; attempt++) {
            RandomCase drawn = new Generator(seed, attempt, style).draw(tiled, effects);
            if (drawn.work() <= MOST_WORK && drawn.isDecided(style)) {
                FOUND.put(asked, attempt);
                return drawn;
            }
        }
        throw new IllegalStateException("no case for seed " + seed + " and style " + style);
    }

    /** Multiplications of one dense pass. */
    private long work() {
        return network.synapses().stream()
                        .mapToLong(node -> (long) node.fanIn() * node.out().size())
                        .sum()
                * batch.samples()
                * batch.timeSteps();
    }

    private boolean isDecided(Style style) {
        boolean pairs = network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.StepNorm)
                .allMatch(node -> batch.samples() * node.in().positions() > 1);
        if (!pairs) {
            return false;
        }
        if (style == Style.EXACT) {
            return true;
        }
        ReferenceNetwork reference = ReferenceNetwork.of(new NetworkPlan(network, synapses, parameters.copy()));
        if (style.trains()) {
            reference.forward(batch);
        } else {
            reference.infer(batch);
        }
        return reference.firingMargin() > MARGIN && reference.codingMargin() > CODE_MARGIN;
    }

    /** Draws one case. */
    private static final class Generator {
        private static final int[] CHANNELS = {1, 2, 3, 5, 7, 17, 19, 33};
        private static final int[] EXTENTS = {1, 2, 3, 4, 5, 6, 7, 9};
        private static final int[] KERNELS = {1, 3, 3, 5};

        private final long seed;
        private final Style style;
        private final NoiseStream random;
        /** Draws what sets neurons apart from the usual one, so that all else of a case stays as it is. */
        private final NoiseStream kinds;
        /** Draws what sets a network apart from one of the first kinds of layers, likewise. */
        private final NoiseStream layers;
        /** Draws where membranes start and what spikes are worth, likewise. */
        private final NoiseStream starts;

        /** Draws at which part of the threshold neurons fire, and which learn by their mean input, likewise. */
        private final NoiseStream shares;
        /** Decides which layers are sparse. */
        private final NoiseStream zeros;

        private final NetworkBuilder builder;
        private final Shape input;
        /** Shape of what is read first, and how many values of the input come before it. */
        private final Shape image;

        private final int others;
        private final int timeSteps;
        private Shape shape;
        private int last = Network.INPUT;
        /** Outputs of the last layer for every class. */
        private int voters;

        private int names;

        Generator(long seed, int attempt, Style style) {
            this.seed = seed;
            this.style = style;
            this.random = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 0);
            this.kinds = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 1);
            this.layers = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 2);
            this.starts = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 3);
            this.shares = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 4);
            this.zeros = NoiseStream.of(seed, Purpose.TEST, style.ordinal(), attempt, 5);
            this.image = new Shape(1 + random.nextInt(3), pick(EXTENTS), pick(EXTENTS));
            this.others = style.isVaried() && starts.nextDouble() < 0.3 ? 1 + starts.nextInt(4) : 0;
            this.input = others == 0 ? image : Shape.features(others + image.size());
            this.shape = input;
            this.builder = new NetworkBuilder("random" + seed, input);
            this.timeSteps = 1 + random.nextInt(5);
        }

        private int pick(int... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        RandomCase draw(boolean tiled, EnumSet<Effect> effects) {
            if (others > 0) {
                add(new Layer.Part(others, image), Network.INPUT);
            }
            int blocks = 1 + random.nextInt(3);
            for (int b = 0; b < blocks; b++) {
                block();
            }
            boolean flat = chance(0.5);
            if (flat || others > 0) {
                add(new Layer.Flatten(), last);
            }
            if (others > 0) {
                int branch = last;
                add(new Layer.Part(0, Shape.features(others)), Network.INPUT);
                add(new Layer.Concat(), branch, last);
            }
            if (chance(0.5)) {
                add(new Layer.Dense(pick(CHANNELS)), last);
                normAndFire();
                maybeDrop();
            }
            voters = style.isDynamic() ? pick(1, 1, 3) : 1;
            add(new Layer.Dense(voters * (2 + random.nextInt(9))), last);
            if (style.isDynamic() && chance(0.4)) {
                add(integrator(), last);
            }
            add(readOut(), last);
            Network network = builder.build();

            Map<Integer, SynapsePlan> synapses = new HashMap<>();
            Parameters parameters = Parameters.none();
            for (Network.Node node : network.nodes()) {
                if (node.isSynapse()) {
                    float[] w = weights(node);
                    parameters = parameters.withWeights(Map.of(node.id(), w));
                    boolean inTiles = tiled && (synapses.isEmpty() || chance(0.6));
                    synapses.put(node.id(), inTiles ? tiles(node, effects) : new SynapsePlan.DensePlan(w));
                } else if (node.layer() instanceof Layer.Bias) {
                    float[] biases = offsets(node.out().channels());
                    parameters = parameters.with(Parameters.of(Map.of(new ParameterId(node.id(), Role.BIAS), biases)));
                } else if (node.layer() instanceof Layer.StepNorm norm) {
                    parameters =
                            parameters.with(state(norm, node.out().channels()).parameters(node.id()));
                } else {
                    parameters = parameters.with(constants(node));
                }
            }
            return new RandomCase(seed, network, synapses, parameters, batch());
        }

        private void block() {
            convolution();
            if (style.isVaried()) {
                variedCurrents();
            }
            normAndFire();
            if (style.isVaried()) {
                variedSpikes();
            }
            if (chance(0.3)) {
                residual();
            }
            if (chance(0.15)) {
                ladder();
            }
            int pool = pick(2, style == Style.EXACT ? 2 : 3);
            if (chance(0.35) && shape.height() >= pool && shape.width() >= pool) {
                add(new Layer.AvgPool(pool), last);
            }
            maybeDrop();
        }

        private void variedCurrents() {
            if (chance(0.3)) {
                add(activation(), last);
            }
            if (chance(0.2)) {
                maxPool();
            }
        }

        private Layer.Activation activation() {
            Layer.Relu rectifier = new Layer.Relu(chance(0.5) ? Float.POSITIVE_INFINITY : 0.4f + random.nextFloat());
            return switch (layers.nextInt(4)) {
                case 0 -> new Layer.Qcfs(1 + layers.nextInt(5), 1f);
                case 1 ->
                    new Layer.RateNorm(layers.nextFloat(), 1e-3f, layers.nextDouble() < 0.5, layers.nextDouble() < 0.3);
                default -> rectifier;
            };
        }

        private void variedSpikes() {
            if (chance(0.6)) {
                join();
            }
            if (chance(0.4)) {
                maxPool();
            }
            Layer.AvgPool pool = new Layer.AvgPool(1 + random.nextInt(2), 1 + random.nextInt(3));
            if (chance(0.2) && shape.height() >= pool.height() && shape.width() >= pool.width()) {
                add(pool, last);
            }
        }

        private void maxPool() {
            int size = 1 + random.nextInt(3);
            int stride = 1 + random.nextInt(2);
            if (shape.height() >= size && shape.width() >= size) {
                add(new Layer.MaxPool(size, stride, shares.nextInt(1 + size / 2)), last);
            }
        }

        /** A branch that leaves a spike map and is joined with it, as spikes or, now and then, as currents. */
        private void join() {
            int from = last;
            int branch = builder.add("layer" + names++, new Layer.Conv2d(shape.channels(), 3, 1, 1), from);
            last = branch;
            boolean currents = chance(0.25);
            if (!currents) {
                normAndFire();
                branch = last;
            }
            switch (random.nextInt(4)) {
                case 0 -> add(Layer.Join.sum(), branch, from, branch);
                case 1 -> add(new Layer.Join(Layer.Join.Function.AND), branch, from);
                case 2 -> add(new Layer.Join(Layer.Join.Function.IAND), branch, from);
                default -> add(new Layer.Concat(), from, branch, from);
            }
            if (currents) {
                normAndFire();
            }
        }

        private void convolution() {
            int kernel = pick(KERNELS);
            int padding = random.nextInt(3);
            while (Math.min(shape.height(), shape.width()) + 2 * padding < kernel) {
                kernel -= 2;
            }
            add(
                    style.isVaried() && chance(0.6)
                            ? oblong()
                            : new Layer.Conv2d(pick(CHANNELS), kernel, 1 + random.nextInt(2), padding),
                    last);
        }

        /** A convolution that is different in both directions, with gaps between its taps now and then; it always fits. */
        private Layer.Conv2d oblong() {
            Extent kernel = new Extent(1 + random.nextInt(3), 1 + random.nextInt(4));
            Extent dilation = new Extent(1 + random.nextInt(2), 1 + random.nextInt(3));
            int lines = (kernel.lines() - 1) * dilation.lines() + 1;
            int columns = (kernel.columns() - 1) * dilation.columns() + 1;
            Extent padding = new Extent(
                    Math.max(random.nextInt(2), Math.ceilDiv(lines - shape.height(), 2)),
                    Math.max(random.nextInt(3), Math.ceilDiv(columns - shape.width(), 2)));
            Extent stride = new Extent(1 + random.nextInt(2), 1 + random.nextInt(2));
            Layer.Conv2d conv = new Layer.Conv2d(pick(CHANNELS), kernel, stride, padding, dilation);
            return chance(0.5) ? grouped(conv) : conv;
        }

        /** The same with its channels in groups, each input on its own now and then, where the inputs allow for more than one. */
        private Layer.Conv2d grouped(Layer.Conv2d conv) {
            int[] divisors = IntStream.rangeClosed(1, shape.channels())
                    .filter(groups -> shape.channels() % groups == 0)
                    .toArray();
            int groups = divisors[random.nextInt(divisors.length)];
            int outputs = groups * Math.min(1 + random.nextInt(3), Math.max(1, 33 / groups));
            return new Layer.Conv2d(outputs, conv.kernel(), conv.stride(), conv.padding(), conv.dilation(), groups);
        }

        /** A branch that leaves a spike map and meets it again, before or after its neurons. */
        private void residual() {
            int from = last;
            add(new Layer.Conv2d(shape.channels(), 3, 1, 1), from);
            boolean beforeFiring = chance(0.5);
            if (!beforeFiring) {
                normAndFire();
                add(Layer.Join.sum(), last, from);
                return;
            }
            maybeBias(0.15);
            if (style.hasNorms()) {
                add(norm(), last);
            }
            add(Layer.Join.sum(), last, from);
            add(new Layer.Neuron(style == Style.TRAINING_RATED ? rated() : neuron()), last);
        }

        /** Two sums that share operands, so that gradients meet in more than one order. */
        private void ladder() {
            int first = last;
            add(new Layer.Conv2d(shape.channels(), 3, 1, 1), first);
            normAndFire();
            int second = last;
            add(new Layer.Conv2d(shape.channels(), 1, 1, 0), second);
            normAndFire();
            int third = last;
            add(Layer.Join.sum(), second, first);
            add(Layer.Join.sum(), third, last);
        }

        private void normAndFire() {
            if (style.isDynamic() && shape.positions() == 1 && chance(0.5)) {
                recurrent();
                return;
            }
            if (style.isDynamic() && chance(0.3)) {
                add(integrator(), last);
            }
            maybeBias(style.hasNorms() ? 0.1 : 0.3);
            boolean mayHaveNorms = style.isDynamic() || style.isVaried() || style == Style.TRAINING_RATED;
            if (style.hasNorms() || mayHaveNorms && chance(0.5)) {
                add(norm(), last);
            }
            boolean rated = style == Style.TRAINING_RATED || style.isDynamic() && shares.nextDouble() < 0.35;
            add(new Layer.Neuron(rated ? rated() : neuron()), last);
        }

        /** Neurons that learn by their mean input. */
        private NeuronSpec rated() {
            boolean leaks = shares.nextInt(2) == 0;
            float factor = shares.nextInt(2) == 0 ? 1f : 0.5f;
            Representation representation = leaks
                    ? new Representation(0.5f + shares.nextFloat(), 0.1f + 0.3f * shares.nextFloat(), factor)
                    : new Representation(1f, 1f, factor);
            float leak = leaks ? representation.leak() : 1f;
            return new NeuronSpec(
                            leak,
                            leaks ? 1f - leak : 1f,
                            0.1f + 0.4f * shares.nextFloat(),
                            NeuronSpec.Firing.FROM,
                            NeuronSpec.Reset.SOFT,
                            0f,
                            representation)
                    .with(NeuronDynamics.PLAIN
                            .withThreshold(shares.nextInt(3) == 0 ? Scope.FIXED : Scope.LAYER)
                            .withEmission(new Emission.Threshold(1f / representation.step()))
                            .withFiringShare(0.3f + 0.7f * shares.nextFloat()));
        }

        /** Neurons that read their own spikes of the step before through synapses, some through an integrator. */
        private void recurrent() {
            int driven = last;
            int delay = builder.delay("layer" + names++, shape);
            add(new Layer.Dense(shape.size()), delay);
            add(Layer.Join.sum(), driven, last);
            if (chance(0.4)) {
                add(integrator(), last);
            }
            add(new Layer.Neuron(neuron()), last);
            builder.connect(delay, last);
            if (chance(0.3)) {
                add(new Layer.Delay(shape), last);
            }
        }

        private Layer.Integrator integrator() {
            return new Layer.Integrator(random.nextFloat(), pick(1, 2) * 0.5f, Scope.values()[random.nextInt(3)]);
        }

        private Layer.ReadOut readOut() {
            if (!style.isDynamic()) {
                return new Layer.ReadOut();
            }
            Layer.ReadOut.Rule rule = Layer.ReadOut.Rule.values()[random.nextInt(5)];
            return new Layer.ReadOut(
                    rule, rule == Layer.ReadOut.Rule.WEIGHTED ? 0.3f + 0.6f * random.nextFloat() : 1f, voters);
        }

        private Layer.StepNorm norm() {
            return new Layer.StepNorm(pick(1, 2) * 1e-4f, pick(1, 3) * 0.1f, chance(0.4), layers.nextDouble() < 0.4);
        }

        private void maybeBias(double probability) {
            if (layers.nextDouble() < probability) {
                add(new Layer.Bias(), last);
            }
        }

        /** What is added to each channel. */
        private float[] offsets(int channels) {
            float[] offsets = new float[channels];
            for (int i = 0; i < channels; i++) {
                float value = layers.nextFloat() - 0.4f;
                offsets[i] = style == Style.EXACT ? Math.round(value * 64) / 64f : value;
            }
            return offsets;
        }

        private void maybeDrop() {
            if (chance(style.trains() ? 0.4 : 0.1)) {
                add(new Layer.Dropout(random.nextInt(4) * 0.2f), last);
            }
        }

        private NeuronSpec neuron() {
            float leak = style == Style.EXACT ? pick(0, 1, 2, 2) * 0.5f : chance(0.3) ? 1f : random.nextFloat();
            float threshold = style == Style.EXACT ? pick(1, 2) * 0.5f : 0.4f + 0.8f * random.nextFloat();
            NeuronSpec.Reset reset = chance(0.5) ? NeuronSpec.Reset.SOFT : NeuronSpec.Reset.HARD;
            boolean usual = chance(0.5);
            NeuronSpec.Firing firing = kinds.nextDouble() < 0.7 ? NeuronSpec.Firing.ABOVE : NeuronSpec.Firing.FROM;
            float rest = reset == NeuronSpec.Reset.HARD && kinds.nextDouble() < 0.4 ? -0.25f * threshold : 0f;
            float inputGain = kinds.nextDouble() < 0.6 ? 1f : 0.5f;
            NeuronSpec plain = new NeuronSpec(leak, inputGain, threshold, firing, reset, rest, surrogate(usual));
            NeuronDynamics dynamics = style.isDynamic() ? dynamics() : NeuronDynamics.PLAIN;
            return plain.with(
                    dynamics.withInitial(initial()).withEmission(emission()).withFiringShare(share()));
        }

        /** One as a rule. */
        private Emission emission() {
            return switch (starts.nextInt(8)) {
                case 0 -> new Emission.Threshold(1 + starts.nextInt(2));
                case 1 -> new Emission.Fixed(style == Style.EXACT ? 2f : 0.4f + starts.nextFloat());
                default -> Emission.ONE;
            };
        }

        /** One as a rule. */
        private float share() {
            return shares.nextDouble() < 0.75 ? 1f : style == Style.EXACT ? 0.5f : 0.4f + 0.8f * shares.nextFloat();
        }

        /** Zero as a rule. */
        private float initial() {
            return starts.nextDouble() < 0.7 ? 0f : style == Style.EXACT ? 0.5f : 0.9f * starts.nextFloat();
        }

        private NeuronDynamics dynamics() {
            boolean adapts = chance(0.5);
            return new NeuronDynamics(
                    pick(0, 0, 1, 2),
                    adapts ? random.nextFloat() : 0f,
                    adapts ? 0.6f * random.nextFloat() : 0f,
                    Scope.values()[random.nextInt(3)],
                    Scope.values()[random.nextInt(3)],
                    0f,
                    Emission.ONE);
        }

        /** Some values of the parameters of neurons, integrators and activations. */
        private Parameters constants(Network.Node node) {
            Map<ParameterId, float[]> constants = new HashMap<>();
            node.parameters(timeSteps).forEach((role, shape) -> {
                float[] values = new float[Network.size(shape)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = role == Role.LEAK ? random.nextFloat() : 0.4f + 0.8f * random.nextFloat();
                    values[i] *= role == Role.SCALE && layers.nextDouble() < 0.3 ? -1f : 1f;
                }
                constants.put(new ParameterId(node.id(), role), values);
            });
            return Parameters.of(constants);
        }

        private Surrogate surrogate(boolean usual) {
            return switch (kinds.nextInt(8)) {
                case 0 -> new Surrogate.Rectangle(0.8f);
                case 1 -> new Surrogate.ArcTangent(2f);
                case 2 -> new Surrogate.Sigmoid(4f);
                case 3 -> new Surrogate.FastSigmoid(5f);
                default -> usual ? Surrogate.triangle() : new Surrogate.Triangle(1f);
            };
        }

        private void add(Layer layer, int... inputs) {
            last = builder.add("layer" + names++, layer, inputs);
            shape = builder.lastShape();
        }

        /**
         * About one weight in ten is zero. Without norms, which would divide by the spread of channels that are all zero, in some layers
         * all but one in twelve are, which are larger so that neurons still fire.
         */
        private float[] weights(Network.Node node) {
            boolean plain = style == Style.EXACT || style == Style.GENERAL || style == Style.TRAINING_PLAIN;
            boolean sparse = plain && zeros.nextDouble() < 0.3;
            float scale = (sparse ? 8f : 2f) / (float) Math.sqrt(node.fanIn());
            float[] w = new float[node.weightCount()];
            for (int i = 0; i < w.length; i++) {
                float value = (random.nextFloat() * 2 - 0.7f) * scale;
                w[i] = chance(0.1) ? 0f : style == Style.EXACT ? Math.round(value * 64) / 64f : value;
                if (sparse && zeros.nextInt(12) > 0) {
                    w[i] = 0f;
                }
            }
            return w;
        }

        private SynapsePlan tiles(Network.Node node, EnumSet<Effect> effects) {
            boolean converters = effects.contains(Effect.CONVERTERS);
            boolean noise = effects.contains(Effect.READ_NOISE);
            boolean exact = style == Style.EXACT;
            int always = effects.contains(Effect.ALWAYS) ? random.nextInt(4) : 0;
            boolean leavesOut = effects.contains(Effect.LEFT_OUT);
            int fanIn = node.ungrouped().fanIn();
            int rows = always + (leavesOut ? 1 + random.nextInt(fanIn) : fanIn);
            int outputs = node.weightShape()[0];
            int count = 1 + random.nextInt(4);
            float[][] planes = new float[count][];
            float[][] variance = new float[count][0];
            float[] gains = new float[count];
            List<Optional<SynapsePlan.Converter>> converter = new ArrayList<>();
            for (int p = 0; p < count; p++) {
                planes[p] = plane(node.ungrouped(), rows * outputs);
                gains[p] = exact ? pick(1, 2, 4) * 0.5f : 0.3f + random.nextFloat();
                gains[p] *= p % 2 == 0 ? 1 : -1;
                if (noise && !chance(0.2)) {
                    variance[p] = new float[rows * outputs];
                    for (int i = 0; i < rows * outputs; i++) {
                        variance[p][i] = 0.02f * random.nextFloat();
                    }
                }
                if (converters) {
                    converter.add(chance(0.2) ? Optional.empty() : Optional.of(converter()));
                }
            }
            double[] load = new double[rows];
            for (int r = 0; r < rows; r++) {
                load[r] = 0.1 + random.nextDouble();
            }
            int rowsPerTile = chance(0.2) ? rows + 3 : 1 + random.nextInt(rows);
            SynapsePlan.NoiseKey key = new SynapsePlan.NoiseKey(seed * 31, node.id(), random.nextInt(9));
            LayerArrays arrays = new LayerArrays(
                    effects.contains(Effect.UNEVEN_CUTS)
                            ? new ArrayGrid(rows, outputs, cuts(rows))
                            : ArrayGrid.even(rows, outputs, rowsPerTile),
                    new CellPlanes(planes, variance, gains),
                    new Conversion(converter, Optional.empty()),
                    ColumnCircuit.IDEAL,
                    new RowCosts(load, readClass(rows)),
                    key);
            if (effects.contains(Effect.WIRES)) {
                arrays = arrays.with(arrays.circuit().with(wires(arrays)));
            }
            if (effects.contains(Effect.CONVERTER_ERRORS)) {
                arrays = arrays.with(arrays.conversion().with(errors(arrays, effects.contains(Effect.MISSING_CODES))));
            }
            if (effects.contains(Effect.SHARED_COLUMNS)) {
                int[] shared = random.ints(count, 1, outputs + 2).toArray();
                arrays = arrays.with(new ArrayGrid(rows, outputs, arrays.grid().cuts(), shared));
            }
            arrays = arrays.with(arrays.grid().withAlways(always));
            if (leavesOut) {
                arrays = arrays.with(arrays.grid().with(pattern(arrays.grid(), fanIn)));
            }
            if (effects.contains(Effect.LIMITS)) {
                arrays = arrays.with(arrays.circuit().with(limits(arrays)));
            }
            List<LayerArrays> copies = new ArrayList<>(List.of(arrays));
            if (effects.contains(Effect.COPIES)) {
                copies.addAll(further(arrays, node.out().positions(), effects));
            }
            if (effects.contains(Effect.READER)) {
                copies.replaceAll(copy -> copy.with(copy.circuit().with(new BentColumns(copy))));
            }
            return new SynapsePlan.ArrayPlan(copies);
        }

        private ArrayPattern pattern(ArrayGrid grid, int matrixRows) {
            int[] source = Arrays.copyOf(shuffled(matrixRows), grid.inputRows());
            int[][][] outputs = new int[grid.rowTiles()][][];
            for (int tile = 0; tile < outputs.length; tile++) {
                int from = Math.min(grid.firstRow(tile), source.length);
                Arrays.sort(source, from, Math.min(grid.endRow(tile), source.length));
                int[] here = Arrays.copyOf(shuffled(grid.outputs()), 1 + random.nextInt(grid.outputs()));
                int wide = 1 + random.nextInt(here.length);
                outputs[tile] = IntStream.range(0, Math.ceilDiv(here.length, wide))
                        .mapToObj(array ->
                                Arrays.copyOfRange(here, array * wide, Math.min(here.length, (array + 1) * wide)))
                        .toArray(int[][]::new);
            }
            return new ArrayPattern(matrixRows, source, outputs);
        }

        private int[] shuffled(int count) {
            int[] order = IntStream.range(0, count).toArray();
            for (int i = count - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int value = order[i];
                order[i] = order[other];
                order[other] = value;
            }
            return order;
        }

        /** Weights of the inputs, then of rows that have none. */
        private float[] plane(Network.Node node, int size) {
            float[] plane = Arrays.copyOf(weights(node), size);
            for (int i = node.weightCount(); i < size; i++) {
                float value = random.nextFloat() - 0.5f;
                plane[i] = style == Style.EXACT ? Math.round(value * 64) / 64f : value;
            }
            return plane;
        }

        private SynapsePlan.Converter converter() {
            boolean exact = style == Style.EXACT;
            return new SynapsePlan.Converter(
                    exact ? -pick(1, 2) : -1.5f - random.nextFloat(),
                    exact ? 0.125f : 0.1f + 0.2f * random.nextFloat(),
                    pick(4, 16, 64));
        }

        private static int[] readClass(int rows) {
            int[] readClass = new int[rows + 1];
            Arrays.setAll(readClass, driven -> Math.min(driven, LayerActivity.READ_CLASSES) - Math.min(driven, 1));
            return readClass;
        }

        private int[] cuts(int rows) {
            double begins = random.nextDouble();
            return IntStream.range(0, rows)
                    .filter(row -> row == 0 || chance(begins))
                    .toArray();
        }

        /** Loads that take up to about half of the current when all rows of a tile are driven. */
        private ColumnWires wires(LayerArrays plan) {
            int planes = plan.cells().count();
            float[][] load = new float[planes][];
            float[] offset = new float[planes];
            float largest = 2f / (plan.rows() * plan.rows());
            for (int p = 0; p < planes; p++) {
                offset[p] = chance(0.5) ? 0f : random.nextFloat() - 0.5f;
                if (chance(0.8)) {
                    load[p] = new float[plan.cells().values()[p].length];
                    for (int i = 0; i < load[p].length; i++) {
                        load[p][i] = largest * random.nextFloat();
                    }
                }
            }
            boolean exact = chance(0.5);
            return switch (random.nextInt(3)) {
                case 0 -> new ColumnWires(load, offset, exact);
                case 1 -> new ColumnWires(load, offset, exact, 0.5f, plan.rows() * random.nextFloat() / 2);
                default -> new ColumnWires(load, offset, exact, 0f, plan.rows() * random.nextFloat());
            };
        }

        /** Copies that differ in everything that differs between arrays; at most one per position. */
        private List<LayerArrays> further(LayerArrays first, int positions, EnumSet<Effect> effects) {
            List<LayerArrays> further = new ArrayList<>();
            int count = random.nextInt(Math.min(positions, 4));
            CellPlanes cells = first.cells();
            ColumnCircuit circuit = first.circuit();
            for (int i = 0; i < count; i++) {
                float[][] planes = varied(cells.values());
                float[][] variance = varied(cells.variance());
                double[] load = first.costs().load().clone();
                load[random.nextInt(load.length)] += 1 + i;
                Optional<ColumnWires> wires = circuit.wires()
                        .map(own -> new ColumnWires(
                                varied(own.load()), own.offset(), own.exact(), own.segment(), own.sense()));
                Optional<ConverterErrors> errors =
                        first.conversion().errors().map(_ -> errors(first, effects.contains(Effect.MISSING_CODES)));
                Optional<ColumnLimits> limits =
                        circuit.limits().map(own -> new ColumnLimits(varied(own.limit()), own.offset()));
                further.add(new LayerArrays(
                        first.grid(),
                        new CellPlanes(planes, variance, cells.gain(), cells.nonZero()),
                        new Conversion(first.conversion().converters(), errors),
                        new ColumnCircuit(wires, limits, Optional.empty()),
                        new RowCosts(load, first.costs().readClass()),
                        first.noise()));
            }
            return further;
        }

        /** Whole multiples where sums must stay exact; planes that are null or without cells stay so. */
        private float[][] varied(float[][] planes) {
            float[][] varied = new float[planes.length][];
            for (int p = 0; p < planes.length; p++) {
                if (planes[p] != null) {
                    varied[p] = new float[planes[p].length];
                    for (int i = 0; i < varied[p].length; i++) {
                        varied[p][i] = planes[p][i]
                                * (style == Style.EXACT ? 1 + random.nextInt(2) : 1.2f * random.nextFloat() + 0.1f);
                    }
                }
            }
            return varied;
        }

        /** Limits that some currents meet. */
        private ColumnLimits limits(LayerArrays plan) {
            int planes = plan.cells().count();
            float[][] limit = new float[planes][];
            float[] offset = new float[planes];
            for (int p = 0; p < planes; p++) {
                offset[p] = chance(0.5) ? 0f : 0.2f * random.nextFloat() - 0.1f;
                if (chance(0.8)) {
                    limit[p] = new float[plan.outputs()];
                    for (int o = 0; o < limit[p].length; o++) {
                        limit[p][o] = 0.05f + random.nextFloat();
                    }
                }
            }
            return new ColumnLimits(limit, offset);
        }

        private ConverterErrors errors(LayerArrays plan, boolean missingCodes) {
            int columns = plan.grid().rowTiles() * plan.cells().count() * plan.outputs();
            float[] gain = new float[columns];
            float[] offset = new float[columns];
            int[] table = missingCodes ? new int[columns] : null;
            List<int[]> tables = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                gain[i] = 0.9f + 0.2f * random.nextFloat();
                offset[i] = 2f * random.nextFloat() - 1f;
                Optional<SynapsePlan.Converter> converter = plan.conversion()
                        .converter(i / plan.outputs() % plan.cells().count());
                if (missingCodes && converter.isPresent()) {
                    table[i] = tables.size();
                    tables.add(missing(converter.get().codes()));
                }
            }
            if (missingCodes && tables.isEmpty()) {
                tables.add(new int[0]);
            }
            return new ConverterErrors(gain, offset, table, missingCodes ? tables.toArray(int[][]::new) : null);
        }

        private int[] missing(int codes) {
            int[] replaced = new int[codes];
            for (int code = 1; code < codes; code++) {
                replaced[code] = chance(0.2) ? replaced[code - 1] : code;
            }
            return replaced;
        }

        private NormState state(Layer.StepNorm norm, int channels) {
            int steps = timeSteps + (style.trains() ? 0 : random.nextInt(3));
            NormState state = NormState.identity(norm, steps, channels);
            System.arraycopy(offsets(state.beta().length), 0, state.beta(), 0, state.beta().length);
            for (int i = 0; i < state.gamma().length; i++) {
                state.gamma()[i] = 0.5f + random.nextFloat();
                state.mean()[i] = 0.4f * random.nextFloat() - 0.2f;
                state.variance()[i] = 0.3f + random.nextFloat();
            }
            return state;
        }

        private InputBatch batch() {
            int samples = 1 + random.nextInt(5);
            float[] images = new float[samples * input.size()];
            for (int i = 0; i < images.length; i++) {
                images[i] = chance(0.1) ? 0f : Math.round((random.nextFloat() * 4 - 1.5f) * 8) / 8f;
            }
            long[] ids = new long[samples];
            for (int n = 0; n < samples; n++) {
                ids[n] = random.nextInt(1000) * 10L + n;
            }
            Encoder encoder = chance(0.5) ? new Encoder.Direct() : new Encoder.Poisson(chance(0.5) ? 2f : 1.25f);
            InputBatch batch = new InputBatch(images, samples, timeSteps, encoder, seed * 7, random.nextInt(50), ids);
            return chance(0.25) ? frames(batch) : batch;
        }

        /** A batch of frames for one of images, at times with a frame more than there are steps. */
        private InputBatch frames(InputBatch of) {
            int frames = timeSteps + random.nextInt(2);
            float[] images = new float[of.samples() * frames * of.pixels()];
            Encoder encoder = switch (random.nextInt(3)) {
                case 0 -> new Encoder.DirectFrames();
                case 1 -> new Encoder.PoissonFrames();
                default -> new Encoder.SpikeFrames(3);
            };
            for (int i = 0; i < images.length; i++) {
                images[i] = switch (encoder) {
                    case Encoder.PoissonFrames _ -> chance(0.2) ? 0f : random.nextInt(9) / 8f;
                    case Encoder.SpikeFrames _ -> chance(0.6) ? 0f : chance(0.7) ? 1f : 1 + random.nextInt(3);
                    default -> Math.round((random.nextFloat() * 4 - 1.5f) * 8) / 8f;
                };
            }
            return new InputBatch(
                    images, frames, of.samples(), timeSteps, encoder, of.seed(), of.pass(), of.sampleIds());
        }
    }
}
