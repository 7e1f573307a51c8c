/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Block {@code train}. */
public record TrainBlock(
        @Key(
                value =
                        "Back-propagation through time with a surrogate gradient and per-step norms (bntt), training of SRAM words beside the RRAM weights of the model in train.from (recovery), which bntt means as well where hardware.codec is rram-plus-shifted-sram; sparse training behind a soft threshold that widens (stds); training of a spiking network by its firing rates (dsr); or training of an artificial network and conversion to a spiking one, with thresholds of its activations (conversion) or with activations that are rates (rate-norm).",
                otherwise = "bntt",
                source =
                        "bntt: Kim and Panda, Frontiers in Neuroscience 2021; recovery: Krishnan et al., IEEE TCAD 2022; conversion: Lu and Sengupta, Frontiers in Neuroscience 2020; rate-norm: Ding et al., IJCAI 2021; stds: Chen et al., ICML 2022; dsr: Meng et al., CVPR 2022")
        Method method,

        @Key(
                value =
                        "Passes over the training images; 0 converts the model in train.from as it is, which methods conversion and rate-norm do.",
                otherwise = "20",
                range = "[0, inf)")
        int epochs,

        @Key("Update rule of the weights and of all else that is trained.")
        OptimizerBlock optimizer,

        @Key(value = "Learning rate over the training.", alone = "kind")
        ScheduleBlock schedule,

        @Key(value = "Loss of the class scores.", alone = "kind", addedLater = true)
        LossBlock loss,

        @Key(
                value = "Binary weights of the artificial network.",
                kinds = "conversion",
                alone = "enabled",
                addedLater = true)
        BinaryBlock binary,

        @Key(
                value = "How the artificial network becomes a spiking one.",
                kinds = "conversion",
                alone = "kind",
                addedLater = true)
        ConvertBlock convert,

        @Key(
                value = "Activations that are rates, and their second stage of training.",
                kinds = "rate-norm",
                alone = "lambda",
                addedLater = true)
        RateNormBlock rateNorm,

        @Key(
                value = "Sparse weights, by a zone around 0 that widens in training.",
                kinds = "stds",
                alone = "width",
                addedLater = true)
        StdsBlock stds,

        @Key(
                value = "Neurons that learn by their firing rates, and what the network starts from.",
                kinds = "dsr",
                alone = "kind",
                addedLater = true)
        DsrBlock dsr,

        @Key(
                value = "Price on layers that fire much, so that the trained network spends fewer spikes.",
                alone = "weight",
                addedLater = true)
        SpikeRateBlock spikeRate,

        @Key(
                value =
                        "Layers whose parameters move otherwise, norms among them. A name overrides a pattern with * and ?.",
                addedLater = true)
        Map<String, ParameterBlock> perLayer,

        @Key(value = "An end before the last epoch, once others bring nothing.", alone = "patience", addedLater = true)
        EarlyStoppingBlock earlyStopping,

        @Key(
                value =
                        "Epoch whose weights are kept: the one most accurate on the validation images, or on the training images where data.validation holds none back (best); the last; auto is best, and last where SRAM words are pruned or train.method is stds.",
                otherwise = "auto")
        Keep keep,

        @Key(
                value =
                        "Write the course of the training as event files for TensorBoard as well, in the folder tensorboard of the run folder.",
                otherwise = "false",
                hashed = false)
        boolean tensorboard,

        @Key(
                value =
                        "Trainings that differ by their seed: seed, seed + 1 and so on. The first is the model of the run; the others are written to chips as well, for the mean and the deviation in seeds.csv.",
                otherwise = "1",
                range = "[1, 100]",
                addedLater = true)
        int seeds,

        @Key("Quantisation of the weights in training, straight-through in the backward pass.")
        QuantiseBlock quantise,

        @Key("Device variation drawn in training.") VariationBlock variation,

        @Key(
                value = "Boards in training: how it deals with the layers of hardware.boards.",
                alone = "policy",
                addedLater = true)
        LoopBlock loop,

        @Key(
                value =
                        "Run folder or model file that training starts from, relative to the experiment file; if empty, weights are drawn.",
                otherwise = "''")
        String from,

        @Key(
                value = "Training of SRAM words beside the RRAM weights of the model in train.from.",
                kinds = {"bntt", "recovery"})
        RecoveryBlock recovery,

        @Key(
                value = "Pruning of these words by group lasso.",
                kinds = {"bntt", "recovery"})
        PruneBlock prune) {

    /** Values of {@code train.method}. */
    public enum Method {
        BNTT,
        RECOVERY,
        CONVERSION,
        RATE_NORM,
        STDS,
        DSR;

        /** Whether an artificial network is trained and then converted. */
        public boolean converts() {
            return this == CONVERSION || this == RATE_NORM;
        }
    }

    /** Values of {@code train.keep}. */
    public enum Keep {
        AUTO,
        BEST,
        LAST
    }

    /** Values of the {@code layers} keys: convolutions if there are any, else all; convolutions; all. */
    public enum Layers {
        AUTO,
        CONV,
        ALL
    }

    /** Whether the last epoch is kept, not the best: an early one is often more accurate because little is pruned by then. */
    public boolean keepsLast() {
        return switch (keep) {
            case AUTO -> prune.enabled() || method == Method.STDS;
            case BEST -> false;
            case LAST -> true;
        };
    }

    public TrainBlock {
        perLayer = Collections.unmodifiableMap(new TreeMap<>(perLayer));
        Interval.check("epochs", epochs, "[0, inf)");
        if (epochs == 0 && (!method.converts() || from.isEmpty())) {
            throw new InvalidSetting(
                    "epochs",
                    "must be at least 1 with train.method "
                            + Scalars.word(method)
                            + (method.converts() ? " and no train.from" : "")
                            + ", got 0; conversion and rate-norm alone need no training, where train.from has a model");
        }
        Interval.check("seeds", seeds, "[1, 100]");
        if (prune.settleEpochs() >= Math.max(1, epochs)) {
            throw new InvalidSetting(
                    "prune.settle_epochs",
                    "must be less than train.epochs " + epochs + ", got " + prune.settleEpochs());
        }
        if (schedule.warmUp().orElse(0) > epochs) {
            throw new InvalidSetting(
                    "schedule.warm_up",
                    "must be at most train.epochs " + epochs + ", got "
                            + schedule.warmUp().get());
        }
        if (earlyStopping.patience() > 0 && prune.enabled()) {
            throw new InvalidSetting(
                    "early_stopping.patience",
                    "must be off where train.prune.enabled is true, because an early epoch is often the most accurate then, got "
                            + earlyStopping.patience());
        }
        if (earlyStopping.patience() > 0 && method == Method.STDS) {
            throw new InvalidSetting(
                    "early_stopping.patience",
                    "must be off for train.method stds, whose accuracy recovers only when its zone stops widening, got "
                            + earlyStopping.patience());
        }
        if (binary.enabled() && variation.device() != VariationBlock.Device.NONE) {
            throw new InvalidSetting(
                    "variation.device",
                    "must be none where train.binary is true: variation of binary weights is that of the chip, got "
                            + Scalars.word(variation.device()));
        }
        if (binary.enabled() && convert.scale().equals(Optional.of(ConvertBlock.Scale.CHANNEL))) {
            throw new InvalidSetting(
                    "convert.scale",
                    "must be layer where train.binary is true: weights of -1 and 1 cannot weigh inputs of channels with scales"
                            + " of their own, got channel");
        }
        if (dsr.annEpochs() > 0 && dsr.annEpochs() >= epochs) {
            throw new InvalidSetting(
                    "dsr.ann_epochs", "must be less than train.epochs " + epochs + ", got " + dsr.annEpochs());
        }
        if (dsr.annEpochs() > 0 && earlyStopping.patience() > 0) {
            throw new InvalidSetting(
                    "early_stopping.patience",
                    "must be off where train.dsr.ann_epochs is above 0, got " + earlyStopping.patience());
        }
        if (dsr.annEpochs() > 0 && spikeRate.weight() != 0) {
            throw new InvalidSetting(
                    "spike_rate.weight",
                    "must be 0 where train.dsr.ann_epochs is above 0, because rectifiers do not spike, got "
                            + spikeRate.weight());
        }
        if (method == Method.DSR && schedule.warmUp().isPresent()) {
            throw new InvalidSetting(
                    "schedule.warm_up",
                    "has no meaning for train.method dsr, which has train.dsr.warm_up, got "
                            + schedule.warmUp().get());
        }
        if (method.converts() && spikeRate.weight() != 0) {
            throw new InvalidSetting(
                    "spike_rate.weight",
                    "must be 0 for train.method " + Scalars.word(method)
                            + ", whose trained network does not spike, got " + spikeRate.weight());
        }
        if (loop.isOn() && method != Method.BNTT && method != Method.STDS) {
            throw new InvalidSetting(
                    "loop.policy",
                    "must be none for train.method " + Scalars.word(method)
                            + "; bntt and stds train with boards, also further what others have trained, got "
                            + Scalars.word(loop.policy()));
        }
        if (loop.policy() == LoopBlock.Policy.LAYERS && earlyStopping.patience() > 0) {
            throw new InvalidSetting(
                    "early_stopping.patience",
                    "must be off where train.loop is layers, which gives every layer its epochs, got "
                            + earlyStopping.patience());
        }
        if (variation.device() != VariationBlock.Device.NONE && quantise.isOff()) {
            throw new InvalidSetting(
                    "variation.device",
                    "needs train.quantise.bits of at least 1, because sigma belongs to a number of levels, got "
                            + (quantise.kind() == QuantiseBlock.Kind.NONE ? "train.quantise.kind none" : "off"));
        }
    }
}
