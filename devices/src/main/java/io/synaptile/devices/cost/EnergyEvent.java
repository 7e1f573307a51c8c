/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.text.message.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An event that an energy table can price: which count it multiplies, which report line it belongs to and which word width
 * its energy depends on.
 */
public enum EnergyEvent {
    /** Driver of one row of one array. */
    ROW_ACTIVATION(
            "row_activation",
            EnergyComponent.ROW_ACTIVATION,
            ActivityCount.ROW_ACTIVATIONS,
            Width.NONE,
            Block.ANALOGUE),
    /** Gate and wire of one column crossed by a driven row. */
    ROW_ACTIVATION_PER_COLUMN(
            "row_activation_per_column",
            EnergyComponent.ROW_ACTIVATION,
            ActivityCount.DRIVEN_CELLS,
            Width.NONE,
            Block.ANALOGUE),
    /** Read pulse over one uS: {@code V_r^2 t_r}. Excludes the other prices of a cell read. */
    CELL_READ_PER_MICROSIEMENS(
            "cell_read_per_uS",
            EnergyComponent.CELL_READ,
            ActivityCount.DRIVEN_MICROSIEMENS,
            Width.NONE,
            Block.ANALOGUE),
    /** Read of one cell at average conductance. Excludes the other prices of a cell read. */
    CELL_READ_PER_CELL(
            "cell_read_per_cell", EnergyComponent.CELL_READ, ActivityCount.DRIVEN_CELLS, Width.NONE, Block.ANALOGUE),
    /** Read of one column whatever its rows do. Excludes the other prices of a cell read. */
    CELL_READ_PER_COLUMN(
            "cell_read_per_column", EnergyComponent.CELL_READ, ActivityCount.COLUMN_READS, Width.NONE, Block.ANALOGUE),
    /** Read of a whole array whatever its rows do. Excludes the other prices of a cell read. */
    ARRAY_READ("array_read", EnergyComponent.CELL_READ, ActivityCount.ARRAY_READS, Width.NONE, Block.ANALOGUE),
    /** Converter input and everything else that does not grow with the column: {@code C V^2}. */
    COLUMN_CHARGE(
            "column_charge", EnergyComponent.COLUMN_CHARGE, ActivityCount.COLUMN_READS, Width.NONE, Block.ANALOGUE),
    /** Wire and junction of one cell on the column: {@code c_bl V_bl^2}; adds to {@link #COLUMN_CHARGE}. */
    COLUMN_CHARGE_PER_ROW(
            "column_charge_per_row",
            EnergyComponent.COLUMN_CHARGE,
            ActivityCount.COLUMN_CELLS,
            Width.NONE,
            Block.ANALOGUE),
    ADC_CONVERSION("adc_conversion", EnergyComponent.ADC, ActivityCount.ADC_CONVERSIONS, Width.ADC, Block.ANALOGUE),
    COLUMN_MUX("column_mux", EnergyComponent.COLUMN_MUX, ActivityCount.MUX_SWITCHES, Width.NONE, Block.ANALOGUE),
    SHIFT_ADD("shift_add", EnergyComponent.SHIFT_ADD, ActivityCount.SHIFT_ADDS, Width.SUM, Block.DIGITAL),
    PARTIAL_SUM_ADD(
            "partial_sum_add",
            EnergyComponent.PARTIAL_SUM_ADD,
            ActivityCount.PARTIAL_SUM_ADDS,
            Width.SUM,
            Block.DIGITAL),
    PARTIAL_SUM_BIT(
            "partial_sum_bit",
            EnergyComponent.PARTIAL_SUM_TRANSPORT,
            ActivityCount.PARTIAL_SUM_BITS,
            Width.NONE,
            Block.DIGITAL),
    /** One-bit product with its adder tree, the read of the word included. Excludes {@link #SRAM_READ_BIT}. */
    SRAM_MAC("sram_mac", EnergyComponent.SRAM_READ, ActivityCount.SRAM_MACS, Width.SRAM_WORD, Block.DIGITAL),
    /** Read of one bit of a stored word, without any adder. Excludes {@link #SRAM_MAC}. */
    SRAM_READ_BIT("sram_read_bit", EnergyComponent.SRAM_READ, ActivityCount.SRAM_READ_BITS, Width.NONE, Block.DIGITAL),
    SRAM_ACCUMULATE(
            "sram_accumulate",
            EnergyComponent.SRAM_ACCUMULATE,
            ActivityCount.SRAM_ACCUMULATES,
            Width.SUM,
            Block.DIGITAL),
    SRAM_SHIFT("sram_shift", EnergyComponent.SRAM_ACCUMULATE, ActivityCount.SRAM_SHIFTS, Width.SUM, Block.DIGITAL),
    NEURON_UPDATE(
            "neuron_update",
            EnergyComponent.NEURON_UPDATE,
            ActivityCount.NEURON_UPDATES,
            Width.MEMBRANE,
            Block.DIGITAL),
    /** Neurons of one PE cycle. Excludes {@link #NEURON_UPDATE}. */
    NEURON_UPDATE_PER_PE_CYCLE(
            "neuron_update_per_pe_cycle",
            EnergyComponent.NEURON_UPDATE,
            ActivityCount.PE_CYCLES,
            Width.NONE,
            Block.DIGITAL),
    MEMBRANE_ACCESS(
            "membrane_access",
            EnergyComponent.MEMBRANE_ACCESS,
            ActivityCount.MEMBRANE_ACCESSES,
            Width.NONE,
            Block.DIGITAL),
    /** Membranes of one PE cycle. Excludes {@link #MEMBRANE_ACCESS}. */
    MEMBRANE_ACCESS_PER_PE_CYCLE(
            "membrane_access_per_pe_cycle",
            EnergyComponent.MEMBRANE_ACCESS,
            ActivityCount.PE_CYCLES,
            Width.NONE,
            Block.DIGITAL),
    INPUT_BUFFER_BIT(
            "input_buffer_bit",
            EnergyComponent.INPUT_BUFFER,
            ActivityCount.INPUT_BUFFER_BITS,
            Width.NONE,
            Block.DIGITAL),
    /** Buffer of a tile in one PE cycle. Excludes {@link #INPUT_BUFFER_BIT}. */
    INPUT_BUFFER_PER_PE_CYCLE(
            "input_buffer_per_pe_cycle",
            EnergyComponent.INPUT_BUFFER,
            ActivityCount.PE_CYCLES,
            Width.NONE,
            Block.DIGITAL),
    /**
     * One bit of a current that does not change over the steps, written once and read in every step. A table without a price
     * for it takes that of {@link #INPUT_BUFFER_BIT}.
     */
    LATCH_BIT("latch_bit", EnergyComponent.CURRENT_LATCH, ActivityCount.LATCH_BITS, Width.NONE, Block.DIGITAL),
    /** Router and link per spike. Excludes {@link #SPIKE_HOP_BIT}. */
    SPIKE_HOP("spike_hop", EnergyComponent.SPIKE_TRANSPORT, ActivityCount.SPIKE_HOPS, Width.NONE, Block.DIGITAL),
    /** Router and link per bit. Excludes {@link #SPIKE_HOP}. */
    SPIKE_HOP_BIT(
            "spike_hop_bit", EnergyComponent.SPIKE_TRANSPORT, ActivityCount.SPIKE_HOP_BITS, Width.NONE, Block.DIGITAL),
    /** Wires between PEs in one PE cycle. Excludes the prices per hop. */
    SPIKE_TRANSPORT_PER_PE_CYCLE(
            "spike_transport_per_pe_cycle",
            EnergyComponent.SPIKE_TRANSPORT,
            ActivityCount.PE_CYCLES,
            Width.NONE,
            Block.DIGITAL),
    /** Buffers, buses and routers of one array; 1 uW is 1e-3 pJ per ns. */
    LEAKAGE(
            "leakage_per_array_ns",
            EnergyComponent.LEAKAGE,
            ActivityCount.ARRAY_NANOSECONDS,
            Width.NONE,
            Block.ANALOGUE),
    /** Converter and the adders behind it. */
    LEAKAGE_PER_CONVERTER(
            "leakage_per_converter_ns",
            EnergyComponent.LEAKAGE,
            ActivityCount.CONVERTER_NANOSECONDS,
            Width.ADC,
            Block.ANALOGUE),
    /** Driver and input register of one row. */
    LEAKAGE_PER_ROW(
            "leakage_per_row_ns", EnergyComponent.LEAKAGE, ActivityCount.ROW_NANOSECONDS, Width.NONE, Block.ANALOGUE),
    /** Sample-and-hold and output register of one column. */
    LEAKAGE_PER_COLUMN(
            "leakage_per_column_ns",
            EnergyComponent.LEAKAGE,
            ActivityCount.COLUMN_NANOSECONDS,
            Width.NONE,
            Block.ANALOGUE),
    /** Membranes and digital words. */
    LEAKAGE_PER_MEMORY_BIT(
            "leakage_per_memory_bit_ns",
            EnergyComponent.LEAKAGE,
            ActivityCount.MEMORY_BIT_NANOSECONDS,
            Width.NONE,
            Block.ANALOGUE),
    PROGRAMMING_PULSE(
            "programming_pulse",
            EnergyComponent.PROGRAMMING,
            ActivityCount.PROGRAMMING_PULSES,
            Width.NONE,
            Block.ANALOGUE);

    /**
     * Whether an event happens in logic and memory that shrink with the technology node, or in cells, drivers and converters.
     * Leakage counts among these, for the law of scaling is one of switching energy.
     */
    enum Block {
        ANALOGUE,
        DIGITAL
    }

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
    private final Block block;

    EnergyEvent(String key, EnergyComponent component, ActivityCount count, Width width, Block block) {
        this.key = key;
        this.component = component;
        this.count = count;
        this.width = width;
        this.block = block;
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

    /** Whether the event happens in digital blocks, whose energy follows the technology node. */
    public boolean digital() {
        return block == Block.DIGITAL;
    }

    /**
     * Whether it is another way to price what a component's other events count; alone it does not say that something
     * happened in the component.
     */
    boolean alternative() {
        return switch (this) {
            case CELL_READ_PER_COLUMN,
                    ARRAY_READ,
                    COLUMN_CHARGE_PER_ROW,
                    SRAM_READ_BIT,
                    NEURON_UPDATE_PER_PE_CYCLE,
                    MEMBRANE_ACCESS_PER_PE_CYCLE,
                    INPUT_BUFFER_PER_PE_CYCLE,
                    SPIKE_TRANSPORT_PER_PE_CYCLE -> true;
            default -> false;
        };
    }

    /** The event whose price holds where a table has none for this one. */
    Optional<EnergyEvent> substitute() {
        return this == LATCH_BIT ? Optional.of(INPUT_BUFFER_BIT) : Optional.empty();
    }

    Width width() {
        return width;
    }

    /** Names of all events, in the order of the reports. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(EnergyEvent::key).toList();
    }

    /**
     * The event of a table key.
     *
     * @throws IllegalArgumentException listing the known keys
     */
    public static EnergyEvent ofKey(String key) {
        for (EnergyEvent event : values()) {
            if (event.key.equals(key)) {
                return event;
            }
        }
        throw new IllegalArgumentException("unknown event " + Quoted.of(key) + "; known: " + String.join(", ", keys()));
    }
}
