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
        int point,
        String layer,
        String component,
        double count,
        double areaSquareMicrometres,
        String node,
        String scaled,
        String source) {}
