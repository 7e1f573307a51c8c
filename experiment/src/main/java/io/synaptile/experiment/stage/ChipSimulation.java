/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.board.BoardPorts;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.experiment.plan.EarlyExit;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.mapping.chip.ChipAgeing;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Descent;
import io.synaptile.training.NormAdaptation;
import io.synaptile.training.Presentation;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Simulates chips of one design on the same images with the same input spikes, so that they differ by their cells alone.
 *
 * @param inputs what the experiment comes to, and its backend
 * @param norms state of every norm, by node id
 * @param costing prices what the chips did
 * @param boards the arrays that are real; every chip is programmed into them in its turn
 * @param first is given the first chip
 */
record ChipSimulation(
        Inputs inputs,
        ChipDesign design,
        Parameters parameters,
        ChipCosting costing,
        BoardPorts boards,
        Consumer<NetworkPlan> first) {
    /** Momentum of norm adaptation where the optimiser of the training has none. */
    private static final float USUAL_MOMENTUM = 0.9f;

    /**
     * Simulates all chips of the experiment, each programmed when its turn comes.
     *
     * @param calibration training images that set the converters' ranges and adapt the norms
     */
    List<ChipResult> run(Dataset calibration, Dataset images, Progress progress) {
        List<Supplier<ChipInstance>> chips = new ArrayList<>();
        for (int i = 0; i < experiment().simulate().instances(); i++) {
            int instance = i;
            chips.add(() -> programmed(instance));
        }
        return run(chips, calibration, images, progress);
    }

    private ChipInstance programmed(int instance) {
        ChipInstance chip = TileProgrammer.program(design, experiment().seed(), instance, boards.ports());
        boards.calibrate();
        return chip;
    }

    /** Simulates one chip that has been programmed before. */
    List<ChipResult> run(ChipInstance chip, Dataset calibration, Dataset images, Progress progress) {
        return run(List.of(() -> chip), calibration, images, progress);
    }

    private List<ChipResult> run(
            List<Supplier<ChipInstance>> chips, Dataset calibration, Dataset images, Progress progress) {
        Map<Integer, SynapsePlan.Converter[]> converters =
                ConverterRanges.of(inputs.plan(), design, parameters, calibration);
        List<ChipResult> results = new ArrayList<>();
        progress.begin("simulate", chips.size());
        for (Supplier<ChipInstance> chip : chips) {
            ChipInstance cells = aged(inputs.plan(), design, chip.get());
            NetworkPlan plan = DeployedNetwork.of(design, cells, adapted(cells, calibration), converters)
                    .plan();
            if (results.isEmpty()) {
                first.accept(plan);
            }
            ChipResult result = simulate(cells, plan, images);
            results.add(result);
            progress.advance(
                    1, String.format(Locale.ROOT, "chip %d: %.2f %%", result.instance(), result.accuracyPercent()));
        }
        progress.end(chips.size() + (chips.size() == 1 ? " chip, " : " chips, ") + images.size() + " images each");
        return results;
    }

    /** A chip at the age and temperature of the experiment(). */
    static ChipInstance aged(Plan plan, ChipDesign design, ChipInstance programmed) {
        return ChipAgeing.at(design, programmed, plan.age(), plan.compensation());
    }

    private ChipResult simulate(ChipInstance cells, NetworkPlan plan, Dataset images) {
        Evaluation seen = evaluator(inputs).evaluate(plan, images, EarlyExit.rule(experiment()));
        Evaluation.Stopped ran = seen.stopped();
        LayerActivity[] activity = costing.executed(ran.activity());
        return new ChipResult(
                cells.instance(),
                seen.samples(),
                ran.correct(),
                ran.running(),
                activity,
                costing.energy(activity, ran.running()),
                steps(seen),
                costing.costs(cells, activity, ran.running()),
                seen.hostNanos());
    }

    /** Accuracy and energy if every image stopped after each step. */
    private List<ChipResult.Step> steps(Evaluation seen) {
        List<ChipResult.Step> steps = new ArrayList<>();
        for (int t = 0; t < seen.timeSteps(); t++) {
            int last = t + 1;
            LayerActivity[] activity = Arrays.stream(seen.activity())
                    .map(layer -> layer.first(last))
                    .toArray(LayerActivity[]::new);
            long[] running = new long[last];
            Arrays.fill(running, seen.samples());
            steps.add(new ChipResult.Step(100 * seen.accuracy(t), ChipCosting.sum(costing.energy(activity, running))));
        }
        return steps;
    }

    /** The parameters beside the weights for one chip: as trained, or with norms adapted to its cells. */
    private Parameters adapted(ChipInstance chip, Dataset training) {
        SimulateBlock.NormAdaptation block = experiment().simulate().normAdaptation();
        if (block.batches() == 0) {
            return parameters;
        }
        return new NormAdaptation(
                        inputs.backend(),
                        block.batches(),
                        block.gammaEpochs(),
                        new Presentation(
                                experiment().data().batch(), inputs.plan().timeSteps(), encoder(), Augmentation.none()),
                        new SoftmaxCrossEntropy(),
                        Descent.of(
                                new Sgd(experiment()
                                        .train()
                                        .optimizer()
                                        .momentum()
                                        .map(Double::floatValue)
                                        .orElse(USUAL_MOMENTUM)),
                                Schedule.constant(block.gammaLr()),
                                0f),
                        experiment().seed(),
                        experiment().run().effectiveThreads())
                .adapt(
                        design.network(),
                        parameters
                                .withWeights(EffectiveWeights.of(design, chip))
                                .with(EffectiveWeights.biases(design, chip)),
                        training);
    }

    /** The input spikes of every chip and of the software network that they are compared with. */
    static Evaluator evaluator(Inputs inputs) {
        Experiment experiment = inputs.plan().experiment();
        return new Evaluator(
                inputs.backend(),
                inputs.plan().simulatedTimeSteps(),
                inputs.plan().encoder(),
                experiment.seed(),
                Evaluator.TEST_PASS,
                experiment.simulate().batch(),
                experiment.run().effectiveThreads());
    }

    private Experiment experiment() {
        return inputs.plan().experiment();
    }

    private Encoder encoder() {
        return inputs.plan().encoder();
    }
}
