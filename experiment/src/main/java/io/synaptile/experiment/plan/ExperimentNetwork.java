/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.LayerList;
import io.synaptile.experiment.file.NetworkBlock;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.SewResNet;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.network.VotingNetwork;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds the network that an experiment's network block describes. */
public final class ExperimentNetwork {
    private ExperimentNetwork() {}

    /**
     * The untrained network.
     *
     * @param images as they are published
     * @throws io.synaptile.experiment.file.ConfigException if the architecture does not fit the images
     */
    public static Network build(ExperimentFile file, DataForm images) {
        Shape image = images.shape();
        int classes = images.classes();
        NetworkBlock block = file.experiment().network();
        Shape input = input(block, image);
        NetworkBlock.NeuronBlock neuron = block.neuron();
        NeuronSpec spec = neuron(neuron);
        Architectures.Options options = new Architectures.Options(
                switch (block.norm()) {
                    case BNTT -> Architectures.Norm.BNTT;
                    case SHARED -> Architectures.Norm.SHARED;
                    case NONE -> Architectures.Norm.NONE;
                },
                spec,
                (float) block.dropout());
        try {
            Network network = switch (block.arch()) {
                case LAYERS ->
                    block.file().isPresent()
                            ? ofFile(file, block.file().get(), input, classes)
                            : DescribedNetwork.build(
                                    block.layers().orElseThrow(), input, images.inputs(), classes, spec, (float)
                                            neuron.leak());
                case MLP -> Architectures.mlp(input, classes, block.hidden(), options);
                case PREACT_RESNET18 -> Architectures.preActResNet18(input, classes, block.width(), options);
                case VGG5, VGG9, VGG11, VGG11_DVS, VGG15, VGG16, VGG19 ->
                    Architectures.vgg(vggName(block.arch()), input, classes, block.width(), options);
                case SEW_RESNET18 -> SewResNet.of(input, classes, block.width(), options, connect(block));
                case STDS_CIFAR -> VotingNetwork.of(input, classes, block.width(), options);
            };
            network.synapses().forEach(Network.Node::weightCount);
            return network;
        } catch (IllegalArgumentException e) {
            throw file.problem("network.arch", "network.arch does not fit images of " + image + ": " + e.getMessage());
        } catch (ArithmeticException e) {
            String key = switch (block.arch()) {
                case LAYERS -> LayerList.KEY;
                case MLP -> "network.hidden";
                case VGG5, VGG9, VGG11, VGG11_DVS, VGG15, VGG16, VGG19, SEW_RESNET18, STDS_CIFAR, PREACT_RESNET18 ->
                    "network.width";
            };
            throw file.problem(key, key + " gives a layer more than " + Integer.MAX_VALUE + " weights");
        }
    }

    private static Layer.Join.Function connect(NetworkBlock block) {
        return switch (block.connect().orElse(NetworkBlock.Connect.ADD)) {
            case ADD -> Layer.Join.Function.ADD;
            case AND -> Layer.Join.Function.AND;
            case IAND -> Layer.Join.Function.IAND;
        };
    }

    private static Network ofFile(ExperimentFile file, String path, Shape input, int classes) {
        String key = ExperimentFile.NETWORK_FILE;
        Network network;
        try {
            network = ModelFile.read(Path.of(path)).network();
        } catch (DataFileException e) {
            throw file.problem(key, key + ": " + e.getMessage());
        }
        requireImages(file, key, network, input, classes);
        return network;
    }

    /**
     * Checks that a trained network is one for the experiment's images.
     *
     * @param images as they are published
     * @throws io.synaptile.experiment.file.ConfigException if it is not
     */
    static void requireFit(ExperimentFile file, Network trained, DataForm images) {
        Shape input = input(file.experiment().network(), images.shape());
        requireImages(file, "data", trained, input, images.classes());
    }

    private static void requireImages(ExperimentFile file, String key, Network network, Shape input, int classes) {
        if (!network.input().equals(input)) {
            throw file.problem(
                    key, key + ": the network reads images of " + network.input() + ", those of the data are " + input);
        }
        if (network.classes() != classes) {
            throw file.problem(
                    key, key + ": the network has " + network.classes() + " classes, the data has " + classes);
        }
    }

    private static NeuronSpec neuron(NetworkBlock.NeuronBlock neuron) {
        float leak = (float) neuron.effectiveLeak();
        return new NeuronSpec(
                leak,
                switch (neuron.input().orElse(NetworkBlock.NeuronBlock.Input.UNDECAYED)) {
                    case UNDECAYED -> 1f;
                    case DECAYED -> 1f - leak;
                },
                (float) neuron.threshold(),
                switch (neuron.fires().orElse(NetworkBlock.NeuronBlock.Fires.ABOVE)) {
                    case ABOVE -> NeuronSpec.Firing.ABOVE;
                    case FROM -> NeuronSpec.Firing.FROM;
                },
                switch (neuron.reset()) {
                    case SOFT -> NeuronSpec.Reset.SOFT;
                    case HARD -> NeuronSpec.Reset.HARD;
                },
                neuron.resetPotential().orElse(0.0).floatValue(),
                surrogate(neuron),
                new NeuronDynamics(
                        neuron.refractory().orElse(0),
                        neuron.adaptationDecay().orElse(0.0).floatValue(),
                        neuron.adaptationStrength().orElse(0.0).floatValue(),
                        scope(neuron.learnLeak()),
                        scope(neuron.learnThreshold()),
                        neuron.initial().orElse(0.0).floatValue(),
                        emission(neuron)));
    }

    private static Emission emission(NetworkBlock.NeuronBlock neuron) {
        double value = neuron.emission().orElse(1.0);
        return value == 0 ? new Emission.Threshold() : new Emission.Fixed((float) value);
    }

    private static Scope scope(Optional<NetworkBlock.NeuronBlock.Learn> learn) {
        return switch (learn.orElse(NetworkBlock.NeuronBlock.Learn.NONE)) {
            case NONE -> Scope.FIXED;
            case LAYER -> Scope.LAYER;
            case CHANNEL -> Scope.CHANNEL;
        };
    }

    private static Surrogate surrogate(NetworkBlock.NeuronBlock neuron) {
        NetworkBlock.NeuronBlock.SurrogateKind kind =
                neuron.surrogate().orElse(NetworkBlock.NeuronBlock.SurrogateKind.TRIANGLE);
        UnaryOperator<Float> shape =
                usual -> neuron.surrogateShape().map(Double::floatValue).orElse(usual);
        return switch (kind) {
            case TRIANGLE -> new Surrogate.Triangle(shape.apply(Surrogate.Triangle.USUAL));
            case RECTANGLE -> new Surrogate.Rectangle(shape.apply(Surrogate.Rectangle.USUAL));
            case ATAN -> new Surrogate.ArcTangent(shape.apply(Surrogate.ArcTangent.USUAL));
            case SIGMOID -> new Surrogate.Sigmoid(shape.apply(Surrogate.Sigmoid.USUAL));
            case FAST_SIGMOID -> new Surrogate.FastSigmoid(shape.apply(Surrogate.FastSigmoid.USUAL));
        };
    }

    /**
     * Checks that a network has statistics for all steps that are simulated.
     *
     * @param steps of training
     * @throws io.synaptile.experiment.file.ConfigException if it has not
     */
    static void requireSteps(ExperimentFile file, Network network, int steps) {
        Experiment experiment = file.experiment();
        boolean perStep = network.nodes().stream()
                .anyMatch(node -> node.layer() instanceof Layer.StepNorm norm && !norm.shared());
        if (perStep && experiment.simulate().timeSteps() > steps) {
            throw file.problem(
                    "simulate.time_steps",
                    "simulate.time_steps must be at most " + steps
                            + " (network.time_steps: a bntt norm has no statistics for later steps), got "
                            + experiment.simulate().timeSteps());
        }
    }

    /** Shape in which the network reads images; black is added to what is too small for its pools. */
    static Shape input(NetworkBlock block, Shape image) {
        return switch (block.arch()) {
            case LAYERS, MLP, SEW_RESNET18, STDS_CIFAR, PREACT_RESNET18 -> image;
            case VGG5, VGG9, VGG11, VGG11_DVS, VGG15, VGG16, VGG19 ->
                Architectures.vggInput(vggName(block.arch()), image);
        };
    }

    private static String vggName(NetworkBlock.Arch arch) {
        return arch.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
