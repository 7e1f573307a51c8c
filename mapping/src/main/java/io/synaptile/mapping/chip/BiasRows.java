/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.SpikeValues;
import io.synaptile.text.message.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bias of a layer in cells as rows of its matrix, behind those of the inputs. Its conductances have the scale of the weights; a bias
 * beyond full scale takes as many rows as it has full scales, all but the last of which an output fills:
 *
 * <pre>
 *   b_o is the bias over what a spike of the layer's inputs is worth, by which the sums of columns are multiplied
 *   rows = max(1, ceil(max over outputs of |b_o| / full scale))
 *   row i holds sign(b_o) clamp(|b_o| - i full scale, 0, full scale)
 * </pre>
 *
 * @param node id of the bias
 * @param factor by which the sums of columns are multiplied
 * @param values {@code [rows][outputs]}; owned by this record, not changed
 */
public record BiasRows(int node, float factor, float[][] values) {
    /** Number of rows. */
    public int count() {
        return values.length;
    }

    /**
     * The biases that are rows, by id of the layer in whose matrix they stand: those that follow a layer in cells directly.
     *
     * @param weights of every synapse layer, by node id
     * @param parameters biases among them
     * @throws IllegalArgumentException if no layer has such a bias, its currents are read without it too, or its matrix has no place
     *     for a row
     */
    static Map<Integer, BiasRows> of(
            Network network, HardwareSpec hardware, Map<Integer, LayerWeights> weights, Parameters parameters) {
        Map<Integer, BiasRows> rows = new TreeMap<>();
        SpikeValues spikes = SpikeValues.of(network);
        for (Network.Node node : network.synapses()) {
            boolean inCells = hardware.layers().tiled().contains(node.name())
                    && !hardware.cells(node.name()).codec().digital();
            Optional<Network.Node> bias = inCells ? biasOf(network, node) : Optional.empty();
            if (bias.isPresent()) {
                requirePlace(hardware, node);
                float[] values = parameters.get(new ParameterId(bias.get().id(), Role.BIAS));
                float fullScale = weights.get(node.id()).fullScale();
                float factor = spikes.factors(node, parameters)[0];
                rows.put(node.id(), new BiasRows(bias.get().id(), factor, split(values, fullScale * factor, factor)));
            }
        }
        if (rows.isEmpty()) {
            throw RefusedException.of(
                    HardwareProperty.BIAS,
                    " row has nothing to act on: no layer in cells has a bias; offsets of norms are added digitally");
        }
        return rows;
    }

    private static Optional<Network.Node> biasOf(Network network, Network.Node synapses) {
        List<Network.Node> readers = network.nodes().stream()
                .filter(reader -> reader.inputs().contains(synapses.id()))
                .toList();
        Optional<Network.Node> bias = readers.stream()
                .filter(reader -> reader.layer() instanceof Layer.Bias)
                .findFirst();
        if (bias.isPresent() && readers.size() > 1) {
            throw RefusedException.of(
                    "layer " + synapses.name() + " is read without its bias too, so ",
                    HardwareProperty.BIAS,
                    " must be digital");
        }
        return bias;
    }

    private static void requirePlace(HardwareSpec hardware, Network.Node node) {
        if (hardware.cells(node.name()).codec() == CodecKind.RRAM_PLUS_SHIFTED_SRAM) {
            throw RefusedException.of(
                    HardwareProperty.BIAS,
                    " must be digital for ",
                    HardwareProperty.CODEC,
                    " " + CodecKind.RRAM_PLUS_SHIFTED_SRAM.id() + " of layer " + node.name()
                            + ", which adds SRAM words to the sums of its cells");
        }
        if (hardware.chip().kernelSplit() && node.layer() instanceof Layer.Conv2d) {
            throw RefusedException.of(
                    HardwareProperty.BIAS,
                    " must be digital for layer " + node.name()
                            + ", whose matrix is split by the positions of its kernel");
        }
    }

    /** @param fullScale that a bias meets behind the factor */
    private static float[][] split(float[] bias, float fullScale, float factor) {
        float largest = 0f;
        for (float value : bias) {
            largest = Math.max(largest, Math.abs(value));
        }
        float[][] rows = new float[Math.max(1, (int) Math.ceil(largest / fullScale))][bias.length];
        for (int i = 0; i < rows.length; i++) {
            for (int o = 0; o < bias.length; o++) {
                float rest = Math.clamp(Math.abs(bias[o]) - i * fullScale, 0f, fullScale);
                rows[i][o] = Math.copySign(rest, bias[o]) / factor;
            }
        }
        return rows;
    }
}
