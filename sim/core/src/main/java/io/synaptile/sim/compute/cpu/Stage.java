/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

    /** Counts the events that this stage has given at the steps of a batch as spikes of its neurons. */
    final void countSpikes(Batch batch) {
        for (int t = batch.from(); t < batch.to(); t++) {
            spikes()[t] = 0;
            for (int n = 0; n < batch.samples(); n++) {
                int map = n * batch.steps() + t;
                int count = output.events[map].count();
                spikes()[t] += count;
                if (batch.activity() != null) {
                    batch.activity()[node.id()].spikes[batch.place(map)] = count;
                }
            }
        }
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

    /** Byte offset of a map in {@link #gradient}. */
    final long gradientOffset(int map) {
        return (long) map * output.mapSize() * Float.BYTES;
    }
}
