/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Block {@code train}. */
public record TrainBlock(
        @Key(
                value = "Back-propagation through time with a surrogate gradient and per-step norms.",
                otherwise = "bntt",
                source = "Kim and Panda, Frontiers in Neuroscience 2021")
        Method method,

        @Key(value = "Passes over the training images.", otherwise = "20", range = "[1, inf)")
        int epochs,

        @Key("Update rule of the weights and of all else that is trained.")
        Optimizer optimizer,

        @Key(value = "Learning rate over the training.", alone = "kind")
        Schedule schedule,

        @Key(value = "Loss of the class scores.", alone = "kind", addedLater = true)
        Loss loss,

        @Key(
                value =
                        "Layers whose parameters move otherwise, norms among them. A name overrides a pattern with * and ?.",
                addedLater = true)
        Map<String, OfLayer> perLayer,

        @Key(value = "An end before the last epoch, once others bring nothing.", alone = "patience", addedLater = true)
        EarlyStopping earlyStopping,

        @Key(
                value =
                        "Epoch whose weights are kept: the one most accurate on the validation images, or on the training images where data.validation holds none back (best); the last; auto is best, and last where SRAM words are pruned.",
                otherwise = "auto")
        Keep keep,

        @Key("Quantisation of the weights in training, straight-through in the backward pass.")
        Quantise quantise,

        @Key("Device variation drawn in training.") Variation variation,

        @Key(
                value =
                        "Run folder or model file that training starts from, relative to the experiment file; if empty, weights are drawn.",
                otherwise = "''")
        String from,

        @Key("Training of SRAM words beside the RRAM weights of the model in train.from.")
        Recovery recovery,

        @Key("Pruning of these words by group lasso.") Prune prune) {

    /** Values of {@code train.method}. */
    public enum Method {
        BNTT
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

    /** Block {@code train.optimizer}. */
    public record Optimizer(
            @Key(
                    value =
                            "Stochastic gradient descent; Adam; Adam with weight decay on the weights themselves (adamw).",
                    otherwise = "sgd",
                    source = "adam: Kingma and Ba, ICLR 2015; adamw: Loshchilov and Hutter, ICLR 2019")
            Kind kind,

            @Key(
                    value = "Learning rate.",
                    otherwise = "0.1",
                    byKind =
                            @Key.ByKind(
                                    kinds = {"adam", "adamw"},
                                    otherwise = "0.001"),
                    range = "(0, 1000]",
                    source = "sgd: published code of Kim and Panda 2021; adam: Kingma and Ba 2015")
            double lr,

            @Key(value = "Momentum.", kinds = "sgd", otherwise = "0.9", range = "[0, 0.9999]")
            Optional<Double> momentum,

            @Key(
                    value = "Nesterov's step.",
                    kinds = "sgd",
                    otherwise = "false",
                    source = "Sutskever et al., ICML 2013, as in PyTorch",
                    addedLater = true)
            Optional<Boolean> nesterov,

            @Key(
                    value = "Share that the mean of the gradients keeps per step.",
                    kinds = {"adam", "adamw"},
                    otherwise = "0.9",
                    range = "[0, 0.9999]",
                    source = "Kingma and Ba 2015")
            Optional<Double> beta1,

            @Key(
                    value = "Share that the mean of their squares keeps per step.",
                    kinds = {"adam", "adamw"},
                    otherwise = "0.999",
                    range = "[0, 0.999999]",
                    source = "Kingma and Ba 2015")
            Optional<Double> beta2,

            @Key(
                    value = "Added to the root of that mean.",
                    kinds = {"adam", "adamw"},
                    otherwise = "1e-8",
                    range = "[1e-20, 1]",
                    source = "Kingma and Ba 2015")
            Optional<Double> epsilon,

            @Key(
                    value = "Weight decay, on norm scales as well.",
                    otherwise = "1e-4",
                    byKind = {
                        @Key.ByKind(kinds = "adam", otherwise = "0"),
                        @Key.ByKind(kinds = "adamw", otherwise = "0.01")
                    },
                    range = "[0, 1000]",
                    source = "adam and adamw: PyTorch")
            double weightDecay) {

        /** Values of {@code train.optimizer.kind}. */
        public enum Kind {
            SGD,
            ADAM,
            ADAMW
        }

        public Optimizer {
            Interval.check("lr", lr, "(0, 1000]");
            Interval.check("momentum", momentum, "[0, 0.9999]");
            Interval.check("beta1", beta1, "[0, 0.9999]");
            Interval.check("beta2", beta2, "[0, 0.999999]");
            Interval.check("epsilon", epsilon, "[1e-20, 1]");
            Interval.check("weight_decay", weightDecay, "[0, 1000]");
            if (nesterov.orElse(false) && momentum.orElse(0.0) == 0) {
                throw new InvalidSetting("nesterov", "needs train.optimizer.momentum above 0, got 0");
            }
        }
    }

    /** Block {@code train.schedule}. */
    public record Schedule(
            @Key(
                    value =
                            "Divided by 10 once 50, 70 and 90 % of the epochs are over (stepped), one epoch later and only where these shares are whole epochs (stepped-published), multiplied by a factor after given epochs (milestones), halved again and again, half a cosine, constant; or up and down in the course of the training, step by step (one-cycle).",
                    otherwise = "stepped",
                    source = "stepped-published: published code of Kim and Panda 2021; one-cycle: Smith 2018")
            Kind kind,

            @Key(
                    value = "Whether the rate falls between epochs or with every step.",
                    kinds = "cosine",
                    otherwise = "epoch",
                    addedLater = true)
            Optional<By> by,

            @Key(
                    value = "Numbers of finished epochs after which the rate is multiplied by the factor.",
                    kinds = "milestones",
                    range = "[1, inf)")
            Optional<List<Integer>> epochs,

            @Key(
                    value = "Factor on the rate after each of these.",
                    kinds = "milestones",
                    otherwise = "0.1",
                    range = "(0, 1]")
            Optional<Double> factor,

            @Key(value = "Epochs after which the rate is halved.", kinds = "halving", range = "[1, inf)")
            Optional<Integer> every,

            @Key(
                    value = "Share of the steps in which the rate rises to train.optimizer.lr; it falls in as many.",
                    kinds = "one-cycle",
                    otherwise = "0.45",
                    range = "(0, 0.5]")
            Optional<Double> rise,

            @Key(
                    value = "Rate before and after the cycle, as a share of train.optimizer.lr.",
                    kinds = "one-cycle",
                    otherwise = "0.1",
                    range = "(0, 1]")
            Optional<Double> start,

            @Key(
                    value = "Rate of the last step, as a share of train.optimizer.lr.",
                    kinds = "one-cycle",
                    otherwise = "0.001",
                    range = "(0, 1]")
            Optional<Double> end,

            @Key(
                    value =
                            "First epochs in which the rate grows with every step up to that of the schedule; not for one-cycle, which has a rise of its own.",
                    otherwise = "none",
                    range = "[1, inf)",
                    source = "Goyal et al., arXiv:1706.02677, 2017")
            Optional<Integer> warmUp) {

        /** Values of {@code train.schedule.kind}. */
        public enum Kind {
            STEPPED,
            STEPPED_PUBLISHED,
            MILESTONES,
            HALVING,
            COSINE,
            CONSTANT,
            ONE_CYCLE
        }

        /** Values of {@code train.schedule.by}. */
        public enum By {
            EPOCH,
            STEP
        }

        public Schedule {
            epochs = epochs.map(List::copyOf);
            epochs.ifPresent(numbers -> numbers.forEach(epoch -> Interval.check("epochs", epoch, "[1, inf)")));
            Interval.check("factor", factor, "(0, 1]");
            every.ifPresent(number -> Interval.check("every", number, "[1, inf)"));
            Interval.check("rise", rise, "(0, 0.5]");
            Interval.check("start", start, "(0, 1]");
            Interval.check("end", end, "(0, 1]");
            warmUp.ifPresent(number -> Interval.check("warm_up", number, "[1, inf)"));
            if (kind == Kind.ONE_CYCLE && warmUp.isPresent()) {
                throw new InvalidSetting(
                        "warm_up", "has no meaning for kind one-cycle, which begins with a rise, got " + warmUp.get());
            }
        }
    }

    /** Block {@code train.loss}. */
    public record Loss(
            @Key(
                    value =
                            "Cross-entropy of the softmax of the scores, or their mean squared distance from 1 for the label and 0 for the others (mse).",
                    otherwise = "cross-entropy",
                    addedLater = true)
            Kind kind,

            @Key(
                    value = "Share of a label that is spread over all classes.",
                    kinds = "cross-entropy",
                    otherwise = "0",
                    range = "[0, 1)",
                    source = "Szegedy et al., CVPR 2016",
                    addedLater = true)
            Optional<Double> labelSmoothing) {

        /** Values of {@code train.loss.kind}. */
        public enum Kind {
            CROSS_ENTROPY,
            MSE
        }

        public Loss {
            Interval.check("label_smoothing", labelSmoothing, "[0, 1)");
        }
    }

    /** Block of {@code train.per_layer}. */
    public record OfLayer(
            @Key(
                    value =
                            "Parameters that are meant: weight, bias, gamma and beta (scales and offsets of a norm); all if empty.",
                    otherwise = "[]")
            List<String> roles,

            @Key(value = "Weight decay of these.", otherwise = "inherited", range = "[0, 1000]")
            Optional<Double> weightDecay,

            @Key(value = "Factor on the learning rate.", otherwise = "1", range = "[0, 1000]")
            double lrFactor,

            @Key(value = "They stay as they are.", otherwise = "false")
            boolean frozen,

            @Key(value = "Lower and upper bound that they are held between after every step.", otherwise = "none")
            Optional<List<Double>> clamp,

            @Key(
                    value =
                            "Weights have the mean over their input channels taken off after every step, at each output and place of the kernel, before they are clamped.",
                    otherwise = "false",
                    source = "published code of Rastegari et al., ECCV 2016")
            boolean centre) {
        public OfLayer {
            roles = List.copyOf(roles);
            clamp = clamp.map(List::copyOf);
            Interval.check("weight_decay", weightDecay, "[0, 1000]");
            Interval.check("lr_factor", lrFactor, "[0, 1000]");
            clamp.ifPresent(bounds -> {
                if (bounds.size() != 2 || !(bounds.getFirst() < bounds.getLast())) {
                    throw new InvalidSetting("clamp", "must be a lower bound and an upper one above it, got " + bounds);
                }
            });
        }
    }

    /** Block {@code train.early_stopping}. */
    public record EarlyStopping(
            @Key(
                    value =
                            "Epochs in a row without a better accuracy than the best before, on the images that train.keep goes by, after which training stops.",
                    otherwise = "off",
                    range = "[0, inf)",
                    zero = "off")
            int patience) {
        public EarlyStopping {
            Interval.check("patience", patience, "[0, inf)");
        }
    }

    /** Block {@code train.quantise}. */
    public record Quantise(
            @Key(
                    value =
                            "Quantiser: 2^bits levels without zero at a fixed scale (kbit), DoReFa, three levels at the layer's scale (ternary, which has no bits), or none.",
                    otherwise = "kbit",
                    source = "kbit and ternary: published code of Kim and Panda 2021; dorefa: Zhou et al. 2016")
            Kind kind,

            @Key(value = "Bits of a weight.", otherwise = "off", range = "[0, 8]", zero = "off")
            int bits,

            @Key(
                    value = "Layers that are quantised; auto: the convolutions, or all layers if there are none.",
                    otherwise = "auto")
            Layers layers,

            @Key(
                    value =
                            "Follow the published code where it differs from the method: weights are not clamped to [-1, 1] first, and a ternary weight at the negative threshold is 0.",
                    otherwise = "false")
            @Formerly("exact_seed")
            boolean asPublished,

            @Key(
                    "Layers with a quantiser of their own, including layers that train.quantise.layers leaves out. A name overrides a pattern with * and ?.")
            Map<String, OfLayer> perLayer) {

        /** Values of the {@code kind} keys. */
        public enum Kind {
            KBIT,
            DOREFA,
            TERNARY,
            NONE;

            boolean hasBits() {
                return this == KBIT || this == DOREFA;
            }
        }

        /** Block of {@code train.quantise.per_layer}. */
        public record OfLayer(
                @Key(value = "Quantiser of these layers.", otherwise = "inherited")
                Optional<Kind> kind,

                @Key(value = "Bits of a weight of these layers.", otherwise = "inherited", range = "[1, 8]")
                Optional<Integer> bits) {
            public OfLayer {
                bits.ifPresent(count -> Interval.check("bits", count, "[1, 8]"));
            }
        }

        /**
         * The quantiser of a layer.
         *
         * @param bits 0 for kinds that have none
         */
        public record Quantiser(Kind kind, int bits) {
            /** Whether weights stay as they are. */
            public boolean isOff() {
                return kind == Kind.NONE || kind.hasBits() && bits == 0;
            }
        }

        public Quantise {
            perLayer = Collections.unmodifiableMap(new TreeMap<>(perLayer));
            Interval.check("bits", bits, "[0, 8]");
            if (kind == Kind.DOREFA && bits == 0) {
                throw new InvalidSetting("bits", "must be at least 1 for train.quantise.kind dorefa, got off");
            }
            for (Map.Entry<String, OfLayer> entry : perLayer.entrySet()) {
                OfLayer own = entry.getValue();
                String key = "per_layer." + entry.getKey() + ".bits";
                Kind resolved = own.kind().orElse(kind);
                if (resolved.hasBits() && own.bits().orElse(bits) == 0) {
                    throw new InvalidSetting(
                            key,
                            "must be given for kind " + Scalars.word(resolved)
                                    + ", because train.quantise.bits is off");
                } else if (!resolved.hasBits() && own.bits().isPresent()) {
                    throw new InvalidSetting(
                            key,
                            "has no meaning for kind " + Scalars.word(resolved) + ", got "
                                    + own.bits().get() + "; kbit and dorefa have bits");
                }
            }
        }

        /** The quantiser of the layers that {@code layers} selects. */
        public Quantiser quantiser() {
            return new Quantiser(kind, kind.hasBits() ? bits : 0);
        }

        /** The quantiser of layers of {@code per_layer}. */
        public Quantiser quantiser(OfLayer own) {
            Kind resolved = own.kind().orElse(kind);
            return new Quantiser(resolved, resolved.hasBits() ? own.bits().orElse(bits) : 0);
        }

        /** Whether no layer is quantised whatever the network. */
        boolean isOff() {
            return quantiser().isOff()
                    && perLayer.values().stream().allMatch(own -> quantiser(own).isOff());
        }
    }

    /** Block {@code train.variation}. */
    public record Variation(
            @Key(value = "Device whose variation the training sees.", otherwise = "none")
            Device device,

            @Key(
                    value = "One log-normal factor per weight, or per cell through the codec of the hardware block.",
                    otherwise = "weight")
            Model model,

            @Key(value = "Factor on sigma.", otherwise = "1", range = "[0, 1000]")
            double scale,

            @Key(
                    value =
                            "Cap on a varied weight: magnitude at full scale, none, or the signed extremes of the layer as in the published code (published).",
                    otherwise = "symmetric")
            Saturate saturate,

            @Key(value = "How often a new draw is made.", otherwise = "forward")
            Resample resample) {

        /** Values of {@code train.variation.device}. */
        public enum Device {
            NONE,
            RRAM
        }

        /** Values of {@code train.variation.model}. */
        public enum Model {
            WEIGHT,
            CELL
        }

        /** Values of {@code train.variation.saturate}. */
        public enum Saturate {
            SYMMETRIC,
            NONE,
            @Formerly("seed")
            PUBLISHED
        }

        /** Values of {@code train.variation.resample}. */
        public enum Resample {
            FORWARD,
            EPOCH,
            ONCE
        }

        public Variation {
            Interval.check("scale", scale, "[0, 1000]");
        }
    }

    /** Block {@code train.recovery}; it counts where {@code hardware.codec} is rram-plus-shifted-sram. */
    public record Recovery(
            @Key(
                    value =
                            "What the SRAM words start as: a copy of the RRAM weights, the weights of another model (baseline), 0, random (xavier), or the words of a recovered model (sram).",
                    otherwise = "rram",
                    source = "published code of Kuang and Cao")
            Init init,

            @Key(
                    value = "Run folder or model file for init baseline, relative to the experiment file.",
                    otherwise = "''")
            String baseline,

            @Key(
                    value =
                            "Which RRAM the words are trained beside: chips drawn afresh for every batch from train.variation (population), or the cells of one chip as simulate programs it (instance; train.variation is not used).",
                    otherwise = "population")
            Against against,

            @Key(value = "Number of that chip.", otherwise = "0", range = "[0, 1000000)")
            int instance,

            @Key(
                    value =
                            "Follow the published code where it differs from the method: from the RRAM model only the statistics of the norms are loaded, words have the bits of the RRAM unless they are shifted, words that start at 0 become the smallest level, and the sum is divided by 2.",
                    otherwise = "false")
            @Formerly("exact_seed")
            boolean asPublished) {
        /** Values of {@code train.recovery.init}. */
        public enum Init {
            RRAM,
            BASELINE,
            ZERO,
            XAVIER,
            SRAM
        }

        /** Values of {@code train.recovery.against}. */
        public enum Against {
            POPULATION,
            INSTANCE
        }

        public Recovery {
            Interval.check("instance", instance, "[0, 1000000)");
            if (init == Init.BASELINE && baseline.isEmpty()) {
                throw new InvalidSetting("baseline", "must name a run folder or model file for init baseline, got ''");
            }
        }
    }

    /** Block {@code train.prune}. */
    public record Prune(
            @Key(value = "Prune the SRAM words.", otherwise = "false")
            boolean enabled,

            @Key(
                    value = "Input channels of a group; a group has the words of one output.",
                    otherwise = "16",
                    range = "[1, 65536]",
                    source = "published code of Kuang and Cao, as the defaults of this block")
            int group,

            @Key(value = "Strength of the penalty on the norms of the groups.", otherwise = "1e-4", range = "[0, 1000]")
            double lambda,

            @Key(
                    value = "Groups whose norm exceeds this share of the mean are not pushed down on their own.",
                    otherwise = "1",
                    range = "(0, 1000]")
            double ratio,

            @Key(
                    value = "Words whose latent weight is at most this share of the largest of the layer are 0.",
                    otherwise = "0.005",
                    range = "[0, 1)")
            double threshold,

            @Key(value = "Leave the first layer of the network as it is.", otherwise = "true")
            boolean keepFirst,

            @Key(value = "Treat the mean as a constant in the derivative of the penalty.", otherwise = "false")
            boolean constantMean,

            @Key(
                    value =
                            "Last epochs in which pruned groups stay pruned and nothing is pushed down, so that the other words settle; fewer than train.epochs.",
                    otherwise = "0",
                    range = "[0, inf)")
            int settleEpochs) {
        public Prune {
            Interval.check("group", group, "[1, 65536]");
            Interval.check("lambda", lambda, "[0, 1000]");
            Interval.check("ratio", ratio, "(0, 1000]");
            Interval.check("threshold", threshold, "[0, 1)");
            Interval.check("settle_epochs", settleEpochs, "[0, inf)");
        }
    }

    /** Whether the last epoch is kept, not the best: an early one is often more accurate because little is pruned by then. */
    public boolean keepsLast() {
        return switch (keep) {
            case AUTO -> prune.enabled();
            case BEST -> false;
            case LAST -> true;
        };
    }

    public TrainBlock {
        perLayer = Collections.unmodifiableMap(new TreeMap<>(perLayer));
        Interval.check("epochs", epochs, "[1, inf)");
        if (prune.settleEpochs() >= epochs) {
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
        if (variation.device() != Variation.Device.NONE && quantise.isOff()) {
            throw new InvalidSetting(
                    "variation.device",
                    "needs train.quantise.bits of at least 1, because sigma belongs to a number of levels, got "
                            + (quantise.kind() == Quantise.Kind.NONE ? "train.quantise.kind none" : "off"));
        }
    }
}
