/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Integrate-and-fire neurons, one step after the other; equations in {@link NeuronSpec}. */
final class NeuronOps {
    private NeuronOps() {}

    /** Potentials before reset and spikes, each in the shape of the input current. */
    record Tape(INDArray potentials, INDArray spikes) {
        /** What the layer gives: spikes with their value. */
        INDArray emitted(NeuronSpec spec, Arena arena) {
            return spec.emission() == 1f ? spikes : arena.keep(spikes.mul(spec.emission()));
        }
    }

    static Tape fire(NeuronSpec spec, INDArray current, int steps, Arena arena) {
        Tape tape = new Tape(arena.keep(current.dup('c')), arena.zeros(current.shape()));
        tape.potentials().muli(spec.inputGain());
        INDArray u = rows(tape.potentials(), steps);
        INDArray s = rows(tape.spikes(), steps);
        for (int t = 0; t < steps; t++) {
            INDArray ut = u.getRow(t);
            INDArray st = s.getRow(t);
            if (t > 0) {
                INDArray rest = afterReset(spec, u.getRow(t - 1), s.getRow(t - 1), arena);
                ut.addi(rest.muli(spec.leak()));
            } else if (spec.initialPotential() != 0f) {
                ut.addi(spec.initialPotential() * spec.leak());
            }
            INDArray fired = arena.keep(
                    switch (spec.firing()) {
                        case ABOVE -> ut.gt(spec.bar());
                        case FROM -> ut.gte(spec.bar());
                    });
            st.assign(arena.keep(fired.castTo(DataType.FLOAT)));
        }
        return tape;
    }

    private static INDArray afterReset(NeuronSpec spec, INDArray u, INDArray s, Arena arena) {
        return switch (spec.reset()) {
            case SOFT -> arena.keep(s.mul(-spec.threshold())).addi(u);
            case HARD -> arena.keep(s.rsub(1)).muli(u).addi(arena.keep(s.mul(spec.resetPotential())));
        };
    }

    /**
     * {@code delta_t = g_t * surrogate(u_t) + leak * (dv_t / du_t) * delta_(t+1)}, the reset itself a constant: dv/du is 1
     * for a soft reset and 1 - s for a hard one.
     *
     * @return gradient by the input current
     */
    static INDArray backward(NeuronSpec spec, Tape tape, INDArray g, int steps, Arena arena) {
        INDArray gradient =
                arena.keep(surrogate(spec, tape.potentials(), arena).mul(g)).muli(spec.emission());
        INDArray delta = rows(gradient, steps);
        INDArray s = rows(tape.spikes(), steps);
        for (int t = steps - 2; t >= 0; t--) {
            INDArray later = arena.keep(delta.getRow(t + 1).mul(spec.leak()));
            if (spec.reset() == NeuronSpec.Reset.HARD) {
                later.muli(arena.keep(s.getRow(t).rsub(1)));
            }
            delta.getRow(t).addi(later);
        }
        return gradient.muli(spec.inputGain());
    }

    /** Surrogate derivative by the potential. */
    private static INDArray surrogate(NeuronSpec spec, INDArray potentials, Arena arena) {
        INDArray m = arena.keep(potentials.div(spec.threshold()))
                .subi(spec.dynamics().firingShare());
        return derivative(spec.surrogate(), m, arena).divi(spec.threshold());
    }

    /**
     * Surrogate derivatives by how far potentials are above the threshold, in thresholds.
     *
     * @param m overwritten
     */
    static INDArray derivative(Surrogate surrogate, INDArray m, Arena arena) {
        return switch (surrogate) {
            case Surrogate.Triangle(float height) -> {
                Transforms.abs(m, false);
                m.rsubi(1);
                Transforms.max(m, 0, false);
                yield m.muli(height);
            }
            case Surrogate.Rectangle(float width) -> {
                Transforms.abs(m, false);
                INDArray inside = arena.keep(m.lt(width / 2f));
                yield arena.keep(inside.castTo(DataType.FLOAT)).muli(1f / width);
            }
            case Surrogate.ArcTangent tangent -> {
                m.muli(tangent.steepness());
                m.muli(m).addi(1);
                yield m.rdivi(tangent.alpha() / 2f);
            }
            case Surrogate.FastSigmoid(float slope) -> {
                Transforms.abs(m, false);
                m.muli(slope).addi(1);
                m.muli(m);
                yield m.rdivi(1f);
            }
            case Surrogate.Sigmoid(float alpha) -> {
                // 1 - sigmoid(x) is sigmoid(-x), but for what single precision leaves of it far from 0.
                INDArray rest = arena.keep(m.mul(-alpha));
                m.muli(alpha);
                Transforms.sigmoid(m, false);
                Transforms.sigmoid(rest, false);
                yield m.muli(rest).muli(alpha);
            }
        };
    }

    /**
     * Adds the number of spikes of each step.
     *
     * @param spikes {@code [T * N, C, H, W]}, fewer than 2^24 a step, up to which single precision counts exactly
     */
    static void count(INDArray spikes, long[] counts, Arena arena) {
        float[] sums = Arena.values(arena.keep(rows(spikes, counts.length).sum(1)));
        for (int t = 0; t < counts.length; t++) {
            counts[t] += (long) sums[t];
        }
    }

    private static INDArray rows(INDArray x, int steps) {
        return x.reshape('c', steps, x.length() / steps);
    }
}
