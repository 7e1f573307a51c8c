/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Shows a probe what stages hold after a pass.
 *
 * @param stages by node id
 */
record ProbedMaps(Probe probe, Network network, Stage[] stages) {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    /** Has what is wanted held by the passes that follow. */
    void keep(Arena arena, int maps) {
        for (Stage stage : stages) {
            if (probe.wants(stage.node.id(), Probe.Quantity.POTENTIAL)) {
                stage.keepPotentials(arena, maps);
            }
        }
    }

    /** Shows the last pass. */
    void show(Batch batch) {
        for (int n = 0; n < batch.samples(); n++) {
            for (Network.Node node : network.nodes()) {
                for (Probe.Quantity quantity : Probe.Quantity.values()) {
                    if (probe.wants(node.id(), quantity)) {
                        show(batch, n, stages[node.id()], quantity);
                    }
                }
            }
        }
    }

    private void show(Batch batch, int n, Stage stage, Probe.Quantity quantity) {
        MemorySegment potentials = stage.potentials();
        if (quantity == Probe.Quantity.POTENTIAL && potentials == null || stage instanceof ReadOutStage) {
            return;
        }
        Signal signal = stage.of(batch, n, 0, 0);
        float[] values = new float[signal.shape.size()];
        for (int t = 0; t < batch.steps(); t++) {
            int map = n * batch.steps() + t;
            switch (quantity) {
                case POTENTIAL -> copy(signal, potentials, signal.offset(map), values);
                case OUTPUT -> {
                    output(signal, signal.map(n, t, batch.steps()), values);
                    if (stage instanceof AffineStage affine && affine.isFused()) {
                        apply(affine, t, signal.shape.positions(), values);
                    }
                }
            }
            probe.see(new Probe.View(stage.node.id(), quantity, batch.first() + n, t), values);
        }
    }

    private static void output(Signal signal, int map, float[] values) {
        if (signal.isEvents()) {
            spread(signal, signal.events(map), values);
        } else {
            copy(signal, signal.dense, signal.offset(map), values);
        }
    }

    /** A map of events as {@code [C, H, W]}. */
    private static void spread(Signal signal, EventMap events, float[] values) {
        int positions = signal.shape.positions();
        Arrays.fill(values, 0f);
        for (int p = 0; p < positions; p++) {
            int shift = p % signal.shape.width() * signal.shape.channels();
            for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                values[(events.index[e] - shift) * positions + p] = events.binary ? 1f : events.value[e];
            }
        }
    }

    /** Channels-last to {@code [C, H, W]}. */
    private static void copy(Signal signal, MemorySegment maps, long offset, float[] values) {
        int positions = signal.shape.positions();
        for (int i = 0; i < values.length; i++) {
            long at = (long) (i % positions) * signal.padded + i / positions;
            values[i] = maps.get(FLOAT, offset + at * Float.BYTES);
        }
    }

    /** The maps of a norm or bias that its readers apply are those of its input. */
    private static void apply(AffineStage affine, int step, int positions, float[] values) {
        float[] gain = affine.gain(step);
        float[] offset = affine.offset(step);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * gain[i / positions] + offset[i / positions];
        }
    }
}
