/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * Area of one component of one layer.
 *
 * @param count pieces of the component
 * @param node technology node of the area in nm
 * @param scaled whether the area was scaled from another node or width
 */
public record AreaRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "component", label = "Component") String component,
        @Cell(name = "count", label = "Count") double count,

        @Cell(name = "area_um2", label = "Area", unit = "\u00b5m\u00b2")
        double areaSquareMicrometres,

        @Cell(name = "node_nm", label = "Node") String node,
        @Cell(name = "scaled", label = "Scaled") String scaled,
        @Cell(name = "source", label = "Source") String source) {}
