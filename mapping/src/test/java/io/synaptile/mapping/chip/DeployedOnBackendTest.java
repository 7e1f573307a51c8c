/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On the backend, a chip of exact cells does what the software network does, spike by spike. */
class DeployedOnBackendTest {
    /** Weights on quarters and a leak of 1/2 keep every sum exact, so that scores agree to the last bit. */
    private static void assertChipEqualsSoftware(Network network, long seed) {
        RandomGenerator random = Cases.random(seed + 5000);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
        ExactCell cell = new ExactCell(2f, 40f, 1 + (1 << 1 + random.nextInt(3)));
        ChipDesign design = Hardware.pairs(network, 1 + random.nextInt(30), 30, cell, weights);
        assertChipEqualsSoftware(design, seed, random);
    }

    static void assertChipEqualsSoftware(ChipDesign design, long seed, RandomGenerator random) {
        Network network = design.network();
        NetworkPlan chip = DeployedNetwork.of(
                        design, TileProgrammer.program(design, seed, 1), Parameters.none(), Map.of())
                .plan();
        Map<Integer, SynapsePlan> software = new TreeMap<>();
        design.weights().forEach((node, own) -> software.put(node, new SynapsePlan.DensePlan(own.values())));
        float[] images = Cases.real(2f, 3 * network.input().size(), random);
        InputBatch batch = new InputBatch(images, 3, 4, new Encoder.Poisson(2f), seed, 0, new long[] {4, 8, 9});
        BatchResult onChip = run(chip, batch);
        BatchResult inSoftware = run(new NetworkPlan(network, software, Parameters.none()), batch);
        assertThat(onChip.scores()).as("seed %d", seed).containsExactly(inSoftware.scores());
        for (Network.Node node : network.nodes()) {
            assertThat(onChip.activity()[node.id()].spikes)
                    .as("seed %d, layer %s", seed, node.name())
                    .containsExactly(inSoftware.activity()[node.id()].spikes);
        }
    }

    /** Scores of one step whose input drives rows with the values of an image. */
    static float[] scores(NetworkPlan plan, float[] image) {
        return result(plan, image).scores();
    }

    /** All of that step. */
    static BatchResult result(NetworkPlan plan, float[] image) {
        return run(plan, new InputBatch(image, 1, 1, new Encoder.Direct(), 1, 0, new long[1]));
    }

    private static BatchResult run(NetworkPlan plan, InputBatch batch) {
        try (ExecutableNetwork network = Backends.open("cpu").prepare(plan, batch.samples(), 1)) {
            return network.run(batch);
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsTheChipIsTheSoftwareNetwork(long seed) {
        assertChipEqualsSoftware(Cases.network(Cases.random(seed)), seed);
    }

    /** Every codec of whole grids; Gmin conducts a whole number of quarter codes, so that taking it out is exact too. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TERNARY_PAIR", "SHIFTED_SRAM"})
    void withExactCellsTheChipIsTheSoftwareNetworkInEveryCodec(CodecKind kind) {
        for (long seed = 0; seed < 12; seed++) {
            RandomGenerator random = Cases.random(seed + 7000);
            Network network = Cases.network(random);
            Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
            int levels = kind == CodecKind.DUMMY_COLUMN || random.nextBoolean() ? 9 : 2;
            int min = random.nextInt(3);
            ExactCell cell = new ExactCell(min, min + 8 * (levels - 1), levels);
            HardwareSpec hardware = Hardware.allOnTiles(
                    network, 1 + random.nextInt(30), 9 + random.nextInt(30), kind, 4, cell, new Readout.Ideal());
            assertChipEqualsSoftware(ChipDesign.of(network, hardware, weights), seed, random);
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void splitKernelsAreTheSoftwareNetworkToo(long seed) {
        RandomGenerator random = Cases.random(seed + 9000);
        Network network = Cases.network(random);
        ChipSpec split =
                ChipSpec.of(ChipSpec.Room.UNLIMITED, ChipSpec.Packing.PE).splittingKernels();
        HardwareSpec hardware = Hardware.allOnTiles(
                        network,
                        1 + random.nextInt(9),
                        9 + random.nextInt(30),
                        CodecKind.UNIT_COLUMN,
                        4,
                        new ExactCell(1f, 65f, 9),
                        new Readout.Ideal())
                .withChip(split);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
        assertChipEqualsSoftware(ChipDesign.of(network, hardware, weights), seed, random);
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void aFlattenedMapReachesTheRowsOfItsFeatures(long seed) {
        NetworkBuilder builder = new NetworkBuilder("flat", new Shape(2, 4, 3));
        builder.add("conv", new Layer.Conv2d(3, 3, 1, 1));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("flatten", new Layer.Flatten());
        builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        assertChipEqualsSoftware(builder.build(), seed);
    }
}
