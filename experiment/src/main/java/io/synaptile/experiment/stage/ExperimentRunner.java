/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.experiment.plan.ReadData;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.FileWriteException;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Links;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes an experiment from its file to its run folder, in one go or stage by stage. What can be checked is checked before
 * anything is computed or written.
 */
public final class ExperimentRunner {
    private static final int HASH_DIGITS = 8;

    private final ExperimentFile file;
    private final Site site;
    private final Progress progress;

    /** A runner for an experiment that is to be trained. */
    public ExperimentRunner(ExperimentFile file, Site site, Progress progress) {
        this.file = file;
        this.site = site;
        this.progress = progress;
    }

    /**
     * A runner for the later stages of a run folder.
     *
     * @param overrides settings over those of the run; what the trained model depends on must stay
     * @param plugIns plug-ins that cells may come from
     * @throws IllegalArgumentException if the folder is not a run folder
     */
    public static ExperimentRunner of(
            Path runFolder, List<String> overrides, PlugIns plugIns, Site site, Progress progress) {
        RunManifest manifest = RunManifest.read(runFolder);
        manifest.notices(runFolder, site).forEach(progress::notice);
        ExperimentFile file = file(runFolder, manifest, overrides, plugIns);
        refuseRetraining(file(runFolder, manifest, List.of(), plugIns), file);
        return new ExperimentRunner(file.as(manifest.point(runFolder)), site, progress);
    }

    /**
     * The configuration of a run folder.
     *
     * @param overrides settings over those of the run
     * @throws IllegalArgumentException if the folder is not a run folder
     */
    public static ExperimentFile file(Path runFolder, List<String> overrides, PlugIns plugIns) {
        return file(runFolder, RunManifest.read(runFolder), overrides, plugIns);
    }

    private static ExperimentFile file(Path runFolder, RunManifest manifest, List<String> overrides, PlugIns plugIns) {
        return ExperimentFile.ofManifest(
                runFolder.resolve(RunManifest.FILE), manifest.configuration(), overrides, plugIns);
    }

    /** @throws IllegalArgumentException if an experiment asks for other weights than were trained */
    public static void refuseRetraining(ExperimentFile trainedFile, ExperimentFile askedFile) {
        Experiment trained = trainedFile.experiment();
        Experiment asked = askedFile.experiment();
        refuseChange("seed", trained.seed(), asked.seed());
        refuseChange("data", trained.data().in(""), asked.data().in(""));
        refuseChange("network", trained.network(), asked.network());
        refuseChange("train", trained.train(), asked.train());
    }

    private static void refuseChange(String block, Object trained, Object asked) {
        if (!trained.equals(asked)) {
            throw new IllegalArgumentException(
                    "command line: " + block + " cannot be changed after training; train again with 'synaptile train'");
        }
    }

    /** Where a run is put if no folder is named: {@code runs/NAME-HASH}. */
    public static Path defaultFolder(Experiment experiment) {
        return Path.of(
                "runs",
                experiment.name() + "-" + EffectiveConfig.hash(experiment).substring(0, HASH_DIGITS));
    }

    /** All stages; the run folder appears when the last has ended. */
    public RunSummary.Simulated run(Path target, Start start) {
        return run(target, start, TrainedRuns.none());
    }

    /** The same, with the weights of an earlier run where they would be the same. */
    public RunSummary.Simulated run(Path target, Start start, TrainedRuns trained) {
        refuseSweep();
        Inputs inputs = inputs();
        TrainStage training = new TrainStage(inputs, site, progress);
        TrainingOrigin origin = training.origin();
        try (RunFolder folder = open(target, start)) {
            trained.of(origin).ifPresentOrElse(run -> training.adopt(run, folder.path()), () -> training.into(folder));
            RunSummary.Simulated summary = new SimulateStage(inputs, progress)
                    .into(folder.path(), ModelStore.read(folder.path()), Optional.empty());
            folder.publish();
            trained.add(origin, target);
            return summary;
        }
    }

    /** Remembers a finished run of this experiment for those with the same weights. */
    public void remember(Path run, TrainedRuns trained) {
        trained.add(TrainStage.origin(inputs()), run);
    }

    /**
     * Checks what can be checked before anything is computed.
     *
     * @throws io.synaptile.experiment.file.ConfigException if the parts of the experiment do not go together
     * @throws io.synaptile.sim.io.DataFileException if its data cannot be read
     */
    public void checkWithTraining(ReadData read) {
        new TrainStage(Inputs.read(file, site, read, progress), site, progress);
    }

    /** The same, where the weights are those of a run folder. */
    public void checkWithModel(ReadData read, Path run) {
        ModelFile model = ModelStore.read(run);
        Inputs.read(file, site, read, progress, model).plan().requireFit(model);
    }

    /** The first stage: a run folder with the trained model. */
    public RunSummary.Trained train(Path target, Start start) {
        refuseSweep();
        TrainStage training = new TrainStage(inputs(), site, progress);
        try (RunFolder folder = open(target, start)) {
            RunSummary.Trained summary = training.into(folder);
            folder.publish();
            return summary;
        }
    }

    /** The second stage: which tile holds what, and the chips and tiles that are asked for. */
    public RunSummary.Mapped map(Path folder, MapOrder order) {
        return alone(folder, "map", () -> {
            ModelFile model = ModelStore.read(folder);
            return new MapStage(Plan.of(file, form(), model), progress).into(folder, model, order);
        });
    }

    /** The third stage: chips, their tables, and the page made from them. */
    public RunSummary.Simulated simulate(Path folder) {
        return alone(folder, "simulate", () -> simulated(folder, Optional.empty()));
    }

    /** The same for one chip that the map stage has written. */
    public RunSummary.Simulated simulate(Path folder, int instance) {
        return alone(folder, "simulate", () -> simulated(folder, Optional.of(instance)));
    }

    /** The last stage: the page, made again from the tables. */
    public RunSummary.Simulated report(Path folder) {
        return alone(
                folder, "report", () -> new ReportStage(Plan.of(file, form(), ModelStore.read(folder))).into(folder));
    }

    private RunSummary.Simulated simulated(Path folder, Optional<Integer> instance) {
        ModelFile model = ModelStore.read(folder);
        Inputs inputs = Inputs.read(file, site, new ReadData(), progress, model);
        return new SimulateStage(inputs, progress).into(folder, model, instance);
    }

    private DataForm form() {
        return new ReadData().form(file, site);
    }

    private Inputs inputs() {
        return Inputs.read(file, site, new ReadData(), progress);
    }

    private void refuseSweep() {
        if (file.isSweep()) {
            throw file.problem("sweep", "sweep: use 'synaptile sweep' for a file with design points");
        }
        if (file.comparison().isPresent()) {
            throw file.problem("compare", "compare: use 'synaptile compare' for a file with candidates");
        }
    }

    private RunFolder open(Path target, Start start) {
        return switch (start) {
            case ANEW -> RunFolder.create(target, progress);
            case RESUMED -> RunFolder.resume(target, progress);
        };
    }

    /** Does a stage while no other process writes to the folder. */
    private <S> S alone(Path folder, String stage, Supplier<S> work) {
        Path real = Links.follow(folder);
        try (FolderLock lock = FolderLock.take(folder, real.resolve(FolderLock.FILE), stage)) {
            if (!lock.isExclusive()) {
                progress.notice(FolderLock.notice(folder));
            }
            FileSet.finish(real);
            return work.get();
        } catch (IOException e) {
            throw FileWriteException.of(real.resolve(FolderLock.FILE), e);
        }
    }
}
