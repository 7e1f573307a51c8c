/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plan.NetworkLayers;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.experiment.plan.ReadData;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.reports.html.NetworkDrawing;
import io.synaptile.reports.outcome.NetworkLayer;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.text.format.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** A network, layer by layer. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows the network of an experiment file or of a model file: the layers with output shape, trainable parameters, fan-in, multiplications of a time step and tiles. Nothing is trained.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile network examples/own-network.yaml",
            "  synaptile network examples/own-network.yaml network.time_steps=4 --svg network.svg",
            "  synaptile network runs/first/model.safetensors"
        })
final class NetworkCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the graph of the layers into this file.")
    private Path svg;

    @Parameters(index = "0", paramLabel = "FILE", description = "Experiment file or model file.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings that override those of the experiment file.")
    private List<String> settings = new ArrayList<>();

    NetworkCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        List<NetworkLayer> layers = isModel() ? ofModel() : ofExperiment();
        if (svg != null) {
            AtomicFile.write(svg, NetworkDrawing.file("Network of " + file.getFileName(), layers));
        }
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(layers));
        } else {
            print(layers);
        }
        return ExitCode.OK;
    }

    private boolean isModel() {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return FileFormat.of(in.readNBytes(FileFormat.HEAD_BYTES))
                    .filter(FileFormat.SAFETENSORS::equals)
                    .isPresent();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private List<NetworkLayer> ofModel() {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("a model file takes no settings, got " + settings.getFirst());
        }
        ModelFile model = ModelFile.read(file);
        int steps = model.network().nodes().stream()
                .mapToInt(node -> model.parameters().steps(node))
                .max()
                .orElse(1);
        return NetworkLayers.of(model.network(), steps, Map.of(), new Encoder.Direct());
    }

    private List<NetworkLayer> ofExperiment() {
        PlugIns plugIns = plugInOptions.load();
        ExperimentFile read = ExperimentFile.read(file, settings, plugIns);
        read.notices().forEach(notice -> MessageLine.print(streams.err(), notice));
        PlugInOptions.tell(plugIns, streams.err());
        return NetworkLayers.of(Plan.of(read, new ReadData().form(read, ExperimentOptions.site())));
    }

    private void print(List<NetworkLayer> layers) {
        int name = Math.max(
                5,
                layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0));
        int kind = Math.max(
                4,
                layers.stream().mapToInt(layer -> layer.kind().length()).max().orElse(0));
        String format = "%-" + name + "s  %-" + kind + "s  %-12s  %10s  %7s  %12s  %5s  %s%n";
        streams.out().printf(format, "layer", "kind", "output", "parameters", "fan-in", "MACs/step", "tiles", "reads");
        String before = "";
        for (NetworkLayer layer : layers) {
            boolean next = layer.inputs().equals(List.of(before));
            streams.out()
                    .printf(
                            format,
                            layer.name(),
                            layer.kind(),
                            layer.output(),
                            count(layer.parameters()),
                            count(layer.fanIn()),
                            count(layer.macs()),
                            count(layer.tiles()),
                            layer.inputs().isEmpty() ? "input" : next ? "" : String.join(", ", layer.inputs()));
            before = layer.name();
        }
        for (NetworkLayer layer : layers) {
            if (!layer.note().isEmpty()) {
                streams.out().println(layer.name() + ": " + layer.note());
            }
        }
        streams.out()
                .printf(
                        Locale.ROOT,
                        "%d layers, %,d parameters, %,d MACs per step, %,d tiles%n",
                        layers.size(),
                        layers.stream().mapToLong(NetworkLayer::parameters).sum(),
                        layers.stream().mapToLong(NetworkLayer::macs).sum(),
                        layers.stream().mapToInt(NetworkLayer::tiles).sum());
    }

    private static String count(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
    }
}
