/* SPDX-License-Identifier: Apache-2.0 */
package org.example.api;

import io.synaptile.devices.CellModels;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.cost.CostModel;
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
import io.synaptile.training.Trainer;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
                new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));

        // The first layer reads the image and stays digital; the others are on tiles.
        Set<String> onTiles = Set.of("fc2", "fc3");
        LayerTransforms fourBits = LayerTransforms.none();
        for (Network.Node node : network.synapses()) {
            fourBits = fourBits.with(KBitQuantiser.of(4), Set.of(node.id()));
        }
        TrainingOptions options = new TrainingOptions(
                10,
                64,
                steps,
                encoder,
                new SoftmaxCrossEntropy(),
                new Sgd(0.9f, 1e-4f),
                new CosineSchedule(0.2, 10),
                fourBits,
                Augmentation.none(),
                seed,
                2);
        TrainedModel model = new Trainer(backend, network, data.train(), data.validation(), options)
                .train(TrainingState.initial(network, steps, new XavierUniform(2), seed), TrainingListener.silent());

        HardwareSpec hardware = new HardwareSpec(
                new TileSize(128, 128),
                new LayerCells(
                        CodecKind.DIFFERENTIAL_PAIR,
                        4,
                        CellModels.load().create("rram", Map.of("bits", 4, "range_uS", List.of(2, 40)))),
                new Readout.Ideal(),
                true,
                new LayerPlaces(onTiles, 0));
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        model.effective().forEach((layer, values) -> weights.put(layer, new LayerWeights(values, 4)));
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        ChipCosting costing = new ChipCosting(CostModel.profile("isaac32", hardware, 16, 16), design, encoder);
        Evaluator evaluator = new Evaluator(backend, steps, encoder, seed, Evaluator.TEST_PASS, 64, 2);
        out.printf(
                Locale.ROOT,
                "software  %.2f %%%n",
                100 * evaluator.evaluate(model.plan(), data.test()).accuracy());
        for (int instance = 0; instance < 3; instance++) {
            DeployedNetwork chip =
                    DeployedNetwork.of(design, TileProgrammer.program(design, seed, instance), model.norms(), Map.of());
            Evaluation seen = evaluator.evaluate(chip.plan(), data.test());
            double picojoules = ChipCosting.sum(
                    costing.energy(seen.stopped().activity(), seen.stopped().running()));
            out.printf(
                    Locale.ROOT,
                    "chip %d    %.2f %%, %.1f pJ per image%n",
                    instance,
                    100 * seen.accuracy(),
                    picojoules);
        }
    }
}
