/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.StdsBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.sim.network.Network;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.SoftThreshold;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.transform.WideningZone;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an experiment says of sparse training: which layers are pruned, and how. */
final class PrunedLayers {
    private static final String EXCEPT = "train.stds.except";

    private final StdsBlock block;
    private final Set<Integer> ids;

    private PrunedLayers(StdsBlock block, Set<Integer> ids) {
        this.block = block;
        this.ids = ids;
    }

    /**
     * Layers that sparse training prunes; none for other methods.
     *
     * @throws io.synaptile.experiment.file.ConfigException if an exception is no layer, or all layers are
     */
    static PrunedLayers of(ExperimentFile file, Network network) {
        TrainBlock train = file.experiment().train();
        StdsBlock block = train.stds();
        if (train.method() != TrainBlock.Method.STDS) {
            return new PrunedLayers(block, Set.of());
        }
        List<Network.Node> kept = network.synapses();
        for (String name : block.except()) {
            Pattern pattern = LayerPatterns.regex(name);
            if (network.synapses().stream()
                    .noneMatch(node -> pattern.matcher(node.name()).matches())) {
                throw file.problem(
                        EXCEPT,
                        EXCEPT + ": " + name + " is no layer with weights; these are: "
                                + network.synapses().stream()
                                        .map(Network.Node::name)
                                        .collect(Collectors.joining(", ")));
            }
            kept = kept.stream()
                    .filter(node -> !pattern.matcher(node.name()).matches())
                    .toList();
        }
        if (kept.isEmpty()) {
            throw file.problem(EXCEPT, EXCEPT + " leaves no layer to prune; train.stds.width 0 trains a dense network");
        }
        return new PrunedLayers(
                block, kept.stream().map(Network.Node::id).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Ids of the layers. */
    Set<Integer> ids() {
        return ids;
    }

    /** How strongly signs pull their latent weights to 0. */
    float signPenalty() {
        return (float) block.signPenalty();
    }

    /**
     * What quantises a layer so that pruned weights stay 0.
     *
     * @throws io.synaptile.experiment.file.ConfigException if no level of a pruned layer can stand for 0
     */
    WeightTransform quantiser(ExperimentFile file, Network network, LayerQuantisers quantisers, int layer) {
        WeightTransform words = quantisers.transform(layer);
        if (!ids.contains(layer)) {
            return words;
        }
        return switch (quantisers.grid(layer)) {
            // Beside its levels, as an empty pair of cells holds it.
            case WeightGrid.KBit _ -> new MagnitudeMask(words, 0f);
            case WeightGrid.Dorefa _ -> {
                String key = quantisers.key(layer) + ".kind";
                throw file.problem(
                        key,
                        key
                                + " must be kbit, ternary or none for train.method stds, because dorefa has no 0 that pruned"
                                + " weights of layer " + network.node(layer).name() + " could be");
            }
            case WeightGrid.Ternary _, WeightGrid.None _ -> words;
        };
    }

    /**
     * The zone before all other transforms.
     *
     * @param others of the layers, which follow it
     */
    WideningZone zone(LayerTransforms others) {
        SoftThreshold.Gradient gradient = switch (block.form()) {
            case STMOD -> SoftThreshold.Gradient.THROUGH_ZONE;
            case ST -> SoftThreshold.Gradient.OUTSIDE_ZONE;
        };
        WideningZone.Widening widening = switch (block.schedule()) {
            case SINE -> WideningZone.Widening.SINE;
            case LINEAR -> WideningZone.Widening.LINEAR;
            case CONSTANT -> WideningZone.Widening.CONSTANT;
        };
        // A dense network has no zone, in which a weight of 0 would be caught.
        boolean dense = block.width() == 0 && block.signPenalty() == 0;
        return new WideningZone(
                others, dense ? Set.of() : ids, new SoftThreshold((float) block.width(), gradient), widening);
    }
}
