/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.Ungrouped;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Backend for graphics processors and other devices of TornadoVM.
 *
 * <p>Results agree with the CPU backend within rounding: weighted sums are added in the same order, with fused
 * multiply-adds; words of the random streams are equal bit for bit. Threads are those of the device; the number asked for is
 * ignored.
 *
 * <p>Before its first network a device runs a small one whose answer is known. A launch beyond what the device can do is
 * refused before it is made, and one that the driver refuses is noticed.
 *
 * <p>A network with arrays that a reader reads runs on the CPU backend: its layers wait for the host at every step, and
 * kernels cannot call it.
 */
public final class TornadoBackend implements ComputeBackend {
    private static final String HALF = "half";

    /** Number of the device, or -1 for the preferred one. */
    private final int device;

    private final boolean half;
    /** Where networks add the time of their kernels, or null. */
    private final KernelTime kernelTime;

    private final Programs programs = new Programs();

    /** The preferred device, in single precision. */
    public TornadoBackend() {
        this(-1, false, null);
    }

    private TornadoBackend(int device, boolean half, KernelTime kernelTime) {
        this.device = device;
        this.half = half;
        this.kernelTime = kernelTime;
    }

    @Override
    public String id() {
        return "tornado";
    }

    @Override
    public String description() {
        List<TornadoDevice> devices = TornadoDevices.all();
        int number = number(devices);
        return "TornadoVM, device " + TornadoDevices.line(number, devices.get(number))
                + (half ? ", weights and activity in half precision" : "");
    }

    @Override
    public boolean accelerated() {
        List<TornadoDevice> devices = TornadoDevices.all();
        return TornadoDevices.isGpu(devices.get(number(devices)));
    }

    @Override
    public List<String> devices() {
        List<TornadoDevice> devices = TornadoDevices.all();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            lines.add(TornadoDevices.line(i, devices.get(i)));
        }
        return lines;
    }

    /** {@inheritDoc} Here a number, {@code half} for weights and activity in half precision, or both: {@code 0:half}. */
    @Override
    public TornadoBackend select(String choice) {
        int number = device;
        boolean halves = half;
        for (String part : choice.split(":", -1)) {
            if (part.equals(HALF)) {
                halves = true;
            } else {
                number = parse(part, choice);
            }
        }
        return new TornadoBackend(number, halves, kernelTime);
    }

    /** The same backend, its networks adding the time of their kernels. */
    TornadoBackend measuring(KernelTime time) {
        return new TornadoBackend(device, half, time);
    }

    private static int parse(String part, String choice) {
        List<TornadoDevice> devices = TornadoDevices.all();
        int last = devices.size() - 1;
        if (part.matches("[0-9]{1,4}") && Integer.parseInt(part) <= last) {
            return Integer.parseInt(part);
        }
        throw new IllegalArgumentException("backend tornado:" + choice + ": '" + part
                + "' is neither a device number (0" + (last == 0 ? "" : " to " + last) + ") nor 'half'");
    }

    private int number(List<TornadoDevice> devices) {
        return device < 0 ? TornadoDevices.preferred(devices) : device;
    }

    TornadoDevice chosen() {
        List<TornadoDevice> devices = TornadoDevices.all();
        return devices.get(number(devices));
    }

    /** The device, after it has given the known answer. */
    private TornadoDevice trusted() {
        TornadoDevice found = chosen();
        KnownAnswer.require(found, half);
        return found;
    }

    @Override
    public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
        boolean read = plan.synapses().values().stream()
                .flatMap(synapse -> synapse.arrays().stream())
                .anyMatch(arrays ->
                        arrays.hasReader() || arrays.first().grid().pattern().isPresent());
        if (read || !isStraight(plan.network())) {
            return forArrays().prepare(plan, maxSamples, threads);
        }
        return new TornadoExecutable(Ungrouped.plan(plan), maxSamples, trusted(), half, kernelTime, programs);
    }

    /** {@inheritDoc} Here the processor's: layers wait for the reader's Java code at every step, and no kernel takes rows in another order. */
    @Override
    public ComputeBackend forArrays() {
        return new CpuBackend();
    }

    /** Whether layers can be computed one after the other, each at all steps; loops are left to the processor. */
    private static boolean isStraight(Network network) {
        return network.loops().isEmpty();
    }

    @Override
    public boolean keepsWeights() {
        return true;
    }

    @Override
    public TrainableNetwork train(
            Network network, Set<Integer> onArrays, int timeSteps, int maxSamples, int threads) {
        return onArrays.isEmpty()
                ? train(network, timeSteps, maxSamples, threads)
                : forArrays().train(network, onArrays, timeSteps, maxSamples, threads);
    }

    @Override
    public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
        if (!isStraight(network)) {
            return forArrays().train(network, timeSteps, maxSamples, threads);
        }
        TornadoDevice found = trusted();
        return Ungrouped.train(
                network, ungrouped -> new TornadoTrainable(ungrouped, timeSteps, maxSamples, found, half, kernelTime));
    }
}
