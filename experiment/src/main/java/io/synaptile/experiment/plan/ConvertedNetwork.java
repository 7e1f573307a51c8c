/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.BinaryBlock;
import io.synaptile.experiment.file.ConvertBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.RateNormBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.conversion.NotConvertibleException;
import io.synaptile.training.conversion.ScaleRule;
import io.synaptile.training.conversion.SpikingForm;
import io.synaptile.training.conversion.TwinNetworks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an experiment says of conversion: both forms of its network, and which of its layers are binary. */
final class ConvertedNetwork {
    private static final String METHOD = "train.method";
    private static final String BINARY = "train.binary";

    /** Images that scales are found on where there are as many. */
    private static final int USUAL_IMAGES = 512;

    /** Percentile of rectifiers that the network has beside activations of another kind. */
    private static final double LARGEST = 100;

    private ConvertedNetwork() {}

    /**
     * Both forms of the network of an experiment; empty if its method trains spiking networks.
     *
     * @param written as the network block describes it
     * @throws io.synaptile.experiment.file.ConfigException naming what cannot be converted
     */
    static Optional<TwinNetworks> twins(ExperimentFile file, Network written, Encoder encoder) {
        TrainBlock train = file.experiment().train();
        if (!train.method().converts()) {
            return Optional.empty();
        }
        if (encoder instanceof Encoder.Frames) {
            throw file.problem(
                    METHOD,
                    method(train) + " needs images, and those of data.set "
                            + file.experiment().data().set() + " are recordings");
        }
        try {
            boolean rates = train.method() == TrainBlock.Method.RATE_NORM;
            TwinNetworks twins = rates
                    ? TwinNetworks.of(written, activation(train.rateNorm()), true, form(train.rateNorm()))
                    : TwinNetworks.of(written, activation(train.convert()), false, form(train.convert()));
            requireBinary(file, twins);
            return Optional.of(twins);
        } catch (NotConvertibleException e) {
            throw file.problem(METHOD, method(train) + ": " + e.getMessage());
        }
    }

    private static String method(TrainBlock train) {
        return METHOD + " " + train.method().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Layer.Activation activation(RateNormBlock block) {
        Layer.RateNorm usual = Layer.RateNorm.standard();
        return new Layer.RateNorm(usual.momentum(), usual.epsilon(), block.form() == RateNormBlock.Form.SIGMOID, false);
    }

    private static SpikingForm form(RateNormBlock block) {
        return new SpikingForm((float) block.initial(), block.schedule() == ConvertBlock.Schedule.PIPELINED);
    }

    private static Layer.Activation activation(ConvertBlock block) {
        return switch (block.kind()) {
            case PERCENTILE -> new Layer.Relu(Float.POSITIVE_INFINITY);
            case QCFS ->
                new Layer.Qcfs(
                        block.levels().orElseThrow(),
                        block.ceiling().orElseThrow().floatValue());
        };
    }

    private static SpikingForm form(ConvertBlock block) {
        return new SpikingForm(
                block.initial().orElse(0.0).floatValue(), block.schedule() == ConvertBlock.Schedule.PIPELINED);
    }

    /** Norms, biases and joins have no place among binary weights whose scale goes into thresholds. */
    private static void requireBinary(ExperimentFile file, TwinNetworks twins) {
        BinaryBlock block = file.experiment().train().binary();
        if (!block.enabled()) {
            return;
        }
        for (Network.Node node : twins.artificial().nodes()) {
            String refused = switch (node.layer()) {
                case Layer.StepNorm _ -> "a norm; write network.norm: none, or leave it out of network.layers";
                case Layer.Bias _ -> "a bias";
                case Layer.Join _ -> "a sum of layers";
                default -> "";
            };
            if (!refused.isEmpty()) {
                throw file.problem(BINARY, BINARY + " does not go with layer " + node.name() + ", " + refused);
            }
        }
        for (Network.Node node : binary(block, twins.artificial())) {
            if (node.weightShape()[1] == 1) {
                throw file.problem(
                        BINARY + ".layers",
                        BINARY + ".layers: layer " + node.name()
                                + " has a single input channel, and its weights are centred over input channels");
            }
            joined(twins.artificial(), node).ifPresent(concat -> {
                throw file.problem(
                        BINARY,
                        BINARY + " does not go with layer " + concat
                                + ", behind which binary weights would read values of different scales");
            });
        }
    }

    /** Name of the layer that puts the inputs of a synapse together from several layers, if one does. */
    private static Optional<String> joined(Network network, Network.Node synapse) {
        int at = synapse.inputs().getFirst();
        while (at != Network.INPUT) {
            Network.Node node = network.node(at);
            if (node.layer() instanceof Layer.Concat) {
                return Optional.of(node.name());
            } else if (!(node.layer() instanceof Layer.Passing)) {
                return Optional.empty();
            }
            at = node.inputs().getFirst();
        }
        return Optional.empty();
    }

    /** Layers with binary weights, in either form of the network. */
    static List<Network.Node> binary(BinaryBlock block, Network network) {
        if (!block.enabled()) {
            return List.of();
        }
        BinaryBlock.Layers layers = block.layers().orElseThrow();
        List<Network.Node> candidates = network.synapses().stream()
                .filter(node -> layers != BinaryBlock.Layers.CONV || node.layer() instanceof Layer.Conv2d)
                .toList();
        return switch (layers) {
            case ALL -> candidates;
            case INNER, CONV -> candidates.subList(Math.min(1, candidates.size()), Math.max(1, candidates.size() - 1));
        };
    }

    /** Ids of these. */
    static Set<Integer> binaryIds(BinaryBlock block, Network network) {
        return binary(block, network).stream().map(Network.Node::id).collect(Collectors.toSet());
    }

    /** How scales of rectifiers are found. */
    static ScaleRule scales(ConvertBlock block) {
        return new ScaleRule(
                block.percentile().orElse(LARGEST),
                block.over().equals(Optional.of(ConvertBlock.Over.POSITIVE)),
                block.scale().equals(Optional.of(ConvertBlock.Scale.CHANNEL)));
    }

    /**
     * Images that scales are found on.
     *
     * @param available training images
     * @throws io.synaptile.experiment.file.ConfigException if there are not as many as asked for
     */
    static int images(ExperimentFile file, int available) {
        int asked = file.experiment().train().convert().images().orElse(0);
        if (asked > available) {
            throw file.problem(
                    "train.convert.images",
                    "train.convert.images must be at most " + available
                            + ", the training images that are left after validation, got " + asked);
        }
        return asked > 0 ? asked : Math.min(USUAL_IMAGES, available);
    }

    /** Value of the input that one spike per step stands for. */
    static float inputUnit(Encoder encoder) {
        return encoder instanceof Encoder.Poisson(float rescale) ? rescale : 1f;
    }
}
