/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A device without code: a table beside the experiment file. */
class TableDeviceTest {
    private static final String EXPERIMENT = """
            name: tiny
            data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
            network: {arch: mlp, hidden: [8], time_steps: 2}
            train: {epochs: 1}
            hardware:
              tile: {rows: 32, columns: 32}
              weight_bits: 3
              cell: {kind: table, states: devices/mine.csv}
              per_layer: {fc2: {cell: {states: devices/other.csv}}}
            simulate: {instances: 2}
            """;
    private static final String TABLE =
            "state,mean,std\n0,1,0.1\n1,5,0.1\n2,10,0.2\n3,15,0.3\n4,20,0.3\n5,25,0.3\n6,30,0.3\n7,35,0.3\n8,40,0.3\n";

    @TempDir
    private Path folder;

    private Path experiment(Path place) throws IOException {
        Files.createDirectories(place.resolve("devices"));
        Files.writeString(place.resolve("devices/mine.csv"), TABLE);
        Files.writeString(place.resolve("devices/other.csv"), TABLE.replace("0.1", "0.2"));
        Path data = Path.of("..", "examples", "data").toAbsolutePath().normalize();
        return Files.writeString(place.resolve("x.yaml"), EXPERIMENT.formatted(data));
    }

    @Test
    void tablesAreFoundFromTheExperimentFileAndStayFoundInLaterStages() throws Exception {
        Path file = experiment(folder.resolve("here"));
        Path run = folder.resolve("run");

        CommandOutcome ran = CommandOutcome.ofRun(file, run);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        Map<?, ?> manifest = JsonMapper.shared().readValue(Files.readString(run.resolve("manifest.json")), Map.class);
        assertThat(manifest.get("device_files"))
                .isEqualTo(Map.of(
                        "mine.csv", Sha256.of(file.resolveSibling("devices/mine.csv")),
                        "other.csv", Sha256.of(file.resolveSibling("devices/other.csv"))));
        byte[] results = Files.readAllBytes(run.resolve("results.csv"));
        assertThat(CommandOutcome.of("report", run.toString(), "--quiet").err()).isEmpty();
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").err())
                .isEmpty();
        assertThat(Files.readAllBytes(run.resolve("results.csv"))).isEqualTo(results);
    }

    @Test
    void tablesCanBeSwept() throws Exception {
        Path file = experiment(folder.resolve("here"));
        Path sweep = folder.resolve("sweep");

        CommandOutcome swept = CommandOutcome.of(
                "sweep",
                file.toString(),
                "sweep.hardware.cell.states=[" + file.resolveSibling("devices/mine.csv") + ", "
                        + file.resolveSibling("devices/other.csv") + "]",
                "--out",
                sweep.toString(),
                "--quiet");

        assertThat(swept.code()).as(swept.err()).isZero();
    }

    @Test
    void theContentOfATableIsHashedNotItsPlace() throws Exception {
        Path here = experiment(folder.resolve("here"));
        Path there = experiment(folder.resolve("there"));
        assertThat(hash(there)).isEqualTo(hash(here));

        Files.writeString(there.resolveSibling("devices/other.csv"), TABLE);
        assertThat(hash(there)).isNotEqualTo(hash(here));
    }

    private static String hash(Path file) {
        return EffectiveConfig.hash(ExperimentFile.read(file, List.of()).experiment());
    }
}
