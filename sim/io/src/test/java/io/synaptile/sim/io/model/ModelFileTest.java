/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    private static final int STEPS = 3;

    @TempDir
    Path folder;

    /** Every kind of layer, with a residual branch. */
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("all-layers", new Shape(2, 6, 6));
        int conv = builder.add("conv1", new Layer.Conv2d(4, 3, 1, 1));
        int norm = builder.add("bn1", Layer.StepNorm.standard());
        int soft = builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("add", Layer.Join.sum(), norm, conv);
        builder.add(
                "lif2",
                new Layer.Neuron(new NeuronSpec(1f, 0.5f, NeuronSpec.Reset.HARD, new Surrogate.Triangle(0.25f))),
                soft);
        builder.add(
                "rated",
                new Layer.Neuron(new NeuronSpec(1f, 0.5f, NeuronSpec.Reset.SOFT, new Representation(2f, 0.25f, 0.001f))
                        .with(new NeuronDynamics(
                                0, 0f, 0f, Scope.FIXED, Scope.FIXED, 0f, new Emission.Threshold(4f), 0.3f))));
        builder.add("pool", new Layer.AvgPool(2));
        builder.add(
                "conv2",
                new Layer.Conv2d(4, new Extent(3, 1), Extent.square(1), new Extent(2, 0), new Extent(2, 1), 2));
        builder.add("flatten", new Layer.Flatten());
        builder.add("bn2", new Layer.StepNorm(1e-3f, 0.2f, true));
        builder.add("drop", new Layer.Dropout(0.2f));
        builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ModelFile model(long seed) {
        Network network = network();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, float[]> weights = new HashMap<>();
        Map<Integer, NormState> norms = new HashMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                weights.put(node.id(), floats(random, node.weightCount()));
            } else if (node.layer() instanceof Layer.StepNorm norm) {
                int steps = norm.shared() ? 1 : STEPS;
                int size = steps * node.in().channels();
                norms.put(
                        node.id(),
                        new NormState(
                                steps,
                                node.in().channels(),
                                floats(random, size),
                                floats(random, size),
                                floats(random, size)));
            }
        }
        return ModelFile.of(
                network,
                Parameters.ofNorms(norms).withWeights(weights),
                Map.of("time_steps", "3", "encoder", "poisson", "data_set", "digits"));
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(0, 2);
        }
        return values;
    }

    @Test
    void modelIsReadBackWithItsGraph() {
        ModelFile model = model(1);
        Path file = folder.resolve("model.safetensors");
        model.write(file);
        assertSame(ModelFile.read(file), model);

        Path again = folder.resolve("again.safetensors");
        ModelFile.read(file).write(again);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    private static ModelFile recurrent(float threshold) {
        NetworkBuilder builder = new NetworkBuilder("loop", Shape.features(3));
        builder.add("in", new Layer.Dense(4));
        int delay = builder.delay("before", Shape.features(4));
        int own = builder.add("own", new Layer.Dense(4), delay);
        builder.add("sum", Layer.Join.sum(), 0, own);
        builder.add("current", new Layer.Integrator(0.5f, 0.25f, Scope.LAYER));
        NeuronDynamics dynamics =
                new NeuronDynamics(2, 0.5f, 0.25f, Scope.CHANNEL, Scope.LAYER, 0.5f, new Emission.Threshold());
        builder.connect(
                delay,
                builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.75f, 1f).with(dynamics))));
        builder.add("readout", new Layer.ReadOut(Layer.ReadOut.Rule.WEIGHTED, 0.5f, 2));
        Network network = builder.build();
        Parameters parameters = Parameters.initial(network, 1);
        parameters.get(new ParameterId(5, Role.THRESHOLD))[0] = threshold;
        return ModelFile.of(network, parameters, Map.of());
    }

    @Test
    void loopsIntegratorsAndLearnedConstantsAreReadBack() {
        ModelFile model = recurrent(1.5f);
        Path file = folder.resolve("model.safetensors");
        model.write(file);
        assertSame(ModelFile.read(file), model);
        assertThat(Safetensors.read(file).tensors().keySet())
                .containsExactly("current.leak", "in.weight", "lif.leak", "lif.threshold", "own.weight");
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -1f})
    void thresholdsThatAreNotPositiveAreRefused(float threshold) {
        Path file = folder.resolve("model.safetensors");
        recurrent(threshold).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("tensor lif.threshold: value 0 is " + threshold + ", at least 1.0E-6 is needed");
    }

    @Test
    void tensorsCarryTheNamesOfTheirLayers() {
        Path file = folder.resolve("model.safetensors");
        model(1).write(file);
        assertThat(Safetensors.read(file).tensors().keySet())
                .containsExactly(
                        "bn1.gamma",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "bn2.gamma",
                        "bn2.running_mean",
                        "bn2.running_var",
                        "conv1.weight",
                        "conv2.weight",
                        "fc.weight");
    }

    /** As files say it that were written before norms could be shared. */
    @Test
    void aNormThatDoesNotSayWhetherItIsSharedIsPerStep() {
        ModelFile model = model(1);
        assertThat(model.fileMetadata().get("synaptile.network"))
                .contains(
                        "{\"name\":\"bn1\",\"kind\":\"step_norm\",\"epsilon\":1.0E-4,\"momentum\":0.1,\"inputs\":[0]}");
        assertThat(model.network().node(1).layer()).isEqualTo(new Layer.StepNorm(1e-4f, 0.1f, false));
    }

    @Test
    void aSharedNormWithStepsIsRefused() {
        ModelFile model = model(1);
        int shared = model.network().find("bn2").orElseThrow().id();
        Parameters stepped =
                model.parameters().with(NormState.identity(STEPS, 36).parameters(shared));
        assertThatThrownBy(() -> ModelFile.of(model.network(), stepped, Map.of()))
                .hasMessage("layer bn2: a norm that all steps share has state of 3 steps");
    }

    @Test
    void bothWeightSetsOfARecoveredModelAreReadBack() {
        ModelFile plain = model(1);
        float[] words = floats(new SplittableRandom(3), plain.weights().get(0).length);
        ModelFile model = plain.withSram(Map.of(0, new SramTensor(words, 4, 2, -1, 1.5f, true, 18)));
        Path file = folder.resolve("model.safetensors");
        model.write(file);

        ModelFile read = ModelFile.read(file);
        assertSame(read, model);
        assertThat(read.sram()).containsOnlyKeys(0);
        assertThat(read.sram().get(0))
                .usingRecursiveComparison()
                .isEqualTo(model.sram().get(0));
        Safetensors stored = Safetensors.read(file);
        assertThat(stored.tensors()).containsKeys("conv1.weight", "conv1.sram");
        assertThat(stored.metadata().get("synaptile.recovery"))
                .isEqualTo(
                        "{\"conv1\":{\"rram\":\"conv1.weight\",\"rram_bits\":4,\"sram\":\"conv1.sram\",\"sram_bits\":2,"
                                + "\"shift\":-1,\"divisor\":1.5,\"zero_level\":true,\"group\":18}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|synaptile.recovery is not valid JSON",
                "{\"conv9\": {}}|synaptile.recovery: conv9 is not a layer with weights",
                "{\"bn1\": {}}|synaptile.recovery: bn1 is not a layer with weights",
                "{\"conv1\": {}}|synaptile.recovery: layer conv1 must name the tensors conv1.weight and conv1.sram",
                "{\"conv1\": {\"rram\": \"conv1.weight\", \"sram\": \"conv1.sram\"}}"
                        + "|synaptile.recovery: layer conv1 needs a divisor, which is a number",
                "{\"conv1\": {\"rram\": \"conv1.weight\", \"sram\": \"conv1.sram\", \"divisor\": 0, \"zero_level\": false,"
                        + " \"rram_bits\": 4, \"sram_bits\": 2, \"shift\": 0, \"group\": 0}}"
                        + "|synaptile.recovery: divisor must be above 0, got 0.0"
            })
    void aDamagedDescriptionOfSramWordsIsRefused(String json, String message) {
        ModelFile plain = model(1);
        SramTensor words = new SramTensor(plain.weights().get(0), 4, 2, 0, 2f, false, 0);
        Path file = folder.resolve("model.safetensors");
        plain.withSram(Map.of(0, words)).write(file);
        Safetensors whole = Safetensors.read(file);
        Map<String, String> metadata = new TreeMap<>(whole.metadata());
        metadata.put("synaptile.recovery", json);
        Safetensors.of(whole.tensors(), metadata).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void checkpointIsReadBackAndHoldsAModel() {
        ModelFile model = model(2);
        ParameterId weight = ParameterId.weight(0);
        ParameterId gamma = new ParameterId(1, Role.GAMMA);
        Parameters first = Parameters.of(Map.of(
                weight, floats(new SplittableRandom(3), model.weights().get(0).length),
                gamma, floats(new SplittableRandom(4), STEPS * 4)));
        Parameters second = model.parameters().trainable();
        Path file = folder.resolve("checkpoint.safetensors");
        ModelFile best = model(5);
        List<Checkpoint.Epoch> epochs = List.of(
                new Checkpoint.Epoch(0.1f, 1 / 3.0, 0.2, 0.975),
                new Checkpoint.Epoch(
                        1e-3f,
                        0,
                        1,
                        2 / 3.0,
                        List.of(
                                new Checkpoint.Measure("conv1", "weight", 0.1, Double.NaN, 1 / 3.0, Double.NaN),
                                new Checkpoint.Measure("lif1", "", Double.NaN, Double.NaN, Double.NaN, 0.2))));
        Checkpoint written = new Checkpoint(
                model,
                new TreeMap<>(Map.of("first_moment", first, "second_moment", second)),
                1L << 40,
                Optional.of(new Checkpoint.Best(0, best.parameters())),
                Optional.of(new Checkpoint.Begun(7, 1e-17 + 0.1, 12, new TreeMap<>(Map.of("conv1.weight", 0.7)))),
                epochs);
        written.write(file);
        Checkpoint read = Checkpoint.read(file);

        assertSame(read.model(), model);
        assertThat(read.epochs()).isEqualTo(epochs);
        assertThat(read.begun()).isEqualTo(written.begun());
        assertThat(read.steps()).isEqualTo(1L << 40);
        assertThat(read.slots()).containsOnlyKeys("first_moment", "second_moment");
        assertSame(read.slots().get("first_moment"), first);
        assertSame(read.slots().get("second_moment"), second);
        assertThat(read.best().orElseThrow().epoch()).isZero();
        assertSame(read.best().orElseThrow().parameters(), best.parameters());
        assertSame(ModelFile.read(file), model);

        Path plain = folder.resolve("model.safetensors");
        model.write(plain);
        assertThatThrownBy(() -> Checkpoint.read(plain))
                .hasMessage(plain + ": is not a checkpoint: its metadata lacks synaptile.training");
    }

    /**
     * A checkpoint as version 0.1 wrote it, when the optimiser had one slot without a name: every array is a ramp in steps of
     * 1/64 from a start of its own.
     */
    @Test
    void checkpointsWithoutNamedSlotsAreRead() throws Exception {
        Path file = Path.of(ModelFileTest.class
                .getResource("checkpoint-unnamed-slots.safetensors")
                .toURI());
        Checkpoint read = Checkpoint.read(file);
        assertRamps(read.model().parameters(), 0);
        assertRamps(read.best().orElseThrow().parameters(), 100);
        assertThat(read.slots()).containsOnlyKeys("velocity");
        Parameters velocity = read.slots().get("velocity");
        assertThat(velocity.get(ParameterId.weight(0))[17]).isEqualTo(1017 / 64f);
        assertThat(velocity.get(new ParameterId(1, Role.GAMMA))[3]).isEqualTo(2003 / 64f);
        assertThat(velocity.get(ParameterId.weight(5))[23]).isEqualTo(3023 / 64f);
        assertThat(velocity.values()).hasSize(3);
        assertThat(read.steps()).isZero();
        assertThat(read.begun()).contains(new Checkpoint.Begun(2, 1.5, 7));
        assertThat(read.epochs()).hasSize(2);
        assertSame(ModelFile.read(file).parameters(), read.model().parameters());
    }

    private static void assertRamps(Parameters parameters, int start) {
        Map.of(
                        ParameterId.weight(0),
                        start,
                        ParameterId.weight(5),
                        start + 20,
                        new ParameterId(1, Role.GAMMA),
                        start + 50,
                        new ParameterId(1, Role.MEAN),
                        start + 60,
                        new ParameterId(1, Role.VARIANCE),
                        start + 70)
                .forEach((id, from) -> {
                    float[] values = parameters.get(id);
                    for (int i = 0; i < values.length; i++) {
                        assertThat(values[i]).isEqualTo((from + i) / 64f);
                    }
                });
    }

    /** The first files carried no checksum; every bit of one that does is under it, also the bits that say so. */
    @Test
    void everyFlippedBitIsRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model(1).write(file);
        byte[] whole = Files.readAllBytes(file);
        int header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt();
        SplittableRandom random = new SplittableRandom(7);
        for (int at = 0; at < whole.length; at += at < header ? 1 : 13) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            assertThatThrownBy(() -> ModelFile.read(file))
                    .as("byte " + at)
                    .isInstanceOf(DataFileException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    /** What it asks for is what the test after this one does. */
    @Test
    void aFileThatWasChangedIsToldWhatToDo() throws IOException {
        Path file = folder.resolve("changed.safetensors");
        model(1).write(file);
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> ModelFile.read(file))
                .hasMessageEndingWith("if it was changed on purpose, remove the metadata entry synaptile.sha256 and set"
                        + " synaptile.format to 1");
    }

    @Test
    void modelsOfTheFirstFormatAreReadWithoutAChecksum() throws IOException {
        ModelFile model = model(1);
        Path file = folder.resolve("old.safetensors");
        Map<String, String> metadata = new TreeMap<>(model.fileMetadata());
        metadata.put("synaptile.format", "1");
        Safetensors.of(model.tensors(), metadata).write(file);
        byte[] whole = Files.readAllBytes(file);
        int key = new String(whole, StandardCharsets.ISO_8859_1).indexOf("synaptile.sha256");
        whole[key] = 'S';
        Files.write(file, whole);
        assertThat(ModelFile.read(file).sha256()).isEqualTo(model.sha256());
        assertThat(ModelFile.isVerified(file)).isFalse();
    }

    @Test
    void equalWeightsHaveEqualHashesWhateverTheMetadataSays() {
        ModelFile model = model(1);
        ModelFile other = ModelFile.of(model.network(), model.parameters(), Map.of("experiment", "other"));
        assertThat(other.sha256()).isEqualTo(model.sha256()).isNotEqualTo(model(2).sha256());
    }

    @Test
    void aCheckpointBeforeTheFirstEpochHasNoBestModel() {
        ModelFile model = model(6);
        Path file = folder.resolve("checkpoint.safetensors");
        new Checkpoint(model, new TreeMap<>(), 0, Optional.empty(), Optional.empty(), List.of()).write(file);

        assertThat(Checkpoint.read(file).best()).isEmpty();
        assertSame(ModelFile.read(file), model);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[|not the state of a training (",
                "{}|not the state of a training (",
                "{\"epochs\": [[1, 2]]}|an epoch has 2 values, it needs 4",
                "{\"epochs\": [], \"best_epoch\": 0}|tensor conv1.best_weight is missing",
                "{\"epochs\": [[1, 1, 1, 1]]}|the best epoch must be one of the 1 finished, got none",
                "{\"epochs\": [], \"begun\": {\"batches\": 0, \"loss\": 1, \"correct\": 1}}|an epoch is begun with"
            })
    void aDamagedTrainingStateIsRefused(String training, String message) {
        ModelFile model = model(7);
        Path file = folder.resolve("checkpoint.safetensors");
        SortedMap<String, String> metadata = model.fileMetadata();
        metadata.put(Checkpoint.TRAINING_KEY, training);
        Safetensors.of(model.tensors(), metadata).write(file);

        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void tensorsThatDoNotFitAreNamed() {
        refused(tensors -> tensors.remove("fc.weight"), "tensor fc.weight is missing");
        refused(
                tensors -> tensors.put("fc.bias", Tensor.of(new float[5], 5)),
                "tensor fc.bias belongs to no layer of the network");
        refused(
                tensors -> tensors.put("fc.weight", Tensor.of(new float[5], 5)),
                "tensor fc.weight is F32 [5], floating-point numbers of shape [5, 36] are needed");
        refused(
                tensors -> tensors.put("bn1.gamma", Tensor.of(new float[3], 1, 3)),
                "tensor bn1.gamma is F32 [1, 3], [steps, 4] is needed");
        refused(
                tensors -> tensors.put("bn1.running_var", Tensor.of(new float[4], 1, 4)),
                "tensor bn1.running_var is F32 [1, 4], floating-point numbers of shape [3, 4] are needed");
        refused(
                tensors -> tensors.put("bn2.gamma", Tensor.of(new float[STEPS * 36], STEPS, 36)),
                "tensor bn2.gamma is F32 [3, 36], floating-point numbers of shape [1, 36] are needed");
        float[] notFinite = new float[180];
        notFinite[17] = Float.NaN;
        refused(tensors -> tensors.put("fc.weight", Tensor.of(notFinite, 5, 36)), "tensor fc.weight: value 17 is NaN");
    }

    @Test
    void graphsThatDoNotFitAreNamed() {
        graphRefused(
                "\"kind\":\"dense\"",
                "\"kind\":\"lstm\"",
                "layer fc: kind is \"lstm\", add, and, avg_pool, bias, concat, conv2d");
        graphRefused(
                "\"out_features\":5", "\"out_features\":0", "layer fc: dense layer needs at least 1 feature, got 0");
        graphRefused("\"out_features\":5", "\"out_features\":5,\"bias\":true", "layer fc: unknown key bias");
        graphRefused("\"out_features\":5,", "", "layer fc: key out_features is missing");
        graphRefused(
                "\"dilation\":[2,1]",
                "\"dilation\":[2,1,1]",
                "layer conv2: dilation is [2,1,1], one number or two are needed");
        graphRefused(
                "\"dilation\":[2,1]",
                "\"dilation\":4",
                "layer conv2: a window of 9 does not fit its input 4x3x3 and a border of 2");
        graphRefused(
                "\"groups\":2",
                "\"groups\":3",
                "layer conv2: groups must divide the channels, got 3 for 4 out-channels");
        graphRefused("\"inputs\":[-1]", "\"inputs\":[9]", "layer conv1: reads unknown node 9");
        graphRefused("\"leak\":0.95", "\"leak\":1.5", "layer lif1: leak must lie in 0-1, got 1.5");
        graphRefused("\"shared\":true", "\"shared\":1", "layer bn2: shared is 1, true or false is needed");
        graphRefused("\"input\":[2,6,6]", "\"input\":[2,6]", "network: input must be channels, height and width");
        graphRefused("\"name\":\"all-layers\"", "\"name\":", "network description is not valid JSON");
    }

    @Test
    void ordinaryTensorFilesAreNotModels() {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.of(Map.of("a", Tensor.of(new float[2], 2)), Map.of()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": is not a Synaptile model: its metadata lacks synaptile.format");
    }

    @Test
    void reservedMetadataIsRefused() {
        ModelFile model = model(1);
        assertThatThrownBy(() -> ModelFile.of(model.network(), model.parameters(), Map.of("synaptile.format", "2")))
                .hasMessage("metadata key synaptile.format: synaptile. is reserved");
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    /** A damaged model gives a model or the declared exception, nothing else. */
    @ParameterizedTest
    @MethodSource("seeds")
    void damagedModelsNeverEscapeAsAnythingElse(long seed) throws IOException {
        Path file = folder.resolve("model.safetensors");
        model(seed).write(file);
        byte[] intact = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            byte[] damaged = intact.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                damaged[8 + random.nextInt(intact.length / 2)] = (byte) random.nextInt(32, 127);
            }
            Files.write(file, damaged);
            try {
                assertThat(ModelFile.read(file).network().classes()).isPositive();
            } catch (DataFileException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
    }

    private void refused(Consumer<Map<String, Tensor>> change, String message) {
        Path file = folder.resolve("changed.safetensors");
        ModelFile model = model(1);
        Map<String, Tensor> tensors = new TreeMap<>(model.tensors());
        change.accept(tensors);
        Safetensors.of(tensors, model.fileMetadata()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": " + message);
    }

    private void graphRefused(String part, String replacement, String message) {
        Path file = folder.resolve("changed.safetensors");
        ModelFile model = model(1);
        Map<String, String> metadata = new TreeMap<>(model.fileMetadata());
        assertThat(metadata.get("synaptile.network")).contains(part);
        metadata.computeIfPresent("synaptile.network", (key, json) -> json.replace(part, replacement));
        Safetensors.of(model.tensors(), metadata).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": synaptile.network: " + message);
    }

    private static void assertSame(ModelFile read, ModelFile written) {
        assertThat(read.network()).isEqualTo(written.network());
        assertThat(read.metadata()).isEqualTo(written.metadata());
        assertSame(read.parameters(), written.parameters());
    }

    private static void assertSame(Parameters read, Parameters written) {
        assertThat(read.values().keySet()).isEqualTo(written.values().keySet());
        written.forEach((id, values) -> assertThat(read.get(id)).containsExactly(values));
    }
}
