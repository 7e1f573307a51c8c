/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.folder.RecordingFile;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes down what happens in some layers of a network, on the images and with the input spikes that it is evaluated with. */
final class ActivityRecorder implements Probe {
    /** Images that the backend runs at a time. */
    private static final int BATCH = 16;

    private final Inputs inputs;
    private final List<Network.Node> nodes;
    private final int images;
    private final int steps;
    private final Map<Integer, byte[]> spikes = new HashMap<>();
    private final Map<Integer, float[]> values = new HashMap<>();
    /** Image that is sample 0 of the batch under way. */
    private int first;

    /** @param nodes layers that are recorded */
    ActivityRecorder(Inputs inputs, List<Network.Node> nodes) {
        Experiment experiment = inputs.plan().experiment();
        this.inputs = inputs;
        this.nodes = nodes;
        this.images = Math.min(
                experiment.simulate().record().images(), inputs.simulated().size());
        this.steps = inputs.plan().simulatedTimeSteps();
        for (Network.Node node : nodes) {
            int size = images * steps * node.out().size();
            values.put(node.id(), new float[size]);
            if (isNeuron(node)) {
                spikes.put(node.id(), new byte[size]);
            }
        }
    }

    private static boolean isNeuron(Network.Node node) {
        return node.layer() instanceof Layer.Neuron;
    }

    @Override
    public boolean wants(int node, Quantity quantity) {
        return values.containsKey(node) && (quantity == Quantity.OUTPUT || spikes.containsKey(node));
    }

    @Override
    public void see(View view, float[] seen) {
        int at = ((first + view.sample()) * steps + view.step()) * seen.length;
        byte[] fired = spikes.get(view.node());
        if (fired != null && view.quantity() == Quantity.OUTPUT) {
            for (int i = 0; i < seen.length; i++) {
                fired[at + i] = (byte) (seen[i] == 0f ? 0 : 1);
            }
        } else {
            System.arraycopy(seen, 0, values.get(view.node()), at, seen.length);
        }
    }

    /** Runs the network. */
    Npz record(NetworkPlan plan) {
        Experiment experiment = inputs.plan().experiment();
        BatchReader reader = new BatchReader(
                inputs.simulated(), ImageChange.NONE, steps, inputs.plan().encoder(), experiment.seed());
        int[] order = IntStream.range(0, images).toArray();
        long[] labels = new long[images];
        long[] predictions = new long[images];
        long[] ids = new long[images];
        try (ExecutableNetwork network = inputs.backend()
                .prepare(plan, Math.min(BATCH, images), experiment.run().effectiveThreads())) {
            for (first = 0; first < images; first += BATCH) {
                BatchReader.Batch batch =
                        reader.read(order, first, Math.min(images, first + BATCH), Evaluator.TEST_PASS);
                BatchResult result = network.run(batch.input(), this);
                for (int n = 0; n < result.samples(); n++) {
                    labels[first + n] = batch.labels()[n];
                    predictions[first + n] = result.prediction(steps - 1, n);
                    ids[first + n] = batch.input().sampleIds()[n];
                }
            }
        }
        Map<String, NpyArray> arrays = new TreeMap<>();
        arrays.put(
                RecordingFile.LAYERS,
                NpyArray.of(nodes.stream().map(Network.Node::name).toArray(String[]::new), nodes.size()));
        arrays.put(RecordingFile.LABELS, NpyArray.of(labels, images));
        arrays.put(RecordingFile.PREDICTIONS, NpyArray.of(predictions, images));
        List<String> classes = inputs.simulated().classNames();
        if (!classes.isEmpty()) {
            arrays.put(RecordingFile.CLASS_NAMES, NpyArray.of(classes.toArray(String[]::new), classes.size()));
        }
        arrays.put("sample_ids", NpyArray.of(ids, images));
        for (Network.Node node : nodes) {
            int[] shape = {
                images,
                steps,
                node.out().channels(),
                node.out().height(),
                node.out().width()
            };
            String kind = isNeuron(node) ? RecordingFile.POTENTIAL : RecordingFile.OUTPUT;
            arrays.put(node.name() + kind, NpyArray.of(values.get(node.id()), shape));
            if (isNeuron(node)) {
                arrays.put(node.name() + RecordingFile.SPIKES, NpyArray.of(spikes.get(node.id()), shape));
            }
        }
        return Npz.of(arrays);
    }
}
