/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How energy and area of digital blocks change with technology node and supply voltage.
 *
 * <pre>
 *   E(node, V) = a V^2 + b V + c,    energy factor = E(to) / E(from),    area factor = A(to) / A(from)
 * </pre>
 *
 * <p>Between two nodes energy at nominal voltage and area are interpolated linearly in the node. Cells, drivers and
 * converters do not follow this law.
 *
 * <p>Source: A. Stillmaker and B. Baas, "Scaling equations for the accurate prediction of CMOS device performance from 180
 * nm to 7 nm", Integration 2017; coefficients as the Accelergy library plug-in has them, nominal voltages and areas relative
 * to 130 nm with them.
 */
public final class TechnologyScaling {
    private static final TreeMap<Integer, Node> NODES = new TreeMap<>(Map.of(
            130, new Node(7.171, -6.709, 2.904, 1.3, 1),
            90, new Node(4.762, -4.781, 2.092, 1.2, 0.44),
            65, new Node(3.755, -4.398, 1.975, 1.1, 0.23),
            45, new Node(1.103, -0.362, 0.2767, 1.0, 0.16),
            32, new Node(0.9559, -0.7823, 0.471, 0.9, 0.072),
            20, new Node(0.373, -0.1582, 0.04104, 0.85, 0.033),
            16, new Node(0.2958, -0.1241, 0.03024, 0.8, 0.030),
            14, new Node(0.2363, -0.09675, 0.02239, 0.8, 0.027),
            10, new Node(0.2068, -0.09311, 0.02375, 0.75, 0.016),
            7, new Node(0.1776, -0.09097, 0.02447, 0.7, 0.0092)));

    private record Node(double a, double b, double c, double nominalVolt, double area) {
        double energy(double volt) {
            return a * volt * volt + b * volt + c;
        }
    }

    private TechnologyScaling() {}

    /** Smallest node that the law was fitted for, nm. */
    public static int smallestNanometres() {
        return NODES.firstKey();
    }

    /** Largest node that the law was fitted for, nm. */
    public static int largestNanometres() {
        return NODES.lastKey();
    }

    /** Relative energy at the nominal voltage of a node; about 1 at 45 nm. */
    public static double nominalEnergy(int nanometres) {
        return between(nanometres, node -> node.energy(node.nominalVolt));
    }

    /** Nominal supply voltage of a node, V. */
    public static double nominalVolt(int nanometres) {
        return between(nanometres, Node::nominalVolt);
    }

    /** Energy at one node and its nominal voltage over that at another. */
    public static double energyFactor(int fromNanometres, int toNanometres) {
        return nominalEnergy(toNanometres) / nominalEnergy(fromNanometres);
    }

    /**
     * Energy at one node and a voltage over that at another and its nominal voltage.
     *
     * @param toVolt supply voltage, above 0
     * @throws IllegalArgumentException if the law gives no energy above 0 there
     */
    public static double energyFactor(int fromNanometres, int toNanometres, double toVolt) {
        double energy = between(toNanometres, node -> node.energy(toVolt));
        if (!(toVolt > 0) || !(energy > 0)) {
            throw new IllegalArgumentException("the scaling law has no energy at " + toNanometres + " nm and " + toVolt
                    + " V; the nominal voltage is " + nominalVolt(toNanometres) + " V");
        }
        return energy / nominalEnergy(fromNanometres);
    }

    /** Area at one node over that at another. */
    public static double areaFactor(int fromNanometres, int toNanometres) {
        return between(toNanometres, Node::area) / between(fromNanometres, Node::area);
    }

    private static double between(int nanometres, ToDoubleFunction<Node> value) {
        var below = NODES.floorEntry(nanometres);
        var above = NODES.ceilingEntry(nanometres);
        if (below == null || above == null) {
            throw new IllegalArgumentException("technology scaling covers " + smallestNanometres() + " to "
                    + largestNanometres() + " nm, got " + nanometres + " nm");
        }
        double low = value.applyAsDouble(below.getValue());
        if (below.getKey().equals(above.getKey())) {
            return low;
        }
        double part = (double) (nanometres - below.getKey()) / (above.getKey() - below.getKey());
        return low + part * (value.applyAsDouble(above.getValue()) - low);
    }
}
