/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One layer of one design point, mean over its instances.
 *
 * @param spikesPerInference emitted by the layer
 * @param spikeRate spikes per neuron and time step, NaN for layers without neurons
 * @param tiles 0 for layers without synapses
 * @param utilisationPercent used cells of its tiles, NaN without tiles
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
        double energyPicojoules) {}
