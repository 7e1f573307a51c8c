/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One layer of one design point, mean over its instances.
 *
 * @param spikesPerInference emitted by the layer
 * @param spikeRate spikes per neuron and time step, NaN for layers without neurons
 * @param tiles 0 for layers without synapses
 * @param utilisationPercent used cells of its tiles, NaN without tiles
 * @param storageBits bits of its cells, digital words and SRAM words
 * @param sramStorageBits bits of the SRAM words beside its cells, NaN without
 * @param sramElementSparsityPercent SRAM words that are 0, NaN without
 * @param sramGroupSparsityPercent groups of SRAM words that are not stored, NaN where the layer is not pruned
 * @param hopsPerEvent mean hops of an event between chip tiles on its way to the layer, over all chip tiles that it has to reach;
 *     NaN for layers without synapses
 * @param silentInstances instances on which none of its neurons fired in any image, 0 for layers without neurons
 * @param saturatedInstances instances on which all of its neurons fired at every step of every image
 */
public record LayerRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "kind", label = "Kind") String kind,

        @Cell(name = "spikes_per_inference", label = "Spikes per inference")
        double spikesPerInference,

        @Cell(name = "spike_rate", label = "Spike rate", unit = "per neuron and step")
        double spikeRate,

        @Cell(name = "synaptic_ops_per_inference", label = "Synaptic operations per inference")
        double synapticOpsPerInference,

        @Cell(name = "tiles", label = "Tiles") int tiles,

        @Cell(name = "utilisation_percent", label = "Utilisation", unit = "%")
        double utilisationPercent,

        @Cell(name = "energy_pJ", label = "Energy", unit = "pJ")
        double energyPicojoules,

        @Cell(name = "storage_bits", label = "Storage", unit = "bits")
        double storageBits,

        @Cell(name = "sram_storage_bits", label = "SRAM storage", unit = "bits")
        double sramStorageBits,

        @Cell(name = "sram_element_sparsity_percent", label = "SRAM words of 0", unit = "%")
        double sramElementSparsityPercent,

        @Cell(name = "sram_group_sparsity_percent", label = "SRAM groups pruned", unit = "%")
        double sramGroupSparsityPercent,

        @Cell(name = "hops_per_event", label = "Hops per event")
        double hopsPerEvent,

        @Cell(name = "silent_instances", label = "Silent on instances")
        int silentInstances,

        @Cell(name = "saturated_instances", label = "Saturated on instances")
        int saturatedInstances) {}
