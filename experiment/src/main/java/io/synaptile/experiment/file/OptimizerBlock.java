/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.optimizer}. */
public record OptimizerBlock(
        @Key(
                value = "Stochastic gradient descent; Adam; Adam with weight decay on the weights themselves (adamw).",
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
                byKind = {@Key.ByKind(kinds = "adam", otherwise = "0"), @Key.ByKind(kinds = "adamw", otherwise = "0.01")
                },
                range = "[0, 1000]",
                source = "adam and adamw: PyTorch")
        double weightDecay,

        @Key(
                value = "First epochs in which weights decay; all for all of them.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all",
                source = "Lu and Sengupta, Frontiers in Neuroscience 2020, stop after 30 epochs",
                addedLater = true)
        int decayEpochs) {

    /** Values of {@code train.optimizer.kind}. */
    public enum Kind {
        SGD,
        ADAM,
        ADAMW
    }

    public OptimizerBlock {
        Interval.check("lr", lr, "(0, 1000]");
        Interval.check("momentum", momentum, "[0, 0.9999]");
        Interval.check("beta1", beta1, "[0, 0.9999]");
        Interval.check("beta2", beta2, "[0, 0.999999]");
        Interval.check("epsilon", epsilon, "[1e-20, 1]");
        Interval.check("weight_decay", weightDecay, "[0, 1000]");
        Interval.check("decay_epochs", decayEpochs, "[0, inf)");
        if (nesterov.orElse(false) && momentum.orElse(0.0) == 0) {
            throw new InvalidSetting("nesterov", "needs train.optimizer.momentum above 0, got 0");
        }
    }
}
