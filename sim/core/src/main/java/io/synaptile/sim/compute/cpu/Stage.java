/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * One layer on the CPU: runs all time steps of a batch before the next layer does, so that each block of weights serves many
 * maps while it is in cache.
 */
abstract class Stage {
    final Network.Node node;
    /** Stages read, in the order of the node's inputs. */
    final List<Stage> inputs;
    /** Activity this stage produces. */
    Signal output;
    /**
     * Derivative of the loss by the output, dense maps in the layout of {@link #output} but never constant; null outside
     * training.
     */
    MemorySegment gradient;
    /** The stage whose {@link #gradient} this one uses, itself or a later one; null outside training. */
    Stage gradientOwner;
    /** What {@link #gradient} holds; set before {@link #prepareTraining}. */
    Derivatives derivatives = Derivatives.BY_STEP;
    /** Weights of the steps are powers of it where {@link #derivatives} are weighted. */
    float leak = 1f;
    /** By slot: the output of one sample, where that of all is not held; null where it is. */
    Signal[] windows;
    /** How many stages read this one. */
    int consumers;
    /** Set after construction: whether derivatives come to this stage step by step, for one that reads it stands in a loop. */
    boolean byStep;
    /** Whether a consumer has already written {@link #gradient} in this pass. */
    private boolean gradientWritten;

    Stage(Network.Node node, List<Stage> inputs) {
        this.node = node;
        this.inputs = inputs;
        inputs.forEach(input -> input.consumers++);
    }

    /** The stage read first. */
    Stage input() {
        return inputs.getFirst();
    }

    /**
     * What this layer holds in a role, row-major and live, but for weights, which are packed; null if it holds no such thing.
     */
    float[] parameter(Role role) {
        return null;
    }

    /** Derivative of the loss by {@link #parameter}, found by the last backward pass; null for buffers too. */
    float[] parameterGradient(Role role) {
        return null;
    }

    /** Spikes by step in the last pass, live; empty where there are no neurons. */
    long[] spikes() {
        return new long[0];
    }

    /** Has the potentials of the passes that follow held; neurons alone have any. */
    void keepPotentials(Arena arena, int maps) {}

    /** Potentials before the reset, dense maps in the layout of {@link #output}; null where none are held. */
    MemorySegment potentials() {
        return null;
    }

    /** Spikes of one map of the last pass. */
    int spikesOf(int map) {
        return output.events[map].count();
    }

    /** Counts the events that this stage has given at the steps of a batch as spikes of its neurons. */
    final void countSpikes(Batch batch) {
        for (int t = batch.from(); t < batch.to(); t++) {
            spikes()[t] = 0;
            for (int n = 0; n < batch.samples(); n++) {
                int map = n * batch.steps() + t;
                int count = spikesOf(map);
                spikes()[t] += count;
                if (batch.activity() != null) {
                    batch.activity()[node.id()].spikes[batch.place(map)] = count;
                }
            }
        }
    }

    /**
     * The output of a sample, at its own place in {@link #output} or, where that is not held, computed anew.
     *
     * @param slot memory to use for it, one for each that is in use at a time; workers may use that of their number
     */
    Signal of(Batch batch, int n, int worker, int slot) {
        if (windows == null) {
            return output;
        }
        windows[slot].first = n * batch.steps();
        compute(batch, n, worker, input().of(batch, n, worker, slot), windows[slot]);
        return windows[slot];
    }

    /**
     * Computes the output of a sample whose input is at hand; asked of stages with {@link #windows} alone.
     *
     * @param out receives it
     */
    void compute(Batch batch, int n, int worker, Signal in, Signal out) {
        throw new IllegalStateException("layer " + node.name() + " is not computed sample by sample");
    }

    /** Has the output of one sample held at a time, in memory for events of as many maps as there are steps: {@link #output} is the first. */
    final void holdOneSample(int slots, int lanes) {
        windows = new Signal[slots];
        Arrays.setAll(windows, slot -> slot == 0 ? output : Signal.events(output.shape, lanes, output.events.length));
    }

    abstract void forward(Batch batch);

    /** Reads {@link #gradient} and passes derivatives on to the inputs. */
    abstract void backward(Batch batch);

    /**
     * Allocates what only training needs, but for {@link #gradient}, which {@link SharedMemory} hands out; called once, from
     * the last stage to the first.
     */
    void prepareTraining(Arena arena, int maps) {
        prepareGradient();
    }

    /** The part of {@link #prepareTraining} that all stages have. */
    final void prepareGradient() {
        if (gradientOwner == null) {
            gradientOwner = this;
        }
    }

    /** Lets the input use this stage's gradient buffer as its own where this stage is its only reader and works in place. */
    final void shareGradient() {
        Stage source = input();
        if (source.consumers == 1
                && source.gradientOwner == null
                && source.wantsGradient()
                && source.derivatives.byStep() == derivatives.byStep()
                && source.output.mapSize() == output.mapSize()) {
            source.gradientOwner = gradientOwner;
        }
    }

    /** Whether derivatives by this stage's output are of use to anyone. */
    boolean wantsGradient() {
        return true;
    }

    /** Declares one more contribution to the gradient; true if it must be added to what is there, false if it is the first. */
    final boolean contribute() {
        boolean add = gradientWritten;
        gradientWritten = true;
        return add;
    }

    final void startBackward() {
        gradientWritten = byStep;
        if (byStep) {
            gradient.fill((byte) 0);
        }
    }

    /** Maps in {@link #gradient} of a whole pass. */
    final int gradientMaps(Batch batch) {
        return derivatives.byStep() ? batch.maps() : batch.samples();
    }

    /** Byte offset of a map in {@link #gradient}. */
    final long gradientOffset(int map) {
        return (long) map * output.mapSize() * Float.BYTES;
    }
}
