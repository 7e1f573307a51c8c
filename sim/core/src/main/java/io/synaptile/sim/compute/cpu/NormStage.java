/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Batch normalisation, per step or over all steps.
 *
 * <p>Scale and statistics come in rows, one for every step or one for all; see {@link Layer.StepNorm#stateStep}.
 */
final class NormStage extends AffineStage {
    private final Layer.StepNorm layer;
    private final NormState state;
    private final float[] gammaGradient;
    /** Empty if the norm has no offset. */
    private final float[] betaGradient;
    /** By row: gain and offset per padded channel of the affine map that this norm amounts to in the current pass. */
    private final float[][] gain;

    private final float[][] offset;
    private final float[][] batchMean;
    private final float[][] batchScale;
    /** Dense maps that the last training pass normalised, or of which kind they are where they are not held. */
    private Signal read;

    private float[][] partial;
    private float[][] partialProduct;
    /** By row: mean derivative by the normalised input, and mean of its product with it. */
    private float[][] meanGradient;

    private float[][] meanProduct;
    /** By sample: sum of the maps that are not held, {@code [samples, positions, padded]}; null where they are. */
    private MemorySegment totals;

    NormStage(Network.Node node, Stage input, NormState state, Kernels kernels, Workers workers) {
        super(node, input, kernels, workers);
        this.layer = (Layer.StepNorm) node.layer();
        this.state = state;
        this.gammaGradient = new float[state.gamma().length];
        this.betaGradient = new float[state.beta().length];
        int padded = Blocks.padded(node.out().channels(), kernels.lanes());
        gain = new float[state.steps()][padded];
        offset = new float[state.steps()][padded];
        batchMean = new float[state.steps()][padded];
        batchScale = new float[state.steps()][padded];
    }

    @Override
    float[] parameter(Role role) {
        return switch (role) {
            case GAMMA, BETA, MEAN, VARIANCE -> state.array(role);
            default -> null;
        };
    }

    @Override
    float[] parameterGradient(Role role) {
        return switch (role) {
            case GAMMA -> gammaGradient;
            case BETA -> betaGradient;
            default -> null;
        };
    }

    @Override
    float[] gain(int step) {
        return gain[layer.stateStep(step)];
    }

    @Override
    float[] offset(int step) {
        return offset[layer.stateStep(step)];
    }

    /** Number of steps that share a row of scales and statistics. */
    private int stepsPerRow(Batch batch) {
        return batch.steps() / layer.stateSteps(batch.steps());
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        int padded = Blocks.padded(node.out().channels(), kernels.lanes());
        partial = new float[maps][padded];
        partialProduct = new float[maps][padded];
        meanGradient = new float[state.steps()][padded];
        meanProduct = new float[state.steps()][padded];
    }

    @Override
    void forward(Batch batch) {
        Signal in = isFused() && !batch.training() ? input().output : denseInput(batch);
        if (batch.training()) {
            read = in;
            statistics(batch, in);
        } else {
            for (int row = 0; row < layer.stateSteps(batch.steps()); row++) {
                for (int c = 0; c < state.channels(); c++) {
                    int i = row * state.channels() + c;
                    setAffine(row, c, state.mean()[i], (float) (1 / Math.sqrt(state.variance()[i] + layer.epsilon())));
                }
            }
        }
        apply(batch, in);
    }

    private void setAffine(int row, int c, float mean, float scale) {
        int entry = row * state.channels() + c;
        float factor = state.gamma()[entry] * scale;
        batchMean[row][c] = mean;
        batchScale[row][c] = scale;
        gain[row][c] = factor;
        offset[row][c] = state.offset(entry) - factor * mean;
    }

    /** Mean and variance over samples, positions and the steps of a row; partial sums per map, combined in map order in double precision. */
    private void statistics(Batch batch, Signal in) {
        int positions = in.shape.positions();
        if (totals == null) {
            workers.run(in.constant ? batch.samples() : batch.maps(), (_, map) -> partialSums(in, map));
        } else {
            workers.run(batch.samples(), (worker, n) -> partialSumsOfSample(batch, n, worker));
        }
        int span = stepsPerRow(batch);
        int rowMaps = batch.samples() * span;
        long count = (long) rowMaps * positions;
        workers.run(layer.stateSteps(batch.steps()), (_, row) -> {
            for (int c = 0; c < state.channels(); c++) {
                double mean = 0;
                for (int i = 0; i < rowMaps; i++) {
                    mean += partial[in.map(i / span, row * span + i % span, batch.steps())][c];
                }
                mean /= rowMaps;
                double squares = 0;
                for (int i = 0; i < rowMaps; i++) {
                    int map = in.map(i / span, row * span + i % span, batch.steps());
                    double shift = partial[map][c] - mean;
                    squares += partialProduct[map][c] + positions * shift * shift;
                }
                int i = row * state.channels() + c;
                float momentum = layer.momentum();
                double unbiased = squares / Math.max(1, count - 1);
                state.mean()[i] = (float) ((1 - momentum) * state.mean()[i] + momentum * mean);
                state.variance()[i] = (float) ((1 - momentum) * state.variance()[i] + momentum * unbiased);
                setAffine(row, c, (float) mean, (float) (1 / Math.sqrt(squares / count + layer.epsilon())));
            }
        });
    }

    /** Mean and squares of one map. */
    private void partialSums(Signal in, int map) {
        int positions = in.shape.positions();
        float[] sum = partial[map];
        float[] squares = partialProduct[map];
        Arrays.fill(sum, 0f);
        Arrays.fill(squares, 0f);
        kernels.channelSums(in.dense, in.offset(map), positions, in.padded, sum);
        for (int c = 0; c < sum.length; c++) {
            sum[c] /= positions;
        }
        kernels.channelSquares(in.dense, in.offset(map), positions, in.padded, sum, squares);
    }

    /** Mean and squares of the maps of a sample that are not held, and their sum over the steps. */
    private void partialSumsOfSample(Batch batch, int n, int worker) {
        Signal in = input().of(batch, n, worker, worker);
        if (in.constant) {
            partialSums(in, n);
            return;
        }
        long bytes = (long) in.mapSize() * Float.BYTES;
        totals.asSlice(n * bytes, bytes).fill((byte) 0);
        for (int t = 0; t < batch.steps(); t++) {
            int map = in.map(n, t, batch.steps());
            partialSums(in, map);
            kernels.add(in.dense, in.offset(map), totals, n * bytes, in.mapSize());
        }
    }

    /** Does without maps of all samples: derivatives come equal at every step, and the input is computed for a sample at a time. */
    void stream(Arena arena, int samples) {
        totals = Aligned.floats(arena, (long) samples * output.mapSize());
    }

    /** For each sample the sums of the derivatives, and of their products with the normalised input, over all steps. */
    private void partialProductsOfSamples(Batch batch) {
        int positions = node.out().positions();
        int padded = output.padded;
        int steps = batch.steps();
        float[] sumOfMeans = new float[padded];
        for (int c = 0; c < padded; c++) {
            sumOfMeans[c] = steps * batchMean[0][c];
        }
        workers.run(batch.samples(), (worker, n) -> {
            long at = gradientOffset(n);
            Arrays.fill(partial[n], 0f);
            Arrays.fill(partialProduct[n], 0f);
            kernels.channelSums(gradient, at, positions, padded, partial[n]);
            boolean once = read.constant;
            Signal in = once ? input().of(batch, n, worker, worker) : null;
            kernels.channelProducts(
                    gradient,
                    at,
                    once ? in.dense : totals,
                    once ? in.offset(n) : at,
                    positions,
                    padded,
                    once ? batchMean[0] : sumOfMeans,
                    batchScale[0],
                    partialProduct[n]);
            for (int c = 0; c < padded; c++) {
                partial[n][c] *= steps;
                partialProduct[n][c] *= once ? steps : 1;
            }
        });
    }

    /**
     * Turns derivatives by the normalised input into those by the input, in place, after the backward pass has come here.
     *
     * @param at byte offset of a map of derivatives
     * @param map of the input
     */
    void derive(int step, MemorySegment derivatives, long at, Signal in, int map) {
        int row = layer.stateStep(step);
        kernels.normBackward(
                derivatives,
                at,
                in.dense,
                in.offset(map),
                in.shape.positions(),
                in.padded,
                batchMean[row],
                batchScale[row],
                gain[row],
                meanGradient[row],
                meanProduct[row]);
    }

    @Override
    void backward(Batch batch) {
        Signal in = read;
        int positions = in.shape.positions();
        int steps = batch.steps();
        if (totals == null) {
            workers.run(batch.maps(), (_, map) -> {
                int t = map % steps;
                int row = layer.stateStep(t);
                long at = gradientOffset(map);
                Arrays.fill(partial[map], 0f);
                Arrays.fill(partialProduct[map], 0f);
                kernels.channelSums(gradient, at, positions, in.padded, partial[map]);
                kernels.channelProducts(
                        gradient,
                        at,
                        in.dense,
                        in.offset(in.map(map / steps, t, steps)),
                        positions,
                        in.padded,
                        batchMean[row],
                        batchScale[row],
                        partialProduct[map]);
            });
        } else {
            partialProductsOfSamples(batch);
        }
        int rows = layer.stateSteps(steps);
        int span = stepsPerRow(batch);
        int rowMaps = batch.samples() * span;
        double count = (double) rowMaps * positions;
        workers.run(rows, (_, row) -> {
            for (int c = 0; c < state.channels(); c++) {
                double sum = 0;
                double product = 0;
                for (int i = 0; i < (totals == null ? rowMaps : batch.samples()); i++) {
                    int map = totals == null ? i / span * steps + row * span + i % span : i;
                    sum += partial[map][c];
                    product += partialProduct[map][c];
                }
                gammaGradient[row * state.channels() + c] = (float) product;
                if (betaGradient.length > 0) {
                    betaGradient[row * state.channels() + c] = (float) sum;
                }
                meanGradient[row][c] = (float) (sum / count);
                meanProduct[row][c] = (float) (product / count);
            }
        });
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean shared = gradient.equals(source.gradient);
        boolean add = source.contribute();
        workers.run(gradientMaps(batch), (_, map) -> {
            long at = gradientOffset(map);
            if (totals == null) {
                int t = map % steps;
                derive(t, gradient, at, in, in.map(map / steps, t, steps));
            }
            if (!shared) {
                Gradients.pass(kernels, gradient, at, source, map, add);
            }
        });
    }
}
