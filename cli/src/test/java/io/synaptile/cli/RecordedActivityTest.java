/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.npz.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spikes and potentials of the first chip in the run folder and in the report. */
class RecordedActivityTest {
    private static final int IMAGES = 20;
    private static final int STEPS = 3;
    private static final int NEURONS = 16;

    @TempDir
    private static Path shared;

    private static Path file;
    private static Path run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void record() throws Exception {
        file = Files.writeString(shared.resolve("tiny.yaml"), """
                name: tiny
                seed: 3
                data: {set: digits, dir: %s, train_samples: 300, test_samples: 60, batch: 40}
                network: {arch: mlp, hidden: [16], time_steps: 3}
                train: {epochs: 1, quantise: {bits: 4}}
                simulate:
                  instances: 1
                  samples: 20
                  record: {layers: [lif_fc1, fc2], images: 50}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        run = shared.resolve("run");
        CommandOutcome outcome = CommandOutcome.ofRun(file, run);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    /** There are 20 images of the 50 asked for; a threshold of 1 is fired above. */
    @Test
    void spikesArePotentialsAboveTheThresholdAndAsManyAsTheTableTells() throws IOException {
        Npz recording = Npz.read(run.resolve("recording.npz"));
        assertThat(recording.arrays())
                .containsOnlyKeys(
                        "layers",
                        "labels",
                        "predictions",
                        "sample_ids",
                        "lif_fc1.spikes",
                        "lif_fc1.potential",
                        "fc2.output");
        assertThat(recording.array("lif_fc1.spikes").shape()).containsExactly(IMAGES, STEPS, NEURONS, 1, 1);
        assertThat(recording.array("fc2.output").shape()).containsExactly(IMAGES, STEPS, 10, 1, 1);
        long[] spikes = recording.array("lif_fc1.spikes").longs();
        float[] potentials = recording.array("lif_fc1.potential").floats();
        for (int i = 0; i < spikes.length; i++) {
            assertThat(spikes[i]).isEqualTo(potentials[i] > 1 ? 1 : 0);
        }
        String[] layer = Files.readAllLines(run.resolve("layers.csv")).get(1).split(",");
        assertThat((double) Arrays.stream(spikes).sum() / IMAGES)
                .isPositive()
                .isCloseTo(Double.parseDouble(layer[3]), againstReference(1e-9));
    }

    /** The read-out is the mean of the output currents; the class of the highest is predicted. */
    @Test
    void theOutputsThatAreRecordedAreThoseThatArePredictedBy() throws IOException {
        Npz recording = Npz.read(run.resolve("recording.npz"));
        float[] output = recording.array("fc2.output").floats();
        long[] labels = recording.array("labels").longs();
        int right = 0;
        for (int n = 0; n < IMAGES; n++) {
            float[] sums = new float[10];
            for (int t = 0; t < STEPS; t++) {
                for (int c = 0; c < sums.length; c++) {
                    sums[c] += output[(n * STEPS + t) * sums.length + c];
                }
            }
            int best = 0;
            for (int c = 1; c < sums.length; c++) {
                best = sums[c] > sums[best] ? c : best;
            }
            assertThat(recording.array("predictions").longs()[n]).isEqualTo(best);
            right += best == labels[n] ? 1 : 0;
        }
        String[] chip = Files.readAllLines(run.resolve("results.csv")).get(1).split(",");
        assertThat(100.0 * right / IMAGES).isCloseTo(Double.parseDouble(chip[4]), againstReference(1e-9));
    }

    @Test
    void theReportDrawsItAndAnotherSimulationTakesItAway() throws IOException {
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Recorded activity of lif_fc1", "Spikes of layer lif_fc1", "Output in layer fc2");
        Path again = folder.resolve("again");
        assertThat(CommandOutcome.ofRun(file, again).code()).isZero();
        assertThat(again.resolve("recording.npz")).hasSameBinaryContentAs(run.resolve("recording.npz"));
        assertThat(CommandOutcome.of("report", again.toString(), "--quiet").code())
                .isZero();
        assertThat(Files.readString(again.resolve("report.html"))).contains("Recorded activity of lif_fc1");
        assertThat(CommandOutcome.of("verify", again.toString()).code()).isZero();
        assertThat(CommandOutcome.of("simulate", again.toString(), "simulate.record.layers=[]", "--quiet")
                        .code())
                .isZero();
        assertThat(again.resolve("recording.npz")).doesNotExist();
        assertThat(Files.readString(again.resolve("report.html"))).doesNotContain("Recorded activity");
        assertThat(again.resolve("results.csv")).hasSameBinaryContentAs(run.resolve("results.csv"));
        assertThat(CommandOutcome.of("verify", again.toString()).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulate.record.layers=[lif1]|simulate.record.layers: the network has no layer lif1; it has fc1,",
                "simulate.record.layers=[lif_fc2]|simulate.record.layers: the network has no layer lif_fc2; did you mean"
                        + " lif_fc1?",
                "simulate.record.images=0|simulate.record.images must be at least 1 and at most 1000000, got 0",
                "simulate.record.images=1000000|simulate.record.images 1000000 of these layers take 344 MB, and a recording"
                        + " may have 256; record fewer images or layers"
            })
    void whatCannotBeRecordedIsRefusedInOneLine(String setting, String message) {
        CommandOutcome refused = CommandOutcome.ofRun(file, folder.resolve("out"), setting);
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(folder).isEmptyDirectory();
    }
}
