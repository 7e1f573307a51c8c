/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellDraws.Effect;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellPlaces;
import java.util.Arrays;

/**
 * Cells of an array that fail together: whole rows, whole columns, and round clusters.
 *
 * <pre>
 *   a row, a column fails with its probability
 *   a place of the array, or within the radius of its edge, is the centre of a cluster with probability density;
 *   all cells at a distance of at most the radius from it fail, distances in cells from middle to middle
 *   what fails together is on with probability onShare, else off
 * </pre>
 *
 * <p>Where patterns meet, columns count before rows, rows before clusters, and the later cluster before the earlier one. As
 * centres may stand beyond the edge, a cell there fails as often as one in the middle. Form ours.
 *
 * @param row probability that a row fails
 * @param column probability that a column fails
 * @param density probability that a place is the centre of a cluster
 * @param radius of a cluster in cells, 0 to {@value #LARGEST_RADIUS}; 0 is a single cell
 * @param onShare probability that what fails is stuck at the maximum
 */
public record FaultPattern(double row, double column, double density, double radius, double onShare) {
    /** Cells fail by themselves only. */
    public static final FaultPattern NONE = new FaultPattern(0, 0, 0, 0, 0);

    static final int LARGEST_RADIUS = 16;

    public FaultPattern {
        requireProbability("stuck.row", row);
        requireProbability("stuck.column", column);
        requireProbability("stuck.cluster_density", density);
        requireProbability("stuck.pattern_on", onShare);
        if (!(radius >= 0 && radius <= LARGEST_RADIUS)) {
            throw new IllegalArgumentException(
                    "stuck.cluster_radius must be between 0 and " + LARGEST_RADIUS + ", got " + radius);
        }
    }

    static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
        }
    }

    /** Whether nothing fails together. */
    public boolean isNone() {
        return row == 0 && column == 0 && density == 0;
    }

    /**
     * Marks the cells that fail together.
     *
     * @param faults as {@link CellFault} says, one per cell of the places
     * @param key of the draws of this write
     */
    public void mark(byte[] faults, CellPlaces places, long key) {
        if (density > 0) {
            CellDraws draws = CellDraws.of(key, Effect.STUCK_CLUSTER);
            switch (places) {
                case CellPlaces.Apart _ ->
                    lines(faults, places.cells(), 1 - StrictMath.pow(1 - density, spots()), draws);
                case CellPlaces.Array array -> clusters(faults, array, draws);
            }
        }
        if (row > 0) {
            byte[] rows = new byte[places.rows()];
            lines(rows, rows.length, row, CellDraws.of(key, Effect.STUCK_ROW));
            for (int i = 0; i < faults.length; i++) {
                faults[i] = rows[places.row(i)] == CellFault.NONE ? faults[i] : rows[places.row(i)];
            }
        }
        if (column > 0) {
            byte[] columns = new byte[places.columns()];
            lines(columns, columns.length, column, CellDraws.of(key, Effect.STUCK_COLUMN));
            for (int i = 0; i < faults.length; i++) {
                faults[i] = columns[places.column(i)] == CellFault.NONE ? faults[i] : columns[places.column(i)];
            }
        }
    }

    /** Marks each of some lines with a probability. */
    private void lines(byte[] lines, int count, double probability, CellDraws draws) {
        for (int i = 0; i < count; i++) {
            draws.at(i);
            if (draws.nextDouble() < probability) {
                lines[i] = stuck(draws);
            }
        }
    }

    private byte stuck(CellDraws draws) {
        return draws.nextDouble() < onShare ? CellFault.ON : CellFault.OFF;
    }

    /** Half the width of a cluster so many rows away from its centre; negative where it has ended. */
    private int halfWidth(int away) {
        return away > radius ? -1 : (int) Math.sqrt(radius * radius - (double) away * away);
    }

    /** Number of places in a cluster. */
    private int spots() {
        int spots = 0;
        for (int away = -(int) radius; away <= radius; away++) {
            spots += 2 * halfWidth(away) + 1;
        }
        return spots;
    }

    private void clusters(byte[] faults, CellPlaces.Array array, CellDraws draws) {
        int reach = (int) radius;
        int width = array.columns() + 2 * reach;
        byte[] map = new byte[array.rows() * array.columns()];
        for (int y = -reach; y < array.rows() + reach; y++) {
            for (int x = -reach; x < array.columns() + reach; x++) {
                draws.at((y + reach) * width + x + reach);
                if (draws.nextDouble() < density) {
                    fill(map, array, y, x, stuck(draws));
                }
            }
        }
        for (int i = 0; i < faults.length; i++) {
            byte fault = map[array.row(i) * array.columns() + array.column(i)];
            faults[i] = fault == CellFault.NONE ? faults[i] : fault;
        }
    }

    /** Marks one cluster in a map {@code [rows, columns]}. */
    private void fill(byte[] map, CellPlaces.Array array, int y, int x, byte fault) {
        int reach = (int) radius;
        for (int row = Math.max(y - reach, 0); row <= Math.min(y + reach, array.rows() - 1); row++) {
            int half = halfWidth(Math.abs(row - y));
            int from = Math.max(x - half, 0);
            int to = Math.min(x + half, array.columns() - 1);
            if (from <= to) {
                Arrays.fill(map, row * array.columns() + from, row * array.columns() + to + 1, fault);
            }
        }
    }
}
