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
        int point,
        String layer,
        String kind,
        double spikesPerInference,
        double spikeRate,
        double synapticOpsPerInference,
        int tiles,
        double utilisationPercent,
        double energyPicojoules,
        double storageBits,
        double sramStorageBits,
        double sramElementSparsityPercent,
        double sramGroupSparsityPercent,
        double hopsPerEvent,
        int silentInstances,
        int saturatedInstances) {}
