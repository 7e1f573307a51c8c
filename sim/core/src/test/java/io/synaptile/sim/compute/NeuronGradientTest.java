/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The backward pass of a neuron against central differences. A spike has no derivative, so what is differenced is the neuron
 * with spikes made straight lines at the point where it stands, {@code s = s0 + slope * ((u - bar) - (u0 - bar0))}, whose slope
 * is the surrogate derivative; resets go by {@code s0}.
 */
class NeuronGradientTest {
    private static final int STEPS = 7;
    private static final double STEP = 1e-6;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /** One neuron in double precision; {@code own} is the weight of its own spikes of the step before. */
    private record Line(NeuronSpec spec, double[] current, double leak, double threshold, double own) {
        Line withCurrent(int t, double added) {
            double[] moved = current.clone();
            moved[t] += added;
            return new Line(spec, moved, leak, threshold, own);
        }

        Line withLeak(double added) {
            return new Line(spec, current, leak + added, threshold, own);
        }

        Line withThreshold(double added) {
            return new Line(spec, current, leak, threshold + added, own);
        }

        Line withOwn(double added) {
            return new Line(spec, current, leak, threshold, own + added);
        }

        /** Potentials less bars, spikes, the threshold, and what is emitted, of every step; straight where {@code at} is given. */
        double[][] run(double[][] at) {
            NeuronDynamics dynamics = spec.dynamics();
            double[] above = new double[STEPS];
            double[] hard = new double[STEPS];
            double[] emitted = new double[STEPS];
            double worth = switch (dynamics.emission()) {
                case Emission.Fixed(float value) -> value;
                case Emission.Threshold(float factor) -> factor * threshold;
            };
            double v = dynamics.initial() * threshold;
            double a = 0;
            int waiting = 0;
            for (int t = 0; t < STEPS; t++) {
                boolean held = waiting > 0;
                double u = held ? v : leak * v + spec.inputGain() * (current[t] + (t == 0 ? 0 : own * emitted[t - 1]));
                double bar = dynamics.firingShare() * threshold + dynamics.adaptationStrength() * a;
                above[t] = u - bar;
                hard[t] = at != null ? at[1][t] : !held && above[t] > 0 ? 1 : 0;
                double slope = at == null || held ? 0 : slope(at[0][t], at[2][0]);
                double spike = hard[t] + (at == null ? 0 : slope * (above[t] - at[0][t]));
                emitted[t] = worth * spike;
                v = spec.reset() == NeuronSpec.Reset.SOFT
                        ? u - threshold * hard[t]
                        : hard[t] == 1 ? spec.resetPotential() : u;
                a = dynamics.adaptationDecay() * a + spike;
                waiting = hard[t] == 1 ? dynamics.refractorySteps() : Math.max(0, waiting - 1);
            }
            return new double[][] {above, hard, {threshold}, emitted};
        }

        private double slope(double above, double base) {
            return spec.surrogate().derivative((float) (above / base)) / base;
        }

        double loss(double[][] at, double[] weights) {
            double[] emitted = run(at)[3];
            double loss = 0;
            for (int t = 0; t < STEPS; t++) {
                loss += weights[t] * emitted[t];
            }
            return loss;
        }
    }

    private static NeuronSpec draw(NoiseStream random) {
        NeuronSpec.Reset reset = random.nextInt(2) == 0 ? NeuronSpec.Reset.SOFT : NeuronSpec.Reset.HARD;
        Surrogate surrogate = new Surrogate[] {
                    Surrogate.triangle(),
                    new Surrogate.ArcTangent(2f),
                    new Surrogate.Sigmoid(4f),
                    new Surrogate.FastSigmoid(5f)
                }
                [random.nextInt(4)];
        return new NeuronSpec(
                0.9f,
                random.nextInt(2) == 0 ? 1f : 0.5f,
                1f,
                NeuronSpec.Firing.ABOVE,
                reset,
                reset == NeuronSpec.Reset.HARD ? -0.2f : 0f,
                surrogate,
                new NeuronDynamics(
                        random.nextInt(3),
                        random.nextFloat(),
                        random.nextInt(3) == 0 ? 0f : 0.5f * random.nextFloat(),
                        Scope.LAYER,
                        Scope.LAYER,
                        random.nextInt(2) * 0.5f,
                        random.nextInt(2) == 0
                                ? new Emission.Threshold(0.5f + random.nextInt(3))
                                : new Emission.Fixed(0.5f + random.nextFloat()),
                        random.nextInt(2) == 0 ? 1f : 0.4f + random.nextFloat()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void derivativesAreThoseOfStraightenedSpikes(long seed) {
        NoiseStream random = NoiseStream.of(seed, Purpose.TEST, 77, 0, 0);
        NeuronSpec spec = draw(random);
        NetworkBuilder builder = new NetworkBuilder("one", Shape.features(1));
        int dense = builder.add("dense", new Layer.Dense(1));
        int delay = builder.delay("before", Shape.features(1));
        int recurrent = builder.add("recurrent", new Layer.Dense(1), delay);
        builder.add("sum", Layer.Join.sum(), dense, recurrent);
        int neuron = builder.add("neuron", new Layer.Neuron(spec));
        builder.connect(delay, neuron);
        float own = seed % 3 == 0 ? 0f : random.nextFloat() - 0.3f;
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();
        float leak = 0.5f + 0.5f * random.nextFloat();
        float threshold = 0.6f + 0.6f * random.nextFloat();
        double[] weights = new double[STEPS];
        double[][] given = new double[STEPS][1];
        double[][] coded = new double[STEPS][1];
        double[] current = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            weights[t] = random.nextFloat() * 2 - 1;
            given[t][0] = weights[t];
            current[t] = (float) (random.nextFloat() * 2.5 - 0.5);
            coded[t][0] = current[t];
        }
        ReferenceNetwork reference = new ReferenceNetwork(network);
        reference.set(Parameters.initial(network, STEPS)
                .with(Parameters.of(Map.of(
                        new ParameterId(neuron, Role.LEAK), new float[] {leak},
                        new ParameterId(neuron, Role.THRESHOLD), new float[] {threshold})))
                .withWeights(Map.of(dense, new float[] {1f}, recurrent, new float[] {own})));
        InputBatch batch = new InputBatch(new float[1], 1, STEPS, new Encoder.Direct(), seed, 0, new long[] {1});
        reference.forward(batch, coded);
        reference.backward(neuron, given);

        Line line = new Line(spec, current, leak, threshold, own);
        double[][] at = line.run(null);
        assertThat(reference.gradient(new ParameterId(neuron, Role.LEAK))[0])
                .as("leak of %s", spec)
                .isCloseTo(
                        (line.withLeak(STEP).loss(at, weights)
                                        - line.withLeak(-STEP).loss(at, weights))
                                / (2 * STEP),
                        againstReference(1e-6));
        assertThat(reference.gradient(new ParameterId(neuron, Role.THRESHOLD))[0])
                .as("threshold of %s", spec)
                .isCloseTo(
                        (line.withThreshold(STEP).loss(at, weights)
                                        - line.withThreshold(-STEP).loss(at, weights))
                                / (2 * STEP),
                        againstReference(1e-6));
        assertThat(reference.gradient(ParameterId.weight(recurrent))[0])
                .as("recurrent weight of %s", spec)
                .isCloseTo(
                        (line.withOwn(STEP).loss(at, weights)
                                        - line.withOwn(-STEP).loss(at, weights))
                                / (2 * STEP),
                        againstReference(1e-6));
        for (int t = 0; t < STEPS; t++) {
            assertThat(reference.gradient(dense)[t][0])
                    .as("current of step %d of %s", t, spec)
                    .isCloseTo(
                            (line.withCurrent(t, STEP).loss(at, weights)
                                            - line.withCurrent(t, -STEP).loss(at, weights))
                                    / (2 * STEP),
                            againstReference(1e-6));
        }
    }
}
