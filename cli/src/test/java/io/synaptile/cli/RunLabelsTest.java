/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run calls its numbers, on the console, in tables, manifest and report. */
class RunLabelsTest {
    private static final String SMALL =
            """
            name: small
            seed: 1
            data: {set: digits, dir: %s, batch: 16, train_samples: 160, validation: 0.2, test_samples: 60}
            network: {arch: mlp, hidden: [16], time_steps: 2, coding: direct, norm: bntt}
            train: {epochs: 2}
            hardware: {cell: {kind: ideal}, readout: {kind: ideal}}
            simulate: {instances: 1, samples: 60}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void write() throws IOException {
        experiment = Files.writeString(folder.resolve("small.yaml"), SMALL);
    }

    private CommandOutcome command(String name, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(name, experiment.toString()));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("--out", folder.resolve("run").toString()));
        CommandOutcome outcome = CommandOutcome.of(arguments.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private JsonNode manifest() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("run/manifest.json")));
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("run/report.html"));
    }

    private static int below(float[] values, float limit) {
        int count = 0;
        for (float value : values) {
            count += Math.abs(value) < limit ? 1 : 0;
        }
        return count;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** fc1 is stored in words of 8 bits, fc2 in pairs of one bit: 0 below half a step of 127 and of 1. */
    @Test
    void connectionSparsityIsThatOfTheWeightsAsDeployed() throws IOException {
        command("run", "hardware.weight_bits=1", "--quiet");
        ModelFile model = ModelFile.read(folder.resolve("run/model.safetensors"));
        List<Network.Node> layers = model.network().synapses();
        float[] digital = model.weights().get(layers.get(0).id());
        float[] tiled = model.weights().get(layers.get(1).id());
        int zeros = below(digital, largest(digital) / 254) + below(tiled, largest(tiled) / 2);
        assertThat(zeros).isGreaterThan(80);
        String line = Files.readAllLines(folder.resolve("run/metrics.csv")).get(2);
        assertThat(line).startsWith("0,connection_sparsity,,");
        assertThat(Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .isCloseTo(zeros / 1184.0, againstClosedForm(5.1e-5));
    }

    @Test
    void nothingIsCalledValidationWhereNoImageIsHeldBack() throws IOException {
        CommandOutcome train = command("train", "data.validation=0");
        assertThat(train.out())
                .contains("training_images_accuracy_percent  ")
                .containsPattern(
                        "kept_epoch_chosen_by +accuracy on the 160 training images, because data.validation holds none back")
                .doesNotContain("validation_accuracy");
        assertThat(train.err()).contains(" % on the training images").doesNotContain("validation images");
        assertThat(manifest().get("training").propertyNames())
                .contains("training_images_accuracy_percent", "kept_epoch_chosen_by")
                .doesNotContain("validation_accuracy_percent");
        assertThat(CommandOutcome.of("simulate", folder.resolve("run").toString(), "--quiet")
                        .code())
                .isZero();
        assertThat(report()).contains("training_images_accuracy_percent").doesNotContain("validation_accuracy");
    }

    @Test
    void theEpochIsChosenOnTheImagesThatAreHeldBack() throws IOException {
        CommandOutcome train = command("train");
        assertThat(train.out())
                .containsPattern("kept_epoch_chosen_by +accuracy on the 32 validation images")
                .contains("validation_accuracy_percent  ");
        assertThat(train.err()).contains(" % on the validation images");
    }

    @Test
    void theLastEpochIsKeptWhereThatIsAskedFor() throws IOException {
        // Of so few images an early epoch has as many right as the last, and the earliest of equals is the best.
        String[] few = {"train.epochs=6", "data.validation=0.02", "--quiet"};
        command("train", few);
        assertThat(manifest().get("training").get("kept_epoch").intValue()).isLessThan(6);
        CommandOutcome kept = command("train", few[0], few[1], few[2], "train.keep=last");
        assertThat(kept.out()).contains("it is the last (train.keep)");
        assertThat(manifest().get("training").get("kept_epoch").intValue()).isEqualTo(6);
    }

    @Test
    void aLayerThatNeverFiresIsReported() throws IOException {
        String what = "layer fc1 fired no spike in 60 images";
        CommandOutcome run = command("run", "network.neuron.threshold=1e6");
        assertThat(run.out()).contains(what);
        assertThat(report()).contains("class=\"remark\">" + what);
        assertThat(manifest().get("simulation").get("remarks").toString()).isEqualTo("[\"" + what + "\"]");
        assertThat(Files.readAllLines(folder.resolve("run/layers.csv")).get(1)).endsWith(",1,0");
        assertThat(CommandOutcome.of("report", folder.resolve("run").toString()).out())
                .contains(what);
        assertThat(command("run").out()).doesNotContain("fired");
    }

    @Test
    void trainingAloneSaysSoToo() throws IOException {
        CommandOutcome train = command("train", "network.neuron.threshold=1e6", "--quiet");
        assertThat(train.out()).containsPattern("remarks +layer fc1 fired no spike in 60 images");
        assertThat(manifest().get("training").get("remarks").stringValue())
                .isEqualTo("layer fc1 fired no spike in 60 images");
    }

    /** Chips see the first 25 of 60 test images; the software network beside them has seen the same. */
    @Test
    void theSoftwareAccuracyIsOfTheImagesThatTheChipsSee() throws IOException {
        CommandOutcome run = command("run", "simulate.samples=25", "--json", "--quiet");
        JsonNode told = JsonMapper.shared().readTree(run.out());
        List<String> row = List.of(
                Files.readAllLines(folder.resolve("run/results.csv")).get(1).split(","));
        assertThat(told.get("software_accuracy_percent").doubleValue()).isEqualTo(Double.parseDouble(row.get(5)));
        assertThat(told.get("images").intValue()).isEqualTo(25);
        assertThat(row.getLast()).isEqualTo("25");
        assertThat(told.get("test_images").intValue()).isEqualTo(60);
        assertThat(told.get("test_accuracy_percent").doubleValue())
                .isEqualTo(
                        manifest().get("training").get("test_accuracy_percent").doubleValue());
        // 25 images have accuracies in steps of 4 %, 60 in steps of 5/3 %.
        assertThat(told.get("software_accuracy_percent").doubleValue() % 4).isCloseTo(0, againstIdentity(1e-9));
        assertThat(report()).contains("25 images; deployed is ");
        JsonNode same =
                JsonMapper.shared().readTree(command("run", "--json", "--quiet").out());
        assertThat(same.get("images").intValue()).isEqualTo(60);
        assertThat(same.has("test_accuracy_percent")).isFalse();
    }
}
