/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.folder.TrainingRecord;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.sim.io.Links;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run that is done again from its manifest, training included, and compared with what it was. */
public final class Rerun {
    private final RecordedRun run;
    private final ExperimentFile file;
    private final ExperimentRunner runner;

    private Rerun(RecordedRun run, ExperimentFile file, ExperimentRunner runner) {
        this.run = run;
        this.file = file;
        this.runner = runner;
    }

    /**
     * Reads what is to be repeated.
     *
     * @param named a manifest, or a run folder
     * @param overrides settings of how to compute, over those of the run
     * @throws IllegalArgumentException if it is not a single run that can be repeated, or its manifest is damaged
     * @throws io.synaptile.experiment.file.ConfigException if the configuration is refused today
     */
    public static Rerun of(Path named, List<String> overrides, PlugIns plugIns, Site site, Progress progress) {
        RecordedRun run = RecordedRun.read(named);
        run.files();
        RunManifest manifest = run.manifest();
        manifest.notices(named, site).forEach(progress::notice);
        ExperimentFile written = ExperimentFile.ofManifest(run.place(), manifest.configuration(), List.of(), plugIns);
        List<String> settings = new ArrayList<>(located(written, manifest));
        settings.addAll(overrides);
        ExperimentFile file = ExperimentFile.ofManifest(run.place(), manifest.configuration(), settings, plugIns)
                .as(manifest.point(named));
        return new Rerun(run, file, new ExperimentRunner(file, site, progress));
    }

    /** Models that training starts from, whose names in the configuration are relative to the experiment file. */
    private static List<String> located(ExperimentFile written, RunManifest manifest) {
        List<String> settings = new ArrayList<>();
        located("train.from", written.experiment().train().from(), manifest.sourcePath(TrainingRecord.SOURCE))
                .ifPresent(settings::add);
        located(
                        "train.recovery.baseline",
                        written.experiment().train().recovery().baseline(),
                        manifest.sourcePath(TrainingRecord.BASELINE))
                .ifPresent(settings::add);
        return settings;
    }

    private static Optional<String> located(String key, String name, Optional<String> place) {
        boolean relative = !name.isEmpty() && !Path.of(name).isAbsolute();
        return relative ? place.map(path -> key + "='" + path.replace("'", "''") + "'") : Optional.empty();
    }

    /** Where the repetition goes if no folder is named. */
    public Path defaultFolder() {
        return run.defaultFolder(file.experiment().name());
    }

    /**
     * Does the run again and compares the two.
     *
     * @param target folder of the repetition
     * @throws IllegalArgumentException if {@code target} is the run itself, or exists and is no run folder
     */
    public Repetition into(Path target, Start start) {
        if (run.folder().isPresent() && Links.follow(run.folder().get()).equals(Links.follow(target))) {
            throw new IllegalArgumentException("--out " + target + " is the run that is to be repeated; name another");
        }
        RunFolder.refuseForeign(target);
        if (run.isSimulated()) {
            runner.run(target, start);
        } else {
            runner.train(target, start);
        }
        return new Comparison(run, target).made();
    }
}
