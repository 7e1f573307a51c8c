/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Spiking neurons that learn by their mean input; equations in {@link Representation}. Of a training pass they keep their spikes
 * and one map per sample, whatever the number of steps: no potential outlives its step.
 */
final class RepresentationStage extends MembraneStage {
    private final Representation representation;
    /** The learned threshold, or nothing. */
    private final float[] threshold;

    private final float[] thresholdGradient;
    /** Weighted mean input, {@code [samples, positions, padded]}; null outside training. */
    private MemorySegment mean;
    /** By sample and padded channel: derivatives of neurons that give all they can. */
    private float[][] saturated;
    /** Spikes of the last pass where they are not held as lists; null where they are. */
    private SpikeBits bits;

    RepresentationStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, input, arena, kernels, workers, maps, timeSteps);
        this.representation = (Representation) spec.estimator();
        threshold = new float[spec.dynamics().threshold().count(node.out().channels())];
        thresholdGradient = new float[threshold.length];
        Arrays.fill(threshold, spec.threshold());
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        int samples = maps / timeSteps();
        mean = Aligned.floats(arena, (long) samples * output.mapSize());
        saturated = new float[samples][output.padded];
        bits = windows == null ? null : new SpikeBits(output.shape, maps);
    }

    @Override
    int spikesOf(int map) {
        return bits == null ? super.spikesOf(map) : bits.count(map);
    }

    @Override
    Signal of(Batch batch, int n, int worker, int slot) {
        if (windows == null) {
            return output;
        }
        Signal window = windows[slot];
        window.first = n * batch.steps();
        float worth = present().emission();
        for (int map = window.first; map < window.first + batch.steps(); map++) {
            bits.unpack(map, window.events(map));
            if (worth != 1f) {
                window.events(map).emit(worth);
            }
        }
        return window;
    }

    /** Neurons themselves read no currents again, a norm between does. */
    @Override
    void recompute(SynapseStage layer) {
        if (input() instanceof NormStage) {
            super.recompute(layer);
        }
    }

    @Override
    float[] parameter(Role role) {
        return role == Role.THRESHOLD && threshold.length > 0 ? threshold : null;
    }

    @Override
    float[] parameterGradient(Role role) {
        return role == Role.THRESHOLD && threshold.length > 0 ? thresholdGradient : null;
    }

    /** The neurons with the threshold that they have at present. */
    private NeuronSpec present() {
        return threshold.length > 0 ? spec.withThreshold(threshold[0]) : spec;
    }

    @Override
    void forward(Batch batch) {
        AffineStage affine = fused();
        NeuronSpec now = present();
        float[] weights = Representation.weights(spec.leak(), batch.steps());
        long bytes = (long) output.mapSize() * Float.BYTES;
        workers.run(batch.samples(), (worker, n) -> {
            Signal in = input().of(batch, n, worker, worker);
            output.fill(state[worker], now.initialPotential());
            if (batch.training()) {
                mean.asSlice(n * bytes, bytes).fill((byte) 0);
            }
            for (int t = 0; t < batch.steps(); t++) {
                int map = n * batch.steps() + t;
                int inMap = in.map(n, t, batch.steps());
                MemorySegment current = in.dense;
                long at = in.isEvents() ? 0 : in.offset(inMap);
                if (in.isEvents()) {
                    current = scratch(worker);
                    in.scatter(inMap, current, 0);
                }
                EventMap fired = windows == null ? output.events[map] : windows[worker].events[0];
                float[] gain = affine == null ? null : affine.gain(t);
                float[] offset = affine == null ? null : affine.offset(t);
                if (batch.training()) {
                    kernels.addWeighted(
                            current,
                            at,
                            gain,
                            offset,
                            weights[t],
                            output.shape.positions(),
                            output.padded,
                            mean,
                            n * bytes);
                }
                kernels.fire(
                        current,
                        at,
                        gain,
                        offset,
                        now,
                        output.shape.height(),
                        output.shape.width(),
                        output.shape.channels(),
                        state[worker],
                        0,
                        potential,
                        output.offset(map),
                        fired);
                if (windows != null) {
                    bits.pack(map, fired);
                } else if (now.emission() != 1f) {
                    fired.emit(now.emission());
                }
            }
        });
        countSpikes(batch);
    }

    @Override
    void backward(Batch batch) {
        if (currents != null) {
            currents.multiply(batch);
        }
        Stage source = input();
        boolean wanted = source.wantsGradient();
        boolean add = source.contribute();
        int steps = batch.steps();
        int positions = output.shape.positions();
        float[] weights = Representation.weights(spec.leak(), steps);
        float saturation = representation.saturation(present().threshold());
        boolean bounds = spec.leak() == 1f;
        long bytes = (long) output.mapSize() * Float.BYTES;
        workers.run(batch.samples(), (worker, n) -> {
            MemorySegment derivative = state[worker];
            if (derivatives == Derivatives.WEIGHTED) {
                MemorySegment.copy(gradient, gradientOffset(n), derivative, 0, bytes);
            } else {
                derivative.fill((byte) 0);
                for (int t = 0; t < steps; t++) {
                    kernels.addWeighted(
                            gradient,
                            gradientOffset(n * steps + t),
                            null,
                            null,
                            weights[t],
                            positions,
                            output.padded,
                            derivative,
                            0);
                }
            }
            Arrays.fill(saturated[n], 0f);
            kernels.representationBackward(
                    derivative,
                    mean,
                    n * bytes,
                    saturation,
                    bounds,
                    representation.slope(),
                    positions,
                    output.padded,
                    saturated[n]);
            int maps = source.derivatives.byStep() ? steps : 1;
            for (int map = n * maps; wanted && map < (n + 1) * maps; map++) {
                Gradients.pass(kernels, derivative, 0, source, map, add);
            }
        });
        if (threshold.length > 0) {
            double sum = 0;
            for (int n = 0; n < batch.samples(); n++) {
                for (float channel : saturated[n]) {
                    sum += channel;
                }
            }
            thresholdGradient[0] = (float) (sum * representation.thresholdSlope(steps));
        }
    }
}
