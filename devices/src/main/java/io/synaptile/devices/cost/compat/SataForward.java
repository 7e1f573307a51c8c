/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost.compat;

import io.synaptile.text.message.Quoted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forward pass of a spiking network on a systolic digital accelerator as SATA's training energy tool composes it.
 *
 * <pre>
 *   LIF updates = K E^2 T                       spike MACs = (1 - s) C R^2 K E^2 T
 *   memory words   DRAM = K C R^2 + (K E^2 + C H^2 / b) T,  buffer = 2 DRAM,  scratchpad = 2 (K C R^2 + T C H^2 / b)
 *   energy of an event = that of 16 bits times b / 16
 * </pre>
 *
 * <p>for C input channels of side H, K output channels of side E, kernel side R, b bits, spike sparsity s. Kept as released:
 * the last fully connected layer replaces the MACs counted before it, and its own are not made fewer by sparsity.
 *
 * <p>Source: R. Yin et al., "SATA: Sparsity-aware training accelerator for spiking neural networks", IEEE TCAD 2022; counts
 * and unit energies of its released training energy tool. The code states no unit; pJ is inferred.
 *
 * @param timeSteps T
 * @param bits b, width of weights and words
 * @param spikeSparsity s, silent inputs over all inputs
 */
public record SataForward(int timeSteps, int bits, double spikeSparsity) {
    private static final double REFERENCE_BITS = 16;
    private static final double ADDER = 0.00967;
    private static final double COMPARATOR = 0.00309;
    private static final double MULTIPLEXER = 0.00172;
    private static final double REGISTER = 0.0301;
    private static final double SHIFTER = 0.00605;
    private static final double ACCUMULATOR = 0.0389;
    private static final double AND = 0.000794;
    private static final double LIF = ADDER + COMPARATOR + 2 * MULTIPLEXER + 3 * REGISTER + SHIFTER;
    private static final double MAC = ACCUMULATOR + AND;
    private static final double DRAM = 55.58;
    private static final double BUFFER = 1.95;
    private static final double SCRATCHPAD = 0.2779;

    private static final Map<String, List<Layer>> NETWORKS = new TreeMap<>(Map.of(
            "vgg5_cifar10",
            List.of(
                    Layer.convolution(3, 64, 32, 32),
                    Layer.convolution(64, 128, 16, 16),
                    Layer.convolution(128, 128, 16, 16),
                    Layer.linear(8192, 1024)),
            "vgg9_cifar10",
            List.of(
                    Layer.convolution(3, 64, 32, 32),
                    Layer.convolution(64, 64, 32, 32),
                    Layer.convolution(64, 128, 16, 16),
                    Layer.convolution(128, 128, 16, 16),
                    Layer.convolution(128, 256, 8, 8),
                    Layer.convolution(256, 256, 8, 8),
                    Layer.convolution(256, 256, 8, 8),
                    Layer.linear(4096, 1024))));

    /**
     * One layer; a linear layer has maps and kernels of one position.
     *
     * @param linear whether it is fully connected
     */
    public record Layer(int inChannels, int outChannels, int inSide, int outSide, int kernel, boolean linear) {
        /** A convolution with kernels of 3 x 3. */
        public static Layer convolution(int inChannels, int outChannels, int inSide, int outSide) {
            return new Layer(inChannels, outChannels, inSide, outSide, 3, false);
        }

        /** A fully connected layer. */
        public static Layer linear(int inputs, int outputs) {
            return new Layer(inputs, outputs, 1, 1, 1, true);
        }

        private double weights() {
            return (double) outChannels * inChannels * kernel * kernel;
        }

        private double inputs() {
            return (double) inChannels * inSide * inSide;
        }

        private double outputs() {
            return (double) outChannels * outSide * outSide;
        }
    }

    /** Events of one kind: how many, and the energy of one, pJ. */
    public record Events(double count, double unitPicojoules) {
        /** Energy of all, pJ. */
        public double picojoules() {
            return count * unitPicojoules;
        }
    }

    /** What the tool prints for the forward pass. */
    public record Estimate(Events lif, Events mac, Events dram, Events buffer, Events scratchpad) {
        /** Energy of neurons and MACs, pJ. */
        public double computePicojoules() {
            return lif.picojoules() + mac.picojoules();
        }

        /** Energy of words moved, pJ. */
        public double memoryPicojoules() {
            return dram.picojoules() + buffer.picojoules() + scratchpad.picojoules();
        }
    }

    public SataForward {
        if (timeSteps < 1 || bits < 1) {
            throw new IllegalArgumentException(
                    "time steps and bits must be at least 1, got " + timeSteps + " and " + bits);
        }
        if (!(spikeSparsity >= 0 && spikeSparsity <= 1)) {
            throw new IllegalArgumentException("the spike sparsity must be 0 to 1, got " + spikeSparsity);
        }
    }

    /**
     * Layers that the tool counts of a network it comes with; the output layer is not among them.
     *
     * @param name with or without the ending of its file, for example {@code vgg5_cifar10.yaml}
     * @throws IllegalArgumentException listing the known networks
     */
    public static List<Layer> network(String name) {
        List<Layer> layers = NETWORKS.get(name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name);
        if (layers == null) {
            throw new IllegalArgumentException(
                    "unknown network " + Quoted.of(name) + "; known: " + String.join(", ", NETWORKS.keySet()));
        }
        return layers;
    }

    /** The estimate for layers in order. */
    public Estimate of(List<Layer> layers) {
        double lif = 0;
        double macs = 0;
        double dram = 0;
        double scratchpad = 0;
        for (Layer layer : layers) {
            double all = layer.weights() * layer.outSide * layer.outSide * timeSteps;
            double spikeWords = layer.inputs() / bits * timeSteps;
            lif += layer.outputs() * timeSteps;
            macs = layer.linear ? all : macs + (1 - spikeSparsity) * all;
            dram += layer.weights() + layer.outputs() * timeSteps + spikeWords;
            scratchpad += 2 * (layer.weights() + spikeWords);
        }
        return new Estimate(
                new Events(lif, unit(LIF)),
                new Events(macs, unit(MAC)),
                new Events(dram, unit(DRAM)),
                new Events(2 * dram, unit(BUFFER)),
                new Events(scratchpad, unit(SCRATCHPAD)));
    }

    private double unit(double ofSixteenBits) {
        return ofSixteenBits * bits / REFERENCE_BITS;
    }
}
