/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.OutputResolution;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.tornado.kernel.R;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Inference on a device: one task graph for a group of samples, all layers and all time steps. */
final class TornadoExecutable implements ExecutableNetwork {
    /** Most samples of a group; enough to fill a large graphics processor. */
    private static final int GROUP = 256;

    /** The same for a probe, since what it sees is kept and fetched as a whole. */
    private static final int PROBED_GROUP = 16;

    private final NetworkPlan plan;
    private final OutputResolution resolution;
    private final int maxSamples;
    private final TornadoDevice device;
    private final boolean half;
    private final KernelTime kernelTime;
    private final Programs programs;
    private final Map<InputForm, Programs.Program> opened = new EnumMap<>(InputForm.class);

    TornadoExecutable(
            NetworkPlan plan,
            int maxSamples,
            TornadoDevice device,
            boolean half,
            KernelTime kernelTime,
            Programs programs) {
        this.plan = plan;
        this.resolution = OutputResolution.of(plan);
        this.maxSamples = maxSamples;
        this.device = device;
        this.half = half;
        this.kernelTime = kernelTime;
        this.programs = programs;
    }

    @Override
    public BatchResult run(InputBatch batch, Probe probe) {
        Checks.input(plan.network(), batch);
        if (batch.timeSteps() > plan.maxTimeSteps()) {
            throw new IllegalArgumentException(batch.timeSteps()
                    + " time steps asked for, but the per-step norms were trained for " + plan.maxTimeSteps());
        }
        Programs.Program program =
                program(InputForm.of(batch.encoder()), batch.timeSteps(), Probed.of(probe, plan.network()));
        int classes = plan.network().classes();
        float[] scores = new float[batch.timeSteps() * batch.samples() * classes];
        BatchActivity[] activity = new BatchActivity[plan.network().nodes().size()];
        Arrays.setAll(activity, _ -> new BatchActivity(batch.timeSteps(), batch.samples()));
        long[] nanos = new long[batch.samples()];
        for (int first = 0;
                first < batch.samples();
                first += program.structure().samples()) {
            int samples = Math.min(program.structure().samples(), batch.samples() - first);
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
            program.structure().probed().show(probe, forward, first, samples, batch.timeSteps(), half);
        }
        return new BatchResult(
                batch.timeSteps(), batch.samples(), classes, scores, resolution.at(batch), activity, nanos);
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

    private Programs.Program program(InputForm form, int timeSteps, Probed probed) {
        Programs.Program known = opened.get(form);
        if (known != null
                && known.structure().timeSteps() >= timeSteps
                && known.structure().probed().equals(probed)) {
            return known;
        }
        if (known != null) {
            programs.giveBack(opened.remove(form));
        }
        int samples = Capacity.samples(
                plan.network(),
                timeSteps,
                device,
                half,
                Math.min(probed.isNothing() ? GROUP : PROBED_GROUP, maxSamples));
        Programs.Structure structure = Programs.Structure.of(plan, form, timeSteps, samples, probed);
        Programs.Program program = programs.take(structure)
                .map(free -> {
                    free.forward().install(plan);
                    return free;
                })
                .orElseGet(() -> build(structure));
        opened.put(form, program);
        return program;
    }

    private Programs.Program build(Programs.Structure structure) {
        Graph graph = new Graph("run");
        IntArray run = new IntArray(R.SIZE);
        IntArray choice = Checks.choices(plan.network());
        Memory memory = new Memory(structure.samples(), structure.timeSteps(), half);
        Pass pass = new Pass(graph, memory, run, choice);
        Forward forward =
                new Forward(plan.network(), plan, structure.form(), structure.timeSteps(), structure.probed(), pass);
        graph.inputs(forward.images, forward.ids, forward.rescale, run);
        graph.constants(choice);
        graph.outputs(forward.scores);
        structure.probed().fetch(graph, forward);
        forward.spikes.values().forEach(array -> graph.outputs(array));
        forward.counts.values().forEach(counter -> graph.outputs(counter.downloads()));
        return new Programs.Program(structure, forward, new Plan(device, kernelTime, List.of(graph)));
    }

    @Override
    public void close() {
        opened.values().forEach(programs::giveBack);
        opened.clear();
    }
}
