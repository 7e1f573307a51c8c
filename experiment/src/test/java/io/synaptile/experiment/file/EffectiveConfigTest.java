/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EffectiveConfigTest {
    private static Experiment experiment(String... overrides) {
        String text =
                "{name: a, data: {set: digits}, network: {arch: vgg5}, hardware: {cell: {programming: {scale: 2}}}}";
        return ExperimentFile.parse(Path.of("x.yaml"), text, List.of(overrides)).experiment();
    }

    @Test
    void writtenAndReadAgainItIsTheSameExperiment() {
        Experiment experiment = experiment("network.width=0.25", "simulate.samples=12");
        String json = JsonMapper.shared().writeValueAsString(EffectiveConfig.of(experiment));

        assertThat(ExperimentFile.parse(Path.of("manifest"), json, List.of()).experiment())
                .isEqualTo(experiment);
    }

    @Test
    void blocksOfLayersAreWrittenAndReadAgain() {
        Experiment experiment = experiment(
                "train.quantise.per_layer={conv1: {bits: 8}, fc*: {kind: ternary}}",
                "hardware.per_layer={conv1: {place: digital}, fc?: {cell: {kind: rram, programming: {scale: 2}}}}");
        String json = JsonMapper.shared().writeValueAsString(EffectiveConfig.of(experiment));

        assertThat(json).contains("\"per_layer\":{\"conv1\":{\"bits\":8},\"fc*\":{\"kind\":\"ternary\"}}");
        assertThat(ExperimentFile.parse(Path.of("manifest"), json, List.of()).experiment())
                .isEqualTo(experiment);
        assertThat(EffectiveConfig.hash(experiment)).isNotEqualTo(EffectiveConfig.hash(experiment()));
    }

    @Test
    void itIsCompleteWithDefaults() {
        assertThat(EffectiveConfig.of(experiment()).toString())
                .contains("threads=all", "time_steps=trained", "schedule=stepped", "programming={scale=2}");
    }

    @Test
    void renamedKeysKeepTheHashOfTheirEarlierNames() {
        Experiment today = experiment("train.quantise.as_published=true", "train.variation.saturate=published");

        assertThat(EffectiveConfig.hash(experiment("train.quantise.exact_seed=true", "train.variation.saturate=seed")))
                .isEqualTo(EffectiveConfig.hash(today));
        assertThat(EffectiveConfig.of(today).toString()).contains("as_published=true", "saturate=published");
        assertThat(EffectiveConfig.hashed(today).toString())
                .contains("exact_seed=true", "saturate=seed")
                .doesNotContain("published=");
    }

    @Test
    void theHashFollowsWhatResultsDependOnAndNothingElse() {
        String hash = EffectiveConfig.hash(experiment());

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(EffectiveConfig.hash(experiment("run.threads=1", "data.dir=elsewhere")))
                .isEqualTo(hash);
        assertThat(EffectiveConfig.hash(experiment("seed=2"))).isNotEqualTo(hash);
        assertThat(EffectiveConfig.hash(experiment("hardware.cell.programming.scale=3")))
                .isNotEqualTo(hash);
    }
}
