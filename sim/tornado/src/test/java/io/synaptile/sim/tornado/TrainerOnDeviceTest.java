/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Descent;
import io.synaptile.training.EpochResult;
import io.synaptile.training.Presentation;
import io.synaptile.training.Trainer;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.WeightPlace;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightDraw;
import io.synaptile.training.transform.WeightTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A trainer whose weights stay on the device. */
@RequiresDevice
final class TrainerOnDeviceTest {
    private static final int TIME_STEPS = 4;
    private static final int EPOCHS = 2;
    private static final Network NETWORK = Architectures.mlp(
            new Shape(1, 5, 5),
            3,
            List.of(17),
            new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));
    private static final Variation VARIATION = Variation.perForward(LogNormalPerturbation.rram(4, 1));
    /** Of losses and weights; room for a spike that rounding decides. */
    private static final double BOUND = 1e-3;

    /** Images of a pattern per class, under noise. */
    private record Patterns(int size, Shape shape, int classes) implements ImageSource {
        @Override
        public void image(int index, float[] into, int offset) {
            NoiseStream pattern = NoiseStream.of(77, Purpose.TEST, label(index), 0, 0);
            NoiseStream noise = NoiseStream.of(1, Purpose.TEST, 99, index, 0);
            for (int i = 0; i < shape.size(); i++) {
                into[offset + i] = (pattern.nextInt() < 0 ? -1 : 1) + 0.5f * (float) noise.nextGaussian();
            }
        }

        @Override
        public int label(int index) {
            return index % classes;
        }
    }

    private static final Descent DESCENT = Descent.of(new Sgd(0.9f), Schedule.constant(0.1), 1e-4f);

    /** A quantiser that no device knows. */
    private record Foreign() implements WeightTransform {
        @Override
        public void apply(float[] weights, float[] out, WeightDraw draw) {
            KBitQuantiser.of(4).apply(weights, out, draw);
        }
    }

    private static Trainer trainer(ComputeBackend backend, WeightTransform quantiser) {
        Set<Integer> layers = NETWORK.synapses().stream().map(Network.Node::id).collect(Collectors.toSet());
        TrainingOptions options = new TrainingOptions(
                EPOCHS,
                new Presentation(16, TIME_STEPS, new Encoder.Direct(), Augmentation.none()),
                new SoftmaxCrossEntropy(),
                DESCENT,
                LayerTransforms.none().with(quantiser, layers).with(VARIATION, layers),
                3,
                1);
        Patterns images = new Patterns(60, NETWORK.input(), NETWORK.classes());
        return new Trainer(backend, NETWORK, images.range(0, 45), images.range(45, 60), options);
    }

    private static TrainingState initial() {
        return TrainingState.initial(NETWORK, TIME_STEPS, new XavierUniform(2), DESCENT, 3);
    }

    @Test
    void itTrainsAsOnTheHostAndResumesInsideAnEpochToTheSameBits() {
        Trainer device = trainer(new TornadoBackend(), KBitQuantiser.of(4));
        assertThat(device.weightsPreparedOn()).isEqualTo(WeightPlace.DEVICE);
        List<TrainingState> saved = new ArrayList<>();
        TrainingState found = device.advance(initial(), EPOCHS, new TrainingListener() {
            @Override
            public void betweenBatches(Supplier<TrainingState> state) {
                saved.add(state.get().copy());
            }
        });

        Trainer host = trainer(new CpuBackend(), KBitQuantiser.of(4));
        assertThat(host.weightsPreparedOn()).isEqualTo(WeightPlace.HOST);
        TrainingState expected = host.advance(initial(), EPOCHS, TrainingListener.silent());
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            EpochResult result = found.history().get(epoch);
            assertThat(result.loss()).isCloseTo(expected.history().get(epoch).loss(), againstReference(BOUND));
        }
        expected.weights()
                .forEach((node, weights) ->
                        assertThat(found.weights().get(node)).contains(weights, againstReference((float) BOUND)));

        TrainingState resumed = device.advance(saved.get(1), EPOCHS, TrainingListener.silent());
        assertThat(resumed.history()).isEqualTo(found.history());
        assertThat(resumed.parameters()).usingRecursiveComparison().isEqualTo(found.parameters());
    }

    @Test
    void aTransformThatNoDeviceKnowsKeepsWeightsOnTheHost() {
        Trainer trainer = trainer(new TornadoBackend(), new Foreign());
        assertThat(trainer.weightsPreparedOn()).isEqualTo(WeightPlace.HOST);
        TrainingState found = trainer.advance(initial(), 1, TrainingListener.silent());
        TrainingState expected =
                trainer(new TornadoBackend(), KBitQuantiser.of(4)).advance(initial(), 1, TrainingListener.silent());
        assertThat(found.history().getFirst().loss())
                .isCloseTo(expected.history().getFirst().loss(), againstReference(BOUND));
    }
}
