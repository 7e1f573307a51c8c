/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;

/** Inference on the CPU; takes memory for the steps of the longest batch seen so far. */
final class CpuExecutable implements ExecutableNetwork {
    private final NetworkPlan plan;
    private final int maxSamples;
    private final Kernels kernels;
    private final int threads;
    private CpuNetwork network;
    private int timeSteps;

    CpuExecutable(NetworkPlan plan, int maxSamples, Kernels kernels, int threads) {
        this.plan = plan;
        this.maxSamples = maxSamples;
        this.kernels = kernels;
        this.threads = threads;
    }

    @Override
    public BatchResult run(InputBatch input, Probe probe) {
        if (input.timeSteps() > plan.maxTimeSteps()) {
            throw new IllegalArgumentException(input.timeSteps()
                    + " time steps asked for, but the per-step norms were trained for " + plan.maxTimeSteps());
        }
        if (network == null || input.timeSteps() > timeSteps) {
            close();
            timeSteps = input.timeSteps();
            network = CpuNetwork.executable(plan, timeSteps, maxSamples, kernels, threads);
        }
        return network.run(input, probe);
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }
}
