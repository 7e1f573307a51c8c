/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.validate;

import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.NoiseFunctionCase;
import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.devices.validation.SataCases;
import io.synaptile.devices.validation.SpikeSimCases;
import io.synaptile.devices.wire.IrDropCases;
import io.synaptile.mapping.validation.EventModelCases;
import io.synaptile.mapping.validation.NeuroSimCases;
import java.util.List;
import java.util.function.Function;

/** The kinds of cases that can be recomputed. */
final class Families {
    private static final String COMPOSED = "1e-9";
    private static final String IR_DROP = "validation_irdrop.csv";
    private static final String NEUROSIM_REMARKS = """
            Two energy tables price the same counts of the same mapping: shifted weights with dummy columns, eight columns to a
            converter, all rows of an array at once. `neurosim22` has NeuroSim's published equation of a successive-approximation
            converter, also where NeuroSim has sense amplifiers, its wires, and constants scaled from other sources. Three of its
            numbers are calibrated, all on `vgg9_p10_rram22c1`: the length of a bus (on its interconnect energy), the area behind a
            row (on its interconnect and other area) and the leakage of an array (on its leakage power). Every other ratio is a
            prediction. `parts_area_um2` adds up the areas that NeuroSim lists; `chip_area_um2` includes the space in its floor
            plan; our areas have no such space. Our areas include membranes, which NeuroSim does not model. `adc_energy_pJ` is conversion and cell
            current, `accum_energy_pJ` shift-adds and partial-sum adds, `interconnect_energy_pJ` transport of sums and spikes.
            """;

    private Families() {}

    /** In report order. */
    static List<Family> all() {
        return List.of(
                new Family(
                        "SpikeSim ELA",
                        "validation_spikesim_ela.csv",
                        "released energy, latency and area script of SpikeSim (commit c2627bc)",
                        COMPOSED,
                        each(SpikeSimCases::check)),
                new Family(
                        "SATA, forward part",
                        "validation_sata.csv",
                        "released training energy tool SATA_Sim",
                        COMPOSED,
                        each(SataCases::check)),
                new Family(
                        "wire resistance, exact",
                        IR_DROP,
                        "nodal solution of resistive arrays, cross-checked by a second method",
                        COMPOSED,
                        rows -> new IrDropCases().exact(rows)),
                new Family(
                        "wire resistance, one pass",
                        IR_DROP,
                        "the same arrays; mean over the columns",
                        "2 drop^2",
                        rows -> new IrDropCases().onePass(rows)),
                new Family(
                        "noise and drift functions",
                        "validation_noise_functions.csv",
                        "noise models of IBM/aihwkit (head 4545f11) with the random draw taken out",
                        COMPOSED,
                        each(NoiseFunctionCase::check)),
                new Family(
                        "event cost model",
                        "validation_event_model.csv",
                        "reference implementation of the event model",
                        "counts exact, energies 1e-9",
                        each(EventModelCases::check)),
                new Family(
                        "NeuroSim 1.4",
                        "validation_neurosim.csv",
                        "core of NeuroSim 1.4 on synthetic data",
                        "",
                        NEUROSIM_REMARKS,
                        each(NeuroSimCases::check)));
    }

    private static Family.Recomputation each(Function<ReferenceCase, List<Checked>> check) {
        return rows -> rows.stream().map(check).flatMap(List::stream).toList();
    }
}
