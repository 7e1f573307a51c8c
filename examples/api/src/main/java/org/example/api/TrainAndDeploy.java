/* SPDX-License-Identifier: Apache-2.0 */
package org.example.api;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.UsualTraining;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a small spiking network with 4-bit weights, puts it on RRAM tiles and simulates three chips. */
public final class TrainAndDeploy {
    private TrainAndDeploy() {}

    /** @param args folder of the digits, as examples/data */
    public static void main(String[] args) {
        run(Path.of(args[0]), System.out);
    }

    static void run(Path digits, PrintStream out) {
        int steps = 8;
        long seed = 1;
        Encoder encoder = new Encoder.Direct();
        ComputeBackend backend = Backends.open("cpu");
        DatasetSplits data = Datasets.installed().load(DataRequest.of("digits", digits));
        Network network = Architectures.mlp(
                data.train().shape(),
                data.train().classes(),
                List.of(64, 64),
                new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f)));
        LayerTransforms fourBits = LayerTransforms.everywhere(network, KBitQuantiser.of(4));
        TrainedModel model = UsualTraining.train(
                backend,
                network,
                data.train(),
                data.validation(),
                UsualTraining.options(10, steps, encoder, fourBits, seed));

        // The first layer reads the image and stays digital; the others are on tiles.
        CellModel cell = CellModels.load().create("rram", Map.of("bits", 4, "range_uS", List.of(2, 40)));
        HardwareSpec hardware = HardwareSpec.exact(new TileSize(128, 128), LayerCells.pairs(cell, 4), "fc2", "fc3");
        Map<Integer, LayerWeights> weights = LayerWeights.each(model.effective().weights(), new WeightGrid.KBit(4));
        ChipDesign design = ChipDesign.of(network, hardware, weights);

        ChipCosting costing = ChipCosting.profile("isaac32", design, encoder);
        Evaluator evaluator = Evaluator.onTest(backend, steps, encoder, seed);
        out.println("software  " + evaluator.evaluate(model.plan(), data.test()));
        for (int instance = 0; instance < 3; instance++) {
            ChipInstance chip = TileProgrammer.program(design, seed, instance);
            DeployedNetwork deployed = DeployedNetwork.withExactReadout(design, chip, model.latent());
            Evaluation seen = evaluator.evaluate(deployed.plan(), data.test());
            out.printf(Locale.ROOT, "chip %d    %s, %.1f pJ per image%n", instance, seen, costing.picojoules(seen));
        }
    }
}
