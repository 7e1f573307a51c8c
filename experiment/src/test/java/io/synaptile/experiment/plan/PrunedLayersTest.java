/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.SoftThreshold;
import io.synaptile.training.transform.WideningZone;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrunedLayersTest {
    private static final Network NETWORK = Architectures.mlp(
            Shape.features(12),
            10,
            List.of(8, 6),
            new Architectures.Options(Architectures.Norm.SHARED, NeuronSpec.lif(0.95f, 1f), 0f));

    private static ExperimentFile file(String train, String hardware) {
        String text = "{name: a, data: {set: digits}, network: {arch: mlp, hidden: [8, 6]}, train: " + train
                + ", hardware: " + hardware + "}";
        return ExperimentFile.parse(Path.of("x.yaml"), text, List.of());
    }

    private static PrunedLayers pruned(String train) {
        return PrunedLayers.of(file(train, "{}"), NETWORK);
    }

    private static int id(String layer) {
        return NETWORK.find(layer).orElseThrow().id();
    }

    @Test
    void allLayersArePrunedButForExceptionsAndOtherMethods() {
        assertThat(pruned("{method: bntt}").ids()).isEmpty();
        assertThat(pruned("{method: stds}").ids()).containsOnly(id("fc1"), id("fc2"), id("fc3"));
        assertThat(pruned("{method: stds, stds: {except: [fc3]}}").ids()).containsOnly(id("fc1"), id("fc2"));
        assertThat(pruned("{method: stds, stds: {except: ['?c2']}}").ids()).containsOnly(id("fc1"), id("fc3"));
    }

    @Test
    void theZoneIsAsItIsSaid() {
        LayerTransforms others = LayerTransforms.none();
        assertThat(pruned("{method: stds, stds: {width: 0.5, schedule: linear, form: st, except: [fc1, fc3]}}")
                        .zone(others))
                .isEqualTo(new WideningZone(
                        others,
                        Set.of(id("fc2")),
                        new SoftThreshold(0.5f, SoftThreshold.Gradient.OUTSIDE_ZONE),
                        WideningZone.Widening.LINEAR));
        assertThat(pruned("{method: stds, stds: 0}").zone(others).layers()).isEmpty();
        assertThat(pruned("{method: stds, stds: {width: 0, sign_penalty: 0.1}}")
                        .zone(others)
                        .layers())
                .hasSize(3);
    }

    @Test
    void prunedWeightsAreZeroBesideTheLevelsOfAQuantiser() {
        ExperimentFile file = file("{method: stds, stds: {except: [fc1]}, quantise: {bits: 4, layers: all}}", "{}");
        LayerQuantisers quantisers = LayerQuantisers.of(file, NETWORK);
        PrunedLayers pruned = PrunedLayers.of(file, NETWORK);
        assertThat(pruned.quantiser(file, NETWORK, quantisers, id("fc1"))).isEqualTo(KBitQuantiser.of(4));
        assertThat(pruned.quantiser(file, NETWORK, quantisers, id("fc2")))
                .isEqualTo(new MagnitudeMask(KBitQuantiser.of(4), 0f));
    }

    @Test
    void thePenaltyIsOnPrunedWeightsAlone() {
        ParameterGroups groups = Optimisation.descent(
                        file("{method: stds, stds: {sign_penalty: 0.25, except: [fc3]}}", "{}"), NETWORK)
                .groups();
        assertThat(groups.of(ParameterId.weight(id("fc1"))).signPenalty()).isEqualTo(0.25f);
        assertThat(groups.of(ParameterId.weight(id("fc3"))).signPenalty()).isZero();
        assertThat(groups.of(new ParameterId(id("bn_fc1"), Role.GAMMA)).signPenalty())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{method: stds, stds: {except: [conv*]}} | train.stds.except: conv* is no layer with weights; these are: fc1, fc2, fc3",
                "{method: stds, stds: {except: ['*']}} | train.stds.except leaves no layer to prune",
                "{method: stds, stds: {inverse_initial: true}} | train.stds.inverse_initial must be false for train.stds.schedule sine",
                "{method: stds, early_stopping: 3} | train.early_stopping.patience must be off for train.method stds",
                "{method: bntt, stds: {width: 1}} | train.stds is a key of train.method stds, and it is bntt",
            })
    void whatDoesNotFitIsRefused(String train, String message) {
        assertThatThrownBy(() -> pruned(train))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void levelsWithoutZeroAndWordsBesideWeightsAreRefused() {
        ExperimentFile dorefa = file("{method: stds, quantise: {kind: dorefa, bits: 3, layers: all}}", "{}");
        assertThatThrownBy(() -> PrunedLayers.of(dorefa, NETWORK)
                        .quantiser(dorefa, NETWORK, LayerQuantisers.of(dorefa, NETWORK), id("fc2")))
                .hasMessageContaining("train.quantise.kind must be kbit, ternary or none for train.method stds");
        assertThatThrownBy(() -> file("{method: stds}", "{codec: rram-plus-shifted-sram}"))
                .hasMessageContaining("train.method stds does not go with hardware.codec rram-plus-shifted-sram");
    }
}
