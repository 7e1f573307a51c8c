/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** How many samples fit on a device at a time. */
final class Capacity {
    /** Share of the device's memory that a program may take; weights, tables and other programs need some too. */
    private static final double SHARE = 0.6;

    private Capacity() {}

    /** Bytes that a sample's signals and event lists take, as if none shared memory. */
    static long bytesPerSample(Network network, int timeSteps, boolean half) {
        long values = network.input().size();
        for (Network.Node node : network.nodes()) {
            values += node.out().size();
        }
        return values * timeSteps * ((half ? Short.BYTES : Float.BYTES) + Short.BYTES + 1);
    }

    /** Samples of a group, at most {@code wanted}. */
    static int samples(Network network, int timeSteps, TornadoDevice device, boolean half, int wanted) {
        long perSample = bytesPerSample(network, timeSteps, half);
        long all = (long) (SHARE * device.getMaxGlobalMemory()) / perSample;
        long largest = network.input().size();
        for (Network.Node node : network.nodes()) {
            largest = Math.max(largest, node.out().size());
        }
        long each = device.getMaxAllocMemory() / (largest * timeSteps * Float.BYTES + 1);
        return (int) Math.clamp(Math.min(all, each), 1L, wanted);
    }

    /**
     * Largest batch of a training, which keeps the output of every layer, the potentials of every neuron and, at any time, a
     * few derivatives.
     */
    static int trainable(Network network, int timeSteps, TornadoDevice device, boolean half) {
        long largest = network.input().size();
        long potentials = 0;
        for (Network.Node node : network.nodes()) {
            largest = Math.max(largest, node.out().size());
            potentials += keepsPotentials(node.layer()) ? node.out().size() : 0;
        }
        long perSample = bytesPerSample(network, timeSteps, half)
                + potentials * timeSteps * (half ? Short.BYTES : Float.BYTES)
                + 3 * largest * timeSteps * Float.BYTES;
        long all = (long) (SHARE * device.getMaxGlobalMemory()) / perSample;
        long each = device.getMaxAllocMemory() / (largest * timeSteps * Float.BYTES + 1);
        return (int) Math.clamp(Math.min(all, each), 1L, Integer.MAX_VALUE);
    }

    private static boolean keepsPotentials(Layer layer) {
        return layer instanceof Layer.Neuron(NeuronSpec spec) && spec.estimator() instanceof Surrogate;
    }

    /** @throws IllegalArgumentException if a training batch of {@code wanted} samples does not fit */
    static void requireTrainable(Network network, int timeSteps, TornadoDevice device, boolean half, int wanted) {
        int fits = trainable(network, timeSteps, device, half);
        if (fits < wanted) {
            throw new IllegalArgumentException("a training batch of " + wanted + " samples of " + timeSteps
                    + " time steps does not fit in the memory of " + TornadoDevices.name(device) + "; at most "
                    + fits + (half ? "" : ", or twice as many with half precision"));
        }
    }
}
