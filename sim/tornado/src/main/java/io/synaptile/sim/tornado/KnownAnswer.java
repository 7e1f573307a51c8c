/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A small network that a device runs before the first one of a user's: a convolution of images, spiking neurons of which
 * few enough fire for an event-driven layer, and a read-out. Images and weights are small multiples of powers of two, so that every sum is exact in
 * single and half precision and in any order, and the answer is that of the CPU backend to the last bit.
 */
final class KnownAnswer {
    private static final int STEPS = 2;
    private static final int SAMPLES = 3;
    private static final Set<Candidate> PASSED = new HashSet<>();

    private record Candidate(TornadoDevice device, boolean half) {}

    private KnownAnswer() {}

    /**
     * Runs the network, once per device and precision.
     *
     * @throws DeviceFailure if the device gives another answer
     */
    static synchronized void require(TornadoDevice device, boolean half) {
        Candidate candidate = new Candidate(device, half);
        if (PASSED.contains(candidate)) {
            return;
        }
        Programs programs = new Programs();
        try (ExecutableNetwork onDevice = new TornadoExecutable(plan(), SAMPLES, device, half, null, programs)) {
            require(TornadoDevices.name(device), onDevice.run(batch()));
        } finally {
            programs.close();
        }
        PASSED.add(candidate);
    }

    /** @throws DeviceFailure if a device's answer is not the known one */
    static void require(String device, BatchResult answer) {
        BatchResult known = known();
        if (!Arrays.equals(answer.scores(), known.scores())) {
            throw wrong(
                    device, "scores " + Arrays.toString(answer.scores()) + ", not " + Arrays.toString(known.scores()));
        }
        for (Network.Node node : plan().network().nodes()) {
            BatchActivity found = answer.activity()[node.id()];
            BatchActivity right = known.activity()[node.id()];
            if (!Arrays.equals(found.spikes, right.spikes)
                    || !Arrays.equals(found.effectiveAcs, right.effectiveAcs)
                    || !Arrays.equals(found.effectiveMacs, right.effectiveMacs)) {
                throw wrong(device, "other counts of layer " + node.name());
            }
        }
    }

    private static DeviceFailure wrong(String device, String what) {
        return new DeviceFailure("device " + device
                + " fails the test network that every device runs first, so that its results cannot be trusted: "
                + what);
    }

    /** The answer. */
    static BatchResult known() {
        try (ExecutableNetwork onProcessor = new CpuBackend().prepare(plan(), SAMPLES, 1)) {
            return onProcessor.run(batch());
        }
    }

    private static NetworkPlan plan() {
        NetworkBuilder builder = new NetworkBuilder("known answer", new Shape(2, 5, 5));
        builder.add("conv", new Layer.Conv2d(3, 3, 1, 1));
        builder.add("fire", new Layer.Neuron(NeuronSpec.lif(0.5f, 2.5f)));
        builder.add("events", new Layer.Dense(3));
        builder.add("readout", new Layer.ReadOut());
        Network network = builder.build();
        Map<Integer, SynapsePlan> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = new float[node.weightCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i * 7 % 11 - 4) / 8f;
            }
            weights.put(node.id(), new SynapsePlan.DensePlan(values));
        }
        return new NetworkPlan(network, weights, Parameters.none());
    }

    private static InputBatch batch() {
        float[] images = new float[SAMPLES * 50];
        for (int i = 0; i < images.length; i++) {
            images[i] = (i * 5 % 13 - 5) / 4f;
        }
        long[] ids = {0, 1, 2};
        return new InputBatch(images, SAMPLES, STEPS, new Encoder.Direct(), 1, 0, ids);
    }
}
