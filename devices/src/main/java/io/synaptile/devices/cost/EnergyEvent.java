/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Arrays;
import java.util.List;

/**
 * An event that an energy table can price: which count it multiplies, which report line it belongs to and which word width
 * its energy depends on.
 */
public enum EnergyEvent {
    /** Driver of one row of one array. */
    ROW_ACTIVATION("row_activation", EnergyComponent.ROW_ACTIVATION, ActivityCount.ROW_ACTIVATIONS, Width.NONE),
    /** Gate and wire of one column crossed by a driven row. */
    ROW_ACTIVATION_PER_COLUMN(
            "row_activation_per_column", EnergyComponent.ROW_ACTIVATION, ActivityCount.DRIVEN_CELLS, Width.NONE),
    /** Read pulse over one uS: {@code V_r^2 t_r}. Excludes {@link #CELL_READ_PER_CELL}. */
    CELL_READ_PER_MICROSIEMENS(
            "cell_read_per_uS", EnergyComponent.CELL_READ, ActivityCount.DRIVEN_MICROSIEMENS, Width.NONE),
    /** Read of one cell at average conductance. Excludes {@link #CELL_READ_PER_MICROSIEMENS}. */
    CELL_READ_PER_CELL("cell_read_per_cell", EnergyComponent.CELL_READ, ActivityCount.DRIVEN_CELLS, Width.NONE),
    COLUMN_CHARGE("column_charge", EnergyComponent.COLUMN_CHARGE, ActivityCount.COLUMN_READS, Width.NONE),
    ADC_CONVERSION("adc_conversion", EnergyComponent.ADC, ActivityCount.ADC_CONVERSIONS, Width.ADC),
    COLUMN_MUX("column_mux", EnergyComponent.COLUMN_MUX, ActivityCount.MUX_SWITCHES, Width.NONE),
    SHIFT_ADD("shift_add", EnergyComponent.SHIFT_ADD, ActivityCount.SHIFT_ADDS, Width.SUM),
    PARTIAL_SUM_ADD("partial_sum_add", EnergyComponent.PARTIAL_SUM_ADD, ActivityCount.PARTIAL_SUM_ADDS, Width.SUM),
    PARTIAL_SUM_BIT(
            "partial_sum_bit", EnergyComponent.PARTIAL_SUM_TRANSPORT, ActivityCount.PARTIAL_SUM_BITS, Width.NONE),
    SRAM_MAC("sram_mac", EnergyComponent.SRAM_READ, ActivityCount.SRAM_MACS, Width.SRAM_WORD),
    SRAM_ACCUMULATE("sram_accumulate", EnergyComponent.SRAM_ACCUMULATE, ActivityCount.SRAM_ACCUMULATES, Width.SUM),
    SRAM_SHIFT("sram_shift", EnergyComponent.SRAM_ACCUMULATE, ActivityCount.SRAM_SHIFTS, Width.SUM),
    NEURON_UPDATE("neuron_update", EnergyComponent.NEURON_UPDATE, ActivityCount.NEURON_UPDATES, Width.MEMBRANE),
    MEMBRANE_ACCESS("membrane_access", EnergyComponent.MEMBRANE_ACCESS, ActivityCount.MEMBRANE_ACCESSES, Width.NONE),
    INPUT_BUFFER_BIT("input_buffer_bit", EnergyComponent.INPUT_BUFFER, ActivityCount.INPUT_BUFFER_BITS, Width.NONE),
    /** Router and link per spike. Excludes {@link #SPIKE_HOP_BIT}. */
    SPIKE_HOP("spike_hop", EnergyComponent.SPIKE_TRANSPORT, ActivityCount.SPIKE_HOPS, Width.NONE),
    /** Router and link per bit. Excludes {@link #SPIKE_HOP}. */
    SPIKE_HOP_BIT("spike_hop_bit", EnergyComponent.SPIKE_TRANSPORT, ActivityCount.SPIKE_HOP_BITS, Width.NONE),
    LEAKAGE("leakage_per_array_ns", EnergyComponent.LEAKAGE, ActivityCount.ARRAY_NANOSECONDS, Width.NONE),
    PROGRAMMING_PULSE("programming_pulse", EnergyComponent.PROGRAMMING, ActivityCount.PROGRAMMING_PULSES, Width.NONE);

    /** Word width that the energy of an event depends on. */
    enum Width {
        NONE,
        ADC,
        SUM,
        MEMBRANE,
        SRAM_WORD
    }

    private final String key;
    private final EnergyComponent component;
    private final ActivityCount count;
    private final Width width;

    EnergyEvent(String key, EnergyComponent component, ActivityCount count, Width width) {
        this.key = key;
        this.component = component;
        this.count = count;
        this.width = width;
    }

    /** Name in an energy table file. */
    public String key() {
        return key;
    }

    /** Report line the energy is added to. */
    public EnergyComponent component() {
        return component;
    }

    /** Count the energy is multiplied with. */
    public ActivityCount count() {
        return count;
    }

    Width width() {
        return width;
    }

    /**
     * The event of a table key.
     *
     * @throws IllegalArgumentException listing the known keys
     */
    static EnergyEvent ofKey(String key) {
        for (EnergyEvent event : values()) {
            if (event.key.equals(key)) {
                return event;
            }
        }
        List<String> known = Arrays.stream(values()).map(EnergyEvent::key).toList();
        throw new IllegalArgumentException("unknown event '" + key + "'; known: " + String.join(", ", known));
    }
}
