/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.experiment.stage.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that goes on with a run folder. */
abstract class StageCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "RUN", description = "Run folder.")
    private Path folder;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings that override those of the run, with dotted keys as in docs/reference.md.")
    private List<String> settings = List.of();

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    StageCommand(Streams streams) {
        this.streams = streams;
    }

    /** Settings that options of the stage stand for. */
    List<String> ownSettings() {
        return List.of();
    }

    /** Does the stage. */
    abstract RunSummary stage(ExperimentRunner runner, Path folder);

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(options.overrides(settings));
        all.addAll(ownSettings());
        PlugIns plugIns = plugInOptions.load();
        ExperimentRunner runner =
                ExperimentRunner.of(folder, all, plugIns, ExperimentOptions.site(), reporting.progress(streams.err()));
        PlugInOptions.tell(plugIns, streams.err());
        SummaryPrinter.print(stage(runner, folder), folder, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
