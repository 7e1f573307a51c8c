/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The arithmetic of neurons with more than plain dynamics, one map at a time, in plain Java whatever the kernels; equations in
 * {@link NeuronSpec} and {@link NeuronDynamics}. Maps are channels last, padded; padding never fires.
 */
final class DynamicNeurons {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final NeuronSpec spec;
    private final NeuronDynamics dynamics;
    private final int positions;
    private final int width;
    private final int channels;
    private final int padded;
    /** Per channel. */
    final float[] leak;

    final float[] threshold;
    /** What a spike is worth. */
    final float[] emission;

    DynamicNeurons(NeuronSpec spec, Signal output) {
        this.spec = spec;
        this.dynamics = spec.dynamics();
        this.positions = output.shape.positions();
        this.width = output.shape.width();
        this.channels = output.shape.channels();
        this.padded = output.padded;
        leak = new float[channels];
        threshold = new float[channels];
        emission = new float[channels];
    }

    /**
     * What neurons carry from step to step; each as large as a map, at one offset.
     *
     * @param membrane v
     * @param adaptation a
     * @param waiting steps for which a neuron stays refractory
     */
    record State(MemorySegment membrane, MemorySegment adaptation, MemorySegment waiting) {
        /** All zero; for membranes at rest, and for derivatives. */
        void clear(long offset, long bytes) {
            membrane.asSlice(offset, bytes).fill((byte) 0);
            adaptation.asSlice(offset, bytes).fill((byte) 0);
            waiting.asSlice(offset, bytes).fill((byte) 0);
        }
    }

    /**
     * What the backward pass needs of every step.
     *
     * @param potentials u
     * @param bars what u has to exceed, infinite in the refractory period
     */
    record Tape(MemorySegment potentials, MemorySegment bars) {}

    /** Puts one map's neurons where they are before the first step. */
    void start(State state, long offset) {
        state.clear(offset, (long) positions * padded * Float.BYTES);
        for (int p = 0; p < positions && dynamics.initial() != 0f; p++) {
            for (int c = 0; c < channels; c++) {
                set(state.membrane, offset, p * padded + c, dynamics.initial() * threshold[c]);
            }
        }
    }

    private static float get(MemorySegment m, long offset, int index) {
        return m.get(FLOAT, offset + (long) index * Float.BYTES);
    }

    private static void set(MemorySegment m, long offset, int index, float value) {
        m.set(FLOAT, offset + (long) index * Float.BYTES, value);
    }

    /**
     * One step.
     *
     * @param gain per channel, or null for the plain input
     * @param tape receives potentials and bars at {@code tapeOffset}; null outside training
     */
    void fire(
            MemorySegment input,
            long inputOffset,
            float[] gain,
            float[] offset,
            State state,
            long stateOffset,
            Tape tape,
            long tapeOffset,
            EventMap spikes) {
        int n = 0;
        boolean plain = dynamics.emission().equals(Emission.ONE);
        boolean unit = true;
        spikes.clear(plain, true);
        for (int p = 0; p < positions; p++) {
            spikes.start[p] = n;
            spikes.reserve(n + channels);
            int entry = p % width * channels;
            for (int c = 0; c < channels; c++) {
                int i = p * padded + c;
                float v = get(state.membrane, stateOffset, i);
                float waiting = get(state.waiting, stateOffset, i);
                float a = get(state.adaptation, stateOffset, i);
                boolean held = waiting > 0f;
                float current = get(input, inputOffset, i);
                if (gain != null) {
                    current = current * gain[c] + offset[c];
                }
                float u = held ? v : v * leak[c] + current * spec.inputGain();
                float bar = held
                        ? Float.POSITIVE_INFINITY
                        : dynamics.firingShare() * threshold[c] + dynamics.adaptationStrength() * a;
                boolean fired = !held && spec.fires(u, bar);
                if (tape != null) {
                    set(tape.potentials, tapeOffset, i, u);
                    set(tape.bars, tapeOffset, i, bar);
                }
                set(state.membrane, stateOffset, i, fired ? spec.reset(u, threshold[c]) : u);
                set(state.adaptation, stateOffset, i, a * dynamics.adaptationDecay() + (fired ? 1f : 0f));
                set(state.waiting, stateOffset, i, fired ? dynamics.refractorySteps() : Math.max(0f, waiting - 1f));
                if (fired) {
                    if (!plain) {
                        spikes.value[n] = emission[c];
                        unit &= emission[c] == 1f;
                    }
                    spikes.index[n++] = entry + c;
                }
            }
        }
        spikes.start[positions] = n;
        spikes.unit = unit;
    }

    /**
     * Backward of one step; through a neuron's own spikes goes the derivative by the adaptation, but none by the reset;
     * where a spike is worth the threshold times a factor, {@code factor * e * s} is a part of the derivative by it.
     *
     * <pre>
     *   ds = emission * e + dL/da(t+1)               slope = surrogate'((u - bar) / threshold) / threshold
     *   delta = ds * slope + dv/du * dL/dv(t)        dL/dv(t-1) = leak * delta, or delta in the refractory period
     *   dL/da(t) = adaptationDecay * dL/da(t+1) - adaptationStrength * ds * slope
     * </pre>
     *
     * @param gradient e on entry, derivative by the input on return
     * @param carry derivatives by v(t) and, as its adaptation, by a(t+1); updated to those of the step before
     * @param first whether this is the first step, before which potentials are a part of the threshold
     * @param byLeak receives, per channel, what is added to the derivative by the leak
     * @param byThreshold the same by the threshold
     */
    void back(
            MemorySegment gradient,
            long gradientOffset,
            Tape tape,
            long tapeOffset,
            boolean first,
            State carry,
            long carryOffset,
            double[] byLeak,
            double[] byThreshold) {
        long before = tapeOffset - (long) positions * padded * Float.BYTES;
        boolean hard = spec.reset() == NeuronSpec.Reset.HARD;
        float emitted = dynamics.emission() instanceof Emission.Threshold(float factor) ? factor : 0f;
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < channels; c++) {
                int i = p * padded + c;
                float u = get(tape.potentials, tapeOffset, i);
                float bar = get(tape.bars, tapeOffset, i);
                boolean held = bar == Float.POSITIVE_INFINITY;
                boolean fired = !held && spec.fires(u, bar);
                float slope = held ? 0f : spec.surrogate().derivative((u - bar) / threshold[c]) / threshold[c];
                float later = get(carry.adaptation, carryOffset, i);
                float byOutput = get(gradient, gradientOffset, i);
                float ds = byOutput * emission[c] + later;
                float back = get(carry.membrane, carryOffset, i);
                float delta = ds * slope + (hard && fired ? 0f : back);
                byThreshold[c] -= ds * slope * dynamics.firingShare() + (fired && !hard ? back : 0f);
                if (fired) {
                    byThreshold[c] += byOutput * emitted;
                }
                if (first) {
                    byLeak[c] += delta * dynamics.initial() * threshold[c];
                    byThreshold[c] += delta * leak[c] * dynamics.initial();
                } else if (!held) {
                    float earlier = get(tape.potentials, before, i);
                    float earlierBar = get(tape.bars, before, i);
                    byLeak[c] +=
                            delta * (spec.fires(earlier, earlierBar) ? spec.reset(earlier, threshold[c]) : earlier);
                }
                set(gradient, gradientOffset, i, held ? 0f : delta * spec.inputGain());
                set(carry.membrane, carryOffset, i, held ? delta : delta * leak[c]);
                set(
                        carry.adaptation,
                        carryOffset,
                        i,
                        later * dynamics.adaptationDecay() - dynamics.adaptationStrength() * ds * slope);
            }
        }
    }
}
