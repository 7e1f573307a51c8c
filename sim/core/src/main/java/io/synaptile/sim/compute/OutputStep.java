/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The step that all output currents of a network are whole multiples of, up to what they have in common, where there is one.
 * Outputs that differ by less than half of it are equal: single precision has rounded the same code in two ways.
 *
 * <pre>
 *   y_o = step * n_o + c, n_o whole, c the same for all outputs
 * </pre>
 *
 * <p>Such a step exists behind converters, whose results are {@code low + code * step}, and where weights lie on the levels of
 * a quantiser, cells reach their targets, columns are summed exactly and inputs are spikes, pooled or not. It does not where
 * weights are plain floats, or cells vary and are read without converters. It is found from the numbers of the plan alone, so
 * that every quantiser, codec and plug-in has it. It is not used where sums can exceed {@value #MOST_CODES} steps, which
 * single precision cannot be trusted to tell apart.
 */
public final class OutputStep {
    /** Largest sum of magnitudes, in steps. */
    private static final int MOST_CODES = 1 << 20;

    /** Levels of one value between 0 and the largest. */
    private static final int MOST_LEVELS = 1 << 17;

    /** How far a value may lie beside a whole step for the step to be tried. */
    private static final double NEAR = 1 / 16.0;

    /** How far a sum may, in steps; half a step decides. */
    private static final double MOST_DEVIATION = 0.25;

    /** Reads of a tile in one time step: of positive inputs and of negative ones. */
    private static final double PHASES = 2;

    private static final OutputStep NONE = new OutputStep(0, 0, 0, false);

    private final double step;
    /** Largest sum of magnitudes of one time step, in steps. */
    private final double codes;
    /** Largest distance of such a sum from a whole number. */
    private final double deviation;
    /** Whether the input of the network counts, which is no whole number where it is coded directly. */
    private final boolean ofImage;

    private OutputStep(double step, double codes, double deviation, boolean ofImage) {
        this.step = step;
        this.codes = codes;
        this.deviation = deviation;
        this.ofImage = ofImage;
    }

    /** The step of a plan's outputs. */
    public static OutputStep of(NetworkPlan plan) {
        Network network = plan.network();
        double share = 1;
        Network.Node at = network.nodes().getLast();
        while (!at.isSynapse()) {
            int source = at.inputs().getFirst();
            boolean passes = at.layer() instanceof Layer.ReadOut || passes(at.layer());
            if (!passes || source == Network.INPUT) {
                return NONE;
            }
            share /= windows(at.layer());
            at = network.node(source);
        }
        Terms terms = new Terms(at.weightShape()[0], unit(network, at.inputs().getFirst()));
        return terms.add(plan.synapses().get(at.id())) ? terms.step(share) : NONE;
    }

    /** The step of sums over the time steps of a batch; 0 where there is none. */
    public double at(InputBatch batch) {
        int timeSteps = batch.timeSteps();
        boolean whole = !(ofImage && batch.encoder() instanceof Encoder.Direct)
                && codes * timeSteps <= MOST_CODES
                && deviation * timeSteps <= MOST_DEVIATION;
        return whole ? step : 0;
    }

    private static boolean passes(Layer layer) {
        return layer instanceof Layer.Flatten || layer instanceof Layer.Dropout || layer instanceof Layer.AvgPool;
    }

    /** Values that one value is the mean of. */
    private static double windows(Layer layer) {
        return layer instanceof Layer.AvgPool(int size) ? (double) size * size : 1;
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
            if (own.layer() instanceof Layer.Neuron) {
                return Optional.of(new Unit(step, false));
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

        private final List<Conversion> conversions = new ArrayList<>();
        private final List<Values> values = new ArrayList<>();
        private boolean ofImage;

        /** Codes, what one is worth and how many there can be in one time step. */
        private record Conversion(double step, double codes) {}

        /** Weights that inputs are multiplied with; {@code stride} is the number of consecutive ones of an output. */
        private record Values(float[] of, double factor, int stride) {}

        Terms(int outputs, Optional<Unit> unit) {
            this.outputs = outputs;
            this.unit = unit;
        }

        /** Takes a layer's terms; false if one of them can have any size. */
        boolean add(SynapsePlan plan) {
            return switch (plan) {
                case SynapsePlan.DensePlan(float[] weights) -> addValues(weights, 1, weights.length / outputs);
                case SynapsePlan.TiledPlan tiled -> addCopies(tiled, true);
                case SynapsePlan.ArrayPlan(SynapsePlan.TiledPlan tiled, ArrayReader _) -> addCopies(tiled, false);
            };
        }

        private boolean addCopies(SynapsePlan.TiledPlan plan, boolean summed) {
            boolean all = true;
            for (int copy = 0; copy < plan.copies() && all; copy++) {
                all = addTiles(plan.copy(copy), summed);
            }
            return all;
        }

        /** @param summed whether a column is the sum of its cells */
        private boolean addTiles(SynapsePlan.TiledPlan plan, boolean summed) {
            boolean exact = summed && plan.wires() == null && plan.limits() == null;
            boolean all = true;
            for (int p = 0; p < plan.planes().length && all; p++) {
                SynapsePlan.Converter converter = plan.converter(p);
                double gain = Math.abs(plan.planeGain()[p]);
                if (converter != null) {
                    conversions.add(
                            new Conversion(gain * converter.step(), PHASES * plan.rowTiles() * converter.codes()));
                } else {
                    all = exact && plan.variance(p) == null && addValues(plan.planes()[p], gain, 1);
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
        OutputStep step(double share) {
            OptionalDouble common = commonStep(magnitudes());
            if (common.isEmpty()) {
                return NONE;
            }
            double of = common.getAsDouble();
            double codes = 0;
            double deviation = 0;
            for (Conversion term : conversions) {
                codes += term.codes() * (term.step() / of);
                deviation += term.codes() * beside(term.step() / of);
            }
            double[] ownCodes = new double[outputs];
            double[] ownDeviation = new double[outputs];
            for (Values own : values) {
                for (int i = 0; i < own.of().length; i++) {
                    double steps = Math.abs(own.of()[i]) * own.factor() / of;
                    ownCodes[i / own.stride() % outputs] += steps;
                    ownDeviation[i / own.stride() % outputs] += beside(steps);
                }
            }
            return new OutputStep(
                    of * share,
                    codes + Arrays.stream(ownCodes).max().orElseThrow(),
                    deviation + Arrays.stream(ownDeviation).max().orElseThrow(),
                    ofImage);
        }

        /** Everything that is added or subtracted, ascending, without zeros. */
        private double[] magnitudes() {
            List<double[]> all = new ArrayList<>();
            conversions.forEach(term -> all.add(new double[] {term.step()}));
            for (Values own : values) {
                double[] of = new double[own.of().length];
                for (int i = 0; i < of.length; i++) {
                    of[i] = Math.abs(own.of()[i]) * own.factor();
                }
                all.add(of);
            }
            return all.stream()
                    .flatMapToDouble(Arrays::stream)
                    .filter(value -> value > 0)
                    .sorted()
                    .distinct()
                    .toArray();
        }
    }

    private static double beside(double steps) {
        return Math.abs(steps - Math.rint(steps));
    }

    /** Euclid's algorithm on numbers that single precision has rounded. */
    private static OptionalDouble commonStep(double[] ascending) {
        if (ascending.length == 0) {
            return OptionalDouble.empty();
        }
        double step = ascending[0];
        double least = ascending[ascending.length - 1] / MOST_LEVELS;
        int at = 0;
        while (step >= least) {
            if (at == ascending.length) {
                return OptionalDouble.of(step);
            }
            double whole = Math.rint(ascending[at] / step);
            double rest = Math.abs(ascending[at] - whole * step);
            if (rest <= NEAR * step) {
                // The larger a value, the better it tells the step.
                step = ascending[at] / whole;
                at++;
            } else {
                step = rest;
                at = 0;
            }
        }
        return OptionalDouble.empty();
    }
}
