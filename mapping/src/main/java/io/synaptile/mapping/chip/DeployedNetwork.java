/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.Readout;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.Folding;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network on one chip, as numbers a backend can run: programmed cells in weight units, read noise, converters,
 * and what is counted or in SRAM words as one more column each, which is exact.
 *
 * @param design what the chip was programmed for
 * @param chip the programmed chip
 * @param plan tiles for the layers on tiles, stored digital weights for the others; neurons emit plain spikes wherever the
 *     layers that read them can multiply by what they are worth
 */
public record DeployedNetwork(ChipDesign design, ChipInstance chip, NetworkPlan plan) {
    /**
     * Puts a network on a chip whose columns are converted exactly, whatever the read-out of the hardware.
     *
     * @param parameters of the network beside its weights
     */
    public static DeployedNetwork withExactReadout(ChipDesign design, ChipInstance chip, Parameters parameters) {
        return deploy(design, chip, parameters, Map.of());
    }

    /**
     * Puts a network on a chip.
     *
     * @param parameters of the network beside its weights
     * @param converters one per physical column of an output, by node id of the layers on tiles, those of digital words left out; ignored where the read-out is ideal
     * @throws IllegalArgumentException naming the layer if its converters are missing
     */
    public static DeployedNetwork of(
            ChipDesign design,
            ChipInstance chip,
            Parameters parameters,
            Map<Integer, SynapsePlan.Converter[]> converters) {
        return switch (design.hardware().readout()) {
            case Readout.Ideal _, Readout.LifDirect _ -> withExactReadout(design, chip, parameters);
            case Readout.Adc _ -> {
                for (LayerTiles tiles : design.tiles().layers()) {
                    boolean digital = design.cells(tiles.layer()).codec().digital();
                    if (!digital && !converters.containsKey(tiles.layer())) {
                        throw new IllegalArgumentException(
                                "layer " + tiles.name() + ": no converter range; calibrate the read-out first");
                    }
                }
                yield deploy(design, chip, parameters, converters);
            }
        };
    }

    private static DeployedNetwork deploy(
            ChipDesign design,
            ChipInstance chip,
            Parameters parameters,
            Map<Integer, SynapsePlan.Converter[]> converters) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        for (Network.Node node : design.network().synapses()) {
            Optional<LayerTiles> tiles = design.tiles().layer(node.id());
            synapses.put(
                    node.id(),
                    tiles.isPresent()
                            ? DeployedLayer.of(design, chip, tiles.get(), converters.get(node.id()))
                            : new SynapsePlan.DensePlan(
                                    DigitalWeights.stored(design.weights().get(node.id()), design.hardware())));
        }
        NetworkPlan plan = new NetworkPlan(design.network(), synapses, parameters.with(onTiles(design)));
        return new DeployedNetwork(design, chip, Folding.emissions(plan));
    }

    /** Biases that rows of tiles hold are not added once more. */
    private static Parameters onTiles(ChipDesign design) {
        Map<ParameterId, float[]> none = new TreeMap<>();
        design.biases()
                .values()
                .forEach(rows -> none.put(new ParameterId(rows.node(), Role.BIAS), new float[rows.values()[0].length]));
        return Parameters.of(none);
    }
}
