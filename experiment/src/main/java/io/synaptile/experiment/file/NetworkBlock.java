/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.Optional;

/** Block {@code network}. */
public record NetworkBlock(
        @Key(
                value =
                        "Architecture, or layers for the network that network.layers describes; vgg19 adds a black frame to images of 28x28, which makes them 32x32.",
                otherwise = "layers")
        Arch arch,

        @Key(
                value =
                        "The network layer by layer, each a word (lif), a word with its main value (dense: 128) or with a block (conv: {channels: 16, kernel: 3, padding: 1}); docs/networks.md has the grammar. network.arch is then left out.",
                otherwise = "none")
        Optional<LayerList> layers,

        @Key(
                value =
                        "Model file whose network is taken, without its weights, relative to the experiment file; train.from takes weights. network.arch and network.layers are then left out.",
                otherwise = "none",
                file = true)
        Optional<String> file,

        @Key(
                value = "Factor on the number of channels and hidden features of a network with convolutions.",
                otherwise = "" + USUAL_WIDTH,
                range = "(0, 16]")
        double width,

        @Key(
                value =
                        "How blocks of sew-resnet18 join the spikes a of their branch with those s of their shortcut: a + s (add), a s (and) or (1 - a) s (iand).",
                otherwise = "add",
                source = "Fang et al., NeurIPS 2021, table 1")
        Optional<Connect> connect,

        @Key(
                value = "Features of the hidden layers of an mlp.",
                otherwise = "[" + USUAL_FEATURES + "]",
                range = "[1, 65536]")
        List<Integer> hidden,

        @Key(
                value = "Simulation steps T per image; data for the frames of a recording, one per step.",
                otherwise = "8",
                range = "[0, 4096]",
                zero = "data",
                source = "Kim and Panda, Frontiers in Neuroscience 2021, use 20 to 30")
        int timeSteps,

        @Key(
                value =
                        "How a sample becomes input. poisson: signed spikes of an image at every step, or values 0 to 1 of frames as probabilities of a spike. direct: the image as a current at every step, or each frame at its own. spikes: frames are numbers of spikes.",
                otherwise = "poisson",
                source = "poisson: Kim and Panda 2021")
        Coding coding,

        @Key("The spiking neuron.") NeuronBlock neuron,

        @Key(
                value =
                        "Batch normalisation with its own scale and statistics at every step (bntt) or one for all steps"
                                + " (shared), or none.",
                otherwise = "bntt",
                source = "bntt: Kim and Panda 2021, equations 5 to 7")
        Norm norm,

        @Key(
                value = "Probability that a hidden dense layer drops an input in training.",
                otherwise = "0",
                range = "[0, 0.99]")
        double dropout) {

    private static final int USUAL_FEATURES = 256;
    private static final int USUAL_WIDTH = 1;

    /** The same with the model file under another name. */
    NetworkBlock withFile(String path) {
        return new NetworkBlock(
                arch, layers, Optional.of(path), width, connect, hidden, timeSteps, coding, neuron, norm, dropout);
    }

    /** Whether a setting of layers of an mlp is given. */
    boolean hasHidden() {
        return !hidden.equals(List.of(USUAL_FEATURES));
    }

    /** Whether a setting of channels of a vgg is given. */
    boolean hasWidth() {
        return width != USUAL_WIDTH;
    }

    /** Values of {@code network.arch}. */
    public enum Arch {
        LAYERS,
        MLP,
        VGG5,
        VGG9,
        VGG11,
        VGG11_DVS,
        VGG15,
        VGG16,
        VGG19,
        SEW_RESNET18,
        STDS_CIFAR,
        PREACT_RESNET18
    }

    /** Values of {@code network.connect}. */
    public enum Connect {
        ADD,
        AND,
        IAND
    }

    /** Values of {@code network.coding}. */
    public enum Coding {
        POISSON,
        DIRECT,
        SPIKES
    }

    /** Values of {@code network.norm}. */
    public enum Norm {
        BNTT,
        SHARED,
        NONE
    }

    /** Block {@code network.neuron}. */
    public record NeuronBlock(
            @Key(value = "Leaky integrate-and-fire, or without leak (leak is then ignored).", otherwise = "lif")
            Kind kind,

            @Key(
                    value = "Factor on the membrane potential per step.",
                    otherwise = "0.95",
                    range = "[0, 1]",
                    source = "Kim and Panda 2021")
            double leak,

            @Key(
                    value = "Firing threshold; a neuron fires strictly above it.",
                    otherwise = "1",
                    range = "[1e-6, 1e6]",
                    source = "Kim and Panda 2021")
            double threshold,

            @Key(
                    value = "After a spike: subtract the threshold (soft) or return to the reset potential (hard).",
                    otherwise = "soft")
            Reset reset,

            @Key(value = "Potential after a spike of a hard reset, below the threshold.", otherwise = "0")
            Optional<Double> resetPotential,

            @Key(value = "Whether a neuron fires strictly above its threshold or from it on.", otherwise = "above")
            Optional<Fires> fires,

            @Key(
                    value = "Input current as it is, or times 1 - leak, so that it decays with the membrane.",
                    otherwise = "undecayed")
            Optional<Input> input,

            @Key(
                    value =
                            "Derivative that stands in for that of the firing step in training: triangle of height 0.3, rectangle of width 1, arc tangent of alpha 2, sigmoid of alpha 4, fast sigmoid of slope 25; docs/models.md has them.",
                    otherwise = "triangle",
                    source = "Kim and Panda 2021; Wu 2018; Fang 2021; Neftci 2019; Zenke and Ganguli 2018")
            Optional<SurrogateKind> surrogate,

            @Key(
                    value = "Height, width, alpha or slope of the surrogate.",
                    otherwise = "that of its kind",
                    range = "(0, 1e6]")
            Optional<Double> surrogateShape,

            @Key(
                    value = "Steps after a spike in which a neuron takes no input and does not fire.",
                    otherwise = "0",
                    range = "[0, 4096]")
            Optional<Integer> refractory,

            @Key(
                    value = "Part of the adaptation that is left after a step.",
                    otherwise = "0",
                    range = "[0, 1]",
                    source = "Bellec 2020")
            Optional<Double> adaptationDecay,

            @Key(
                    value = "How far a neuron's threshold rises with each of its spikes.",
                    otherwise = "0",
                    range = "[0, 1e6]",
                    source = "Bellec 2020")
            Optional<Double> adaptationStrength,

            @Key(
                    value = "Whether training moves the leak: none, one of the layer, or one of every channel.",
                    otherwise = "none",
                    source = "Fang 2021")
            Optional<Learn> learnLeak,

            @Key(value = "Whether training moves the threshold, in the same way.", otherwise = "none")
            Optional<Learn> learnThreshold,

            @Key(
                    value =
                            "Membrane potential before the first step, a fraction of the threshold; 0.5 halves the error of networks converted from ones without spikes.",
                    otherwise = "0",
                    range = "[0, 1)",
                    source = "Bu 2022")
            Optional<Double> initial,

            @Key(
                    value =
                            "What a spike is worth to the layers that read it: a number, or threshold for the neuron's own, learned or not.",
                    otherwise = "1",
                    range = "[0, 1e6]",
                    zero = "threshold",
                    source = "Meng 2022")
            Optional<Double> emission) {

        /** Values of {@code network.neuron.learn_leak} and {@code learn_threshold}. */
        public enum Learn {
            NONE,
            LAYER,
            CHANNEL
        }

        /** Values of {@code network.neuron.fires}. */
        public enum Fires {
            ABOVE,
            FROM
        }

        /** Values of {@code network.neuron.input}. */
        public enum Input {
            UNDECAYED,
            DECAYED
        }

        /** Values of {@code network.neuron.surrogate}. */
        public enum SurrogateKind {
            TRIANGLE,
            RECTANGLE,
            ATAN,
            SIGMOID,
            FAST_SIGMOID
        }

        /** Values of {@code network.neuron.kind}. */
        public enum Kind {
            LIF,
            IF
        }

        /** Values of {@code network.neuron.reset}. */
        public enum Reset {
            SOFT,
            HARD
        }

        public NeuronBlock {
            Interval.check("leak", leak, "[0, 1]");
            Interval.check("threshold", threshold, "[1e-6, 1e6]");
            refractory.ifPresent(steps -> Interval.check("refractory", steps, "[0, 4096]"));
            adaptationDecay.ifPresent(decay -> Interval.check("adaptation_decay", decay, "[0, 1]"));
            adaptationStrength.ifPresent(strength -> Interval.check("adaptation_strength", strength, "[0, 1e6]"));
            initial.ifPresent(fraction -> Interval.check("initial", fraction.floatValue(), "[0, 1)"));
            emission.ifPresent(value -> Interval.check("emission", value, "[0, 1e6]"));
            surrogateShape.ifPresent(shape -> Interval.check("surrogate_shape", shape, "(0, 1e6]"));
            resetPotential.ifPresent(potential -> {
                if (reset == Reset.SOFT && potential != 0) {
                    throw new InvalidSetting(
                            "reset_potential", "belongs to network.neuron.reset hard, got " + potential);
                } else if (!(potential < threshold) || potential < -1e6) {
                    throw new InvalidSetting(
                            "reset_potential",
                            "must lie below network.neuron.threshold " + threshold + ", got " + potential);
                }
            });
            double effective = kind == Kind.IF ? 1 : leak;
            if (input.equals(Optional.of(Input.DECAYED)) && effective == 1) {
                throw new InvalidSetting("input", "decayed needs a leak below 1, or no input reaches the membrane");
            }
        }

        /** Factor on the membrane potential per step; 1 without leak. */
        public double effectiveLeak() {
            return kind == Kind.IF ? 1.0 : leak;
        }
    }

    public NetworkBlock {
        hidden = List.copyOf(hidden);
        if (file.isPresent() && (arch != Arch.LAYERS || layers.isPresent())) {
            throw new InvalidSetting(
                    "file",
                    "is where the network comes from, and " + (layers.isPresent() ? "network.layers" : "network.arch")
                            + " says another; leave one of them out, on the command line as network.file=null");
        } else if (arch == Arch.LAYERS && layers.isEmpty() && file.isEmpty()) {
            throw new InvalidSetting(
                    "arch",
                    "must name an architecture, or network.layers describe the network or network.file hold it, got none");
        } else if (arch != Arch.LAYERS && layers.isPresent()) {
            throw new InvalidSetting(
                    "layers",
                    "describes a network, and network.arch " + Scalars.word(arch)
                            + " names another; leave one of them out, on the command line as network.arch=null");
        }
        Interval.check("width", width, "(0, 16]");
        for (int features : hidden) {
            Interval.check("hidden", features, "[1, 65536]");
        }
        Interval.check("time_steps", timeSteps, "[0, 4096]");
        Interval.check("dropout", dropout, "[0, 0.99]");
    }
}
