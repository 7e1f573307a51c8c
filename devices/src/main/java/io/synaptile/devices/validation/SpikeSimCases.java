/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import io.synaptile.devices.cost.compat.SpikeSimEla;
import io.synaptile.devices.cost.compat.SpikeSimEla.Convolution;
import io.synaptile.devices.cost.compat.SpikeSimEla.Estimate;
import java.util.ArrayList;
import java.util.List;

/** Recomputes rows of {@code validation_spikesim_ela.csv}, printed by SpikeSim's released evaluation script. */
public final class SpikeSimCases {
    private SpikeSimCases() {}

    /**
     * Every output of one row.
     *
     * @throws IllegalArgumentException naming the column if an input is missing or malformed
     */
    public static List<Checked> check(ReferenceCase row) {
        Estimate estimate = estimate(row);
        List<Checked> checked = new ArrayList<>(List.of(
                Checked.count(row, "n_PE", estimate.pes()),
                Checked.count(row, "n_tiles", estimate.tiles()),
                Checked.number(row, "area_neuron_mem_um2", estimate.neuronMemoryUm2()),
                Checked.number(row, "area_analog_um2", estimate.analogUm2()),
                Checked.number(row, "area_digital_um2", estimate.digitalUm2()),
                Checked.number(row, "area_total_um2", estimate.totalUm2()),
                Checked.number(row, "energy_total_pJ", estimate.energyPicojoules()),
                Checked.number(row, "latency_ns", estimate.latencyNanoseconds()),
                Checked.number(row, "PE_cycle_ns", estimate.cycleNanoseconds())));
        String[] layers = row.parts("energy_per_layer_pJ");
        if (layers.length != estimate.layerEnergyPicojoules().length) {
            throw new IllegalArgumentException("case " + row.name() + ": energy_per_layer_pJ has " + layers.length
                    + " numbers, expected " + estimate.layerEnergyPicojoules().length);
        }
        for (int l = 0; l < layers.length; l++) {
            checked.add(new Checked(
                    row.name(),
                    "energy_per_layer_pJ[" + l + "]",
                    Double.parseDouble(layers[l]),
                    estimate.layerEnergyPicojoules()[l],
                    Checked.COMPOSED,
                    halfLastDigit(layers[l])));
        }
        return checked;
    }

    private static Estimate estimate(ReferenceCase row) {
        int[] in = row.wholes("in_ch");
        int[] out = row.wholes("out_ch");
        int[] inSide = row.wholes("in_dim");
        int[] outSide = row.wholes("out_dim");
        if (out.length != in.length || inSide.length != in.length || outSide.length != in.length) {
            throw new IllegalArgumentException(
                    "case " + row.name() + ": in_ch, out_ch, in_dim and out_dim differ in length");
        }
        Convolution[] layers = new Convolution[in.length];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = new Convolution(in[l], out[l], inSide[l], outSide[l]);
        }
        return new SpikeSimEla(
                        SpikeSimEla.Crossbar.of(row.text("device")),
                        row.whole("xbar"),
                        row.whole("kernel"),
                        row.whole("pe_per_tile"),
                        row.whole("time_steps"),
                        row.number("clk_MHz"))
                .of(layers);
    }

    private static double halfLastDigit(String number) {
        int point = number.indexOf('.');
        return 0.5 * Math.pow(10, point < 0 ? 0 : point + 1 - number.length());
    }
}
