/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The norm, all steps at once: activity is seen as {@code [R, M, C, H * W]}, statistics and scales as
 * {@code [R, 1, C, 1]}. A norm of its own at every step has R = T rows of M = N samples, one that the steps share has a
 * single row of M = T * N.
 */
final class NormOps {
    private NormOps() {}

    /** What the backward pass needs: the normalised input {@code [R, M, C, H * W]} and {@code 1 / sqrt(v + epsilon)}. */
    record Tape(INDArray normalised, INDArray inverseDeviation) {}

    /** {@code y = gamma / sqrt(rv + epsilon) * x + beta - gamma / sqrt(rv + epsilon) * rm}, with the running statistics. */
    static INDArray evaluate(Layer.StepNorm norm, NormState state, Shape shape, INDArray x, int steps, Arena arena) {
        int channels = shape.channels();
        int rows = norm.stateSteps(steps);
        float[] gain = new float[rows * channels];
        float[] offset = new float[gain.length];
        for (int i = 0; i < gain.length; i++) {
            double scale = state.gamma()[i] / Math.sqrt((double) state.variance()[i] + norm.epsilon());
            gain[i] = (float) scale;
            offset[i] = (float) (state.offset(i) - scale * state.mean()[i]);
        }
        INDArray y = arena.keep(byRow(x, shape, rows).mul(arena.of(gain, rows, 1, channels, 1)));
        y.addi(arena.of(offset, rows, 1, channels, 1));
        return y.reshape('c', x.shape());
    }

    /** Normalises with the statistics of the batch, {@code y = gamma * normalised + beta}, and updates the running ones. */
    static Tape normalise(Layer.StepNorm norm, NormState state, Shape shape, INDArray x, int steps, Arena arena) {
        INDArray z = byRow(x, shape, norm.stateSteps(steps));
        long count = z.size(1) * z.size(3);
        INDArray mean = arena.keep(z.mean(true, 1, 3));
        INDArray centred = arena.keep(z.sub(mean));
        // Sums of many values far from 0 lose digits in single precision; what is left of the mean gives them back.
        INDArray missed = arena.keep(centred.mean(true, 1, 3));
        mean.addi(missed);
        centred.subi(missed);
        INDArray variance = arena.keep(arena.keep(centred.mul(centred)).mean(true, 1, 3));
        float[] batchMean = Arena.values(mean);
        float[] batchVariance = Arena.values(variance);
        double unbiased = count / (double) (count - 1);
        for (int i = 0; i < batchMean.length; i++) {
            state.mean()[i] += norm.momentum() * (batchMean[i] - state.mean()[i]);
            state.variance()[i] += (float) (norm.momentum() * (batchVariance[i] * unbiased - state.variance()[i]));
        }
        INDArray inverse = variance.addi(norm.epsilon());
        Transforms.sqrt(inverse, false);
        inverse.rdivi(1);
        return new Tape(centred.muli(inverse), inverse);
    }

    /** Output of the norm in the shape of its input. */
    static INDArray scaled(NormState state, Tape tape, INDArray x, Arena arena) {
        INDArray y = arena.keep(tape.normalised().mul(gamma(state, tape, arena)));
        if (state.beta().length > 0) {
            y.addi(arena.of(state.beta(), tape.inverseDeviation().shape()));
        }
        return y.reshape('c', x.shape());
    }

    /**
     * {@code dz = gamma / sqrt(v + eps) * (g - mean(g) - xhat * mean(g * xhat))}, {@code dgamma = sum(g * xhat)},
     * {@code dbeta = sum(g)}.
     *
     * @param gammaGradient overwritten, {@code [R, C]}
     * @param betaGradient overwritten, {@code [R, C]}; empty if the norm has no offset
     */
    static INDArray backward(
            NormState state,
            Shape shape,
            Tape tape,
            INDArray g,
            float[] gammaGradient,
            float[] betaGradient,
            Arena arena) {
        INDArray hat = tape.normalised();
        INDArray gradient = byRow(g, shape, state.steps());
        INDArray byHat = arena.keep(gradient.mul(hat));
        float[] sums = Arena.values(arena.keep(byHat.sum(true, 1, 3)));
        System.arraycopy(sums, 0, gammaGradient, 0, sums.length);
        if (betaGradient.length > 0) {
            float[] all = Arena.values(arena.keep(gradient.sum(true, 1, 3)));
            System.arraycopy(all, 0, betaGradient, 0, all.length);
        }
        INDArray dz = arena.keep(hat.mul(arena.keep(byHat.mean(true, 1, 3))));
        dz.rsubi(gradient);
        dz.subi(arena.keep(gradient.mean(true, 1, 3)));
        dz.muli(arena.keep(gamma(state, tape, arena).mul(tape.inverseDeviation())));
        return dz.reshape('c', g.shape());
    }

    private static INDArray gamma(NormState state, Tape tape, Arena arena) {
        return arena.of(state.gamma(), tape.inverseDeviation().shape());
    }

    private static INDArray byRow(INDArray x, Shape shape, int rows) {
        return x.reshape('c', rows, x.size(0) / rows, shape.channels(), shape.positions());
    }
}
