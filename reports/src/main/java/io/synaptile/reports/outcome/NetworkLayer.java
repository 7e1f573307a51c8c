/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import java.util.List;

/**
 * One layer of a network, for its table and drawing.
 *
 * @param kind what it is, with what sets it apart: {@code conv 3x3}
 * @param inputs names of the layers that it reads; empty for the network's input
 * @param output shape of its output, {@code 16x8x8}
 * @param parameters trainable numbers
 * @param fanIn inputs of one output value; 0 for a layer without synapses
 * @param macs multiplications and additions of one time step if every input is active; 0 for a layer without synapses
 * @param tiles of a chip; 0 for a layer that is on none
 * @param note what a reader has to know of its place on a chip; empty if there is nothing
 */
public record NetworkLayer(
        String name,
        String kind,
        List<String> inputs,
        String output,
        long parameters,
        int fanIn,
        long macs,
        int tiles,
        String note) {
    public NetworkLayer {
        inputs = List.copyOf(inputs);
    }
}
