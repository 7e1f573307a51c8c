/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/** One operation of a network; sealed, because backends must answer for every kind. */
public sealed interface Layer {
    /**
     * A layer that hands activity on, as it is or changed value by value or window by window: without parameters and, but for a
     * delay, without a state that lasts from step to step.
     */
    sealed interface Passing extends Layer permits AvgPool, MaxPool, Flatten, Part, Dropout, Join, Concat, Delay {}

    /** A non-linear function of every value, the same for all: what a network of rates has where a spiking one has neurons. */
    sealed interface Activation extends Layer permits Relu, RateNorm, Qcfs {}

    /** A layer with trainable synapses. */
    sealed interface Synapse extends Layer permits Conv2d, Dense {}

    /**
     * Two-dimensional cross-correlation without bias; weights {@code [out, in / groups, kernel lines, kernel columns]}.
     *
     * @param padding zeros added on each side
     * @param dilation from one tap of the kernel to the next, in values of the map; 1 for neighbours
     * @param groups into which input and output channels are divided in their order; an output sees the inputs of its group
     *     alone. 1 for all of them, as many as there are inputs for a depthwise convolution
     */
    record Conv2d(int outChannels, Extent kernel, Extent stride, Extent padding, Extent dilation, int groups)
            implements Synapse {
        public Conv2d {
            if (outChannels < 1
                    || !kernel.isAtLeast(1)
                    || !stride.isAtLeast(1)
                    || !padding.isAtLeast(0)
                    || !dilation.isAtLeast(1)) {
                throw new IllegalArgumentException(
                        "convolution needs out-channels, kernel, stride and dilation of at least 1 and "
                                + "padding of at least 0, got " + outChannels + ", " + kernel + ", " + stride + ", "
                                + dilation + " and " + padding);
            }
            if (groups < 1 || outChannels % groups != 0) {
                throw new IllegalArgumentException(
                        "groups must divide the channels, got " + groups + " for " + outChannels + " out-channels");
            }
        }

        /** A convolution in which every output sees all inputs. */
        public Conv2d(int outChannels, Extent kernel, Extent stride, Extent padding, Extent dilation) {
            this(outChannels, kernel, stride, padding, dilation, 1);
        }

        /** A convolution with a square kernel, the same in both directions, whose taps are neighbours. */
        public Conv2d(int outChannels, int kernel, int stride, int padding) {
            this(outChannels, Extent.square(kernel), Extent.square(stride), Extent.square(padding), Extent.square(1));
        }

        /** The same with its channels in groups. */
        public Conv2d inGroups(int count) {
            return new Conv2d(outChannels, kernel, stride, padding, dilation, count);
        }

        /** First of the inputs that an output sees, of that many. */
        public int firstInput(int output, int inputs) {
            return output / (outChannels / groups) * (inputs / groups);
        }

        /** Line, relative to the map, of a kernel line at an output line. */
        public int line(int outLine, int kernelLine) {
            return outLine * stride.lines() + kernelLine * dilation.lines() - padding.lines();
        }

        /** The same for columns. */
        public int column(int outColumn, int kernelColumn) {
            return outColumn * stride.columns() + kernelColumn * dilation.columns() - padding.columns();
        }
    }

    /** Fully connected layer without bias; weights {@code [out, in]}, its input flattened in the order c, h, w. */
    record Dense(int outFeatures) implements Synapse {
        public Dense {
            if (outFeatures < 1) {
                throw new IllegalArgumentException("dense layer needs at least 1 feature, got " + outFeatures);
            }
        }
    }

    /** Average over windows that do not overlap; rows and columns that do not fill a window are dropped. */
    record AvgPool(int height, int width) implements Passing {
        public AvgPool {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("pool size must be at least 1, got " + Math.min(height, width));
            }
        }

        /** A pool of square windows. */
        public AvgPool(int size) {
            this(size, size);
        }

        /** Values that one value is the mean of. */
        public int area() {
            return Math.multiplyExact(height, width);
        }
    }

    /**
     * Largest value of each {@code size x size} window, of spikes their OR; rows and columns that do not fill a window are
     * dropped. The gradient goes to the first of the largest values, line by line.
     *
     * @param stride from one window to the next, in both directions
     * @param padding lines and columns around the map that windows may reach over; they hold nothing, not even 0
     */
    record MaxPool(int size, int stride, int padding) implements Passing {
        public MaxPool {
            if (size < 1 || stride < 1) {
                throw new IllegalArgumentException(
                        "a pool needs a size and a stride of at least 1, got " + size + " and " + stride);
            }
            if (padding < 0 || padding > size / 2) {
                throw new IllegalArgumentException("the padding of a pool of size " + size + " must be 0 to " + size / 2
                        + ", half of it, got " + padding);
            }
        }

        /** Without padding. */
        public MaxPool(int size, int stride) {
            this(size, stride, 0);
        }

        /** First line of the map that a line of windows sees. */
        public int first(int window) {
            return Math.max(0, window * stride - padding);
        }

        /**
         * Line after the last that a line of windows sees.
         *
         * @param extent lines of the map
         */
        public int end(int window, int extent) {
            return Math.min(extent, window * stride - padding + size);
        }
    }

    /**
     * Rectifies: {@code min(max(x, 0), ceiling)}, with a derivative of 1 between 0 and the ceiling and of 0 elsewhere.
     *
     * @param ceiling infinite for the plain rectifier
     */
    record Relu(float ceiling) implements Activation {
        public Relu {
            if (!(ceiling > 0f)) {
                throw new IllegalArgumentException("the ceiling of a rectifier must be above 0, got " + ceiling);
            }
        }
    }

    /**
     * A rectifier whose values are rates, with a running maximum M and a trainable scale s, one of each per layer:
     *
     * <pre>
     *   p = 1 / (1 + exp(-s))  or  |s|         theta = M p + epsilon
     *   y = min(max(x, 0) / theta, 1)
     *   dy/dx = 1 / theta,  dy/ds = -x M p'(s) / theta^2      where 0 &lt; x &lt; theta, else 0
     * </pre>
     *
     * <p>Before y, a forward pass in training sets {@code M = (1 - momentum) M + momentum max(x, 0)}, with the largest value of all
     * samples and steps; in evaluation, or locked, M stays. M has no derivative.
     *
     * <p>Source: J. Ding et al., "Optimal ANN-SNN conversion for fast and accurate inference in deep spiking neural networks", IJCAI
     * 2021, in the form of its published code ("SpikingNorm").
     *
     * @param momentum weight of the newest batch in the running maximum
     * @param epsilon added to the threshold, above 0
     * @param sigmoid whether p is the sigmoid of the scale, else its magnitude
     * @param locked whether training leaves the running maximum as it is
     */
    record RateNorm(float momentum, float epsilon, boolean sigmoid, boolean locked) implements Activation {
        public RateNorm {
            if (!(momentum >= 0f && momentum <= 1f) || !(epsilon > 0f) || Float.isInfinite(epsilon)) {
                throw new IllegalArgumentException(
                        "a rate norm needs a momentum in 0-1 and a finite epsilon above 0, got " + momentum + " and "
                                + epsilon);
            }
        }

        /** The published setting: 0.1, 1e-6 and the sigmoid. */
        public static RateNorm standard() {
            return new RateNorm(0.1f, 1e-6f, true, false);
        }

        /** The same with a running maximum that stays. */
        public RateNorm withLock() {
            return new RateNorm(momentum, epsilon, sigmoid, true);
        }

        /** Scale before training: p is nearly 1, or 1. */
        public float initialScale() {
            return sigmoid ? 10f : 1f;
        }

        /** Share of the running maximum that is the threshold. */
        public float part(float scale) {
            return sigmoid ? (float) (1 / (1 + Math.exp(-scale))) : Math.abs(scale);
        }

        /** Threshold, above 0, from running maximum and scale. */
        public float threshold(float maximum, float scale) {
            return maximum * part(scale) + epsilon;
        }

        /** Running maximum after a batch in training whose largest value is {@code largest}, or 0 if that is below. */
        public float follow(float maximum, float largest) {
            return locked ? maximum : (float) ((1 - (double) momentum) * maximum + momentum * (double) largest);
        }

        /**
         * Derivative of a loss by the scale.
         *
         * @param sum of the products of values between 0 and 1 and the derivatives of the loss by them
         */
        public float byScale(float maximum, float scale, double sum) {
            double part = 1 / (1 + Math.exp(-scale));
            double slope = sigmoid ? part * (1 - part) : Math.signum(scale);
            return (float) (-sum * maximum * slope / threshold(maximum, scale));
        }
    }

    /**
     * Quantisation, clip, floor and shift: the rate, times the threshold, that neurons with the trainable threshold lambda, one per
     * layer, reach in L steps from half a threshold.
     *
     * <pre>
     *   y = lambda / L clip(floor(x L / lambda + 1/2), 0, L)
     *   dy/dx = 1       dy/dlambda = (y - x) / lambda       where -lambda / 2L &lt; x &lt; lambda - lambda / 2L
     *   dy/dx = 0       dy/dlambda = 0 below, 1 above
     * </pre>
     *
     * <p>Source: T. Bu et al., "Optimal ANN-SNN conversion for high-accuracy and ultra-low-latency spiking neural networks", ICLR
     * 2022. Its published code lets derivatives pass for half a step more, up to {@code lambda + lambda / 2L}.
     *
     * @param levels L, at most {@link #MOST_LEVELS}
     * @param initial lambda before training
     */
    record Qcfs(int levels, float initial) implements Activation {
        /** Most levels: more are no longer told apart in single precision. */
        public static final int MOST_LEVELS = 65_536;
        /** The published lambda before training. */
        public static final float USUAL = 4f;

        public Qcfs {
            if (levels < 1 || levels > MOST_LEVELS) {
                throw new IllegalArgumentException("levels must lie in 1-" + MOST_LEVELS + ", got " + levels);
            }
            if (!(initial >= Role.THRESHOLD.least()) || Float.isInfinite(initial)) {
                throw new IllegalArgumentException(
                        "threshold must be finite and at least " + Role.THRESHOLD.least() + ", got " + initial);
            }
        }
    }

    /** Reads the map as a vector in the order c, h, w. */
    record Flatten() implements Passing {}

    /**
     * One of several inputs of a network: a part of its input, a vector, read as a map in the order c, h, w. It reads nothing
     * but the input, so that no derivative goes through it.
     *
     * @param first value of the input that belongs to it, from 0
     * @param shape as which the values from there on are read
     */
    record Part(int first, Shape shape) implements Passing {
        public Part {
            if (first < 0) {
                throw new IllegalArgumentException("a part of the input begins at 0 or later, got " + first);
            }
            Objects.requireNonNull(shape);
        }
    }

    /**
     * Zeroes inputs with probability {@code rate} in training and scales the others by {@code 1 / (1 - rate)}; identity in
     * evaluation. One mask per sample, kept for all time steps.
     */
    record Dropout(float rate) implements Passing {
        public Dropout {
            if (!(rate >= 0f && rate < 1f)) {
                throw new IllegalArgumentException(
                        "dropout rate must lie in 0 (included) to 1 (excluded), got " + rate);
            }
        }
    }

    /**
     * Scales and shifts every channel by numbers of its own; neurons that alone read it apply it as they integrate, so that it
     * takes no pass over the maps.
     */
    sealed interface Affine extends Layer permits StepNorm, Bias {}

    /** Adds a trainable number to every value of a channel, the same at every step. */
    record Bias() implements Affine {}

    /**
     * Batch normalisation, with its own scale and statistics at every time step (BNTT) or one scale and statistics over all
     * time steps, samples and positions.
     *
     * <p>Source: Y. Kim and P. Panda, Frontiers in Neuroscience 2021, equations 5 to 7; shared, it is the standard batch
     * normalisation that the paper compares with, over the time steps too.
     *
     * @param epsilon added to the variance
     * @param momentum weight of the newest batch in the running statistics
     * @param shared whether all time steps have scale and statistics in common
     * @param offset whether it has a trainable offset beside the scale; the published norm has none
     */
    record StepNorm(float epsilon, float momentum, boolean shared, boolean offset) implements Affine {
        public StepNorm {
            if (!(epsilon >= 0f) || Float.isInfinite(epsilon) || !(momentum >= 0f && momentum <= 1f)) {
                throw new IllegalArgumentException(
                        "a norm needs a finite epsilon of at least 0 and a momentum in 0-1, got " + epsilon + " and "
                                + momentum);
            }
        }

        /** A norm without offset. */
        public StepNorm(float epsilon, float momentum, boolean shared) {
            this(epsilon, momentum, shared, false);
        }

        /** The published setting: 1e-4 and 0.1, at every step its own. */
        public static StepNorm standard() {
            return new StepNorm(1e-4f, 0.1f, false);
        }

        /** Rows of scales and statistics in a run of so many time steps. */
        public int stateSteps(int timeSteps) {
            return shared ? 1 : timeSteps;
        }

        /** Row of the scales and statistics that hold at a step. */
        public int stateStep(int step) {
            return shared ? 0 : step;
        }
    }

    /** Spiking neurons, one per input value. */
    record Neuron(NeuronSpec spec) implements Layer {}

    /**
     * Joins inputs of one shape value by value.
     *
     * <p>Source: W. Fang et al., "Deep residual learning in spiking neural networks", NeurIPS 2021, table 1, for spikes; here
     * they act on any values.
     */
    record Join(Function function) implements Passing {
        /** What is made of the values a, b of the inputs in their order. */
        public enum Function {
            /** {@code a + b}, of any number of inputs. */
            ADD,
            /** {@code a b}. */
            AND,
            /** {@code (1 - a) b}: of spikes b where a is silent. */
            IAND
        }

        public Join {
            Objects.requireNonNull(function);
        }

        /** The sum of inputs. */
        public static Join sum() {
            return new Join(Function.ADD);
        }
    }

    /** Puts the channels of inputs behind each other; their maps have the same height and width. */
    record Concat() implements Passing {}

    /**
     * A leaky integrator without spikes, {@code v(t) = leak * v(t-1) + inputGain * x(t)} from rest, one per input value: the
     * synaptic current of CuBa neurons where neurons read it, the membrane of a non-spiking output where a read-out does.
     *
     * @param leak what is left after a step, 0 to 1; where it is learned, its value before training
     * @param inputGain factor on the input, above 0
     * @param learned whether the leak is a parameter
     */
    record Integrator(float leak, float inputGain, Scope learned) implements Layer {
        public Integrator {
            if (!(leak >= 0f && leak <= 1f)) {
                throw new IllegalArgumentException("leak must lie in 0-1, got " + leak);
            }
            if (!(inputGain > 0f) || Float.isInfinite(inputGain)) {
                throw new IllegalArgumentException("the factor on the input must be above 0, got " + inputGain);
            }
            Objects.requireNonNull(learned);
        }
    }

    /**
     * The spikes of the step before, none at the first step. The one layer that may read a later one, neurons, and so close a
     * loop.
     *
     * @param shape of the spikes
     */
    record Delay(Shape shape) implements Passing {}

    /**
     * Class scores from the values of its input at all steps. Always the last layer.
     *
     * @param rule how the steps go together
     * @param decay weight of a step relative to the next one, above 0 to 1; 1 but for {@link Rule#WEIGHTED}
     * @param voters consecutive inputs whose mean is a class's score
     */
    record ReadOut(Rule rule, float decay, int voters) implements Layer {
        /** How the values of all steps up to the present one become one. */
        public enum Rule {
            /** Their mean: mean current, or firing rate. */
            MEAN,
            /** Their sum: spike count. */
            SUM,
            /** The last one, such as the membrane potential at the end. */
            LAST,
            /** The largest one. */
            HIGHEST,
            /** Their mean with weights {@code decay^(t - i)}. */
            WEIGHTED
        }

        public ReadOut {
            if (!(decay > 0f && decay <= 1f) || rule != Rule.WEIGHTED && decay != 1f) {
                throw new IllegalArgumentException("the decay of a read-out must lie in 0 (excluded) to 1"
                        + (rule == Rule.WEIGHTED ? "" : " and belongs to a weighted mean") + ", got " + decay);
            }
            if (voters < 1) {
                throw new IllegalArgumentException("a class needs at least 1 voter, got " + voters);
            }
        }

        /** The mean over the time steps. */
        public ReadOut() {
            this(Rule.MEAN, 1f, 1);
        }
    }
}
