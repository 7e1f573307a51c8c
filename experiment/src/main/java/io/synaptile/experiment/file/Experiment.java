/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.sim.io.dataset.NormalisationChoice;

/** Everything an experiment file says, complete with defaults. */
public record Experiment(
        @Key("Name of the experiment; the run folder is named after it.")
        String name,

        @Key(value = "Seed of every random stream.", otherwise = "1")
        long seed,

        @Key("Which images are learned, and how they are divided.")
        DataBlock data,

        @Key("The spiking network.") NetworkBlock network,
        @Key("How the network is trained.") TrainBlock train,
        @Key("The chip the network is placed on.") HardwareBlock hardware,
        @Key("Which chips and images are simulated.") SimulateBlock simulate,

        @Key("How the host computes; changes no result beyond the backend's rounding.")
        RunBlock run,

        @Key(value = "The simulated board that 'synaptile board serve' serves.", addedLater = true)
        BoardBlock board) {

    public Experiment {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new InvalidSetting(
                    "name",
                    "must consist of 1 to 100 letters, digits, '.', '_' and '-' and begin with a letter or digit, got '"
                            + name + "'");
        }
        boolean hybrid = hardware.isHybrid();
        int word = hardware.recovery().sramBits();
        if (hybrid && word > 0 && Math.abs(hardware.recovery().shift()) > word) {
            throw new InvalidSetting(
                    "hardware.recovery.shift",
                    "must be at least " + -word + " and at most " + word
                            + ", or the word of hardware.recovery.sram_bits is shifted away, got "
                            + hardware.recovery().shift());
        }
        if (train.method() == TrainBlock.Method.RECOVERY && !hybrid) {
            throw new InvalidSetting(
                    "train.method",
                    "recovery needs hardware.codec rram-plus-shifted-sram, whose SRAM words are trained, got "
                            + hardware.codec());
        }
        if (train.method() == TrainBlock.Method.STDS && hybrid) {
            throw new InvalidSetting(
                    "train.method",
                    "stds does not go with hardware.codec rram-plus-shifted-sram, whose SRAM words are trained beside"
                            + " weights that stay as they are");
        }
        if (train.method() == TrainBlock.Method.DSR && hybrid) {
            throw new InvalidSetting(
                    "train.method",
                    "dsr trains no SRAM words, which hardware.codec rram-plus-shifted-sram has; train recovery from its"
                            + " model, got dsr");
        }
        if (hybrid && train.from().isEmpty()) {
            throw new InvalidSetting(
                    "train.from",
                    "must name the run folder or model file whose weights are in the RRAM, because hardware.codec is"
                            + " rram-plus-shifted-sram, got ''");
        }
        if (hybrid
                && train.recovery().against() == RecoveryBlock.Against.POPULATION
                && train.variation().device() == VariationBlock.Device.NONE) {
            throw new InvalidSetting(
                    "train.recovery.against",
                    "needs train.variation.device rram for population, got none; train.variation.scale 0 is a"
                            + " population without variation");
        }
        if (hybrid
                && train.recovery().against() == RecoveryBlock.Against.INSTANCE
                && train.recovery().instance() >= simulate.instances()) {
            throw new InvalidSetting(
                    "train.recovery.instance",
                    "must be below simulate.instances " + simulate.instances() + ", or that chip is not simulated, got "
                            + train.recovery().instance());
        }
        if (train.loop().isOn() && hybrid) {
            throw new InvalidSetting(
                    "train.loop.policy",
                    "must be none for hardware.codec rram-plus-shifted-sram, whose RRAM weights stay as they are, got "
                            + Scalars.word(train.loop().policy()));
        }
        if (train.loop().isOn() && hardware.boards().arrays().isEmpty()) {
            throw new InvalidSetting(
                    "train.loop.policy",
                    "needs a layer in hardware.boards, such as hardware.boards: {fc2: grpc://localhost:7447/array0}, got "
                            + Scalars.word(train.loop().policy()));
        }
        if (train.loop().isOn() && hardware.sparseMapping() != HardwareBlock.SparseMapping.NONE) {
            throw new InvalidSetting(
                    "hardware.sparse_mapping",
                    "must be none where train.loop has boards in training, whose tiles would change with the weights, got "
                            + Scalars.word(hardware.sparseMapping()));
        }
        if (train.loop().isOn() && hardware.bias() == HardwareBlock.Bias.ROW) {
            throw new InvalidSetting(
                    "hardware.bias",
                    "must be digital where train.loop has boards in training, got " + Scalars.word(hardware.bias()));
        }
        if (train.prune().enabled() && !hybrid) {
            throw new InvalidSetting(
                    "train.prune.enabled",
                    "needs hardware.codec rram-plus-shifted-sram, whose SRAM words are pruned, got "
                            + hardware.codec());
        }
        if (network.arch() != NetworkBlock.Arch.LAYERS
                && network.norm() == NetworkBlock.Norm.BNTT
                && network.timeSteps() > 0
                && simulate.timeSteps() > network.timeSteps()) {
            throw new InvalidSetting(
                    "simulate.time_steps",
                    "must be at most " + network.timeSteps()
                            + " (network.time_steps: a bntt norm has no statistics for later steps), got "
                            + simulate.timeSteps());
        }
        NormalisationChoice normalisation = data.normalise().choice();
        if (network.coding() == NetworkBlock.Coding.SPIKES
                && (normalisation instanceof NormalisationChoice.OfTraining
                        || normalisation instanceof NormalisationChoice.Constants)) {
            throw new InvalidSetting(
                    "data.normalise", "must be none with network.coding spikes, whose frames hold whole numbers");
        }
        if (data.delta().isPresent() && network.coding() != NetworkBlock.Coding.SPIKES) {
            throw new InvalidSetting(
                    "data.delta",
                    "gives spikes and needs network.coding spikes, got " + Scalars.word(network.coding()));
        }
    }

    /** The same experiment with another data block. */
    public Experiment with(DataBlock other) {
        return new Experiment(name, seed, other, network, train, hardware, simulate, run, board);
    }

    /** The same experiment with another network block. */
    public Experiment with(NetworkBlock other) {
        return new Experiment(name, seed, data, other, train, hardware, simulate, run, board);
    }

    /** The same experiment with another hardware block. */
    public Experiment with(HardwareBlock other) {
        return new Experiment(name, seed, data, network, train, other, simulate, run, board);
    }

    /** The same experiment with another simulation. */
    public Experiment with(SimulateBlock other) {
        return new Experiment(name, seed, data, network, train, hardware, other, run, board);
    }
}
