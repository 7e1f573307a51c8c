/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.TrainingEvents;
import io.synaptile.experiment.folder.TrainingFacts;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.folder.TrainingRecord;
import io.synaptile.experiment.folder.TrainingTables;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.experiment.plan.TrainingPlan;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.training.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first stage: a run folder with the trained model, and with those of further seeds. */
final class TrainStage {
    private final Inputs inputs;
    private final Experiment experiment;
    private final SeededTraining first;
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
        this.site = site;
        this.progress = progress;
        this.first = new SeededTraining(inputs, 1, progress);
    }

    /** All that the weights depend on. */
    TrainingOrigin origin() {
        return first.origin();
    }

    /** The same of an experiment that is not to be trained. */
    static TrainingOrigin origin(Inputs inputs) {
        return SeededTraining.origin(inputs, TrainingPlan.of(inputs.plan()));
    }

    /** Takes over the weights of another run, which depend on the same. */
    void adopt(Path run, Path folder) {
        for (String name : List.of(ModelStore.FILE, ModelStore.LATENT_FILE)) {
            AtomicFile.write(folder.resolve(name), out -> Files.copy(run.resolve(name), out));
        }
        ModelStore.copyOthers(run, folder);
        TableSet tables = TrainingTables.read(run, point());
        TrainingTables.write(folder, tables);
        if (experiment.train().tensorboard()) {
            TrainingEvents.write(folder, tables);
        }
        RunManifest.read(run)
                .ofModel(folder)
                .configured(inputs.plan().file(), experiment, inputs.plan().located(experiment))
                .write(folder);
    }

    /** Trains, or continues what was stopped in that folder. */
    RunSummary.Trained into(RunFolder run) {
        Checkpoints checkpoints = first.checkpoints(run);
        Optional<TrainingState> stopped = checkpoints.newest();
        run.clear();
        SeededTraining.Trained model = first.run(run.path(), stopped, checkpoints);
        model.write(run.path());
        List<TableSet> tables = new ArrayList<>(List.of(model.tables()));
        List<SeedRow> seeds = new ArrayList<>(List.of(model.row()));
        for (int number = 2; number <= experiment.train().seeds(); number++) {
            SeededTraining next = new SeededTraining(inputs, number, progress);
            Checkpoints own = next.checkpoints(run);
            SeededTraining.Trained further = next.run(run.path(), own.newest(), own);
            further.write(ModelStore.folderOfSeed(run.path(), next.seed()));
            tables.add(further.tables());
            seeds.add(further.row());
        }
        TableSet all = TableSet.joined(tables).with(Tables.SEEDS, seeds.size() > 1 ? seeds : List.<SeedRow>of());
        TrainingTables.write(run.path(), all);
        TrainingFacts facts = model.facts();
        TrainingRecord record = new TrainingRecord(
                inputs.data(),
                inputs.choice().facts(),
                first.weightsPreparedOn().id(),
                site,
                facts,
                first.plan().sources(),
                first.loop(),
                first.plan().recovery().flatMap(SramRecovery::chipHash));
        RunManifest.of(run.path(), inputs.plan().file(), inputs.plan().located(experiment), record)
                .write(run.path());
        return new RunSummary.Trained(facts, seeds, all.rows(Tables.CONVERSION));
    }

    private int point() {
        return inputs.plan().file().point().number();
    }
}
