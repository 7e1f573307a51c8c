/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.BackendFacts;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Chips that another backend computes than the one that was asked for say so. */
class ChipBackendTest {
    private static final ComputeBackend CPU = Backends.open("cpu");
    private static final ComputeBackend ACCELERATOR = new WithoutArrays();

    private static ChipDesign design(String readout) {
        return design(readout, "none");
    }

    private static ChipDesign design(String readout, String sparse) {
        ExperimentFile file = ExperimentFile.parse(Path.of("tiny.yaml"), """
                name: tiny
                data: {set: digits}
                network: {arch: mlp, hidden: [8, 6], coding: direct}
                train: {quantise: {bits: 4}}
                hardware:
                  cell: {kind: rram, bits: 4, range_uS: [2, 40]}
                  codec: differential-pair
                  sparse_mapping: %s
                  readout: {%s}
                """.formatted(sparse, readout), List.of());
        Plan plan = Plan.of(file, new DataForm(new Shape(1, 8, 8), 10));
        Network network = plan.network();
        Map<Integer, float[]> weights = new TreeMap<>();
        network.synapses().forEach(node -> weights.put(node.id(), new float[node.weightCount()]));
        return ChipDesign.of(network, plan.hardware(), plan.quantisers().written(weights), Map.of());
    }

    @Test
    void arrayReadoutsThatTheBackendLacksAreSaidOnTheScreenAndInTheManifest() {
        ChipBackend chips = ChipBackend.of(ACCELERATOR, design("kind: ideal, array: {kind: nodal}"), Set.of());
        assertThat(chips.computing().id()).isEqualTo("cpu");
        assertThat(chips.notice())
                .contains(
                        "chips are computed by backend cpu, since accelerator has no kernels for the array read-outs of"
                                + " fc2, fc3");
        BackendFacts facts = chips.facts(new BackendChoice(ACCELERATOR, Optional.empty()));
        assertThat(facts.id()).isEqualTo("accelerator");
        assertThat(facts.arrays()).contains(new BackendFacts.Arrays(List.of("fc2", "fc3"), "cpu", CPU.description()));
    }

    @Test
    void soAreTilesThatLeaveOutRows() {
        ChipBackend chips = ChipBackend.of(ACCELERATOR, design("kind: ideal", "permute"), Set.of());
        assertThat(chips.computing().id()).isEqualTo("cpu");
        assertThat(chips.notice())
                .contains("chips are computed by backend cpu, since accelerator has no kernels for tiles that leave out"
                        + " rows and columns (hardware.sparse_mapping) of fc2, fc3");
    }

    @Test
    void withoutThemThereIsNothingToSay() {
        ChipBackend chips = ChipBackend.of(ACCELERATOR, design("kind: ideal"), Set.of());
        assertThat(chips.computing()).isSameAs(ACCELERATOR);
        assertThat(chips.notice()).isEmpty();
        assertThat(chips.facts(new BackendChoice(ACCELERATOR, Optional.empty())).arrays())
                .isEmpty();
    }

    @Test
    void theProcessorReadsArraysItself() {
        ChipBackend chips = ChipBackend.of(CPU, design("kind: ideal, array: {kind: nodal}"), Set.of());
        assertThat(chips.layers()).containsExactly("fc2", "fc3");
        assertThat(chips.notice()).isEmpty();
    }

    private record WithoutArrays() implements ComputeBackend {
        @Override
        public String id() {
            return "accelerator";
        }

        @Override
        public String description() {
            return "stub";
        }

        @Override
        public ComputeBackend forArrays() {
            return CPU;
        }

        @Override
        public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
            throw new UnsupportedOperationException();
        }
    }
}
