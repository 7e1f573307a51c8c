/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import java.util.Set;

/** Event-driven kernels on the processor; the default backend. */
public final class CpuBackend implements ComputeBackend {
    private final Kernels kernels;
    private final boolean recomputes;

    /** Uses the Vector API where the virtual machine was started with it, plain Java elsewhere. */
    public CpuBackend() {
        this(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    /** Chooses the kernels. */
    CpuBackend(boolean vectors) {
        this(vectors ? new VectorKernels() : new ScalarKernels(), false);
    }

    private CpuBackend(Kernels kernels, boolean recomputes) {
        this.kernels = kernels;
        this.recomputes = recomputes;
    }

    @Override
    public String id() {
        return "cpu";
    }

    @Override
    public String description() {
        return "event-driven CPU kernels (" + kernels.description() + ")";
    }

    @Override
    public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
        return new CpuExecutable(plan, maxSamples, kernels, threads);
    }

    @Override
    public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
        return train(network, Set.of(), timeSteps, maxSamples, threads);
    }

    @Override
    public TrainableNetwork train(Network network, Set<Integer> onArrays, int timeSteps, int maxSamples, int threads) {
        return CpuNetwork.trainable(network, onArrays, timeSteps, maxSamples, kernels, threads, recomputes);
    }

    @Override
    public ComputeBackend recomputing() {
        return new CpuBackend(kernels, true);
    }
}
