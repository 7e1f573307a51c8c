/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/** What is counted on the hardware; one array is one tile of {@code R} rows and {@code C} physical columns. */
public enum ActivityCount {
    /** Rows driven, once per array (column tile) the row reaches. */
    ROW_ACTIVATIONS("row activations"),
    /** Physical cells on driven rows: row activations times C, twice that where pairs share a column. */
    DRIVEN_CELLS("driven cells"),
    /** Conductance of driven rows, summed over all their physical columns. */
    DRIVEN_MICROSIEMENS("uS driven"),
    /** Reads of one array with at least one driven row. */
    ARRAY_READS("array reads"),
    /** Physical columns read, over all array reads. */
    COLUMN_READS("column reads"),
    /** Cells that hang on the columns read: column reads times R, twice that where pairs share a column. */
    COLUMN_CELLS("cells on columns"),
    /** Column sums digitised. */
    ADC_CONVERSIONS("conversions"),
    /** Column multiplexer switchings. */
    MUX_SWITCHES("switchings"),
    /** Additions that join the slices and planes of one output of one array read. */
    SHIFT_ADDS("additions"),
    /** Additions of one output across row tiles. */
    PARTIAL_SUM_ADDS("additions"),
    /** Bits of partial sums moved between arrays. */
    PARTIAL_SUM_BITS("bits"),
    /** Products of a one-bit input and a stored word inside a digital SRAM macro, its adder tree included. */
    SRAM_MACS("MACs"),
    /** Bits of the stored words that those MACs read. */
    SRAM_READ_BITS("bits"),
    /** Additions of a digital SRAM sum to a column sum, outside the macro. */
    SRAM_ACCUMULATES("additions"),
    /** Shifts of a digital SRAM sum. */
    SRAM_SHIFTS("shifts"),
    /**
     * Reads of one position by a processing element: as many arrays of one column tile as the kernel has positions, whose
     * sums are joined before they leave it.
     */
    PE_CYCLES("PE cycles"),
    /** Neuron state updates. */
    NEURON_UPDATES("updates"),
    /** Reads and writes of membrane words, normally two per update. */
    MEMBRANE_ACCESSES("accesses"),
    /** Bits of spikes and input words read from or written to input buffers. */
    INPUT_BUFFER_BITS("bits"),
    /** Bits of latched currents written, once per inference, and read, once per step. */
    LATCH_BITS("bits"),
    /** Spikes times hops to each destination. */
    SPIKE_HOPS("spike hops"),
    /** Bits of spikes times hops to each destination. */
    SPIKE_HOP_BITS("bit hops"),
    /** Arrays times nanoseconds powered. */
    ARRAY_NANOSECONDS("array ns"),
    /** Converters times nanoseconds powered. */
    CONVERTER_NANOSECONDS("converter ns"),
    /** Rows of arrays times nanoseconds powered. */
    ROW_NANOSECONDS("row ns"),
    /** Physical columns of arrays times nanoseconds powered. */
    COLUMN_NANOSECONDS("column ns"),
    /** Bits of membranes and digital words times nanoseconds powered. */
    MEMORY_BIT_NANOSECONDS("bit ns"),
    /** Write pulses; once per programming, not per inference. */
    PROGRAMMING_PULSES("pulses");

    private final String unit;

    ActivityCount(String unit) {
        this.unit = unit;
    }

    /** Plural of what one count stands for, for reports. */
    public String unit() {
        return unit;
    }
}
