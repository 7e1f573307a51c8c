/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.TrainingFacts;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.folder.TrainingRecord;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.experiment.plan.TrainingPlan;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingState;
import io.synaptile.training.WeightPlace;
import io.synaptile.training.method.Course;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Outcome;
import io.synaptile.training.words.SramWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The first stage: a run folder with the trained model. */
final class TrainStage {
    private final Inputs inputs;
    private final Experiment experiment;
    private final TrainingPlan training;
    private final Method method;
    private final Course course;
    private final Site site;
    private final Progress progress;

    /**
     * Prepares and checks the training, which computes nothing.
     *
     * @throws io.synaptile.experiment.file.ConfigException if data, network and training do not go together
     */
    TrainStage(Inputs inputs, Site site, Progress progress) {
        this.inputs = inputs;
        this.experiment = inputs.plan().experiment();
        this.training = TrainingPlan.of(inputs.plan());
        this.site = site;
        this.progress = progress;
        this.method = training.method(inputs.data());
        this.course = training.course(inputs.backend(), inputs.data());
    }

    /** All that the weights depend on. */
    TrainingOrigin origin() {
        return origin(inputs, training);
    }

    /** The same of an experiment that is not to be trained. */
    static TrainingOrigin origin(Inputs inputs) {
        return origin(inputs, TrainingPlan.of(inputs.plan()));
    }

    private static TrainingOrigin origin(Inputs inputs, TrainingPlan training) {
        return TrainingOrigin.of(inputs.plan().experiment(), inputs.data(), training.sourceHashes());
    }

    /** Takes over the weights of another run, which depend on the same. */
    void adopt(Path run, Path folder) {
        for (String name : List.of(ModelStore.FILE, ModelStore.LATENT_FILE)) {
            AtomicFile.write(folder.resolve(name), out -> Files.copy(run.resolve(name), out));
        }
        RunManifest.read(run)
                .ofModel(folder)
                .configured(inputs.plan().file(), experiment, inputs.plan().located(experiment))
                .write(folder);
    }

    /** Trains, or continues what was stopped in that folder. */
    RunSummary.Trained into(RunFolder run) {
        Checkpoints checkpoints = new Checkpoints(run, method, origin());
        Optional<TrainingState> stopped = checkpoints.newest();
        run.clear();
        Outcome outcome = train(stopped, checkpoints);
        TrainedModel model = outcome.model();
        Path folder = run.path();
        write(folder, outcome);
        progress.begin("test", 1);
        Evaluation software = ChipSimulation.evaluator(inputs)
                .evaluate(model.plan(), inputs.data().test());
        progress.advance(1, "");
        progress.end("");
        TrainingFacts facts = facts(model, software);
        TrainingRecord record = new TrainingRecord(
                inputs.data(),
                inputs.choice().facts(),
                course.weightsPreparedOn().id(),
                site,
                facts,
                training.sources(),
                training.recovery().flatMap(SramRecovery::chipHash));
        RunManifest.of(folder, inputs.plan().file(), inputs.plan().located(experiment), record)
                .write(folder);
        return new RunSummary.Trained(facts);
    }

    private Outcome train(Optional<TrainingState> stopped, Checkpoints checkpoints) {
        TrainBlock block = experiment.train();
        int batches =
                Math.ceilDiv(inputs.data().train().size(), experiment.data().batch());
        progress.begin("train", (long) batches * block.epochs() - visited(stopped, batches));
        if (inputs.backend().keepsWeights() && course.weightsPreparedOn() == WeightPlace.HOST) {
            progress.notice(
                    "weights are prepared on the host: the device cannot follow this variation, loss, optimiser or"
                            + " train.per_layer");
        }
        Outcome outcome;
        try {
            TrainingWatch watch = new TrainingWatch(
                    checkpoints, progress, judge(), experiment.run().checkpointMinutes());
            outcome = course.run(stopped, watch);
        } catch (ArithmeticException e) {
            // Continued, it would come to the same end.
            checkpoints.discard();
            throw inputs.plan()
                    .file()
                    .problem(
                            "train.optimizer.lr",
                            "train.optimizer.lr " + block.optimizer().lr() + ": " + e.getMessage());
        }
        TrainedModel model = outcome.model();
        int trained = model.history().size();
        progress.end(String.format(
                Locale.ROOT,
                "epoch %d of %d is kept with %.2f %% on the %s images%s",
                model.keptEpoch() + 1,
                block.epochs(),
                100 * model.validationAccuracy(),
                judge(),
                trained < block.epochs() ? "; stopped early after epoch " + trained : ""));
        return outcome;
    }

    /** Batches that an earlier process has visited. */
    private long visited(Optional<TrainingState> stopped, int batches) {
        if (stopped.isEmpty()) {
            return 0;
        }
        int epochs = stopped.get().epochsDone();
        int begun =
                stopped.get().begun().map(TrainingState.BegunEpoch::batchesDone).orElse(0);
        progress.notice("continuing after epoch " + epochs + " of "
                + experiment.train().epochs() + (begun == 0 ? "" : " and " + begun + " of " + batches + " batches"));
        return (long) batches * epochs + begun;
    }

    private void write(Path folder, Outcome outcome) {
        Map<String, String> metadata =
                ModelStore.metadata(experiment, inputs.plan().images().shape(), outcome.model());
        ModelStore.write(
                folder,
                file(outcome, outcome.deployed(), outcome.words(), metadata),
                file(outcome, outcome.latent(), outcome.latentWords(), metadata));
    }

    private static ModelFile file(
            Outcome outcome, Parameters parameters, Map<Integer, SramWords> words, Map<String, String> metadata) {
        return ModelFile.of(outcome.model().network(), parameters, metadata).withSram(SramRecovery.tensors(words));
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
                remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)));
    }

    /** Why it is the epoch that is kept. */
    private String chosenBy() {
        TrainBlock block = experiment.train();
        if (block.keepsLast()) {
            return block.keep() == TrainBlock.Keep.LAST
                    ? "it is the last (train.keep)"
                    : "it is the last, because SRAM words are pruned (train.keep auto)";
        }
        return isHeldOut()
                ? "accuracy on the " + inputs.data().validation().size() + " validation images"
                : "accuracy on the " + inputs.data().train().size()
                        + " training images, because data.validation holds none back";
    }
}
