/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
    private static final Shape CIFAR = new Shape(3, 32, 32);
    private static final Shape MNIST = new Shape(1, 28, 28);
    private static final Shape DIGITS = new Shape(1, 8, 8);

    /** Counts of the published networks at 32x32x3; the operations of VGG11 are not published, they are added by hand. */
    @ParameterizedTest
    @CsvSource({
        "vgg5, 10, 8621760, 66791424, 132096",
        "vgg9, 10, 5938880, 194717696, 246784",
        "vgg11, 100, 11724480, 155271168, 155648",
        "vgg15, 100, 17217216, 315703296, 186880",
        "vgg16, 10, 33625792, 332111872, 284672",
        "vgg19, 10, 20553408, 398665728, 304128"
    })
    void countsOfTheTableAreReached(String name, int classes, long weights, long macs, long neurons) {
        Network network = Architectures.vgg(name, CIFAR, classes, 1, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.weightCount()).isEqualTo(weights);
        assertThat(network.synapses().stream()
                        .mapToLong(
                                node -> (long) node.weightCount() * node.out().positions())
                        .sum())
                .isEqualTo(macs);
        assertThat(network.nodes().stream()
                        .filter(node -> node.layer() instanceof Layer.Neuron)
                        .mapToLong(node -> node.out().size())
                        .sum())
                .isEqualTo(neurons);
    }

    private static long macs(Network network) {
        return network.synapses().stream()
                .mapToLong(node -> (long) node.weightCount() * node.out().positions())
                .sum();
    }

    private static long neurons(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .mapToLong(node -> node.out().size())
                .sum();
    }

    /** Counts of the published network at 32x32x3; the first layer, computed once per image, is among the operations. */
    @Test
    void theVotingNetworkHasTheCountsOfItsTable() {
        Network network = VotingNetwork.of(CIFAR, 10, 1, options(Architectures.Norm.SHARED, 0.5f));
        assertThat(network.weightCount()).isEqualTo(36_715_264);
        assertThat(macs(network)).isEqualTo(1_701_781_504);
        assertThat(neurons(network)).isEqualTo(985_188);
        assertThat(network.classes()).isEqualTo(10);
        assertThat(network.synapses().stream().map(node -> node.name() + " " + node.weightCount()))
                .containsExactly(
                        "conv1 6912",
                        "conv2 589824",
                        "conv3 589824",
                        "conv4 589824",
                        "conv5 589824",
                        "conv6 589824",
                        "fc7 33554432",
                        "fc8 204800");
        assertThat(network.find("fc7").orElseThrow().in()).isEqualTo(new Shape(256, 8, 8));
        assertThat(VotingNetwork.of(MNIST, 10, 0.1, options(Architectures.Norm.NONE, 0f))
                        .find("bn1"))
                .isEmpty();
    }

    /** Counts of the published network at 224x224x3. */
    @Test
    void theResidualNetworkHasTheCountsOfItsTable() {
        Network network = SewResNet.of(
                new Shape(3, 224, 224), 1000, 1, options(Architectures.Norm.SHARED, 0f), Layer.Join.Function.ADD);
        assertThat(network.weightCount()).isEqualTo(11_166_912 + 512_000);
        assertThat(macs(network)).isEqualTo(1_814_073_344);
        assertThat(neurons(network)).isEqualTo(2_483_712);
        assertThat(network.nodes().stream()
                        .filter(node -> node.layer() instanceof Layer.Join)
                        .map(node -> node.out().toString()))
                .containsExactly(
                        "64x56x56",
                        "64x56x56",
                        "128x28x28",
                        "128x28x28",
                        "256x14x14",
                        "256x14x14",
                        "512x7x7",
                        "512x7x7");
        assertThat(network.nodes().stream().filter(node -> node.name().endsWith("short_conv")))
                .hasSize(3);
    }

    @Test
    void blocksJoinTheirBranchWithTheirShortcut() {
        Network network =
                SewResNet.of(CIFAR, 10, 0.25, options(Architectures.Norm.SHARED, 0f), Layer.Join.Function.IAND);
        Network.Node first = network.find("block1_join").orElseThrow();
        assertThat(first.layer()).isEqualTo(new Layer.Join(Layer.Join.Function.IAND));
        assertThat(first.inputs())
                .containsExactly(
                        network.find("block1_lif2").orElseThrow().id(),
                        network.find("lif1").orElseThrow().id());
        assertThat(network.find("block3_join").orElseThrow().inputs())
                .containsExactly(
                        network.find("block3_lif2").orElseThrow().id(),
                        network.find("block3_short_lif").orElseThrow().id());
        assertThat(network.find("pool1")).isEmpty();
        assertThat(network.find("pool").orElseThrow().in()).isEqualTo(new Shape(128, 4, 4));
    }

    /** Every network on every image size and number of classes: map before and input of fc1, and the read-out. */
    @ParameterizedTest
    @CsvSource({
        "vgg5, 28, 28, 7, 128",
        "vgg5, 32, 32, 8, 128",
        "vgg5, 64, 64, 16, 128",
        "vgg9, 28, 28, 3, 256",
        "vgg9, 32, 32, 4, 256",
        "vgg9, 64, 64, 8, 256",
        "vgg11, 28, 28, 1, 512",
        "vgg11, 32, 32, 1, 512",
        "vgg11, 64, 64, 1, 512",
        "vgg15, 28, 32, 1, 512",
        "vgg16, 28, 32, 1, 512",
        "vgg19, 28, 32, 1, 512",
        "vgg19, 32, 32, 1, 512",
        "vgg19, 64, 64, 2, 512"
    })
    void everyNetworkTakesEveryImageAndNumberOfClasses(String name, int side, int read, int last, int channels) {
        for (int imageChannels : new int[] {1, 3}) {
            Shape image = new Shape(imageChannels, side, side);
            Shape input = Architectures.vggInput(name, image);
            assertThat(input).isEqualTo(new Shape(imageChannels, read, read));
            for (int classes : new int[] {10, 100, 200}) {
                for (double width : new double[] {1, 0.25}) {
                    Network network =
                            Architectures.vgg(name, input, classes, width, options(Architectures.Norm.BNTT, 0f));
                    Network.Node fc1 = network.find("fc1").orElseThrow();
                    assertThat(fc1.in()).isEqualTo(new Shape((int) (channels * width), last, last));
                    boolean wide = List.of("vgg11", "vgg15", "vgg16").contains(name);
                    assertThat(fc1.out().channels()).isEqualTo((int) ((wide ? 4096 : 1024) * width));
                    assertThat(network.classes()).isEqualTo(classes);
                }
            }
        }
    }

    @Test
    void vgg11EndsInAnAverageOverItsWholeMap() {
        assertThat(lastPool(32)).isEqualTo(new Layer.AvgPool(2));
        assertThat(lastPool(64)).isEqualTo(new Layer.AvgPool(4));
        Network onePosition = Architectures.vgg("vgg11", MNIST, 10, 1, options(Architectures.Norm.BNTT, 0f));
        assertThat(onePosition.find("pool8")).isEmpty();
        assertThatThrownBy(() ->
                        Architectures.vgg("vgg11", new Shape(1, 64, 32), 10, 1, options(Architectures.Norm.BNTT, 0f)))
                .hasMessage("layer pool8: averages a square map, got 512x4x2");
    }

    private static Layer lastPool(int side) {
        return Architectures.vgg("vgg11", new Shape(3, side, side), 10, 1, options(Architectures.Norm.BNTT, 0f))
                .find("pool8")
                .orElseThrow()
                .layer();
    }

    @Test
    void vgg19HasSixteenConvolutionsInFiveStages() {
        Network network = Architectures.vgg("vgg19", CIFAR, 10, 1, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.nodes().stream()
                        .filter(node -> node.layer() instanceof Layer.AvgPool)
                        .map(node -> node.name() + " " + node.out()))
                .containsExactly(
                        "pool2 64x16x16", "pool4 128x8x8", "pool8 256x4x4", "pool12 512x2x2", "pool16 512x1x1");
    }

    @Test
    void weightsOfVgg9AreThoseOfTheTableLayerByLayer() {
        Network network = Architectures.vgg("vgg9", CIFAR, 10, 1, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.synapses().stream().map(Network.Node::name))
                .containsExactly("conv1", "conv2", "conv3", "conv4", "conv5", "conv6", "conv7", "fc1", "fc2");
        assertThat(network.synapses().stream().map(Network.Node::weightCount))
                .containsExactly(1728, 36864, 73728, 147456, 294912, 589824, 589824, 4194304, 10240);
    }

    @Test
    void vgg5HasItsLayersInOrder() {
        Network network = Architectures.vgg("vgg5", CIFAR, 10, 1, options(Architectures.Norm.BNTT, 0.2f));
        assertThat(network.nodes().stream().map(Network.Node::name))
                .containsExactly(
                        "conv1",
                        "bn1",
                        "lif1",
                        "pool1",
                        "conv2",
                        "bn2",
                        "lif2",
                        "conv3",
                        "bn3",
                        "lif3",
                        "pool3",
                        "drop_fc1",
                        "fc1",
                        "bn_fc1",
                        "lif_fc1",
                        "fc2",
                        "readout");
        assertThat(network.classes()).isEqualTo(10);
    }

    @Test
    void withoutNormAndDropoutTheirLayersAreAbsent() {
        Network network = Architectures.vgg("vgg5", CIFAR, 10, 0.25, options(Architectures.Norm.NONE, 0f));
        assertThat(network.nodes())
                .noneMatch(node -> node.layer() instanceof Layer.StepNorm || node.layer() instanceof Layer.Dropout);
    }

    @ParameterizedTest
    @CsvSource({"BNTT, false", "SHARED, true"})
    void normsArePerStepOrShared(Architectures.Norm norm, boolean shared) {
        Network network = Architectures.vgg("vgg5", CIFAR, 10, 0.25, options(norm, 0f));
        assertThat(network.nodes().stream().map(Network.Node::layer).filter(Layer.StepNorm.class::isInstance))
                .hasSize(4)
                .containsOnly(new Layer.StepNorm(1e-4f, 0.1f, shared));
    }

    @Test
    void poolsHalveMnistTo7x7WithoutPadding() {
        Network network = Architectures.vgg("vgg5", MNIST, 10, 0.25, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.find("pool1").orElseThrow().out()).isEqualTo(new Shape(16, 14, 14));
        assertThat(network.find("pool3").orElseThrow().out()).isEqualTo(new Shape(32, 7, 7));
        assertThat(network.find("fc1").orElseThrow().weightShape()).containsExactly(256, 32 * 49);
        assertThat(network.find("fc2").orElseThrow().weightShape()).containsExactly(10, 256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg5", "vgg9"})
    void everyVggTakes8x8Digits(String name) {
        Network network = Architectures.vgg(name, DIGITS, 10, 0.125, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.classes()).isEqualTo(10);
        assertThat(network.find("conv1").orElseThrow().weightShape()).containsExactly(8, 1, 3, 3);
    }

    @Test
    void tooSmallAnInputIsRefusedNamingThePool() {
        Architectures.Options options = options(Architectures.Norm.BNTT, 0f);
        assertThatThrownBy(() -> Architectures.vgg("vgg9", new Shape(1, 4, 4), 10, 1, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer pool7")
                .hasMessageContaining("1x1");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 32, 512", "0.001, 1, 1", "0.3, 19, 307", "2, 128, 2048"})
    void widthScalesChannelsAndFc1(double width, int conv1, int fc1) {
        Network network = Architectures.vgg("vgg5", MNIST, 10, width, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.find("conv1").orElseThrow().out().channels()).isEqualTo(conv1);
        assertThat(network.find("fc1").orElseThrow().out().channels()).isEqualTo(fc1);
        assertThat(network.find("fc2").orElseThrow().out().channels()).isEqualTo(10);
    }

    @Test
    void mlpStacksItsHiddenLayers() {
        Network network = Architectures.mlp(MNIST, 10, List.of(256, 64), options(Architectures.Norm.BNTT, 0.5f));
        assertThat(network.nodes().stream().map(Network.Node::name))
                .containsExactly(
                        "fc1",
                        "bn_fc1",
                        "lif_fc1",
                        "drop_fc2",
                        "fc2",
                        "bn_fc2",
                        "lif_fc2",
                        "drop_fc3",
                        "fc3",
                        "readout");
        assertThat(network.weightCount()).isEqualTo(784 * 256 + 256 * 64 + 64 * 10);
    }

    @Test
    void mlpWithoutHiddenLayersIsALinearReadOut() {
        Network network = Architectures.mlp(DIGITS, 10, List.of(), options(Architectures.Norm.BNTT, 0.5f));
        assertThat(network.nodes().stream().map(Network.Node::name)).containsExactly("fc1", "readout");
    }

    @Test
    void nodeIdsAreTheirPositions() {
        Network network = Architectures.vgg("vgg9", CIFAR, 10, 0.1, options(Architectures.Norm.BNTT, 0f));
        assertThat(network.nodes().stream().map(Network.Node::id))
                .containsExactlyElementsOf(
                        IntStream.range(0, network.nodes().size()).boxed().toList());
    }

    @Test
    void impossibleValuesAreRefused() {
        Architectures.Options options = options(Architectures.Norm.BNTT, 0f);
        assertThatThrownBy(() -> Architectures.vgg("vgg6", CIFAR, 10, 1, options))
                .hasMessage(
                        "arch 'vgg6' is unknown; known VGG networks: vgg11, vgg11-dvs, vgg15, vgg16, vgg19, vgg5, vgg9");
        assertThatThrownBy(() -> Architectures.vgg("vgg5", CIFAR, 10, 0, options))
                .hasMessage("width must lie above 0 and at most 1024, got 0.0");
        assertThatThrownBy(() -> Architectures.vgg("vgg5", CIFAR, 0, 1, options))
                .hasMessage("classes must be at least 1, got 0");
        assertThatThrownBy(() -> Architectures.mlp(MNIST, 10, List.of(16, 0), options))
                .hasMessage("hidden sizes must be at least 1, got [16, 0]");
        assertThatThrownBy(() -> options(Architectures.Norm.BNTT, 1f))
                .hasMessage("dropout must lie in 0 (included) to 1 (excluded), got 1.0");
    }

    private static Architectures.Options options(Architectures.Norm norm, float dropout) {
        return new Architectures.Options(norm, NeuronSpec.lif(0.95f, 1f), dropout);
    }
}
