/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.DsrBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.NetworkBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.conversion.ScaleRule;
import io.synaptile.training.method.dsr.ArtificialStart;
import io.synaptile.training.method.dsr.RatedNetworks;
import io.synaptile.training.method.dsr.RatedNeuron;
import java.util.Optional;

/** What an experiment says of a network that learns by its firing rates. */
final class RatedNetwork {
    private static final String METHOD = "train.method";
    private static final String ANN_EPOCHS = "train.dsr.ann_epochs";
    /** Images that thresholds are found on unless others are asked for. */
    private static final int USUAL_IMAGES = 512;

    private RatedNetwork() {}

    /**
     * The network as its method has it; unchanged if that is another.
     *
     * @param written as the network block describes it
     * @throws io.synaptile.experiment.file.ConfigException naming what the method cannot have
     */
    static Network of(ExperimentFile file, Network written, Encoder encoder) {
        TrainBlock train = file.experiment().train();
        if (train.method() != TrainBlock.Method.DSR) {
            return written;
        }
        NetworkBlock.NeuronBlock neuron = file.experiment().network().neuron();
        if (neuron.reset() == NetworkBlock.NeuronBlock.Reset.HARD) {
            throw file.problem(
                    "network.neuron.reset",
                    "network.neuron.reset must be soft for train.method dsr, whose rates follow what is left after a spike,"
                            + " got hard");
        }
        if (train.dsr().annEpochs() > 0 && encoder instanceof Encoder.Frames) {
            throw file.problem(
                    ANN_EPOCHS,
                    ANN_EPOCHS + " needs images, and those of data.set "
                            + file.experiment().data().set() + " are recordings");
        }
        try {
            return RatedNetworks.of(written, neuron(train.dsr()));
        } catch (IllegalArgumentException e) {
            throw file.problem(METHOD, METHOD + " dsr: " + e.getMessage());
        }
    }

    /** Its neurons. */
    static RatedNeuron neuron(DsrBlock block) {
        float threshold = (float) block.threshold();
        float share = (float) block.firingShare();
        float factor = (float) block.thresholdFactor();
        return switch (block.kind()) {
            case IF -> RatedNeuron.integrating(threshold, block.learnThreshold(), share, factor);
            case LIF ->
                RatedNeuron.leaking(
                        threshold,
                        block.learnThreshold(),
                        share,
                        block.tau().orElseThrow().floatValue(),
                        block.step().orElseThrow().floatValue(),
                        factor);
        };
    }

    /**
     * What comes before the spiking network, if anything does.
     *
     * @param available training images
     * @throws io.synaptile.experiment.file.ConfigException if there are not as many as asked for
     */
    static Optional<ArtificialStart> start(ExperimentFile file, int available) {
        DsrBlock block = file.experiment().train().dsr();
        if (block.annEpochs() == 0) {
            return Optional.empty();
        }
        if (block.images() > available) {
            throw file.problem(
                    "train.dsr.images",
                    "train.dsr.images must be at most " + available
                            + ", the training images that are left after validation, got " + block.images());
        }
        int images = block.images() > 0 ? block.images() : Math.min(USUAL_IMAGES, available);
        return Optional.of(
                new ArtificialStart(block.annEpochs(), new ScaleRule(block.percentile(), false, false), images));
    }
}
