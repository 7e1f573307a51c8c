/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.synaptile.experiment.plugin.PlugIns;
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
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentFileTest {
    private static final String MINIMAL = """
            name: tiny
            data: {set: digits}
            network: {arch: mlp}
            """;

    private static ExperimentFile parse(String text, String... overrides) {
        return ExperimentFile.parse(Path.of("x.yaml"), text, List.of(overrides));
    }

    private static String refusal(String text, String... overrides) {
        return catchThrowableOfType(ConfigException.class, () -> parse(text, overrides))
                .getMessage();
    }

    @Test
    void keysThatAreLeftOutTakeTheirDefaults() {
        Experiment experiment = parse(MINIMAL).experiment();

        assertThat(experiment.seed()).isEqualTo(1);
        assertThat(experiment.data().batch()).isEqualTo(64);
        assertThat(experiment.data().trainSamples()).isZero();
        assertThat(experiment.network().hidden()).containsExactly(256);
        assertThat(experiment.network().neuron().leak()).isEqualTo(0.95);
        assertThat(experiment.train().optimizer().weightDecay()).isEqualTo(1e-4);
        assertThat(experiment.hardware().tile().rows()).isEqualTo(128);
        assertThat(experiment.simulate().instances()).isEqualTo(20);
        assertThat(experiment.network().timeSteps()).isEqualTo(8);
        assertThat(experiment.simulate().timeSteps()).isZero();
    }

    @Test
    void aMissingRequiredKeySaysWhatItIsFor() {
        assertThat(refusal("name: tiny\nnetwork: {arch: mlp}\n"))
                .isEqualTo(
                        "x.yaml:1: data.set is missing: Name of the data set: digits, mnist, fashion-mnist, cifar10, cifar100 or"
                                + " tiny-imagenet; or, for files of your own, npz (arrays), csv (a table of features) or folders"
                                + " (pictures by class).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network: {time_step: 4}|unknown key network.time_step; did you mean network.time_steps?",
                "time_steps: 4|unknown key time_steps; did you mean network.time_steps?",
                "network: {time_steps: -1}|network.time_steps must be at least 0 and at most 4096, got -1",
                "network: {time_steps: four}|network.time_steps must be a whole number or 'data', got 'four'",
                "network: {time_steps: 2.5}|network.time_steps must be a whole number or 'data', got 2.5",
                "network: {neuron: {reset: sudden}}|network.neuron.reset must be one of soft, hard, got 'sudden'",
                "network: 3|network must be a block with the keys arch,",
                "hardware: {tile: {rows: 0}}|hardware.tile.rows must be at least 1 and at most 65536, got 0",
                "train: {variation: {scale: -1}}|train.variation.scale must be at least 0 and at most 1000, got -1",
                "train: {variation: {device: rram}}|train.variation.device needs train.quantise.bits of at least 1",
                "simulate: {time_steps: 9}|simulate.time_steps must be at most 8",
                "hardware: {cell: {kind: rrams}}|hardware.cell.kind: ",
                "hardware: {cell: {bit: 3}}|unknown key hardware.cell.bit; did you mean hardware.cell.bits?",
                "hardware: {cell: {bits: 99}}|hardware.cell.bits must be a whole number between 1 and 8, got 99",
                "hardware: {cell: {programming: {scale: -1}}}|hardware.cell.programming.scale must be at least 0, got -1",
                "data: {augment: {flip: perhaps}}|data.augment.flip must be true or false, got 'perhaps'",
                "data: {batch: }|data.batch must be a whole number, got nothing",
                "seed: 99999999999999999999|seed: 99999999999999999999 is too large a number",
                "data: {train_samples: some}|data.train_samples must be a whole number or 'all', got 'some'"
            })
    void aValueThatCannotBeIsRefusedAtItsLine(String line, String message) {
        String key = line.substring(0, line.indexOf(':'));
        String text = MINIMAL.lines().filter(l -> !l.startsWith(key + ":")).reduce("", (a, b) -> a + b + "\n") + "\n\n"
                + line.replace("network: {", "network: {arch: mlp, ").replace("data: {", "data: {set: digits, ");

        int expectedLine = (int) text.lines().count();
        assertThat(refusal(text))
                .startsWith("x.yaml:" + expectedLine + ": " + message)
                .doesNotContain("\n");
    }

    @Test
    void aKeyGivenTwiceIsRefusedAtTheSecond() {
        assertThat(refusal(MINIMAL + "seed: 1\nseed: 2\n")).isEqualTo("x.yaml:5: seed is given twice");
    }

    @Test
    void malformedYamlIsToldWithLineAndColumn() {
        assertThat(refusal("name: tiny\ndata: {set: digits\nnetwork: 1\n"))
                .startsWith("x.yaml:3: not valid YAML, column ")
                .doesNotContain("\n");
        assertThat(refusal("")).isEqualTo("x.yaml: the experiment file is empty");
        assertThat(refusal("- 1\n"))
                .isEqualTo("x.yaml:1: an experiment file must consist of keys and values, got a list");
        assertThat(refusal("name: &a {b: *a}\n")).startsWith("x.yaml:1: ");
    }

    @Test
    void missingFilesAndFoldersAreToldInOneLine(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("none.yaml");
        assertThat(catchThrowableOfType(ConfigException.class, () -> ExperimentFile.read(missing, List.of())))
                .hasMessage(missing + ": no such file");
        assertThat(catchThrowableOfType(ConfigException.class, () -> ExperimentFile.read(folder, List.of())))
                .hasMessage(folder + ": is a folder, not an experiment file");
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(catchThrowableOfType(ConfigException.class, () -> ExperimentFile.read(binary, List.of())))
                .hasMessage(binary + ": not a text file in UTF-8");
    }

    @Test
    void overridesWinAndAreCheckedLikeTheFile() {
        Experiment experiment = parse(MINIMAL, "network.time_steps=3", "network.hidden=[32, 16]", "data.batch=7")
                .experiment();

        assertThat(experiment.network().timeSteps()).isEqualTo(3);
        assertThat(experiment.network().hidden()).containsExactly(32, 16);
        assertThat(experiment.data().batch()).isEqualTo(7);
        assertThat(refusal(MINIMAL, "network.time_steps=-1"))
                .isEqualTo("command line: network.time_steps must be at least 0 and at most 4096, got -1");
        assertThat(refusal(MINIMAL, "network.time_stepz=1"))
                .startsWith("command line: unknown key network.time_stepz; did you mean network.time_steps?");
        assertThat(refusal(MINIMAL, "seed")).isEqualTo("command line: 'seed' is not a setting of the form key=value");
    }

    @Test
    void familiarNamesAreReadAsOursAndSaidSo() {
        ExperimentFile file = parse(MINIMAL + "num_steps: 5\nhardware:\n  xbar_size: 64\n", "leak_mem=0.5");

        assertThat(file.experiment().network().timeSteps()).isEqualTo(5);
        assertThat(file.experiment().hardware().tile()).isEqualTo(new HardwareBlock.Tile(64, 64));
        assertThat(file.experiment().network().neuron().leak()).isEqualTo(0.5);
        assertThat(file.notices())
                .containsExactlyInAnyOrder(
                        "x.yaml:4: num_steps is read as network.time_steps",
                        "x.yaml:6: xbar_size is read as hardware.tile.rows and hardware.tile.columns",
                        "command line: leak_mem is read as network.neuron.leak");
        assertThat(refusal("name: a\ndata: {set: digits}\nnetwork: {arch: mlp, time_steps: 3, T: 4}\n"))
                .isEqualTo("x.yaml:3: T means network.time_steps, which is given as well; keep one of them");
    }

    /** A slip in a block that was written out is no familiar name of a key of another block. */
    @Test
    void aSlipIsNotTakenForAFamiliarName() {
        assertThat(refusal(MINIMAL + "train: {method: rate-norm}\n", "train.rate_norm.lamda=1"))
                .startsWith("command line: unknown key train.rate_norm.lamda; did you mean train.rate_norm.lambda? (");
        assertThat(refusal(MINIMAL + "train:\n  method: rate-norm\n  rate_norm: {lamda: 1}\n"))
                .startsWith("x.yaml:6: unknown key train.rate_norm.lamda; did you mean train.rate_norm.lambda? (");
        for (String key : List.of("lamda", "train.lamda", "train.prune.lamda")) {
            assertThat(parse(MINIMAL, key + "=0.5").experiment().train().prune().lambda())
                    .isEqualTo(0.5);
        }
    }

    @Test
    void earlierNamesAreReadAndEchoedAsThoseOfToday() {
        ExperimentFile file = parse(
                MINIMAL + "train:\n  quantise: {exact_seed: true}\n  variation: {saturate: seed}\n",
                "train.recovery.exact_seed=true");

        assertThat(file.experiment().train().quantise().asPublished()).isTrue();
        assertThat(file.experiment().train().recovery().asPublished()).isTrue();
        assertThat(file.experiment().train().variation().saturate()).isEqualTo(VariationBlock.Saturate.PUBLISHED);
        assertThat(file.notices())
                .containsExactlyInAnyOrder(
                        "x.yaml:5: train.quantise.exact_seed is read as train.quantise.as_published",
                        "x.yaml:6: train.variation.saturate: seed is read as train.variation.saturate: published",
                        "command line: train.recovery.exact_seed is read as train.recovery.as_published");
        assertThat(refusal(MINIMAL + "train: {quantise: {exact_seed: true, as_published: true}}\n"))
                .isEqualTo("x.yaml:4: train.quantise.exact_seed means train.quantise.as_published, which is given as"
                        + " well; keep one of them");
    }

    @Test
    void optionsOfACellAreCollectedWithDottedNames() {
        HardwareBlock.Cell cell = parse(MINIMAL
                        + "hardware: {cell: {kind: rram, bits: 4, range_uS: [2, 40.5], programming: {sigma: table}}}\n")
                .experiment()
                .hardware()
                .cell();

        assertThat(cell.kind()).isEqualTo("rram");
        assertThat(cell.options())
                .containsEntry("bits", 4L)
                .containsEntry("range_uS", List.of(2L, 40.5))
                .containsEntry("programming.sigma", "table");
    }

    @Test
    void anotherKindOnTheCommandLineLeavesTheOptionsOfTheOneInTheFile() {
        String text = MINIMAL + "hardware: {cell: {bits: 2, programming: {kind: gaussian, sigma: 0.1}}}\n";

        ExperimentFile same = parse(text, "hardware.cell.kind=rram");
        ExperimentFile other = parse(text, "hardware.cell.bits=4", "hardware.cell.kind=pcm-hermes1");

        assertThat(same.experiment().hardware().cell().options()).hasSize(3);
        assertThat(same.notices()).isEmpty();
        assertThat(other.experiment().hardware().cell().options()).isEqualTo(Map.of("bits", 4L));
        assertThat(other.notices())
                .containsExactly(
                        "hardware.cell.kind pcm-hermes1: options given for rram are dropped (bits, programming)");
    }

    /** A file with every effect of a cell that has kinds, and the option of each that goes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "programming: {kind: lognormal, sigma: table}|programming|levels|sigma",
                "programming: {sigma: 0.1, scale: 2}|programming|gaussian|scale, sigma",
                "verify: {kind: window, window_uS: 1}|verify|pulses|window_uS",
                "drift: {kind: power-law, nu: 0.1, t0_s: 1}|drift|pcm-hermes1|nu, t0_s",
                "relaxation: {kind: log-time, sigma_uS: 1}|relaxation|none|sigma_uS",
                "retention: {kind: towards, towards: 0.5}|retention|random|towards",
                "read_noise: {kind: absolute, sigma: 0.1}|read_noise|proportional|sigma",
                "iv: {kind: cubic, cubic_per_V2: 0.1}|iv|none|cubic_per_V2"
            })
    void anotherKindOfAnEffectOnTheCommandLineBeginsItsBlockAnew(
            String block, String effect, String kind, String option) {
        String text = MINIMAL + "hardware: {cell: {bits: 1, stuck: {off: 0.01}, " + block + "}}\n";
        String key = "hardware.cell." + effect;
        List<String> more = switch (kind) {
            case "levels" -> List.of(key + ".level_sigmas_uS=[0.1,1]");
            case "gaussian" -> List.of(key + ".sigma=0.2");
            case "pulses" -> List.of(key + ".max_pulses=5", key + ".window_uS=2");
            default -> List.of();
        };
        List<String> typed = new ArrayList<>(more);
        typed.add(key + ".kind=" + kind);

        ExperimentFile other = parse(text, typed.toArray(String[]::new));

        Map<String, Object> options = other.experiment().hardware().cell().options();
        assertThat(options).containsEntry(effect + ".kind", kind).containsEntry("stuck.off", 0.01);
        assertThat(options).hasSize(3 + more.size());
        assertThat(other.notices())
                .singleElement()
                .asString()
                .startsWith(key + ".kind " + kind + ": options given for ");
        assertThat(other.notices().getFirst()).endsWith(" are dropped (" + option + ")");
    }

    @Test
    void theSameKindOfAnEffectKeepsItsBlock() {
        String text =
                MINIMAL + "hardware: {cell: {programming: {sigma: 0.1}, drift: {kind: power-law, nu: 0.1, t0_s: 1}}}\n";
        ExperimentFile same =
                parse(text, "hardware.cell.programming.kind=lognormal", "hardware.cell.drift.kind=power-law");
        assertThat(same.notices()).isEmpty();
        assertThat(same.experiment().hardware().cell().options())
                .containsEntry("programming.sigma", 0.1)
                .containsEntry("drift.nu", 0.1);
    }

    @Test
    void effectsOfCellsOfSingleLayersBeginAnewToo() {
        String text = MINIMAL + "hardware: {per_layer: {fc2: {cell: {bits: 2, programming: {sigma: 0.1}}}}}\n";
        String cell = "hardware.per_layer.fc2.cell";
        assertThat(parse(text, cell + ".programming.kind=none")
                        .experiment()
                        .hardware()
                        .perLayer()
                        .get("fc2")
                        .cell()
                        .options())
                .isEqualTo(Map.of("bits", 2L, "programming.kind", "none"));
        assertThat(parse(text, cell + ".kind=ideal")
                        .experiment()
                        .hardware()
                        .perLayer()
                        .get("fc2")
                        .cell()
                        .options())
                .isEmpty();
    }

    @Test
    void nullTakesBackWhatTheFileSays() {
        String text = MINIMAL
                + "train: {epochs: 3, quantise: {bits: 4}}\n"
                + "hardware: {cell: {bits: 2, drift: {kind: power-law, nu: 0.1, t0_s: 1}, stuck: {off: 0.01}}}\n";
        ExperimentFile file = parse(
                text,
                "train.epochs=null",
                "train.quantise=null",
                "hardware.cell.drift=null",
                "hardware.cell.stuck.off=~",
                "hardware.cell.bits=null",
                "hardware.cell.bits=3");
        assertThat(file.experiment().train().epochs()).isEqualTo(20);
        assertThat(file.experiment().train().quantise().bits()).isZero();
        assertThat(file.experiment().hardware().cell().options()).isEqualTo(Map.of("bits", 3L));
        assertThat(parse(text, "hardware.cell.drift.kind=null")
                        .experiment()
                        .hardware()
                        .cell()
                        .options())
                .doesNotContainKeys("drift.nu", "drift.kind");
        assertThatThrownBy(() -> parse(text, "name=null")).hasMessageContaining("name is missing");
    }

    @Test
    void kindsOfCellsAndReadOutsCanBeSwept() {
        String text = MINIMAL + "hardware: {cell: {programming: {sigma: 0.1}}, readout: {array: {kind: telegraph,"
                + " probability: 0.1}}}\n"
                + "sweep: {hardware.cell.kind: [rram, ideal], hardware.readout.array.kind: [telegraph, cells]}\n";

        assertThat(parse(text).points())
                .extracting(point -> point.experiment().hardware())
                .extracting(
                        hardware -> hardware.cell().options().size(),
                        hardware -> hardware.readout().array().options().size())
                .containsExactly(tuple(1, 1), tuple(1, 0), tuple(0, 1), tuple(0, 0));
    }

    @Test
    void aProblemFoundLaterIsPlacedWhereTheKeyWasWritten() {
        ExperimentFile file = parse(MINIMAL);
        assertThat(file.problem("data.set", "no such data set")).hasMessage("x.yaml:2: no such data set");
        assertThat(file.problem("data.batch", "too large")).hasMessage("x.yaml:2: too large");
    }

    @Test
    void namesInTheFileAreSeenFromItsFolder() {
        Path file = Path.of("/some/where/x.yaml");
        assertThat(ExperimentFile.parse(file, MINIMAL, List.of()).resolve("data.dir", "images"))
                .isEqualTo(Path.of("/some/where/images"));
        assertThat(ExperimentFile.parse(file, MINIMAL, List.of("data.dir=images"))
                        .resolve("data.dir", "images"))
                .isEqualTo(Path.of("images"));
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRead(Path file) {
        boolean board = file.endsWith("board.yaml");
        ExperimentFile read =
                board ? ExperimentFile.readBoard(file, List.of(), PlugIns.NONE) : ExperimentFile.read(file, List.of());
        assertThat(read.experiment().name() + ".yaml")
                .isEqualTo(file.getFileName().toString());
        assertThat(read.notices()).isEmpty();
    }

    @Test
    void settingsOfOtherArchitecturesAreRefusedAndDroppedWithTheirArchitecture() {
        String vgg = "name: a\ndata: {set: digits}\nnetwork:\n  arch: vgg5\n  hidden: [8]\n";
        assertThatThrownBy(() -> parse(vgg))
                .hasMessage("x.yaml:5: network.hidden is a setting of mlp, and network.arch is vgg5");
        String mlp = "name: a\ndata: {set: digits}\nnetwork: {arch: mlp, hidden: [8]}\n";
        assertThatThrownBy(() -> parse(mlp, "network.width=0.5"))
                .hasMessage(
                        "command line: network.width is a setting of the architectures that have channels, and network.arch is mlp");
        ExperimentFile changed = parse(mlp, "network.arch=vgg9", "network.width=0.5");
        assertThat(changed.experiment().network().width()).isEqualTo(0.5);
        assertThat(changed.notices())
                .containsExactly(
                        "network.arch vgg9: network.hidden is dropped, which belongs to the architecture before");
        String manifest = "{name: a, data: {set: digits}, network: {arch: vgg5, hidden: [8]}}";
        assertThat(ExperimentFile.ofManifest(Path.of("m"), manifest, List.of(), PlugIns.NONE)
                        .notices())
                .isEmpty();
    }
}
