/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Spiking neurons whose membranes live as long as a sample does, whichever way they learn. */
abstract class MembraneStage extends Stage {
    final Kernels kernels;
    final Workers workers;
    final NeuronSpec spec;
    /** By worker: membrane potentials in the forward pass, derivatives in the backward pass. */
    final MemorySegment[] state;
    /** Membrane potentials before the reset, {@code [maps, positions, padded]}; null where they are not held. */
    MemorySegment potential;
    /** Layer whose currents are computed again in the backward pass; null if none. */
    SynapseStage currents;
    /** By worker: an input map made dense. */
    private final MemorySegment[] scratch;

    private final long[] spikes;

    MembraneStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.spec = ((Layer.Neuron) node.layer()).spec();
        this.output = Signal.events(node.out(), kernels.lanes(), maps);
        this.spikes = new long[timeSteps];
        state = new MemorySegment[workers.threads()];
        scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < state.length; i++) {
            state[i] = Aligned.floats(arena, output.mapSize());
            scratch[i] = Aligned.floats(arena, output.mapSize());
        }
    }

    /** Has the currents of a layer, which others overwrite, computed again in the backward pass; called before {@link #prepareTraining}. */
    void recompute(SynapseStage layer) {
        currents = layer;
    }

    /** Steps of the longest run. */
    final int timeSteps() {
        return spikes.length;
    }

    @Override
    final long[] spikes() {
        return spikes;
    }

    @Override
    final void keepPotentials(Arena arena, int maps) {
        if (potential == null) {
            potential = Aligned.floats(arena, (long) maps * output.mapSize());
        }
    }

    @Override
    final MemorySegment potentials() {
        return potential;
    }

    /** A norm or bias that these neurons apply as they integrate; null if there is none. */
    final AffineStage fused() {
        return input() instanceof AffineStage stage && stage.isFused() ? stage : null;
    }

    /** Room for an input map that has to be made dense. */
    final MemorySegment scratch(int worker) {
        return scratch[worker];
    }
}
