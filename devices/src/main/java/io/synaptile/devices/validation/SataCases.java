/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import io.synaptile.devices.cost.compat.SataForward;
import io.synaptile.devices.cost.compat.SataForward.Estimate;
import io.synaptile.devices.cost.compat.SataForward.Events;
import java.util.ArrayList;
import java.util.List;

/** Recomputes rows of {@code validation_sata.csv}, printed by the forward part of SATA's training energy tool. */
public final class SataCases {
    private SataCases() {}

    /**
     * Every output of one row.
     *
     * @throws IllegalArgumentException naming the column if an input is missing or malformed, or the network if it is unknown
     */
    public static List<Checked> check(ReferenceCase row) {
        Estimate estimate = new SataForward(row.whole("T"), row.whole("bits"), row.number("spike_sparsity"))
                .of(SataForward.network(row.text("network")));
        List<Checked> checked = new ArrayList<>();
        add(checked, row, "lif", estimate.lif());
        add(checked, row, "mac_fwd", estimate.mac());
        add(checked, row, "dram_fwd", estimate.dram());
        add(checked, row, "glb_fwd", estimate.buffer());
        add(checked, row, "spad_fwd", estimate.scratchpad());
        checked.add(Checked.number(row, "E_fwd_comp", estimate.computePicojoules()));
        checked.add(Checked.number(row, "E_fwd_mem", estimate.memoryPicojoules()));
        return checked;
    }

    private static void add(List<Checked> checked, ReferenceCase row, String event, Events events) {
        checked.add(Checked.number(row, "n_" + event, events.count()));
        checked.add(Checked.number(row, "e_" + event, events.unitPicojoules()));
        checked.add(Checked.number(row, "E_" + event, events.picojoules()));
    }
}
