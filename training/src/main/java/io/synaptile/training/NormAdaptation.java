/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.Fit;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.Loss;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Adapts norms to weights that stay as they are, such as those of a programmed chip.
 *
 * <pre>
 *   gamma epochs:  gamma = optimiser step              weights fixed, norms with the statistics of the batch
 *   statistics:    mean_B = (1/B) sum over b of the mean of batch b, the variance likewise (unbiased)
 * </pre>
 *
 * <p>Dropout is off throughout. The statistics of earlier norms are those of the batch while those of later ones are
 * gathered, as in training.
 *
 * <p>Source: the published BNTT code's variation-aware fork means to re-estimate the statistics after the weights are
 * fixed; the cumulative mean is that of PyTorch's batch norm without momentum, gamma alone is our addition.
 *
 * @param batches B, calibration batches, at least 1
 * @param gammaEpochs passes over the images that train the scales, 0 for none
 * @param images how they reach the network; a batch has fewer images where there are fewer
 * @param descent how the scales move; its rate is that of the first step throughout
 */
public record NormAdaptation(
        ComputeBackend backend,
        int batches,
        int gammaEpochs,
        Presentation images,
        Loss loss,
        Descent descent,
        long seed,
        int threads) {
    /** Pass of the input coding of calibration batches; those of the gamma epochs follow it. */
    private static final int PASS = Evaluator.VALIDATION_PASS + 3;

    public NormAdaptation {
        Objects.requireNonNull(backend);
        Objects.requireNonNull(images);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(descent);
        if (batches < 1 || images.batch() < 2 || gammaEpochs < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "norm adaptation needs at least 1 batch of 2 images, 0 gamma epochs and 1 thread, got " + batches
                            + ", " + images.batch() + ", " + gammaEpochs + " and " + threads);
        }
    }

    /**
     * The parameters of a network with norms that are adapted; new arrays.
     *
     * @param parameters effective weights, norms as they were trained
     * @param training training images
     */
    public Parameters adapt(Network network, Parameters parameters, ImageSource training) {
        Fit.check(network, training, "adaptation");
        Parameters adapted = parameters.copy();
        Network plain = undropped(network);
        int largest = Math.min(images.batch(), training.size());
        BatchReader reader =
                new BatchReader(training, images.augmentation(), images.timeSteps(), images.encoder(), seed);
        try (TrainableNetwork trainable = backend.train(plain, images.timeSteps(), largest, threads)) {
            adapted.forEach(trainable::set);
            for (int epoch = 0; epoch < gammaEpochs; epoch++) {
                int[] order = EpochOrder.shuffled(training.size(), seed, epoch);
                trainGamma(plain, trainable, adapted, reader, order, PASS + 1 + epoch);
            }
            estimate(trainable, adapted, reader, EpochOrder.shuffled(training.size(), seed, 0));
        }
        return adapted;
    }

    private void trainGamma(
            Network plain, TrainableNetwork trainable, Parameters adapted, BatchReader reader, int[] order, int pass) {
        Parameters gammas = adapted.only(id -> id.role() == Role.GAMMA);
        SortedMap<String, Parameters> slots = descent.slots(gammas);
        int count = EpochOrder.batches(order.length, images.batch());
        for (int b = 0; b < count; b++) {
            BatchReader.Batch next = reader.read(
                    order,
                    EpochOrder.start(b, count, order.length),
                    EpochOrder.start(b + 1, count, order.length),
                    pass);
            float[] scores = trainable.forward(next.input());
            float[] derivative = new float[scores.length];
            loss.evaluate(scores, next.labels(), derivative);
            trainable.backward(derivative);
            long step = b + 1;
            gammas.forEach((id, gamma) -> {
                float[] gradient = new float[gamma.length];
                trainable.gradient(id, gradient);
                descent.move(
                        plain, id, gamma, gradient, slots, descent.schedule().rate(Clock.start()), step, 0);
                trainable.set(id, gamma);
            });
        }
        fetch(trainable, adapted);
    }

    /** Brings the statistics up to date, which forward passes move. */
    private static void fetch(TrainableNetwork trainable, Parameters into) {
        into.forEach((id, values) -> {
            if (!id.role().isTrainable()) {
                trainable.get(id, values);
            }
        });
    }

    /** Running statistics with a momentum of 1 are those of the last batch. */
    private void estimate(TrainableNetwork trainable, Parameters adapted, BatchReader reader, int[] order) {
        int used = Math.min(batches, EpochOrder.batches(order.length, images.batch()));
        int available = Math.min(order.length, used * images.batch());
        for (int b = 0; b < used; b++) {
            trainable.forward(reader.read(
                            order, EpochOrder.start(b, used, available), EpochOrder.start(b + 1, used, available), PASS)
                    .input());
            int before = b;
            adapted.forEach((id, values) -> {
                if (!id.role().isTrainable()) {
                    float[] newest = new float[values.length];
                    trainable.get(id, newest);
                    average(values, newest, before);
                }
            });
        }
    }

    private static void average(float[] mean, float[] newest, int before) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = before == 0 ? newest[i] : mean[i] + (newest[i] - mean[i]) / (before + 1);
        }
    }

    /**
     * The same network without dropout, whose norms keep the statistics of the last batch alone; running maxima of rate norms are
     * thresholds, which stay.
     */
    private static Network undropped(Network network) {
        return network.replacing(node -> switch (node.layer()) {
            case Layer.Dropout _ -> new Layer.Dropout(0f);
            case Layer.StepNorm(float epsilon, float _, boolean shared, boolean offset) ->
                new Layer.StepNorm(epsilon, 1f, shared, offset);
            case Layer.RateNorm norm -> norm.withLock();
            case Layer.Synapse _,
                    Layer.AvgPool _,
                    Layer.MaxPool _,
                    Layer.Relu _,
                    Layer.Qcfs _,
                    Layer.Flatten _,
                    Layer.Part _,
                    Layer.Bias _,
                    Layer.Neuron _,
                    Layer.Join _,
                    Layer.Concat _,
                    Layer.Integrator _,
                    Layer.Delay _,
                    Layer.ReadOut _ -> node.layer();
        });
    }
}
