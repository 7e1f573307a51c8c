/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/** Lines of an energy report, in report order. */
public enum EnergyComponent {
    ROW_ACTIVATION("row_activation"),
    CELL_READ("cell_read"),
    COLUMN_CHARGE("column_charge"),
    ADC("adc"),
    COLUMN_MUX("column_mux"),
    SHIFT_ADD("shift_add"),
    PARTIAL_SUM_ADD("partial_sum_add"),
    PARTIAL_SUM_TRANSPORT("partial_sum_transport"),
    SRAM_READ("sram_read"),
    SRAM_ACCUMULATE("sram_accumulate"),
    NEURON_UPDATE("neuron_update"),
    MEMBRANE_ACCESS("membrane_access"),
    INPUT_BUFFER("input_buffer"),
    CURRENT_LATCH("current_latch"),
    SPIKE_TRANSPORT("spike_transport"),
    LEAKAGE("leakage"),
    PROGRAMMING("programming");

    private final String id;

    EnergyComponent(String id) {
        this.id = id;
    }

    /** Name in files. */
    public String id() {
        return id;
    }
}
