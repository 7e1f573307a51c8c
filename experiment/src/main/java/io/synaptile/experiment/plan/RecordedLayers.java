/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.RecordBlock;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.text.message.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The layers whose activity is recorded. */
public final class RecordedLayers {
    private static final long LARGEST_MEGABYTES = 256;
    private static final long MEGABYTE = 1 << 20;

    private RecordedLayers() {}

    /**
     * The nodes that {@code simulate.record.layers} names, in the order of the network.
     *
     * @param timeSteps of a simulated inference
     * @throws io.synaptile.experiment.file.ConfigException if a name is of no layer, or the recording would be too large
     */
    public static List<Network.Node> of(ExperimentFile file, Network network, int timeSteps) {
        RecordBlock block = file.experiment().simulate().record();
        TreeSet<Integer> ids = new TreeSet<>();
        List<String> names = network.nodes().stream().map(Network.Node::name).toList();
        for (String name : block.layers()) {
            Pattern pattern = LayerPatterns.regex(name);
            List<Network.Node> meant = network.nodes().stream()
                    .filter(node -> pattern.matcher(node.name()).matches())
                    .toList();
            if (meant.isEmpty()) {
                throw file.problem(
                        "simulate.record.layers",
                        "simulate.record.layers: the network has no layer " + name
                                + Spelling.nearest(name, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; it has " + String.join(", ", names)));
            }
            meant.forEach(node -> ids.add(node.id()));
        }
        List<Network.Node> nodes = new ArrayList<>();
        ids.forEach(id -> nodes.add(network.node(id)));
        requireRoom(file, nodes, block, timeSteps);
        return nodes;
    }

    private static void requireRoom(ExperimentFile file, List<Network.Node> nodes, RecordBlock block, int timeSteps) {
        long perStep = nodes.stream()
                .mapToLong(node -> (long) node.out().size() * (node.layer() instanceof Layer.Neuron ? 5 : 4))
                .sum();
        long bytes = perStep * timeSteps * block.images();
        if (bytes > LARGEST_MEGABYTES * MEGABYTE) {
            throw file.problem(
                    "simulate.record.images",
                    "simulate.record.images " + block.images() + " of these layers take "
                            + Math.ceilDiv(bytes, MEGABYTE) + " MB, and a recording may have " + LARGEST_MEGABYTES
                            + "; record fewer images or layers");
        }
    }
}
