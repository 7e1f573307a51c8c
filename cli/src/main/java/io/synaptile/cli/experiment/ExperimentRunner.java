/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.cli.experiment.file.EffectiveConfig;
import io.synaptile.cli.experiment.file.Experiment;
import io.synaptile.cli.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.List;

/** Runs. */
public final class ExperimentRunner {
    public ExperimentRunner(ExperimentFile file, Site site, Progress progress) {}

    public static ExperimentRunner of(Path runFolder, List<String> overrides, Site site, Progress progress) {
        String configuration = RunManifest.read(runFolder).configuration();
        return new ExperimentRunner(
                ExperimentFile.parse(runFolder.resolve(RunManifest.FILE), configuration, overrides), site, progress);
    }

    public static Path defaultFolder(Experiment experiment) {
        return Path.of(
                "runs",
                experiment.name() + "-" + EffectiveConfig.hash(experiment).substring(0, 8));
    }

    public RunSummary run(Path p) {
        throw new IllegalStateException();
    }

    public RunSummary train(Path p) {
        throw new IllegalStateException();
    }

    public RunSummary map(Path p) {
        throw new IllegalStateException();
    }

    public RunSummary simulate(Path p) {
        throw new IllegalStateException();
    }

    public RunSummary report(Path p) {
        throw new IllegalStateException();
    }
}
