/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Surrogate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are written layer by layer. */
class OwnNetworkTest {
    private static final Path DATA =
            Path.of("..", "examples", "data").toAbsolutePath().normalize();
    private static final String HEAD = """
            name: own
            data: {set: digits, dir: %s, train_samples: 120, test_samples: 20, batch: 40}
            train: {epochs: 1, quantise: {bits: 4, layers: all}}
            simulate: {instances: 2}
            network:
              time_steps: 2
              coding: direct
              neuron: {leak: 0.75, threshold: 0.5, reset: hard}
            """.formatted(DATA);
    private static final String RESIDUAL = HEAD + """
                      layers:
                        - conv: {channels: 4, kernel: 3, padding: 1}
                        - {norm: bntt}
                        - lif
                        - repeat: {times: 2, layers: [{conv: {channels: 4, padding: 1}}, {norm: shared}, {lif: {leak: 0.5, name: a}}]}
                        - {add: {from: [a_1, a_2], name: sum}}
                        - avg_pool: 2
                        - dropout: 0.25
                        - flatten
                        - dense: {features: 12, name: hidden}
                        - if
                        - dense: classes
                    """;

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), text);
    }

    @Test
    void aResidualNetworkTrainsMapsAndSimulates() throws IOException {
        Path run = folder.resolve("run");
        CommandOutcome outcome = CommandOutcome.ofRun(write(RESIDUAL), run);
        assertThat(outcome.code()).as(outcome.err()).isZero();

        Network network = ModelFile.read(run.resolve("model.safetensors")).network();
        assertThat(network.nodes().stream().map(Network.Node::name))
                .containsExactly(
                        "conv1",
                        "bn1",
                        "lif1",
                        "conv2",
                        "bn2",
                        "a_1",
                        "conv3",
                        "bn3",
                        "a_2",
                        "sum",
                        "pool1",
                        "drop1",
                        "flatten1",
                        "hidden",
                        "if1",
                        "fc1",
                        "readout");
        assertThat(network.find("sum").orElseThrow().inputs())
                .containsExactly(
                        network.find("a_1").orElseThrow().id(),
                        network.find("a_2").orElseThrow().id());
        assertThat(neuron(network, "lif1")).isEqualTo(spec(0.75f));
        assertThat(neuron(network, "a_2")).isEqualTo(spec(0.5f));
        assertThat(neuron(network, "if1")).isEqualTo(spec(1f));
        assertThat(((Layer.StepNorm) network.find("bn1").orElseThrow().layer()).shared())
                .isFalse();
        assertThat(((Layer.StepNorm) network.find("bn3").orElseThrow().layer()).shared())
                .isTrue();

        assertThat(CommandOutcome.of("map", run.toString(), "hardware.tile.rows=16", "--quiet")
                        .code())
                .isZero();
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").code())
                .isZero();
        assertThat(CommandOutcome.of("verify", run.toString()).code()).isZero();
        assertThat(Files.readString(run.resolve("report.html"))).contains("<h2>Network</h2>", "a_2 reads bn3");
    }

    /** The network of a model file, written for another one's experiment, trained from drawn weights or from its own. */
    @Test
    void theNetworkOfAModelFileIsTrained() throws IOException {
        Path first = trained("first", "network.layers=[dense: 8, lif, dense: classes]");
        Path run = folder.resolve("second");
        String[] command = {
            "run",
            write(HEAD).toString(),
            "network.file=" + first,
            "network.coding=poisson",
            "--quiet",
            "--out",
            run.toString()
        };
        CommandOutcome outcome = CommandOutcome.of(command);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(ModelFile.read(run.resolve("model.safetensors")).network())
                .isEqualTo(ModelFile.read(first).network());
        Path moved = Files.move(first, first.resolveSibling("moved.safetensors"));
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").code())
                .as("the run has its network")
                .isZero();
        Files.move(moved, first);
        assertThat(refusal("network.file=" + folder.resolve("none"))).contains("network.file: ", "no such file");
        assertThat(refusal("network.file=" + first, "network.layers=[dense: classes]"))
                .contains("network.file is where the network comes from, and network.layers says another");
        assertThat(refusal("network.file=" + first, "data.train_samples=100", "network.arch=mlp"))
                .contains("network.file is where the network comes from, and network.arch says another");
        assertThat(refusal("network.file=" + Files.writeString(folder.resolve("no.model"), "no model")))
                .contains("network.file: ", "no.model");
    }

    private String refusal(String... settings) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", write(HEAD).toString()));
        words.addAll(List.of(settings));
        words.addAll(List.of("--quiet", "--out", folder.resolve("refused").toString()));
        CommandOutcome outcome = CommandOutcome.of(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(folder.resolve("refused")).doesNotExist();
        assertThat(outcome.err().lines().filter(line -> line.startsWith("synaptile: ")))
                .hasSize(1);
        return outcome.err();
    }

    /** Recurrent neurons with a synaptic current and learned constants, a membrane as read-out. */
    @Test
    void aRecurrentNetworkTrainsMapsAndSimulates() throws IOException {
        Path run = folder.resolve("run");
        CommandOutcome outcome = CommandOutcome.ofRun(write(HEAD.replace("direct", "poisson") + """
                          layers:
                            - flatten
                            - dense: 16
                            - lif: {recurrent: true, synaptic_leak: 0.7, learn_leak: channel, learn_threshold: layer, refractory: 1, emission: threshold, initial: 0.5}
                            - dense: 20
                            - integrator: {leak: 0.9, learn_leak: layer}
                            - read_out: {rule: highest, voters: 2}
                        """), run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        ModelFile model = ModelFile.read(run.resolve("model.safetensors"));
        Network network = model.network();
        assertThat(network.nodes().stream().map(Network.Node::name))
                .containsExactly(
                        "flatten1",
                        "fc1",
                        "lif1_before",
                        "lif1_recurrent",
                        "lif1_sum",
                        "lif1_current",
                        "lif1",
                        "fc2",
                        "li1",
                        "readout1");
        assertThat(network.loops()).containsExactly(new Network.Loop(2, 6));
        int neurons = network.find("lif1").orElseThrow().id();
        assertThat(model.parameters().get(new ParameterId(neurons, Role.LEAK))).hasSize(16);
        assertThat(model.parameters().get(new ParameterId(neurons, Role.THRESHOLD)))
                .hasSize(1)
                .isNotEqualTo(new float[] {0.5f});
        assertThat(Files.readString(run.resolve("layers.csv")))
                .contains("lif1_recurrent,dense", "lif1_current,integrator");
        assertThat(refusal(
                        "network.layers=[dense: 4, lif: {emission: threshold, learn_threshold: channel}, dense: classes]",
                        "hardware.layers=all",
                        "network.coding=poisson"))
                .contains("hardware.layers: layer fc2 reads spikes that are not worth the same");
        assertThat(CommandOutcome.of("map", run.toString(), "hardware.tile.rows=16", "--quiet")
                        .code())
                .isZero();
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").code())
                .isZero();
        assertThat(CommandOutcome.of("verify", run.toString()).code()).isZero();
    }

    private static NeuronSpec neuron(Network network, String name) {
        return ((Layer.Neuron) network.find(name).orElseThrow().layer()).spec();
    }

    private static NeuronSpec spec(float leak) {
        NeuronSpec usual = NeuronSpec.lif(leak, 0.5f);
        return new NeuronSpec(leak, 0.5f, NeuronSpec.Reset.HARD, usual.surrogate());
    }

    @Test
    void anotherTrainingStartsFromItAndAnotherNetworkDoesNot() throws IOException {
        Path experiment = write(RESIDUAL);
        Path run = folder.resolve("run");
        assertThat(CommandOutcome.of("train", experiment.toString(), "--quiet", "--out", run.toString())
                        .code())
                .isZero();
        assertThat(CommandOutcome.of(
                                "train",
                                experiment.toString(),
                                "train.from=" + run,
                                "--quiet",
                                "--out",
                                folder.resolve("second").toString())
                        .code())
                .isZero();
        CommandOutcome other = CommandOutcome.of(
                "train",
                experiment.toString(),
                "train.from=" + run,
                "network.layers=[dense: 8, lif, dense: classes]",
                "--quiet",
                "--out",
                folder.resolve("third").toString());
        assertThat(other.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(other.err()).contains("train.from", "is of another architecture");
        assertThat(folder.resolve("third")).doesNotExist();
    }

    @Test
    void theNetworkIsShownAndDrawn() throws IOException {
        Path drawing = folder.resolve("net.svg");
        CommandOutcome shown = CommandOutcome.of("network", write(RESIDUAL).toString(), "--svg", drawing.toString());
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out().lines())
                .anyMatch(line -> line.matches("conv2 +conv 3x3 +4x8x8 +144 +36 +9,216 +1 *"))
                .anyMatch(line -> line.matches("sum +add +4x8x8 +a_1, a_2"))
                .anyMatch(line -> line.startsWith("17 layers, "));
        assertThat(drawing).content().startsWith("<svg ").contains("sum reads a_1, a_2");
    }

    private static float[] values(ModelFile model, String layer, Role role) {
        Network.Node node = model.network().find(layer).orElseThrow();
        return model.parameters().get(new ParameterId(node.id(), role));
    }

    /** Sums of spikes reach the dense layer that is on tiles; the rectifier is on none. */
    @Test
    void joinsPoolsAndRectifiersAreTrainedMappedAndSaidToBeOnNoTile() throws IOException {
        Path run = folder.resolve("run");
        Path experiment = write(HEAD + """
                  layers:
                    - conv: {channels: 3, padding: 1}
                    - relu: 2
                    - rate_norm: {scale: magnitude, momentum: 0.5}
                    - qcfs: {levels: 4, threshold: 1}
                    - {lif: {name: first}}
                    - conv: {channels: 3, kernel: [3, 1], padding: [2, 0], dilation: [2, 1], groups: input}
                    - {lif: {name: second}}
                    - {and: [first, second]}
                    - {iand: {from: [first, second]}}
                    - {add: {from: [first, second, and1], name: sum}}
                    - {concat: [sum, iand1]}
                    - max_pool: {size: 3, stride: 2}
                    - avg_pool: global
                    - dense: classes
                """);
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                experiment.toString(),
                "hardware.layers=all",
                "network.coding=poisson",
                "--quiet",
                "--out",
                run.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        ModelFile model = ModelFile.read(run.resolve("model.safetensors"));
        Network network = model.network();
        assertThat(network.find("rate1").orElseThrow().layer())
                .isEqualTo(new Layer.RateNorm(0.5f, 1e-6f, false, false));
        assertThat(values(model, "rate1", Role.RUNNING_MAX)[0]).isPositive().isNotEqualTo(1f);
        assertThat(values(model, "rate1", Role.SCALE)[0]).isNotEqualTo(1f);
        assertThat(values(model, "qcfs1", Role.THRESHOLD)[0]).isNotEqualTo(1f);
        assertThat(network.find("concat1").orElseThrow().out()).hasToString("6x8x8");
        assertThat(network.find("pool1").orElseThrow().out()).hasToString("6x3x3");
        assertThat(network.find("pool2").orElseThrow().layer()).isEqualTo(new Layer.AvgPool(3, 3));
        CommandOutcome shown = CommandOutcome.of("network", experiment.toString());
        assertThat(shown.out())
                .containsPattern("conv2 +conv 3x1, dilation 2x1, 3 groups +3x8x8 +9 +3 +576 +1 ")
                .contains(
                        "conv2: its groups share rows; on tiles 2 of 3 cells lie between groups and hold the weight 0",
                        "relu1: a rectifier has no counterpart on tiles; it is computed digitally and not counted",
                        "rate1: a rate has no counterpart",
                        "qcfs1: a quantised activation has no counterpart",
                        "pool1: the largest of values that are no spikes has no counterpart on tiles",
                        "fc1: receives sums of spikes up to 3; on tiles a read drives its rows with up to 3 unary pulses");
        CommandOutcome mapped = CommandOutcome.of("map", run.toString());
        assertThat(mapped.code()).as(mapped.err()).isZero();
        assertThat(mapped.out()).contains("a rectifier has no counterpart on tiles");
        assertThat(Files.readString(run.resolve("report.html"))).contains("relu1: a rectifier has no counterpart");
    }

    @Test
    void biasesAndOffsetsAreTrainedMappedAndCounted() throws IOException {
        Path run = folder.resolve("run");
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                write(RESIDUAL).toString(),
                "network.layers=[{conv: {channels: 3, padding: 1, bias: true}}, lif, avg_pool: 4,"
                        + " {dense: {features: 8}}, {norm: {kind: bntt, offset: true}}, lif,"
                        + " {dense: {features: classes, bias: true}}]",
                "hardware.layers=all",
                "network.coding=poisson",
                "--quiet",
                "--out",
                run.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        ModelFile model = ModelFile.read(run.resolve("model.safetensors"));
        Network network = model.network();
        assertThat(network.nodes().stream().map(Network.Node::name))
                .contains("conv1_bias", "fc2_bias")
                .doesNotContain("fc1_bias");
        assertThat(values(model, "bn1", Role.BETA)).isNotEqualTo(new float[16]);
        assertThat(values(model, "fc2_bias", Role.BIAS)).hasSize(10).isNotEqualTo(new float[10]);
        assertThat(Files.readString(run.resolve("energy.csv"))).contains(",fc2,partial_sum_add,");

        CommandOutcome mapped = CommandOutcome.of("map", run.toString(), "hardware.bias=row");
        assertThat(mapped.code()).as(mapped.err()).isZero();
        assertThat(mapped.out())
                .containsPattern(
                        "note_conv1 +its bias is held by rows of its tiles, which are driven with a pulse at every");
        CommandOutcome simulated = CommandOutcome.of("simulate", run.toString());
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(Files.readString(run.resolve("energy.csv")))
                .contains(",fc2,row_activation,")
                .doesNotContain(",fc2,partial_sum_add,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "conf: 3|conf is not a kind of layer; did you mean conv?",
                "conv: {channel: 3}|conv: unknown key channel; did you mean channels?",
                "conv: {channels: 3, pading: 1}|conv: unknown key pading; did you mean padding?",
                "conv: {channels: 3, kernel: 9}|layer conv1: a window of 9 does not fit its input 1x8x8",
                "conv: {channels: 3, kernel: [3, 11], padding: 1}|layer conv1: a window of 11 does not fit its input 1x8x8 and a border of 1",
                "conv: {channels: 3, kernel: [1, 4], dilation: 3}|layer conv1: a window of 10 does not fit its input 1x8x8",
                "conv: {channels: 3, kernel: 0}|conv: convolution needs out-channels, kernel, stride and dilation of at least 1 and padding of at least 0, got 3, 0, 1, 1 and 0",
                "conv: {channels: 3, dilation: 0}|conv: convolution needs out-channels, kernel, stride and dilation of at least 1 and padding of at least 0, got 3, 3, 1, 0 and 0",
                "conv: {channels: 3, kernel: [3, 1], stride: [0, 1]}|got 3, 3x1, 0x1, 1 and 0",
                "conv: {channels: 3, padding: -1}|got 3, 3, 1, 1 and -1",
                "conv: {channels: 3, padding: [1, -1]}|conv: padding is a list, one whole number or two, of lines and columns, are needed",
                "conv: {channels: 3, kernel: [3, 3, 1]}|conv: kernel is a list, one whole number or two, of lines and columns, are needed",
                "conv: {channels: 6, groups: 4}|conv: groups must divide the channels, got 4 for 6 out-channels",
                "conv: {channels: 6, groups: 0}|conv: groups must divide the channels, got 0 for 6 out-channels",
                "conv: {channels: 6, groups: 3}|layer conv1: 3 groups do not divide the channels of its input 1x8x8",
                "conv: {channels: 6, groups: inputs}|conv: groups is 'inputs', a whole number is needed",
                "conv: {channels: three}|conv: channels is 'three', a whole number is needed",
                "conv: {channels: 0}|conv: convolution needs out-channels",
                "conv: {}|conv: channels is missing",
                "lif: 0.5|lif takes no single value, got 0.5",
                "lif: {threshold: 0}|lif: threshold must be above 0",
                "lif: {reset: none}|lif: reset is 'none', soft and hard are known",
                "if: {leak: 0.5}|if: an if neuron has no leak",
                "conv: {channels: 3, bias: some}|conv: bias is 'some', true or false is needed",
                "lif: {bias: true}|lif: unknown key bias",
                "bias: 3|bias takes no single value, got 3",
                "norm: {kind: bntt, offset: 1}|norm: offset is 1, true or false is needed",
                "lif: {learn_leak: neuron}|lif: learn_leak is 'neuron', none, layer and channel are known",
                "lif: {refractory: -1}|lif: refractory steps must be 0 or more, got -1",
                "lif: {adaptation_decay: 2}|lif: decay of the adaptation must lie in 0-1, got 2.0",
                "lif: {initial: 1}|lif: initial potential must be a fraction of the threshold from 0 to below 1, got 1.0",
                "lif: {emission: 0}|lif: emission must be a number above 0, got 0.0",
                "lif: {emission: -0.5}|lif: emission must be a number above 0, got -0.5",
                "lif: {emission: .nan}|lif: emission",
                "lif: {emission: half}|lif: emission is 'half', a number is needed",
                "lif: {initial: half}|lif: initial is 'half', a number is needed",
                "lif: {recurrent: true}|layer lif1: recurrent neurons read a vector, not a map of 1x8x8; flatten comes before",
                "lif: {synaptic_leak: 1.5}|leak must lie in 0-1, got 1.5",
                "lif: {recurent: true}|lif: unknown key recurent; did you mean recurrent?",
                "integrator: 2|integrator: leak must lie in 0-1, got 2.0",
                "read_out: median|read_out: rule is 'median', mean, sum, last, highest and weighted are known",
                "read_out: {decay: 0.5}|read_out: the decay of a read-out must lie in 0 (excluded) to 1 and belongs to a weighted mean",
                "read_out: {voters: 7}|layer readout1: 1x8x8 cannot be shared by classes of 7 voters",
                "norm: batch|norm: kind is 'batch', bntt and shared are known",
                "add: [lif1, late]|add: reads lif1, which is not a layer before it; it can read input",
                "add|add: from is missing",
                "add: [input]|layer add1: needs 2 inputs or more, got 1",
                "and: [input, input, input]|layer and1: needs 2 input(s), got 3",
                "iand: input|layer iand1: needs 2 input(s), got 1",
                "concat|concat: from is missing",
                "concat: [input]|layer concat1: needs 2 inputs or more, got 1",
                "relu: 0|relu: the ceiling of a rectifier must be above 0, got 0.0",
                "relu: {top: 1}|relu: unknown key top",
                "rate_norm: 2|rate_norm takes no single value, got 2",
                "rate_norm: {momentum: 2}|rate_norm: a rate norm needs a momentum in 0-1 and a finite epsilon above 0, got 2.0 and",
                "rate_norm: {scale: absolute}|rate_norm: scale is 'absolute', sigmoid and magnitude are known",
                "qcfs|qcfs: levels is missing",
                "qcfs: 0|qcfs: levels must lie in 1-65536, got 0",
                "qcfs: {levels: 4, threshold: 0}|qcfs: threshold must be finite and at least 1.0E-6, got 0.0",
                "max_pool: 9|layer pool1: a window of 9 does not fit its input 1x8x8",
                "max_pool: {size: 2, stride: 0}|max_pool: a pool needs a size and a stride of at least 1, got 2 and 0",
                "avg_pool: whole|avg_pool: size is 'whole', a whole number is needed",
                "avg_pool: [2, 3, 4]|avg_pool: size is a list, one whole number or two, of lines and columns, are needed",
                "dense: {features: 3, name: input}|a layer cannot be called input",
                "dense: {features: 3, name: ..}|name must be a word of letters",
                "dense: 7|the last layer gives 7 values, and the data has 10 classes",
                "read_out|the last layer gives 64 values",
                "repeat: {times: 0, layers: [lif]}|repeat.times must be 1 to 10000, got 0",
                "repeat: [lif]|repeat must be {times: 2, layers: [...]}",
                "[lif]|a layer is a word such as lif"
            })
    void whatDoesNotFitIsRefusedAtItsLine(String layer, String message) throws IOException {
        Path experiment = write(HEAD + "  layers:\n    - " + layer + "\n");
        CommandOutcome outcome = CommandOutcome.ofRun(experiment, folder.resolve("run"));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err().lines().filter(line -> line.startsWith("synaptile: ")))
                .singleElement()
                .asString()
                .startsWith("synaptile: " + experiment + ":10: network.layers: ")
                .contains(message);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** The same neuron, written for the whole network and for the layers that have one. */
    @Test
    void neuronsAreDescribedForAllLayersOrForOne() throws IOException {
        Path first = trained(
                "first",
                "network.neuron={leak: 0.75, fires: from, input: decayed, reset: hard, reset_potential: -0.25, surrogate: atan, surrogate_shape: 3}",
                "network.layers=[dense: 8, lif, dense: classes]");
        Path second = trained(
                "second",
                "network.neuron=null",
                "network.layers=[dense: 8, lif: {leak: 0.75, threshold: 0.5, fires: from, input: decayed, reset: hard, reset_potential: -0.25, surrogate: atan, surrogate_alpha: 3}, dense: classes]");
        ModelFile model = ModelFile.read(first);
        assertThat(neuron(model.network(), "lif1"))
                .isEqualTo(new NeuronSpec(
                        0.75f,
                        0.25f,
                        0.5f,
                        NeuronSpec.Firing.FROM,
                        NeuronSpec.Reset.HARD,
                        -0.25f,
                        new Surrogate.ArcTangent(3f)));
        assertThat(ModelFile.read(second).network()).isEqualTo(model.network());
        assertThat(ModelFile.read(second).sha256()).isEqualTo(model.sha256());
    }

    private Path trained(String name, String... settings) throws IOException {
        Path run = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of("train", write(RESIDUAL).toString()));
        words.addAll(List.of(settings));
        words.addAll(List.of("hardware.layers=all", "network.coding=poisson", "--quiet", "--out", run.toString()));
        CommandOutcome outcome = CommandOutcome.of(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return run.resolve("model.safetensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "network.neuron={reset: soft, reset_potential: 0.25}|network.neuron.reset_potential belongs to network.neuron.reset hard",
                "network.neuron={reset: hard, reset_potential: 2}|network.neuron.reset_potential must lie below network.neuron.threshold",
                "network.neuron={kind: if, input: decayed}|network.neuron.input decayed needs a leak below 1",
                "network.neuron.surrogate=step|network.neuron.surrogate must be one of triangle, rectangle",
                "network.neuron.surrogate_shape=0|network.neuron.surrogate_shape",
                "network.layers=[lif: {fires: often}, dense: classes]|lif: fires is 'often', above and from are known",
                "network.layers=[if: {input: decayed}, dense: classes]|if: the factor on the input must be above 0",
                "network.layers=[lif: {surrogate: atan, surrogate_height: 1}, dense: classes]|lif: unknown key surrogate_height",
                "network.neuron.refractory=-1|network.neuron.refractory",
                "network.neuron.adaptation_decay=2|network.neuron.adaptation_decay",
                "network.neuron.adaptation_strength=-1|network.neuron.adaptation_strength",
                "network.neuron.initial=0.99999999|network.neuron.initial",
                "network.neuron.emission=-1|network.neuron.emission",
                "network.neuron.learn_leak=all|network.neuron.learn_leak must be one of none, layer, channel",
                "network.neuron.learn_threshold=yes|network.neuron.learn_threshold must be one of none, layer, channel",
                "network.layers=null|network.arch must name an architecture, or network.layers describe the network or network.file hold it",
                "network.arch=mlp|network.layers describes a network, and network.arch mlp names another",
                "network.layers=[]|network.layers must be a list of layers",
                "network.layers=lif|network.layers must be a list of layers",
                "network.layers=[dense: 4, {dense: {features: classes, from: fc3}}]|reads fc3, which is not a layer before it",
                "network.layers=[dense: 4, dense: 4, {dense: {features: classes, from: fc1}}]|layer fc2: no other layer reads it",
                "network.layers=[dense: classes, read_out, lif]|layer lif1: comes after the read-out",
                "network.layers=[{dense: {features: 4, name: a}}, {dense: {features: classes, name: a}}]|layer a: the name is already taken",
                "network.layers=[add: [input, b], {dense: {features: classes, name: b}}]|add: reads b, which comes later",
                "network.hidden=[4]|network.hidden is a setting of mlp",
                "network.norm=none|network.norm is a setting of the architectures that have a name",
                "simulate.time_steps=3|simulate.time_steps must be at most 2"
            })
    void settingsThatContradictAreRefused(String setting, String message) throws IOException {
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                write(RESIDUAL).toString(),
                setting,
                "--quiet",
                "--out",
                folder.resolve("run").toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).contains(message);
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
