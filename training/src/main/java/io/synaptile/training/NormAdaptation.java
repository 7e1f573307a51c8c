/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.Fit;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.Sgd;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
 * @param batch images per batch; fewer where there are fewer images
 * @param gammaEpochs passes over the images that train the scales, 0 for none
 * @param gammaRate learning rate of the scales
 */
public record NormAdaptation(
        ComputeBackend backend,
        int batches,
        int batch,
        int gammaEpochs,
        float gammaRate,
        int timeSteps,
        Encoder encoder,
        Loss loss,
        Sgd optimiser,
        long seed,
        int threads) {
    /** Pass of the input coding of calibration batches; those of the gamma epochs follow it. */
    private static final int PASS = Evaluator.VALIDATION_PASS + 3;

    public NormAdaptation {
        Objects.requireNonNull(backend);
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(optimiser);
        if (batches < 1 || batch < 2 || gammaEpochs < 0 || timeSteps < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "norm adaptation needs at least 1 batch of 2 images, 0 gamma epochs, 1 step and 1 thread, got "
                            + batches + ", " + batch + ", " + gammaEpochs + ", " + timeSteps + " and " + threads);
        }
    }

    /**
     * The adapted norms of a network, by node id; new arrays.
     *
     * @param weights effective weights of every synapse layer, by node id
     * @param norms as they were trained
     * @param images training images
     */
    public Map<Integer, NormState> adapt(
            Network network, Map<Integer, float[]> weights, Map<Integer, NormState> norms, ImageSource images) {
        Fit.check(network, images, "adaptation");
        Map<Integer, NormState> adapted = new TreeMap<>();
        norms.forEach((node, norm) -> adapted.put(node, norm.copy()));
        Network plain = undropped(network);
        int largest = Math.min(batch, images.size());
        BatchReader reader = new BatchReader(images, Augmentation.none(), timeSteps, encoder, seed);
        try (TrainableNetwork trainable = backend.train(plain, timeSteps, largest, threads)) {
            weights.forEach(trainable::setWeights);
            adapted.forEach((node, norm) -> Trainer.copy(norm, trainable.norm(node)));
            for (int epoch = 0; epoch < gammaEpochs; epoch++) {
                trainGamma(
                        trainable, adapted, reader, EpochOrder.shuffled(images.size(), seed, epoch), PASS + 1 + epoch);
            }
            estimate(trainable, adapted, reader, EpochOrder.shuffled(images.size(), seed, 0));
        }
        return adapted;
    }

    private void trainGamma(
            TrainableNetwork trainable, Map<Integer, NormState> adapted, BatchReader reader, int[] order, int pass) {
        Map<Integer, float[]> velocity = new TreeMap<>();
        adapted.forEach((node, norm) -> velocity.put(node, new float[norm.gamma().length]));
        int count = EpochOrder.batches(order.length, batch);
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
            velocity.forEach((node, own) -> {
                float[] gradient = new float[own.length];
                trainable.gammaGradient(node, gradient);
                optimiser.step(trainable.norm(node).gamma(), gradient, own, gammaRate);
            });
        }
        adapted.forEach((node, norm) -> Trainer.copy(trainable.norm(node), norm));
    }

    /** Running statistics with a momentum of 1 are those of the last batch. */
    private void estimate(
            TrainableNetwork trainable, Map<Integer, NormState> adapted, BatchReader reader, int[] order) {
        int used = Math.min(batches, EpochOrder.batches(order.length, batch));
        int available = Math.min(order.length, used * batch);
        for (int b = 0; b < used; b++) {
            trainable.forward(reader.read(
                            order, EpochOrder.start(b, used, available), EpochOrder.start(b + 1, used, available), PASS)
                    .input());
            for (Map.Entry<Integer, NormState> entry : adapted.entrySet()) {
                NormState seen = trainable.norm(entry.getKey());
                average(entry.getValue().mean(), seen.mean(), b);
                average(entry.getValue().variance(), seen.variance(), b);
            }
        }
    }

    private static void average(float[] mean, float[] newest, int before) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = before == 0 ? newest[i] : mean[i] + (newest[i] - mean[i]) / (before + 1);
        }
    }

    /** The same network without dropout, whose norms keep the statistics of the last batch alone. */
    private static Network undropped(Network network) {
        return new Network(
                network.name(),
                network.input(),
                network.nodes().stream()
                        .map(node -> new Network.Node(
                                node.id(),
                                node.name(),
                                switch (node.layer()) {
                                    case Layer.Dropout _ -> new Layer.Dropout(0f);
                                    case Layer.StepNorm(float epsilon, float _, boolean shared) ->
                                        new Layer.StepNorm(epsilon, 1f, shared);
                                    case Layer.Synapse _,
                                            Layer.AvgPool _,
                                            Layer.Flatten _,
                                            Layer.Neuron _,
                                            Layer.Add _,
                                            Layer.ReadOut _ -> node.layer();
                                },
                                node.inputs(),
                                node.in(),
                                node.out()))
                        .toList());
    }
}
