/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Neurons with more than plain dynamics, one step after the other, all values of a step at once; equations in {@link
 * NeuronSpec} and {@link NeuronDynamics}.
 */
final class DynamicNeuronOps {
    private final NeuronSpec spec;
    private final NeuronDynamics dynamics;
    private final int channels;
    private final int positions;
    private final int steps;
    private final Arena arena;
    /** Per value of a step, {@code [1, samples * C * H * W]}. */
    private final INDArray leak;

    private final INDArray threshold;
    /** What a spike is worth, likewise. */
    private final INDArray emission;

    /**
     * What the backward pass needs of every step, {@code [steps, values]}.
     *
     * @param potentials before the reset
     * @param spikes 1 where a neuron fired
     * @param held 1 where a neuron was refractory
     * @param above potential less what it had to exceed, in thresholds
     * @param input what was integrated, before its gain
     */
    record Tape(INDArray potentials, INDArray spikes, INDArray held, INDArray above, INDArray input) {}

    DynamicNeuronOps(Network.Node node, NeuronSpec spec, Parameters parameters, int samples, int steps, Arena arena) {
        this.spec = spec;
        this.dynamics = spec.dynamics();
        Shape shape = node.out();
        this.channels = shape.channels();
        this.positions = shape.positions();
        this.steps = steps;
        this.arena = arena;
        int values = samples * shape.size();
        leak = StepOps.perValue(
                parameters.byChannel(node, Role.LEAK, dynamics.leak(), spec.leak()), shape, values, arena);
        threshold = StepOps.perValue(
                parameters.byChannel(node, Role.THRESHOLD, dynamics.threshold(), spec.threshold()),
                shape,
                values,
                arena);
        emission = switch (dynamics.emission()) {
            case Emission.Fixed(float value) -> arena.zeros(1, values).addi(value);
            case Emission.Threshold(float factor) -> arena.keep(threshold.mul(factor));
        };
    }

    /** What the layer gives, {@code [steps, values]}: spikes with their value. */
    INDArray emitted(Tape tape) {
        return dynamics.emission().equals(Emission.ONE)
                ? tape.spikes()
                : arena.keep(tape.spikes().mulRowVector(emission));
    }

    /** Integrates and fires; the tape's arrays have a row for every step. */
    Tape fire(INDArray current) {
        INDArray x = current.reshape('c', steps, current.length() / steps);
        Tape tape = new Tape(
                arena.zeros(x.shape()), arena.zeros(x.shape()), arena.zeros(x.shape()), arena.zeros(x.shape()), x);
        INDArray membrane = arena.keep(threshold.mul(dynamics.initial()));
        INDArray adaptation = arena.zeros(1, x.size(1));
        INDArray waiting = arena.zeros(1, x.size(1));
        for (int t = 0; t < steps; t++) {
            INDArray held = number(arena.keep(waiting.gt(0)));
            INDArray free = arena.keep(held.rsub(1));
            INDArray integrated =
                    arena.keep(membrane.mul(leak)).addi(arena.keep(row(x, t).mul(spec.inputGain())));
            INDArray u = arena.keep(integrated.mul(free)).addi(arena.keep(membrane.mul(held)));
            INDArray bar = arena.keep(adaptation.mul(dynamics.adaptationStrength()))
                    .addi(arena.keep(threshold.mul(dynamics.firingShare())));
            INDArray above = arena.keep(u.sub(bar));
            INDArray fired = number(arena.keep(
                            switch (spec.firing()) {
                                case ABOVE -> above.gt(0);
                                case FROM -> above.gte(0);
                            }))
                    .muli(free);
            row(tape.potentials(), t).assign(u);
            row(tape.spikes(), t).assign(fired);
            row(tape.held(), t).assign(held);
            row(tape.above(), t).assign(above.divi(threshold));
            membrane.assign(afterReset(u, fired));
            adaptation.muli(dynamics.adaptationDecay()).addi(fired);
            waiting.subi(arena.keep(held));
            waiting.addi(arena.keep(fired.mul(dynamics.refractorySteps())));
        }
        return tape;
    }

    private INDArray number(INDArray truth) {
        return arena.keep(truth.castTo(DataType.FLOAT));
    }

    private static INDArray row(INDArray values, int t) {
        return values.getRow(t, true);
    }

    private INDArray afterReset(INDArray u, INDArray fired) {
        return switch (spec.reset()) {
            case SOFT -> arena.keep(u.sub(arena.keep(fired.mul(threshold))));
            case HARD ->
                arena.keep(arena.keep(fired.rsub(1)).muli(u).addi(arena.keep(fired.mul(spec.resetPotential()))));
        };
    }

    /**
     * Gradient by the current, in the shape of {@code g}.
     *
     * @param g gradient by what the layer gives
     * @param byLeak receives the derivative by the parameters of that role
     * @param byThreshold the same
     */
    INDArray backward(Tape tape, INDArray g, float[] byLeak, float[] byThreshold) {
        INDArray byOutput = g.reshape('c', steps, g.length() / steps);
        if (spec.estimator() instanceof Representation representation) {
            return byMean(representation, tape, byOutput, byThreshold).reshape('c', g.shape());
        }
        INDArray ds = arena.keep(byOutput.mulRowVector(emission));
        INDArray slopes =
                NeuronOps.derivative(spec.surrogate(), arena.keep(tape.above().dup('c')), arena);
        slopes.diviRowVector(threshold);
        slopes.muli(arena.keep(tape.held().rsub(1)));
        INDArray dx = arena.zeros(ds.shape());
        INDArray byMembrane = arena.zeros(1, ds.size(1));
        INDArray byAdaptation = arena.zeros(1, ds.size(1));
        INDArray leakSum = arena.zeros(1, ds.size(1));
        INDArray thresholdSum = arena.zeros(1, ds.size(1));
        boolean hard = spec.reset() == NeuronSpec.Reset.HARD;
        for (int t = steps - 1; t >= 0; t--) {
            INDArray fired = row(tape.spikes(), t);
            INDArray held = row(tape.held(), t);
            INDArray free = arena.keep(held.rsub(1));
            INDArray through =
                    arena.keep(arena.keep(row(ds, t).add(byAdaptation)).mul(row(slopes, t)));
            thresholdSum.subi(arena.keep(through.mul(dynamics.firingShare())));
            if (dynamics.emission() instanceof Emission.Threshold(float factor)) {
                thresholdSum.addi(arena.keep(row(byOutput, t).mul(fired)).muli(factor));
            }
            INDArray kept = byMembrane;
            if (hard) {
                kept = arena.keep(byMembrane.mul(arena.keep(fired.rsub(1))));
            } else {
                thresholdSum.subi(arena.keep(fired.mul(byMembrane)));
            }
            INDArray delta = arena.keep(through.add(kept));
            if (t > 0) {
                INDArray rest = afterReset(row(tape.potentials(), t - 1), row(tape.spikes(), t - 1));
                leakSum.addi(arena.keep(rest.mul(delta)).muli(free));
            } else {
                leakSum.addi(arena.keep(threshold.mul(dynamics.initial())).muli(delta));
            }
            row(dx, t).assign(arena.keep(delta.mul(free)).muli(spec.inputGain()));
            INDArray decays = arena.keep(arena.keep(leak.mul(free)).add(held));
            byMembrane = arena.keep(delta.mul(decays));
            byAdaptation = arena.keep(byAdaptation.mul(dynamics.adaptationDecay()))
                    .subi(through.muli(dynamics.adaptationStrength()));
        }
        thresholdSum.addi(arena.keep(byMembrane.mul(dynamics.initial())));
        dynamics.leak().collect(byChannel(leakSum), byLeak);
        dynamics.threshold().collect(byChannel(thresholdSum), byThreshold);
        return dx.reshape('c', g.shape());
    }

    /** The way back of {@link Representation}, the same at every step. */
    private INDArray byMean(Representation representation, Tape tape, INDArray byOutput, float[] byThreshold) {
        INDArray weights = arena.of(Representation.weights(spec.leak(), steps), 1, steps);
        INDArray mean = arena.keep(weights.mmul(tape.input()));
        INDArray g = arena.keep(weights.mmul(byOutput));
        INDArray saturation = arena.keep(threshold.mul(representation.timeConstant() / representation.step()));
        INDArray above = number(arena.keep(mean.gt(saturation)));
        INDArray saturated = arena.keep(above.mul(g));
        saturated.muli(representation.thresholdSlope(steps));
        dynamics.threshold().collect(byChannel(saturated), byThreshold);
        boolean bounds = spec.leak() == 1f;
        INDArray passes = number(arena.keep(bounds ? mean.gte(0) : mean.gt(0)))
                .muli(bounds ? above.rsubi(1) : number(arena.keep(mean.lt(saturation))));
        INDArray dx = arena.zeros(byOutput.shape());
        return dx.addiRowVector(passes.muli(g).muli(representation.slope()));
    }

    private double[] byChannel(INDArray sums) {
        double[] channel = new double[channels];
        float[] values = Arena.values(sums);
        for (int i = 0; i < values.length; i++) {
            channel[i / positions % channels] += values[i];
        }
        return channel;
    }
}
