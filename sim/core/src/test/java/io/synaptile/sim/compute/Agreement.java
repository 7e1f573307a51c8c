/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Arrays;

/** Compares a backend's results with the reference's, or two results bit by bit. */
final class Agreement {
    private Agreement() {}

    /** The values in double precision. */
    static double[] wide(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }

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

    /** Sample by sample: spikes of neuron layers and counts of synapse layers, exactly; sums of magnitudes within 1e-5. */
    static void assertSameActivity(Network network, BatchActivity[] actual, BatchActivity[] expected) {
        assertThat(actual).as("activity by node id").hasSameSizeAs(network.nodes());
        for (Network.Node node : network.nodes()) {
            BatchActivity a = actual[node.id()];
            BatchActivity e = expected[node.id()];
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
                assertThat(a.readsByClass).as(name + "reads by class").isEqualTo(e.readsByClass);
                assertThat(a.activePositions).as(name + "active positions").isEqualTo(e.activePositions);
                assertThat(a.pattern.arrayReads).as(name + "array reads").isEqualTo(e.pattern.arrayReads);
                assertThat(a.pattern.outputReads).as(name + "output reads").isEqualTo(e.pattern.outputReads);
                assertThat(a.pattern.outputs).as(name + "outputs read").isEqualTo(e.pattern.outputs);
                assertNear(name + "row drives by array", a.pattern.arrayRows, e.pattern.arrayRows);
                assertNear(name + "row drives by output", a.pattern.outputRows, e.pattern.outputRows);
                assertNear(name + "row drives", a.rowDrives, e.rowDrives);
                assertNear(name + "load", a.load, e.load);
            }
        }
    }

    private static void assertNear(String what, double[] actual, double[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as(what + " at " + i)
                    .isCloseTo(expected[i], againstReference(1e-9 + 1e-5 * expected[i]));
        }
    }

    /** Same bits in scores and in all activity of every sample. */
    static void assertIdentical(BatchResult actual, BatchResult expected, Network network) {
        assertThat(actual.scores()).as("scores").isEqualTo(expected.scores());
        for (Network.Node node : network.nodes()) {
            assertThat(actual.activity()[node.id()])
                    .as("activity of node " + node.id())
                    .usingRecursiveComparison()
                    .isEqualTo(expected.activity()[node.id()]);
        }
    }

    /** Same bits in scores and in all activity of one sample of a batch and of a run of that sample alone. */
    static void assertHolds(BatchResult batch, int sample, BatchResult alone, Network network) {
        int[] ran = new int[batch.samples()];
        ran[sample] = batch.timeSteps();
        int classes = batch.classes();
        for (int t = 0; t < batch.timeSteps(); t++) {
            int at = (t * batch.samples() + sample) * classes;
            assertThat(Arrays.copyOfRange(batch.scores(), at, at + classes))
                    .as("scores of sample %d at step %d", sample, t)
                    .isEqualTo(Arrays.copyOfRange(alone.scores(), t * classes, (t + 1) * classes));
        }
        for (Network.Node node : network.nodes()) {
            assertThat(batch.activity()[node.id()].total(ran))
                    .as("activity of node %d for sample %d", node.id(), sample)
                    .usingRecursiveComparison()
                    .isEqualTo(alone.activity()[node.id()].total());
        }
    }
}
