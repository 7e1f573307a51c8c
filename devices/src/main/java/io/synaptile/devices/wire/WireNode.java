/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import java.util.List;

/**
 * Metal wires of a technology node, with the width, aspect ratio and resistivity that NeuroSim 1.4 assumes.
 *
 * @param nanometres name of the node
 * @param widthNanometres width of a wire
 * @param ohmPerMicrometre resistance at 300 K
 */
public record WireNode(int nanometres, double widthNanometres, double ohmPerMicrometre) {
    private static final double TEMPERATURE_COEFFICIENT = 0.00451; // 1/K, NeuroSim 1.4
    private static final double REFERENCE_KELVIN = 300;
    private static final double MICROMETRES_PER_NANOMETRE = 1e-3;

    private static final List<WireNode> NODES = List.of(
            new WireNode(130, 175, 0.410),
            new WireNode(90, 110, 1.136),
            new WireNode(65, 105, 1.179),
            new WireNode(45, 80, 2.178),
            new WireNode(32, 56, 4.659),
            new WireNode(22, 40, 9.770),
            new WireNode(14, 32, 15.87),
            new WireNode(7, 20, 52.1));

    /** Names of the known nodes, largest first. */
    public static List<Integer> known() {
        return NODES.stream().map(WireNode::nanometres).toList();
    }

    /**
     * The wires of a node.
     *
     * @throws IllegalArgumentException naming the known nodes if this is none of them
     */
    public static WireNode of(int nanometres) {
        return NODES.stream()
                .filter(node -> node.nanometres == nanometres)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "wires of the " + nanometres + " nm node are not known, only those of " + known()));
    }

    /**
     * Resistance of the wire along one cell.
     *
     * @param widths length of the cell in widths of a wire: 2 for a bare crosspoint, 4 usually, 12 for a cell with a transistor
     */
    public double segmentOhm(double widths) {
        return ohmPerMicrometre * widths * widthNanometres * MICROMETRES_PER_NANOMETRE;
    }

    /** How much a wire's resistance grows from 300 K to a temperature, as NeuroSim 1.4 has it: {@code 1 + 0.00451 |T - 300|}. */
    public static double temperatureFactor(double kelvin) {
        return 1 + TEMPERATURE_COEFFICIENT * Math.abs(kelvin - REFERENCE_KELVIN);
    }
}
