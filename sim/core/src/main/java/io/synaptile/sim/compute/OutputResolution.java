/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far apart two output currents of a network have to be not to be equal. Where outputs are sums of codes, equal ones may
 * have been rounded in different ways.
 *
 * <pre>
 *   y_o = step * n_o + c, n_o whole, c the same for all outputs        half a step
 *   y_o = sum_k step_k * n_ok + c, steps that do not go into another   what single precision may have rounded away
 *   else                                                               0
 * </pre>
 *
 * <p>Steps exist behind converters, whose results are {@code low + code * step}, and where weights lie on the levels of a
 * quantiser, cells reach their targets, columns are summed exactly and inputs are spikes, pooled or not. They do not where
 * weights are plain floats, or cells vary and are read without converters. They are found from the numbers of the plan alone,
 * so that every quantiser, codec and plug-in has them.
 */
public final class OutputResolution {
    /** Largest sum of magnitudes, in steps, that single precision can be trusted with to half a step. */
    private static final int MOST_CODES = 1 << 20;

    /** Levels of one value between 0 and the largest. */
    private static final int MOST_LEVELS = 1 << 17;

    /** How far a value may lie beside a whole step, more or less as it has many of them. */
    private static final double LEAST_NEAR = 1e-3;

    private static final double NEAR = 1 / 16.0;

    /** How far a sum may, in steps; half a step decides. */
    private static final double MOST_DEVIATION = 0.25;

    /** What is rounded away of a sum at most, as a share of the sum of all magnitudes; a few times the last bit. */
    private static final double ROUNDING = 0x1p-22;

    /** Rounding is taken to be no more than that part of the smallest step. */
    private static final double LARGEST_ROUNDING = 1 / 64.0;

    /** Reads of a tile in one time step: of positive inputs and of negative ones. */
    private static final double PHASES = 2;

    private static final OutputResolution NONE =
            new OutputResolution(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0, false);

    /** What outputs have in common, and the largest sum of magnitudes of one time step in it. */
    private final double step;

    private final double codes;
    /** Largest distance of such a sum from a whole number. */
    private final double deviation;
    /** What single precision rounds away of such a sum at most. */
    private final double rounding;
    /** What that is not more than in all time steps together. */
    private final double largestRounding;
    /** Whether the input of the network counts, which is no whole number where it is coded directly. */
    private final boolean ofImage;

    private OutputResolution(
            double step, double codes, double deviation, double rounding, double largestRounding, boolean ofImage) {
        this.step = step;
        this.codes = codes;
        this.deviation = deviation;
        this.rounding = rounding;
        this.largestRounding = largestRounding;
        this.ofImage = ofImage;
    }

    /** The resolution of a plan's outputs. */
    public static OutputResolution of(NetworkPlan plan) {
        Network network = plan.network();
        double share = 1;
        Network.Node at = network.nodes().getLast();
        while (!at.isSynapse()) {
            int source = at.inputs().getFirst();
            boolean passes = at.layer().equals(new Layer.ReadOut()) || passes(at.layer());
            if (!passes || source == Network.INPUT) {
                return NONE;
            }
            share /= windows(at.layer());
            at = network.node(source);
        }
        Terms terms = new Terms(at.weightShape()[0], unit(network, at.inputs().getFirst()));
        return terms.add(plan.synapses().get(at.id())) ? terms.resolution(share) : NONE;
    }

    /** That of sums over the time steps of a batch: less apart is equal; 0 where nothing but the same number is. */
    public double at(InputBatch batch) {
        int timeSteps = batch.timeSteps();
        if (ofImage && batch.encoder().isAnalogue()) {
            return 0;
        }
        // Of several spikes at once, sums are as much larger at most.
        double sums = (double) timeSteps * (ofImage ? batch.encoder().largestCount() : 1);
        boolean whole = codes * sums <= MOST_CODES && deviation * sums <= MOST_DEVIATION;
        return whole ? step / 2 : Math.min(largestRounding, rounding * sums);
    }

    private static boolean passes(Layer layer) {
        return switch (layer) {
            case Layer.Flatten _, Layer.Dropout _, Layer.AvgPool _ -> true;
            case Layer.Synapse _,
                    Layer.Affine _,
                    Layer.Neuron _,
                    Layer.MaxPool _,
                    Layer.Part _,
                    Layer.Activation _,
                    Layer.Join _,
                    Layer.Concat _,
                    Layer.Integrator _,
                    Layer.Delay _,
                    Layer.ReadOut _ -> false;
        };
    }

    /** Values that one value is the mean of. */
    private static double windows(Layer layer) {
        return layer instanceof Layer.AvgPool pool ? pool.area() : 1;
    }

    /**
     * What all values of a node are whole multiples of.
     *
     * @param step the largest such number
     * @param ofImage whether that holds for spikes at the input of the network alone
     */
    private record Unit(double step, boolean ofImage) {}

    /** Empty where values are of any size. */
    private static Optional<Unit> unit(Network network, int node) {
        double step = 1;
        int at = node;
        while (at != Network.INPUT) {
            Network.Node own = network.node(at);
            if (own.layer() instanceof Layer.Neuron(NeuronSpec spec)) {
                // A learned value of spikes is another number in every channel.
                return spec.dynamics().emission() instanceof Emission.Fixed(float value)
                        ? Optional.of(new Unit(step * value, false))
                        : Optional.empty();
            } else if (!passes(own.layer())) {
                return Optional.empty();
            }
            step /= windows(own.layer());
            at = own.inputs().getFirst();
        }
        return Optional.of(new Unit(step, true));
    }

    /** What the sums of a layer are made of. */
    private static final class Terms {
        private final int outputs;
        /** What the inputs are whole multiples of. */
        private final Optional<Unit> unit;

        private final List<Codes> conversions = new ArrayList<>();
        private final List<Values> values = new ArrayList<>();
        private boolean ofImage;

        /** Codes, what one is worth and how many there can be in one time step. */
        private record Codes(double step, double most) {}

        /** Weights that inputs are multiplied with; {@code stride} is the number of consecutive ones of an output. */
        private record Values(float[] of, double factor, int stride) {
            DoubleStream magnitudes() {
                return IntStream.range(0, of.length).mapToDouble(i -> Math.abs(of[i]) * factor);
            }
        }

        Terms(int outputs, Optional<Unit> unit) {
            this.outputs = outputs;
            this.unit = unit;
        }

        /** Takes a layer's terms; false if one of them can have any size. */
        boolean add(SynapsePlan plan) {
            return switch (plan) {
                case SynapsePlan.DensePlan(float[] weights) -> addValues(weights, 1, weights.length / outputs);
                case SynapsePlan.ArrayPlan(List<LayerArrays> copies) ->
                    copies.stream().allMatch(this::addArrays);
            };
        }

        private boolean addArrays(LayerArrays arrays) {
            CellPlanes cells = arrays.cells();
            boolean all = true;
            for (int p = 0; p < cells.count() && all; p++) {
                Optional<SynapsePlan.Converter> converter = arrays.conversion().converter(p);
                double gain = Math.abs(cells.gain()[p]);
                if (converter.isPresent()) {
                    double most =
                            PHASES * arrays.grid().rowTiles() * converter.get().codes();
                    conversions.add(new Codes(gain * converter.get().step(), most));
                } else {
                    all = arrays.circuit().isSum() && !cells.isNoisy(p) && addValues(cells.values()[p], gain, 1);
                }
            }
            return all;
        }

        private boolean addValues(float[] own, double gain, int stride) {
            unit.ifPresent(inputs -> {
                ofImage |= inputs.ofImage();
                values.add(new Values(own, gain * inputs.step(), stride));
            });
            return unit.isPresent();
        }

        /** @param share part of a sum that an output is */
        OutputResolution resolution(double share) {
            double[] codes = ascending(conversions.stream().mapToDouble(Codes::step));
            double[] weights = ascending(values.stream().flatMapToDouble(Values::magnitudes));
            OptionalDouble common =
                    commonStep(ascending(DoubleStream.concat(Arrays.stream(codes), Arrays.stream(weights))));
            OptionalDouble ofWeights = commonStep(weights);
            if (common.isEmpty() && (codes.length == 0 || weights.length > 0 && ofWeights.isEmpty())) {
                return NONE;
            }
            double step = common.orElse(0);
            double smallest = Math.min(codes.length > 0 ? codes[0] : step, ofWeights.orElse(Double.MAX_VALUE));
            return new OutputResolution(
                    step * share,
                    step == 0 ? Double.POSITIVE_INFINITY : largest(own -> own / step),
                    step == 0 ? Double.POSITIVE_INFINITY : largest(own -> beside(own / step)),
                    ROUNDING * largest(own -> own) * share,
                    LARGEST_ROUNDING * smallest * share,
                    ofImage);
        }

        /** Largest sum of a quantity of all terms of an output in one time step. */
        private double largest(DoubleUnaryOperator ofTerm) {
            double all = 0;
            for (Codes term : conversions) {
                all += term.most() * ofTerm.applyAsDouble(term.step());
            }
            double[] own = new double[outputs];
            for (Values weights : values) {
                double[] magnitudes = weights.magnitudes().toArray();
                for (int i = 0; i < magnitudes.length; i++) {
                    own[i / weights.stride() % outputs] += ofTerm.applyAsDouble(magnitudes[i]);
                }
            }
            return all + Arrays.stream(own).max().orElseThrow();
        }

        /** What is not 0, each once. */
        private static double[] ascending(DoubleStream magnitudes) {
            return magnitudes.filter(value -> value > 0).sorted().distinct().toArray();
        }
    }

    private static double beside(double steps) {
        return Math.abs(steps - Math.rint(steps));
    }

    /**
     * The largest number that all of some magnitudes are whole multiples of, up to what single precision has rounded.
     *
     * @param ascending each once, none 0
     */
    private static OptionalDouble commonStep(double[] ascending) {
        if (ascending.length == 0) {
            return OptionalDouble.empty();
        }
        double largest = ascending[ascending.length - 1];
        for (int parts = (int) Math.max(1, largest / ascending[0] * (1 - NEAR)); parts <= MOST_LEVELS; parts++) {
            double step = largest / parts;
            double near = Math.clamp(parts * ROUNDING, LEAST_NEAR, NEAR);
            if (areWhole(ascending, step, near)) {
                return OptionalDouble.of(step);
            }
        }
        return OptionalDouble.empty();
    }

    /** Plain loop: weights of any value are asked this for every number of levels. */
    private static boolean areWhole(double[] magnitudes, double step, double near) {
        for (double magnitude : magnitudes) {
            if (beside(magnitude / step) > near) {
                return false;
            }
        }
        return true;
    }
}
