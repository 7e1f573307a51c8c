/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.experiment.folder.LoopFacts;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.TrainingEvents;
import io.synaptile.experiment.folder.TrainingFacts;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.folder.TrainingTables;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.experiment.plan.TrainingPlan;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.EpochResult;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingState;
import io.synaptile.training.WeightPlace;
import io.synaptile.training.conversion.NotConvertibleException;
import io.synaptile.training.method.Course;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Outcome;
import io.synaptile.training.method.loop.InTheLoop;
import io.synaptile.training.words.SramWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** One of the trainings of an experiment, which differ by their seed. */
final class SeededTraining {
    private final Inputs inputs;
    private final Experiment experiment;
    private final int number;
    private final long seed;
    private final TrainingPlan plan;
    private final Method method;
    private final Course course;
    private final TrainingArrays arrays;
    private final Progress progress;

    /**
     * What a training came to.
     *
     * @param deployed model file of weights that are evaluated and deployed
     * @param latent the same before quantisation
     * @param saved models that the training saved on its way, by name
     * @param tables how it went
     */
    record Trained(
            ModelFile deployed,
            ModelFile latent,
            Map<String, ModelFile> saved,
            TableSet tables,
            TrainingFacts facts,
            SeedRow row) {
        /** Writes all models. */
        void write(Path folder) {
            ModelStore.write(folder, deployed, latent, saved);
        }
    }

    /**
     * Prepares and checks a training, which computes nothing.
     *
     * @param number of the training, from 1; the seed is as much above that of the experiment as it is above 1
     * @throws io.synaptile.experiment.file.ConfigException if data, network and training do not go together
     */
    SeededTraining(Inputs inputs, int number, Progress progress) {
        this.inputs = inputs;
        this.experiment = inputs.plan().experiment();
        this.number = number;
        this.seed = experiment.seed() + number - 1;
        this.plan = TrainingPlan.of(inputs.plan(), seed);
        this.arrays = new TrainingArrays(inputs);
        this.method = plan.method(inputs.data(), arrays);
        this.course = plan.course(inputs.backend(), inputs.data(), arrays);
        this.progress = progress;
    }

    long seed() {
        return seed;
    }

    TrainingPlan plan() {
        return plan;
    }

    WeightPlace weightsPreparedOn() {
        return course.weightsPreparedOn();
    }

    /** All that the weights depend on. */
    TrainingOrigin origin() {
        return origin(inputs, plan);
    }

    static TrainingOrigin origin(Inputs inputs, TrainingPlan training) {
        return TrainingOrigin.of(inputs.plan().experiment(), inputs.data(), training.sourceHashes());
    }

    /** Its checkpoints in a run folder. */
    Checkpoints checkpoints(RunFolder run) {
        return new Checkpoints(run, number, method, origin());
    }

    /**
     * Trains and measures.
     *
     * @param folder for event files, where they are asked for
     * @param stopped where an earlier process was stopped; a training that is over is not repeated
     */
    Trained run(Path folder, Optional<TrainingState> stopped, Checkpoints checkpoints) {
        Outcome outcome = train(folder, stopped, checkpoints);
        TrainedModel model = outcome.model();
        progress.begin("test", 1);
        Evaluation software = ChipSimulation.evaluator(inputs)
                .evaluate(model.plan(), inputs.data().test());
        progress.advance(1, "");
        progress.end("");
        Map<String, String> metadata = ModelStore.metadata(
                experiment, inputs.plan().images().shape(), inputs.plan().timeSteps(), model);
        TrainingFacts facts = facts(model, software);
        TableSet trained = TrainingTables.of(point(), seed, model);
        TableSet tables = outcome.conversion().isEmpty()
                ? trained
                : new ConversionCurves(inputs, seed).add(trained, outcome, software);
        return new Trained(
                file(outcome.model().network(), outcome.deployed(), outcome.words(), metadata),
                file(outcome.latentNetwork(), outcome.latent(), outcome.latentWords(), metadata),
                saved(outcome, metadata),
                tables,
                facts,
                new SeedRow(
                        point(),
                        seed,
                        facts.keptEpoch(),
                        facts.judgedAccuracyPercent(),
                        facts.testAccuracyPercent(),
                        0,
                        Double.NaN,
                        Double.NaN));
    }

    /** What is done, with the seed where there are several. */
    private String name(String what) {
        return experiment.train().seeds() == 1 ? what : "seed " + seed + ": " + what;
    }

    private int point() {
        return inputs.plan().file().point().number();
    }

    private Outcome train(Path folder, Optional<TrainingState> stopped, Checkpoints checkpoints) {
        TrainBlock block = experiment.train();
        int batches =
                Math.ceilDiv(inputs.data().train().size(), experiment.data().batch());
        plan.changedSource().ifPresent(progress::notice);
        progress.begin(name("train"), (long) batches * block.epochs() - visited(stopped, batches));
        if (inputs.backend().keepsWeights() && course.weightsPreparedOn() == WeightPlace.HOST) {
            progress.notice(
                    "weights are prepared on the host: the device cannot follow this variation, loss, optimiser or"
                            + " train.per_layer");
        }
        try {
            TrainingWatch watch = new TrainingWatch(
                    checkpoints,
                    progress,
                    block.epochs(),
                    judge(),
                    experiment.run().checkpointMinutes());
            List<TrainingListener> listeners = new ArrayList<>(List.of(watch));
            if (block.tensorboard()) {
                listeners.add(events(folder, stopped));
            }
            try (TrainingArrays boards = arrays) {
                if (method instanceof InTheLoop loop
                        && stopped.map(TrainingState::epochsDone).orElse(0) < block.epochs()) {
                    takeBoards(loop, stopped, batches);
                }
                Outcome outcome = course.run(stopped, TrainingListener.all(listeners));
                boards.finish();
                return outcome;
            }
        } catch (NotConvertibleException e) {
            String goesOn = "";
            if (block.epochs() > 0) {
                checkpoints.explained();
                goesOn =
                        "; the artificial network is trained, and other settings of its conversion need no second training"
                                + " with --resume";
            }
            throw inputs.plan()
                    .file()
                    .problem(conversionKey(block, e), "train.method " + method.id() + ": " + e.getMessage() + goesOn);
        } catch (ArithmeticException e) {
            // Continued, it would come to the same end.
            checkpoints.discard();
            throw inputs.plan()
                    .file()
                    .problem(
                            "train.optimizer.lr",
                            "train.optimizer.lr " + block.optimizer().lr() + ": " + e.getMessage());
        }
    }

    private void takeBoards(InTheLoop loop, Optional<TrainingState> stopped, int batches) {
        long writings = loop.writings(batches);
        arrays.open(stopped.orElseGet(loop::initial).parameters(), writings);
        progress.notice("train.loop " + experiment.train().loop().word()
                + ": cells of boards are written up to " + writings + (writings == 1 ? " time" : " times")
                + " in training");
    }

    /** What boards did in the training; empty where there were none. */
    Optional<LoopFacts> loop() {
        return arrays.facts();
    }

    /** The key that a conversion failed by. */
    private static String conversionKey(TrainBlock block, NotConvertibleException problem) {
        if (block.method() != TrainBlock.Method.CONVERSION) {
            return "train.rate_norm";
        }
        return problem.isOfPercentile() ? "train.convert.percentile" : "train.convert";
    }

    /** Writes event files while the network is trained. */
    private TrainingListener events(Path folder, Optional<TrainingState> stopped) {
        List<EpochResult> before = stopped.map(TrainingState::history).orElse(List.of());
        TrainingEvents.begin(folder, seed, TrainingTables.of(point(), seed, before));
        return new TrainingListener() {
            @Override
            public void epochFinished(EpochResult result, TrainingState state) {
                TrainingEvents.append(folder, seed, TrainingTables.of(point(), seed, List.of(result)));
            }
        };
    }

    /** Batches that an earlier process has visited. */
    private long visited(Optional<TrainingState> stopped, int batches) {
        if (stopped.isEmpty()) {
            return 0;
        }
        int epochs = stopped.get().epochsDone();
        int begun =
                stopped.get().begun().map(TrainingState.BegunEpoch::batchesDone).orElse(0);
        boolean over = epochs == experiment.train().epochs();
        // Of several trainings those that are over need no word.
        if (!over || experiment.train().seeds() == 1) {
            progress.notice(name("continuing") + " after epoch " + epochs + " of "
                    + experiment.train().epochs()
                    + (begun == 0 ? "" : " and " + begun + " of " + batches + " batches"));
        }
        return (long) batches * epochs + begun;
    }

    private static ModelFile file(
            Network network, Parameters parameters, Map<Integer, SramWords> words, Map<String, String> metadata) {
        return ModelFile.of(network, parameters, metadata).withSram(SramRecovery.tensors(words));
    }

    private static Map<String, ModelFile> saved(Outcome outcome, Map<String, String> metadata) {
        Map<String, ModelFile> saved = new TreeMap<>();
        outcome.conversion()
                .ifPresent(conversion -> conversion
                        .saved()
                        .forEach(model -> saved.put(
                                model.name(), file(outcome.model().network(), model.spiking(), Map.of(), metadata))));
        return saved;
    }

    private boolean isHeldOut() {
        return inputs.data().validation().size() > 0;
    }

    /** Images that the accuracy after every epoch is of, as a word before "images". */
    private String judge() {
        return isHeldOut() ? "validation" : "training";
    }

    private TrainingFacts facts(TrainedModel model, Evaluation software) {
        List<String> remarks = SoftwareRemarks.of(inputs.plan().network(), software);
        return new TrainingFacts(
                100 * software.accuracy(),
                software.samples(),
                100 * model.validationAccuracy(),
                isHeldOut(),
                model.keptEpoch() + 1,
                chosenBy(),
                sparsity(model),
                remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)));
    }

    /** Percent of the weights of all pruned layers that are 0. */
    private OptionalDouble sparsity(TrainedModel model) {
        long zeros = 0;
        long weights = 0;
        for (int layer : plan.pruned()) {
            for (float weight : model.effective().weights().get(layer)) {
                zeros += weight == 0f ? 1 : 0;
                weights++;
            }
        }
        return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * zeros / weights);
    }

    /** Why it is the epoch that is kept. */
    private String chosenBy() {
        TrainBlock block = experiment.train();
        if (block.epochs() == 0) {
            return "none was trained (train.epochs 0)";
        }
        if (block.keepsLast()) {
            return block.keep() == TrainBlock.Keep.LAST
                    ? "it is the last (train.keep)"
                    : block.method() == TrainBlock.Method.STDS
                            ? "it is the last, because accuracy recovers only when the zone stops widening (train.keep auto)"
                            : "it is the last, because SRAM words are pruned (train.keep auto)";
        }
        return isHeldOut()
                ? "accuracy on the " + inputs.data().validation().size() + " validation images"
                : "accuracy on the " + inputs.data().train().size()
                        + " training images, because data.validation holds none back";
    }
}
