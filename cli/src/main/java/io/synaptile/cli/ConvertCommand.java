/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first stage with an artificial network that has been trained already. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Converts a trained artificial network to a spiking one and starts its run folder; nothing is trained.",
            "The experiment has train.method conversion, whose train.convert block says how thresholds are found, or rate-norm, whose thresholds are trained. Writes the accuracy at every time step beside the artificial network's (conversion.csv) and what rates are off by, layer by layer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile convert examples/conversion.yaml --from runs/conversion --out runs/p99",
            "  synaptile convert examples/conversion.yaml --from runs/conversion train.convert.percentile=99 network.time_steps=64",
            "  synaptile convert examples/conversion.yaml --from runs/conversion train.convert.schedule=pipelined"
        })
final class ConvertCommand extends NewRunCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML).")
    private Path file;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MODEL",
            description = "Run folder of a conversion, or model file with the artificial network.")
    private Path from;

    ConvertCommand(Streams streams) {
        super(streams);
    }

    @Override
    List<String> ownSettings() {
        return List.of(
                "train.epochs=0",
                "train.from='" + from.toAbsolutePath().toString().replace("'", "''") + "'");
    }

    @Override
    void checkTarget(Path target) {
        if (Files.isDirectory(from) && normal(target).equals(normal(from))) {
            throw new IllegalArgumentException("--out " + target
                    + " is the folder of the artificial network, which results would replace; name another one");
        }
    }

    private static Path normal(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Of a folder that is not there yet.
            return path.toAbsolutePath().normalize();
        }
    }

    @Override
    Filling filling(PlugIns plugIns, Progress progress) {
        for (String key : List.of("train.epochs", "train.rate_norm.epochs", "train.from", "train.seeds")) {
            if (isSet(key)) {
                throw new IllegalArgumentException("command line: " + key
                        + " is of a training; convert takes the network that --from names as it is");
            }
        }
        ExperimentFile experiment = read(file, plugIns);
        if (experiment.experiment().train().method() == TrainBlock.Method.RATE_NORM) {
            experiment = experiment.with("train.rate_norm.epochs=0");
        }
        return new OneRun(
                experiment,
                new ExperimentRunner(experiment, ExperimentOptions.site(), progress),
                ExperimentRunner::train);
    }
}
