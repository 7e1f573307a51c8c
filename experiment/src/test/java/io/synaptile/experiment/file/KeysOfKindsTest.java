/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.experiment.plugin.PlugIns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Keys that a block has for some of its kinds alone. */
class KeysOfKindsTest {
    private static final String START = "name: a\ndata: {set: digits}\nnetwork: {arch: mlp}\n";

    private static ExperimentFile file(String train, String... overrides) {
        return ExperimentFile.parse(Path.of("x.yaml"), START + "train: " + train + "\n", List.of(overrides));
    }

    private static TrainBlock train(String train, String... overrides) {
        return file(train, overrides).experiment().train();
    }

    @Test
    void everyKindHasItsOwnDefaults() {
        OptimizerBlock sgd = train("{}").optimizer();
        assertThat(sgd.lr()).isEqualTo(0.1);
        assertThat(sgd.weightDecay()).isEqualTo(1e-4);
        assertThat(sgd.momentum()).contains(0.9);
        assertThat(sgd.nesterov()).contains(false);
        assertThat(sgd.beta1()).isEmpty();
        OptimizerBlock adam = train("{optimizer: {kind: adam}}").optimizer();
        assertThat(adam.lr()).isEqualTo(0.001);
        assertThat(adam.weightDecay()).isZero();
        assertThat(adam.momentum()).isEmpty();
        assertThat(adam.beta2()).contains(0.999);
        assertThat(train("{optimizer: {kind: adamw, lr: 0.02}}").optimizer())
                .satisfies(adamw -> assertThat(adamw.lr()).isEqualTo(0.02))
                .satisfies(adamw -> assertThat(adamw.weightDecay()).isEqualTo(0.01));
    }

    /** A block whose keys belong to methods. */
    record Ways(
            @Key(value = "How.", otherwise = "first") Way method,

            @Key(value = "Of the second way.", kinds = "second")
            Inner inner,

            @Key(value = "Of the first.", kinds = "first", otherwise = "1")
            Optional<Integer> count) {
        enum Way {
            FIRST,
            SECOND
        }

        record Inner(
                @Key(value = "A number.", otherwise = "3") int number) {}
    }

    @Test
    void methodsHaveBlocksOfTheirOwn() {
        assertThat(ways("{}")).isEqualTo(new Ways(Ways.Way.FIRST, new Ways.Inner(3), Optional.of(1)));
        assertThat(ways("{method: second, inner: {number: 5}}"))
                .isEqualTo(new Ways(Ways.Way.SECOND, new Ways.Inner(5), Optional.empty()));
        assertThatThrownBy(() -> ways("{inner: {number: 5}}"))
                .hasMessage("x.yaml: inner is a key of method second, and it is first, which has count");
    }

    private static Record ways(String text) {
        Schema schema = Schema.of(Ways.class);
        return new Binder(schema, (Setting.Block) new YamlText("x.yaml", false).read(text)).bind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{optimizer: {kind: adam, momentum: 0.5}}|train.optimizer.momentum is a key of train.optimizer.kind sgd,"
                        + " and it is adam, which has lr, beta1, beta2, epsilon, weight_decay, decay_epochs",
                "{optimizer: {beta1: 0.5}}|train.optimizer.beta1 is a key of train.optimizer.kind adam and adamw,"
                        + " and it is sgd, which has lr, momentum, nesterov, weight_decay, decay_epochs",
                "{optimizer: {kind: adan, momentum: 0}}|train.optimizer.kind must be one of sgd, adam, adamw, got 'adan'",
                "{optimizer: {momentum: 0, nesterov: true}}|train.optimizer.nesterov needs train.optimizer.momentum above 0, got 0",
                "{schedule: milestones}|train.schedule.epochs is missing for kind milestones: Numbers of finished epochs"
                        + " after which the rate is multiplied by the factor.",
                "{schedule: {kind: milestones, epochs: [3, 0]}}|train.schedule.epochs must be at least 1, got 0",
                "{schedule: {kind: cosine, factor: 0.5}}|train.schedule.factor is a key of train.schedule.kind milestones,"
                        + " and it is cosine, which has by, warm_up",
                "{schedule: {kind: one-cycle, warm_up: 1}}|train.schedule.warm_up has no meaning for kind one-cycle,"
                        + " which begins with a rise, got 1",
                "{epochs: 2, schedule: {warm_up: 3}}|train.schedule.warm_up must be at most train.epochs 2, got 3",
                "{loss: {kind: mse, label_smoothing: 0.1}}|train.loss.label_smoothing is a key of train.loss.kind"
                        + " cross-entropy, and it is mse",
                "{spike_rate: -1}|train.spike_rate.weight must be at least 0, got -1",
                "{spike_rate: {weight: 1, above_percent: 100}}|train.spike_rate.above_percent must be at least 0 and below"
                        + " 100, got 100",
                "{per_layer: {fc1: {clamp: [1, -1]}}}|train.per_layer.fc1.clamp must be a lower bound and an upper one"
                        + " above it, got [1.0, -1.0]",
                "{per_layer: {fc1: {clamp: 1}}}|train.per_layer.fc1.clamp must be a lower bound and an upper one"
                        + " above it, got [1.0]",
                "{method: rate-norm, rate_norm: {optimizer: adam, momentum: 0.5}}|train.rate_norm.momentum is a key of"
                        + " train.rate_norm.optimizer sgd, and it is adam",
                "{method: rate-norm, rate_norm: {form: magnitude, initial_scale: 0}}|train.rate_norm.initial_scale must be"
                        + " above or below 0 with train.rate_norm.form magnitude, whose slope at 0 is 0, so that the second"
                        + " stage could not move it, got 0",
                "{method: conversion, binary: {enabled: False, layers: conv}}|train.binary.layers is a key of"
                        + " train.binary.enabled true, and it is false",
                "{method: conversion, binary: true, convert: {scale: channel}}|train.convert.scale must be layer where"
                        + " train.binary is true: weights of -1 and 1 cannot weigh inputs of channels with scales of their"
                        + " own, got channel",
                "{early_stopping: 2, prune: {enabled: true}}|train.early_stopping.patience must be off where"
                        + " train.prune.enabled is true, because an early epoch is often the most accurate then, got 2"
            })
    void whatAKindDoesNotHaveIsRefusedAtItsLine(String train, String message) {
        assertThatThrownBy(() -> file(train))
                .isInstanceOf(ConfigException.class)
                .hasMessage("x.yaml:4: " + message);
    }

    @Test
    void anotherKindDropsWhatWasGivenForTheOneBefore() {
        ExperimentFile file = file(
                "{optimizer: {kind: sgd, lr: 0.2, momentum: 0.5}}",
                "train.optimizer.kind=adam",
                "train.schedule=one-cycle");
        assertThat(file.experiment().train().optimizer().lr()).isEqualTo(0.001);
        assertThat(file.experiment().train().schedule().rise()).contains(0.45);
        assertThat(file.notices())
                .containsExactly("train.optimizer.kind adam: options given for sgd are dropped (lr, momentum)");
        assertThat(train("{optimizer: {kind: sgd, momentum: 0.5}}", "train.optimizer.kind=sgd")
                        .optimizer()
                        .momentum())
                .contains(0.5);
    }

    /** A deciding key beside others takes away those of its other values alone. */
    @Test
    void anotherValueOfADecidingKeyDropsItsKeysAlone() {
        ExperimentFile file =
                file("{method: rate-norm, rate_norm: {momentum: 0.5, lr: 0.01}}", "train.rate_norm.optimizer=adam");
        RateNormBlock block = file.experiment().train().rateNorm();
        assertThat(block.momentum()).isEmpty();
        assertThat(block.lr()).isEqualTo(0.01);
        assertThat(file.notices())
                .containsExactly("train.rate_norm.optimizer adam: what was given for sgd is dropped (momentum)");
        assertThat(train("{method: conversion, binary: {enabled: true, layers: conv}}", "train.binary.enabled=false")
                        .binary()
                        .layers())
                .isEmpty();
    }

    /** Manifests that have the keys of all values, as versions before wrote them, are read, and hashed as they were. */
    @Test
    void keysOfOtherValuesAreReadInManifests() {
        for (String train : List.of(
                "method: rate-norm, rate_norm: {optimizer: adam, momentum: 0.9}",
                "method: conversion, binary: {enabled: false, layers: inner}")) {
            Experiment experiment = ExperimentFile.ofManifest(
                            Path.of("manifest.json"), START + "train: {" + train + "}\n", List.of(), PlugIns.NONE)
                    .experiment();
            String written = train.replace(", momentum: 0.9", "").replace(", layers: inner", "");
            assertThat(experiment).isEqualTo(file("{" + written + "}").experiment());
        }
        String hash = EffectiveConfig.hash(file("{method: conversion}").experiment());
        assertThat(EffectiveConfig.hash(
                        file("{method: conversion, binary: false}").experiment()))
                .isEqualTo(hash);
        assertThat(EffectiveConfig.hashed(
                        file("{method: conversion, binary: true}").experiment()))
                .extracting("train")
                .extracting("binary")
                .isEqualTo(true);
    }

    @Test
    void kindsCanBeSwept() {
        ExperimentFile file = file(
                "{optimizer: {momentum: 0.5}}\nsweep: {train.optimizer.kind: [sgd, adamw], train.schedule: [cosine, one-cycle]}");
        assertThat(file.points())
                .hasSize(4)
                .extracting(point ->
                        point.experiment().train().optimizer().momentum().orElse(0.0))
                .containsExactly(0.5, 0.5, 0.0, 0.0);
        assertThat(file.point(3).experiment().train().schedule().kind()).isEqualTo(ScheduleBlock.Kind.ONE_CYCLE);
    }

    @Test
    void aBlockOfKindAloneIsWrittenAsItsWord() {
        assertThat(EffectiveConfig.of(file("{schedule: constant, loss: mse}").experiment())
                        .get("train")
                        .toString())
                .contains("schedule=constant", "loss=mse");
    }

    @Test
    void writtenAndReadAgainItIsTheSame() {
        Experiment experiment =
                file("{optimizer: {kind: adamw, beta2: 0.99}, schedule: {kind: milestones, epochs: [3, 5], warm_up: 1},"
                                + " loss: {label_smoothing: 0.1}, early_stopping: 3,"
                                + " per_layer: {fc1: {roles: [weight], clamp: [-1, 1]}, 'bn*': {weight_decay: 0}}}")
                        .experiment();
        String json = JsonMapper.shared().writeValueAsString(EffectiveConfig.of(experiment));
        assertThat(ExperimentFile.parse(Path.of("manifest"), json, List.of()).experiment())
                .isEqualTo(experiment);
        assertThat(experiment.train().earlyStopping().patience()).isEqualTo(3);
    }

    /** Run folders and checkpoints of versions without these keys are recognised by their hash. */
    @Test
    void theHashDoesNotKnowLaterKeysAtTheirDefaults() {
        Map<?, ?> hashed = (Map<?, ?>)
                EffectiveConfig.hashed(file("{schedule: cosine}").experiment()).get("train");
        assertThat(hashed.keySet().stream().map(Object::toString))
                .containsExactly(
                        "epochs",
                        "from",
                        "keep",
                        "method",
                        "optimizer",
                        "prune",
                        "quantise",
                        "recovery",
                        "schedule",
                        "variation");
        assertThat(hashed.get("schedule")).isEqualTo("cosine");
        assertThat(hashed.get("optimizer")).hasToString("{kind=sgd, lr=0.1, momentum=0.9, weight_decay=1.0E-4}");
        String hash = EffectiveConfig.hash(file("{}").experiment());
        for (String other : List.of(
                "{loss: {label_smoothing: 0.1}}",
                "{schedule: {warm_up: 1}}",
                "{optimizer: {nesterov: true}}",
                "{early_stopping: 2}",
                "{per_layer: {fc1: {frozen: true}}}")) {
            assertThat(EffectiveConfig.hash(file(other).experiment())).isNotEqualTo(hash);
        }
        assertThat(EffectiveConfig.hash(
                        file("{loss: cross-entropy, per_layer: {}}").experiment()))
                .isEqualTo(hash);
    }
}
