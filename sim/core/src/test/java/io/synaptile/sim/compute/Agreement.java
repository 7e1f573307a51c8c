/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;

/** Compares a backend's results with the reference's, or two results bit by bit. */
final class Agreement {
    private Agreement() {}

    /** Every value within {@code relative} times the largest expected magnitude, taken as 1e-3 where it is smaller. */
    static void assertClose(String what, float[] actual, double[] expected, double relative) {
        double largest = 1e-3;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertWithin(what, actual, expected, relative * largest);
    }

    /** Every value within an absolute tolerance (at least 1e-9, so that zeros have one too). */
    static void assertWithin(String what, float[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            if (!(difference <= tolerance + 1e-9)) {
                assertThat((double) actual[i])
                        .as("%s, value %d of %d (tolerance %.3g)", what, i, expected.length, tolerance)
                        .isEqualTo(expected[i]);
            }
        }
    }

    /** Spikes of neuron layers and counts of synapse layers, exactly; sums of magnitudes within 1e-5. */
    static void assertSameActivity(Network network, LayerActivity[] actual, LayerActivity[] expected) {
        assertThat(actual).as("activity by node id").hasSameSizeAs(network.nodes());
        for (Network.Node node : network.nodes()) {
            LayerActivity a = actual[node.id()];
            LayerActivity e = expected[node.id()];
            String name = "node " + node.id() + ", " + node.layer() + ": ";
            if (node.layer() instanceof Layer.Neuron) {
                assertThat(a.spikes).as(name + "spikes").isEqualTo(e.spikes);
            } else if (node.isSynapse()) {
                assertThat(a.events).as(name + "events").isEqualTo(e.events);
                assertThat(a.effectiveAcs).as(name + "effective accumulates").isEqualTo(e.effectiveAcs);
                assertThat(a.effectiveMacs)
                        .as(name + "effective multiply-accumulates")
                        .isEqualTo(e.effectiveMacs);
                assertThat(a.tileReads).as(name + "tile reads").isEqualTo(e.tileReads);
                assertThat(a.activePositions).as(name + "active positions").isEqualTo(e.activePositions);
                assertNear(name + "row drives", a.rowDrives, e.rowDrives);
                assertNear(name + "load", a.load, e.load);
            }
        }
    }

    private static void assertNear(String what, double[] actual, double[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int t = 0; t < expected.length; t++) {
            assertThat(actual[t]).as(what + " at step " + t).isCloseTo(expected[t], within(1e-9 + 1e-5 * expected[t]));
        }
    }

    /** Same bits in scores and in all activity. */
    static void assertIdentical(BatchResult actual, BatchResult expected, Network network) {
        assertThat(actual.scores()).as("scores").isEqualTo(expected.scores());
        for (Network.Node node : network.nodes()) {
            if (!node.isSynapse() && !(node.layer() instanceof Layer.Neuron)) {
                continue;
            }
            LayerActivity a = actual.activity()[node.id()];
            LayerActivity e = expected.activity()[node.id()];
            String name = "node " + node.id() + ": ";
            assertThat(a.spikes).as(name + "spikes").isEqualTo(e.spikes);
            assertThat(a.events).as(name + "events").isEqualTo(e.events);
            assertThat(a.effectiveAcs).as(name + "accumulates").isEqualTo(e.effectiveAcs);
            assertThat(a.effectiveMacs).as(name + "multiply-accumulates").isEqualTo(e.effectiveMacs);
            assertThat(a.rowDrives).as(name + "row drives").isEqualTo(e.rowDrives);
            assertThat(a.tileReads).as(name + "tile reads").isEqualTo(e.tileReads);
            assertThat(a.activePositions).as(name + "active positions").isEqualTo(e.activePositions);
            assertThat(a.load).as(name + "load").isEqualTo(e.load);
        }
    }
}
