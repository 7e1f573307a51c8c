/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.SpikeValues;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader has to know of a layer's place on a chip of tiles and spiking neurons. */
public final class LayerNotes {
    private static final String BIAS =
            "its bias is held by rows of its tiles, which are driven with a pulse at every step";

    private LayerNotes() {}

    /**
     * A note on a layer, if it needs one: that nothing on such a chip does what it does, or how sums of spikes reach rows.
     *
     * @param encoder input coding
     */
    public static Optional<String> of(Network network, Network.Node node, Encoder encoder) {
        return of(network, node, encoder, false, false);
    }

    /**
     * The same where the bias of the layer may stand on its tiles, and these may leave out weights that are 0.
     *
     * @param biasOnTiles whether it does
     * @param leavesOut whether they do
     */
    public static Optional<String> of(
            Network network, Network.Node node, Encoder encoder, boolean biasOnTiles, boolean leavesOut) {
        return switch (node.layer()) {
            case Layer.Relu _ -> missing("a rectifier");
            case Layer.RateNorm _ -> missing("a rate");
            case Layer.Qcfs _ -> missing("a quantised activation");
            case Layer.MaxPool _ ->
                isBinary(network, node, encoder)
                        ? Optional.empty()
                        : missing("the largest of values that are no spikes");
            case Layer.Join(Layer.Join.Function function) ->
                function == Layer.Join.Function.ADD || isBinary(network, node, encoder)
                        ? Optional.empty()
                        : missing("a product of values that are no spikes");
            case Layer.Synapse _ ->
                onTiles(
                        groups(node, leavesOut),
                        pulses(network, node, encoder),
                        emission(network, node),
                        biasOnTiles ? BIAS : "");
            case Layer.AvgPool _,
                    Layer.Flatten _,
                    Layer.Part _,
                    Layer.Dropout _,
                    Layer.Concat _,
                    Layer.Affine _,
                    Layer.Neuron _,
                    Layer.Integrator _,
                    Layer.Delay _,
                    Layer.ReadOut _ -> Optional.empty();
        };
    }

    private static Optional<String> missing(String what) {
        return Optional.of(what + " has no counterpart on tiles; it is computed digitally and not counted");
    }

    private static Optional<String> onTiles(String... notes) {
        String all = Arrays.stream(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static String groups(Network.Node node, boolean leavesOut) {
        return node.layer() instanceof Layer.Conv2d conv && conv.groups() > 1
                ? "its groups share rows; on tiles " + (conv.groups() - 1) + " of " + conv.groups()
                        + " cells lie between groups and hold the weight 0"
                        + (leavesOut ? ", unless they are left out" : "")
                : "";
    }

    private static String pulses(Network network, Network.Node node, Encoder encoder) {
        if (InputKind.of(network, node, encoder) == InputKind.ANALOGUE) {
            return "";
        }
        int pulses = InputKind.pulses(network, node, encoder);
        return pulses == 1
                ? ""
                : "receives sums of spikes up to " + pulses + "; on tiles a read drives its rows with up to " + pulses
                        + " unary pulses";
    }

    private static String emission(Network network, Network.Node node) {
        SpikeValues values = SpikeValues.of(network);
        if (!values.areUniform(node)) {
            return "reads spikes that are not worth the same; unary pulses cannot carry them";
        }
        return values.arePlain(node)
                ? ""
                : "reads spikes that are not worth 1; on tiles rows get unit pulses, and the sums of the columns are"
                        + " multiplied";
    }

    /** Whether all inputs of a node are 0 or 1. */
    private static boolean isBinary(Network network, Network.Node node, Encoder encoder) {
        return node.inputs().stream().allMatch(source -> givesSpikes(network, source, encoder));
    }

    private static boolean givesSpikes(Network network, int id, Encoder encoder) {
        if (id == Network.INPUT) {
            return encoder instanceof Encoder.Frames && !encoder.isAnalogue() && encoder.largestCount() == 1;
        }
        Network.Node node = network.node(id);
        return switch (node.layer()) {
            case Layer.Neuron _, Layer.Delay _ -> true;
            case Layer.AvgPool pool -> pool.area() == 1 && isBinary(network, node, encoder);
            case Layer.Join(Layer.Join.Function function) ->
                function != Layer.Join.Function.ADD && isBinary(network, node, encoder);
            case Layer.Relu(float ceiling) -> ceiling >= 1f && isBinary(network, node, encoder);
            case Layer.MaxPool _, Layer.Flatten _, Layer.Part _, Layer.Dropout _, Layer.Concat _ ->
                isBinary(network, node, encoder);
            case Layer.Synapse _, Layer.RateNorm _, Layer.Qcfs _, Layer.Affine _, Layer.Integrator _, Layer.ReadOut _ ->
                false;
        };
    }
}
