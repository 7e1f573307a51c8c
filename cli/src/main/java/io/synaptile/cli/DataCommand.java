/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plan.ExperimentData;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists data sets. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Lists the data sets for data.set and shows what their files hold.",
        subcommands = {DataCommand.ListSets.class, DataCommand.Info.class},
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile data list", "  synaptile data info digits"})
final class DataCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: list or info");
    }

    private static Map<String, Object> describe(DatasetReader reader) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("set", reader.id());
        reader.form().ifPresent(form -> describe(row, form));
        row.put("description", reader.description());
        return row;
    }

    private static void describe(Map<String, Object> row, DataForm form) {
        row.put("shape", form.shape().toString());
        row.put("classes", form.classes());
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the data sets that can be read.",
            footerHeading = "%nExamples:%n",
            footer = "  synaptile data list --json")
    static final class ListSets implements Callable<Integer> {
        private final Streams streams;

        @Mixin
        private ReportingOptions reporting;

        ListSets(Streams streams) {
            this.streams = streams;
        }

        @Override
        public Integer call() {
            List<Map<String, Object>> rows = new ArrayList<>();
            Datasets.installed().readers().forEach(reader -> rows.add(describe(reader)));
            if (reporting.json()) {
                streams.out().println(JsonMapper.shared().writeValueAsString(rows));
            } else {
                rows.forEach(row -> streams.out()
                        .printf(
                                Locale.ROOT,
                                "%-14s %-10s %s%n",
                                row.get("set"),
                                row.getOrDefault("shape", "as found"),
                                row.get("description")));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Reads a data set, or the data of an experiment, and shows its parts and files.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  synaptile data info digits",
                "  synaptile data info mnist --dir /data/mnist",
                "  synaptile data info examples/own-csv.yaml"
            })
    static final class Info implements Callable<Integer> {
        private final Streams streams;

        @Mixin
        private ReportingOptions reporting;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "SET", description = "Data set, as in data.set, or an experiment file.")
        private String set;

        @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the files (data.dir).")
        private Path folder;

        Info(Streams streams) {
            this.streams = streams;
        }

        @Override
        public Integer call() {
            Site site = ExperimentOptions.site();
            DatasetSplits splits;
            Map<String, Object> info;
            if (set.endsWith(".yaml") || set.endsWith(".yml")) {
                List<String> settings = folder == null ? List.of() : List.of("data.dir=" + folder);
                ExperimentFile file = ExperimentFile.read(Path.of(set), settings);
                splits = ExperimentData.all(file, site);
                info = describe(ExperimentData.reader(file));
            } else {
                splits = Datasets.installed().load(published(site));
                info = describe(Datasets.installed().reader(set));
            }
            describe(info, splits.train().form());
            if (!splits.train().classNames().isEmpty()) {
                info.put("class_names", splits.train().classNames());
            }
            info.put("mean", splits.train().normalisation().mean());
            info.put("deviation", splits.train().normalisation().deviation());
            info.put("training_images", splits.train().size());
            info.put("test_images", splits.test().size());
            List<Map<String, String>> files = new ArrayList<>();
            splits.files().forEach(file -> {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("file", file.path().toString());
                row.put("sha256", file.sha256());
                files.add(row);
            });
            if (reporting.json()) {
                info.put("files", files);
                streams.out().println(JsonMapper.shared().writeValueAsString(info));
            } else {
                info.forEach((name, value) -> streams.out().printf(Locale.ROOT, "%-16s %s%n", name, value));
                files.forEach(row -> streams.out()
                        .printf(Locale.ROOT, "%-16s %s  sha256 %s%n", "file", row.get("file"), row.get("sha256")));
            }
            return ExitCode.OK;
        }

        private DataRequest published(Site site) {
            if (Datasets.installed().reader(set).form().isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "data set " + set
                                + " is files of your own; name an experiment file, whose block data says which");
            }
            return new DataRequest(
                    set,
                    Optional.ofNullable(folder),
                    site.dataFolder(),
                    site.embeddedData(),
                    List.of(),
                    List.of(),
                    OptionalDouble.of(0));
        }
    }
}
