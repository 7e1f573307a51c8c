/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.sim.tornado.kernel.R;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Inference on a device: one task graph for a group of samples, all layers and all time steps. */
final class TornadoExecutable implements ExecutableNetwork {
    /** Most samples of a group; enough to fill a large graphics processor. */
    private static final int GROUP = 256;

    private final NetworkPlan plan;
    private final int maxSamples;
    private final TornadoDevice device;
    private final boolean half;
    private final KernelTime kernelTime;
    /** By whether the input is coded directly. */
    private final Map<Boolean, Program> programs = new HashMap<>();

    /** What has been built for one kind of input coding. */
    private record Program(int samples, int timeSteps, Forward forward, Plan plan) {}

    TornadoExecutable(NetworkPlan plan, int maxSamples, TornadoDevice device, boolean half, KernelTime kernelTime) {
        this.plan = plan;
        this.maxSamples = maxSamples;
        this.device = device;
        this.half = half;
        this.kernelTime = kernelTime;
    }

    @Override
    public BatchResult run(InputBatch batch) {
        Checks.input(plan.network(), batch);
        if (batch.timeSteps() > plan.maxTimeSteps()) {
            throw new IllegalArgumentException(batch.timeSteps()
                    + " time steps asked for, but the per-step norms were trained for " + plan.maxTimeSteps());
        }
        Program program = program(batch.encoder() instanceof Encoder.Direct, batch.timeSteps());
        int classes = plan.network().classes();
        float[] scores = new float[batch.timeSteps() * batch.samples() * classes];
        BatchActivity[] activity = new BatchActivity[plan.network().nodes().size()];
        Arrays.setAll(activity, _ -> new BatchActivity(batch.timeSteps(), batch.samples()));
        long[] nanos = new long[batch.samples()];
        for (int first = 0; first < batch.samples(); first += program.samples()) {
            int samples = Math.min(program.samples(), batch.samples() - first);
            long start = System.nanoTime();
            Forward forward = program.forward();
            forward.write(batch, first, samples);
            program.plan().execute(0);
            Arrays.fill(nanos, first, first + samples, System.nanoTime() - start);
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int i = 0; i < samples * classes; i++) {
                    scores[(t * batch.samples() + first) * classes + i] = forward.scores.get(t * samples * classes + i);
                }
            }
            report(forward, activity, first, samples);
        }
        return new BatchResult(batch.timeSteps(), batch.samples(), classes, scores, activity, nanos);
    }

    private static void report(Forward forward, BatchActivity[] activity, int first, int samples) {
        forward.counts.forEach((node, counter) -> counter.report(activity[node], first, samples));
        forward.spikes.forEach((node, perMap) -> {
            BatchActivity to = activity[node];
            for (int t = 0; t < to.timeSteps(); t++) {
                for (int n = 0; n < samples; n++) {
                    to.spikes[t * to.samples() + first + n] = perMap.get(t * samples + n);
                }
            }
        });
    }

    private Program program(boolean direct, int timeSteps) {
        Program known = programs.get(direct);
        if (known != null && known.timeSteps() >= timeSteps) {
            return known;
        }
        if (known != null) {
            known.plan().close();
        }
        int samples = Capacity.samples(plan.network(), timeSteps, device, half, Math.min(GROUP, maxSamples));
        Graph graph = new Graph("run");
        IntArray run = new IntArray(R.SIZE);
        IntArray choice = Checks.choices(plan.network());
        Pass pass = new Pass(graph, new Memory(samples, timeSteps, half), run, choice);
        Forward forward = new Forward(plan.network(), plan, direct, timeSteps, pass);
        graph.inputs(forward.images, forward.ids, forward.rescale, run);
        graph.constants(choice);
        graph.outputs(forward.scores);
        forward.spikes.values().forEach(array -> graph.outputs(array));
        forward.counts.values().forEach(counter -> graph.outputs(counter.downloads()));
        Program made = new Program(samples, timeSteps, forward, new Plan(device, kernelTime, List.of(graph)));
        programs.put(direct, made);
        return made;
    }

    @Override
    public void close() {
        programs.values().forEach(program -> program.plan().close());
        programs.clear();
    }
}
