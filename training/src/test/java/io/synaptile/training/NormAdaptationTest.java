/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.Saturation;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NormAdaptationTest {
    private static final ComputeBackend CPU = Backends.open("cpu");
    private static final Shape SHAPE = new Shape(1, 4, 4);
    private static final int STEPS = 4;
    private static final Encoder DIRECT = new Encoder.Direct();
    private static final ImageSource IMAGES = new Clusters(96, SHAPE, 3, 1f, 4);
    private static final Network NETWORK = Architectures.mlp(
            SHAPE, 3, List.of(12), new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0.5f));
    private static final Descent DESCENT = Descent.of(new Sgd(0.9f), Schedule.constant(0.1), 0f);
    private static final TrainingState STATE = TrainingState.initial(NETWORK, STEPS, new XavierUniform(2), DESCENT, 6);

    private static NormAdaptation adaptation(int batches, int batch, int gammaEpochs, int threads) {
        return new NormAdaptation(
                CPU,
                batches,
                gammaEpochs,
                new Presentation(batch, STEPS, DIRECT, Augmentation.none()),
                new SoftmaxCrossEntropy(),
                DESCENT,
                8,
                threads);
    }

    /** Statistics of the first norm at step 0 are those of its products with the images. */
    @Test
    void statisticsAreTheMeanOverTheBatches() {
        Parameters adapted = adaptation(2, 48, 0, 1).adapt(NETWORK, STATE.parameters(), IMAGES);
        NormState norm = adapted.norms(NETWORK).firstEntry().getValue();
        NormState before = STATE.parameters().norms(NETWORK).firstEntry().getValue();
        float[] weights = STATE.weights().firstEntry().getValue();
        double sum = 0;
        float[] image = new float[16];
        for (int i = 0; i < IMAGES.size(); i++) {
            IMAGES.image(i, image, 0);
            for (int pixel = 0; pixel < 16; pixel++) {
                sum += image[pixel] * weights[pixel];
            }
        }
        assertThat((double) norm.mean()[0]).isCloseTo(sum / IMAGES.size(), againstClosedForm(1e-4));
        assertThat(norm.gamma()).containsExactly(before.gamma());
        assertThat(before.mean()).containsOnly(0f);
    }

    @Test
    void oneBatchGivesItsOwnStatisticsWhateverTheThreads() {
        Parameters first = adaptation(1, 96, 0, 1).adapt(NETWORK, STATE.parameters(), IMAGES);
        adaptation(1, 96, 0, 2)
                .adapt(NETWORK, STATE.parameters(), IMAGES)
                .forEach((id, values) -> assertThat(values).containsExactly(first.get(id)));
    }

    @Test
    void adaptedNormsBringBackWhatVariationTook() {
        TrainingOptions options = new TrainingOptions(
                10,
                new Presentation(32, STEPS, DIRECT, Augmentation.none()),
                new SoftmaxCrossEntropy(),
                DESCENT,
                LayerTransforms.none(),
                1,
                1);
        TrainedModel model = new Trainer(CPU, NETWORK, IMAGES, IMAGES, options).train(STATE, TrainingListener.silent());
        TreeMap<Integer, float[]> varied = new TreeMap<>();
        model.effective().weights().forEach((node, weights) -> {
            float[] out = new float[weights.length];
            new LogNormalPerturbation(1, new Saturation.None())
                    .perturb(weights, out, NoiseStream.of(3, Purpose.PROGRAMMING, node, 0, 0));
            varied.put(node, out);
        });
        Parameters programmed = model.latent().withWeights(varied);
        double before = accuracy(programmed);
        double after = accuracy(adaptation(2, 48, 0, 1).adapt(NETWORK, programmed, IMAGES));
        double trained = accuracy(adaptation(2, 48, 20, 1).adapt(NETWORK, programmed, IMAGES));
        assertThat(after).isGreaterThan(before);
        assertThat(trained).isGreaterThanOrEqualTo(after);
    }

    private static double accuracy(Parameters parameters) {
        return new Evaluator(CPU, STEPS, DIRECT, 8, Evaluator.TEST_PASS, 32, 1)
                .evaluate(NetworkPlan.ideal(NETWORK, parameters), IMAGES)
                .accuracy();
    }
}
