/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.QuantiseBlock;
import io.synaptile.experiment.file.QuantiseBlock.Quantiser;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.sim.network.Network;
import io.synaptile.training.transform.DorefaQuantiser;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.Ternariser;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.transform.XnorBinariser;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The quantiser of every layer whose weights are quantised, by node id. */
public final class LayerQuantisers {
    private static final String KEY = "train.quantise";
    private static final String BINARY = "train.binary";

    private final Map<Integer, LayerPatterns.Entry<Quantiser>> quantisers = new TreeMap<>();
    private final Network network;
    private final boolean asPublished;

    private LayerQuantisers(Network network, boolean asPublished) {
        this.network = network;
        this.asPublished = asPublished;
    }

    /** @throws io.synaptile.experiment.file.ConfigException if {@code per_layer} does not fit the network */
    public static LayerQuantisers of(ExperimentFile file, Network network) {
        QuantiseBlock block = file.experiment().train().quantise();
        Set<String> selected = ExperimentHardware.selected(block.layers(), network);
        Map<String, LayerPatterns.Entry<QuantiseBlock.OfLayer>> own =
                LayerPatterns.resolve(file, KEY + ".per_layer", block.perLayer(), network);
        LayerQuantisers found = new LayerQuantisers(network, block.asPublished());
        Set<Integer> binary =
                ConvertedNetwork.binaryIds(file.experiment().train().binary(), network);
        for (Network.Node node : network.synapses()) {
            LayerPatterns.Entry<QuantiseBlock.OfLayer> entry = own.get(node.name());
            if (binary.contains(node.id())) {
                found.add(node, BINARY, new Quantiser(QuantiseBlock.Kind.KBIT, 1));
            } else if (entry != null) {
                found.add(node, entry.key(), block.quantiser(entry.value()));
            } else if (selected.contains(node.name())) {
                found.add(node, KEY, block.quantiser());
            }
        }
        return found;
    }

    private void add(Network.Node node, String key, Quantiser quantiser) {
        if (!quantiser.isOff()) {
            quantisers.put(node.id(), new LayerPatterns.Entry<>(key, quantiser));
        }
    }

    /** Ids of the quantised layers. */
    public Set<Integer> layers() {
        return Collections.unmodifiableSet(quantisers.keySet());
    }

    /** Whether a layer has three levels. */
    public boolean isTernary(int layer) {
        return grid(layer) instanceof WeightGrid.Ternary;
    }

    /** Whether the weights of a layer are of one magnitude per output, which is no part of what cells hold. */
    public boolean isBinary(int layer) {
        return quantisers.containsKey(layer) && key(layer).equals(BINARY);
    }

    /** Dotted key of the block that a quantised layer has its quantiser from. */
    public String key(int layer) {
        return quantisers.get(layer).key();
    }

    /** Levels that the weights of a layer lie on. */
    public WeightGrid grid(int layer) {
        if (!quantisers.containsKey(layer)) {
            return new WeightGrid.None();
        }
        Quantiser quantiser = quantisers.get(layer).value();
        return switch (quantiser.kind()) {
            case KBIT -> new WeightGrid.KBit(quantiser.bits());
            case DOREFA -> new WeightGrid.Dorefa(quantiser.bits());
            case TERNARY -> new WeightGrid.Ternary();
            case NONE -> new WeightGrid.None();
        };
    }

    /** What puts the weights of a quantised layer on its levels. */
    public WeightTransform transform(int layer) {
        return switch (grid(layer)) {
            case WeightGrid.KBit _
            when isBinary(layer) ->
                new XnorBinariser(
                        network.node(layer).weightShape()[0],
                        network.node(layer).weightShape()[1]);
            case WeightGrid.KBit(int bits) -> new KBitQuantiser(bits, !asPublished);
            case WeightGrid.Dorefa(int bits) -> new DorefaQuantiser(bits);
            case WeightGrid.Ternary _ -> Ternariser.standard(asPublished);
            case WeightGrid.None _ -> throw new IllegalArgumentException("layer " + layer + " is not quantised");
        };
    }

    /** Weights of every layer as they are to be written, with the grid they lie on. */
    public Map<Integer, LayerWeights> written(Map<Integer, float[]> effective) {
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        effective.forEach((id, values) -> weights.put(id, new LayerWeights(values, grid(id))));
        return weights;
    }
}
