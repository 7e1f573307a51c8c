/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users' own files from the experiment file to the tables. */
class OwnDataTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    private CommandOutcome run(String file, String... settings) {
        List<String> line = new ArrayList<>(List.of("run", file, "--quiet", "--out", run().toString()));
        line.addAll(List.of(settings));
        return CommandOutcome.of(line.toArray(String[]::new));
    }

    private Path experiment(String data) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), """
                name: own
                data: %s
                network: {arch: mlp, hidden: [8], time_steps: 2, coding: direct, norm: bntt}
                train: {method: bntt, epochs: 1, quantise: {bits: 4}}
                hardware: {cell: {kind: rram}}
                simulate: {instances: 1}
                """.formatted(data));
    }

    /** Well below what the whole examples reach, which the guide prints. */
    @ParameterizedTest
    @CsvSource({"own-npz, 80", "own-csv, 75", "own-folders, 55"})
    void theExamplesLearn(String example, double least) throws IOException {
        CommandOutcome outcome =
                run(EXAMPLES.resolve(example + ".yaml").toString(), "train.epochs=4", "simulate.instances=1");
        assertThat(outcome.err()).isEmpty();
        JsonNode manifest = JsonMapper.shared().readTree(Files.readString(run().resolve(RunManifest.FILE)));
        assertThat(manifest.get("training").get("test_accuracy_percent").doubleValue())
                .isGreaterThan(least);
        assertThat(manifest.get("data").size()).isEqualTo(1);
        assertThat(manifest.get("configuration").get("data").get("found").size())
                .isEqualTo(4);
    }

    @Test
    void theManifestHashesTheFilesAndLaterStagesNeedNotReadThem() throws IOException {
        Path data = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(data.resolve("a.csv"), "1,2,x\n3,4,y\n1,3,x\n3,5,y\n2,2,x\n4,4,y\n");
        Files.writeString(data.resolve("b.csv"), "1,2,x\n3,4,y\n");
        Path file = experiment("{set: csv, train: mine/a.csv, test: mine/b.csv, batch: 2, validation: 0}");
        assertThat(run(file.toString()).err()).isEmpty();
        JsonNode manifest = JsonMapper.shared().readTree(Files.readString(run().resolve(RunManifest.FILE)));
        assertThat(manifest.get("data").get("a.csv").stringValue()).isEqualTo(Sha256.of(data.resolve("a.csv")));
        assertThat(manifest.get("data").get("b.csv").stringValue()).isEqualTo(Sha256.of(data.resolve("b.csv")));

        byte[] results = Files.readAllBytes(run().resolve("results.csv"));
        assertThat(CommandOutcome.of("simulate", run().toString(), "--quiet").err())
                .isEmpty();
        assertThat(Files.readAllBytes(run().resolve("results.csv"))).isEqualTo(results);
        String again = folder.resolve("again").toString();
        CommandOutcome rerun =
                CommandOutcome.of("rerun", run().resolve(RunManifest.FILE).toString(), "--out", again, "--quiet");
        assertThat(rerun.code()).as(rerun.err()).isZero();
        Files.move(data, folder.resolve("moved"));
        assertThat(CommandOutcome.of("map", run().toString(), "--quiet").err()).isEmpty();
        CommandOutcome missing = CommandOutcome.of("simulate", run().toString(), "--quiet");
        assertThat(missing.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(missing.err()).contains("a.csv: no such file").hasLineCount(1);
    }

    /** A picture and two numbers beside it, each on a branch of its own. */
    @Test
    void severalInputsAreTrainedMappedAndRunAgain() throws IOException {
        int samples = 24;
        float[] image = new float[samples * 16];
        float[] meta = new float[samples * 2];
        long[] labels = new long[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = n % 2;
            meta[2 * n + n % 2] = 1 + n;
            image[16 * n + n % 7] = 1;
        }
        NpyArray images = NpyArray.of(image, samples, 4, 4);
        NpyArray numbers = NpyArray.of(meta, samples, 2);
        NpyArray classes = NpyArray.of(labels, samples);
        Npz.of(Map.of(
                        "image_train",
                        images,
                        "image_test",
                        images,
                        "meta_train",
                        numbers,
                        "meta_test",
                        numbers,
                        "y_train",
                        classes,
                        "y_test",
                        classes))
                .write(folder.resolve("two.npz"));
        Path file = Files.writeString(folder.resolve("two.yaml"), """
                name: two
                data: {set: npz, train: two.npz, arrays: {inputs: [image, meta]}, batch: 8, validation: 0}
                network:
                  time_steps: 2
                  layers:
                    - input: image
                    - conv: {channels: 2, padding: 1}
                    - lif
                    - flatten
                    - {dense: {features: 4, name: seen}}
                    - {input: {name: meta}}
                    - {dense: {features: 4, name: told}}
                    - {concat: [seen, told]}
                    - lif
                    - dense: classes
                train: {epochs: 1, quantise: {bits: 4}}
                hardware: {cell: {kind: rram}, layers: all}
                simulate: {instances: 1}
                """);
        CommandOutcome outcome = run(file.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(CommandOutcome.of("network", file.toString()).out())
                .containsPattern("image +input, values 0 to 15 +1x4x4")
                .containsPattern("meta +input, values 16 to 17 +2 ");
        assertThat(Files.readString(run().resolve("tiles.csv"))).contains(",told,");
        assertThat(CommandOutcome.of("map", run().toString(), "--quiet").err()).isEmpty();
        CommandOutcome rerun = CommandOutcome.of(
                "rerun",
                run().resolve(RunManifest.FILE).toString(),
                "--out",
                folder.resolve("again").toString(),
                "--quiet");
        assertThat(rerun.code()).as(rerun.err()).isZero();
        assertThat(refusal(file, "network.layers=[input: met, dense: classes]"))
                .contains("input: the data have no input met; did you mean meta? (there are image, meta)");
        assertThat(refusal(file, "network.layers=[input: meta, conv: 2, dense: classes]"))
                .contains("layer conv1: a window of 3 does not fit its input 2x1x1");
        assertThat(refusal(file, "data.arrays.inputs=[image]"))
                .contains("data.arrays.inputs must be two different names or more");
        assertThat(refusal(file, "data.arrays.train_images=image_train"))
                .contains("data.arrays.inputs takes the place of train_images and test_images");
        assertThat(refusal(file, "data.shape=[1, 3, 6]")).contains("data.shape is for samples of one input");
    }

    private String refusal(Path file, String setting) {
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                file.toString(),
                setting,
                "--quiet",
                "--out",
                folder.resolve("refused").toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).hasLineCount(1);
        assertThat(folder.resolve("refused")).doesNotExist();
        return outcome.err();
    }

    @Test
    void filesOfOneNameAreToldApartInTheManifest() throws IOException {
        Files.createDirectories(folder.resolve("one"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(folder.resolve("one/t.csv"), "1,2,x\n3,4,y\n1,3,x\n3,5,y\n");
        Files.writeString(folder.resolve("two/t.csv"), "1,2,x\n3,4,y\n");
        assertThat(run(experiment("{set: csv, train: one/t.csv, test: two/t.csv, batch: 2, validation: 0}")
                                .toString())
                        .err())
                .isEmpty();
        JsonNode manifest = JsonMapper.shared().readTree(Files.readString(run().resolve(RunManifest.FILE)));
        assertThat(manifest.get("data").propertyNames()).containsExactly("t.csv", "two/t.csv");
    }

    @Test
    void limitsAndValidationWorkAsForPublishedSets() throws IOException {
        CommandOutcome outcome = run(
                EXAMPLES.resolve("own-npz.yaml").toString(),
                "train.epochs=1",
                "simulate.instances=1",
                "data.train_samples=100",
                "data.test_samples=20",
                "data.validation=0.5");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("20");
        CommandOutcome tooMany = run(EXAMPLES.resolve("own-npz.yaml").toString(), "data.train_samples=1501");
        assertThat(tooMany.err()).contains("data.train_samples must be at most 1500, the images there are, got 1501");
    }

    /** One line, code 2, and no folder of results. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{set: npz}|data.train must be the name of an .npz file for data set npz, got none",
                "{set: npz, train: [a.npz, b.npz]}|data.train must be one name, got 2",
                "{set: npz, train: none.npz}|none.npz: no such file",
                "{set: npz, train: mine.npz, arrays: {train_images: Images}}|mine.npz: has no array 'Images' (did you mean 'images'?), it has"
                        + " classes, images; data.arrays.train_images names the one that is meant",
                "{set: npz, train: mine.npz, arrays: {train_images: images, train_labels: classes}}|mine.npz: comes without a test part;"
                        + " name one with data.test, or with data.test_share how much of it is set aside, for example 0.2",
                "{set: npz, train: mine.npz, arrays: {train_images: images, train_labels: classes}, test_share: 0.2, shape: [1, 2, 2]}|mine.npz:"
                        + " holds samples of 2x1x1 values, which cannot have data.shape 1x2x2",
                "{set: npz, train: mine.npz, arrays: {train_images: images, train_labels: classes}, test_share: 0.5, classes: 2}|mine.npz:"
                        + " array 'classes', row 2: label 2 is outside the classes, allowed are 0-1 (data.classes 2)",
                "{set: npz, train: mine.npz, arrays: {train_images: images, train_labels: classes}, test_share: 0.1}|data.test_share 0.1"
                        + " leaves no test samples",
                "{set: npz, train: mine.npz, arrays: {train_images: images, train_labels: classes}, test_share: 0.5, normalise: {mean: [0, 0, 0],"
                        + " std: [1, 1, 1]}}|data.normalise.mean must be 1 number or 2, one per channel, got 3",
                "{set: npz, train: mine.npz, normalise: {mean: [0]}}|data.normalise.std must be given together with mean",
                "{set: npz, train: mine.npz, normalise: {mean: [0], std: [0]}}|data.normalise.std must be above 0, got 0",
                "{set: npz, train: mine.npz, normalise: nothing}|data.normalise.kind must be one of none, training, got 'nothing'",
                "{set: npz, train: mine.npz, normalise: {kind: none, mean: [0], std: [1]}}|data.normalise.kind cannot be given"
                        + " beside mean and std",
                "{set: npz, train: mine.npz, label: y}|data.label is a setting of data.set csv, and data.set is 'npz'",
                "{set: digits, test_share: 0.1}|data.test_share is a setting of data.set csv, folders, npz, and data.set is"
                        + " 'digits'",
                "{set: csv, train: mine.csv, test: b.csv, test_share: 0.1}|data.test_share cannot be given beside data.test, which"
                        + " names a test part",
                "{set: csv, train: mine.csv, test_share: 1}|data.test_share must be above 0 and below 1, got 1",
                "{set: csv, train: mine.csv, shape: [1, 2]}|data.shape must be channels, height and width, for example [1, 28, 28],"
                        + " got 2 numbers",
                "{set: csv, train: mine.csv, label: kind, test_share: 0.5}|mine.csv, line 1: there is no header with a column kind;"
                        + " the first line is '1,2,x'",
                "{set: csv, train: mine.csv, test_share: 0.5}|mine.csv, line 2, column 2: must be a number, got 'nan'",
                "{set: folders, dir: nowhere}|nowhere: no such folder",
                "{set: folders, channels: cmyk}|data.channels must be one of gray, rgb, got 'cmyk'"
            })
    void badInputIsOneLineAndWritesNothing(String example) throws IOException {
        String[] parts = example.split("\\|");
        Npz.of(Map.of(
                        "images", NpyArray.of(new float[12], 6, 2),
                        "classes", NpyArray.of(new long[] {0, 1, 2, 0, 1, 2}, 6)))
                .write(folder.resolve("mine.npz"));
        Files.writeString(folder.resolve("mine.csv"), "1,2,x\n3,nan,y\n");
        Path file = experiment(parts[0]);
        List<String> before = files();

        CommandOutcome outcome = run(file.toString());

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).contains(parts[1]).hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(files()).isEqualTo(before);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void publishedSetsTakeOtherConstantsToo() {
        CommandOutcome info = CommandOutcome.of(
                "data", "info", EXAMPLES.resolve("own-csv.yaml").toString());
        assertThat(info.err()).isEmpty();
        assertThat(info.out())
                .contains(
                        "64x1x1", "eight, five, four, nine, one, seven, six, three, two, zero", "digits-table.csv.gz");
        assertThat(CommandOutcome.of("data", "list").out()).contains("npz", "as found");
        CommandOutcome unnamed = CommandOutcome.of("data", "info", "csv");
        assertThat(unnamed.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(unnamed.err())
                .contains("data set csv is files of your own; name an experiment file, whose block data says which");
    }
}
