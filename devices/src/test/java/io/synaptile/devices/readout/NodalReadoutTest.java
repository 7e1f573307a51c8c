/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.wire.CrossbarCells;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodalReadoutTest {
    private static final int ROWS = 6;
    private static final int COLUMNS = 5;
    private static final NodalReadoutProvider PROVIDER = new NodalReadoutProvider();

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"A", "Z", "B"})
    void readsAreThoseOfTheWireModel(Topology topology) {
        boolean linear = topology.linear();
        WireModel wires = new WireModel(topology, topology == Topology.A ? 90 : 0, 120, linear ? 200 : 0, 300);
        SplittableRandom random = new SplittableRandom(4);
        float[] microsiemens = new float[ROWS * COLUMNS];
        double[] cells = new double[microsiemens.length];
        for (int i = 0; i < cells.length; i++) {
            microsiemens[i] = 200 * random.nextFloat();
            cells[i] = microsiemens[i];
        }
        ReadableArray array = new NodalReadout(wires)
                .open(new ArrayCells(
                        ROWS, COLUMNS, microsiemens, new float[cells.length], new ConductanceRange(0, 200), 1));
        float[] currents = new float[2 * COLUMNS];
        array.read(
                new RowReads(
                        1, new int[2], new long[] {1, 2}, new int[] {0, 2, 5}, new int[] {1, 4, 0, 2, 5}, new float[] {
                            1, 0.5f, 1, 1, 0.25f
                        }),
                currents);
        double[][] drives = {{0, 1, 0, 0, 0.5, 0}, {1, 0, 1, 0, 0, 0.25}};
        for (int i = 0; i < drives.length; i++) {
            double[] expected = wires.currents(CrossbarCells.single(ROWS, COLUMNS, cells), drives[i], 1);
            for (int j = 0; j < COLUMNS; j++) {
                assertThat((double) currents[i * COLUMNS + j]).isCloseTo(expected[j], againstReference(1e-4));
            }
        }
    }

    @Test
    void optionsAreThoseOfTheWires() {
        assertThat(PROVIDER.create(Map.of("topology", "a", "row_ohm", 2, "driver_ohm", 3, "sense_ohm", 4)))
                .isEqualTo(new NodalReadout(new WireModel(Topology.A, 2, 0, 3, 4)));
        assertThatThrownBy(() -> PROVIDER.create(Map.of("row_ohm", 2)))
                .hasMessage("row_ohm is for topology a, whose rows carry current, got 2.0 with b");
        assertThatThrownBy(() -> PROVIDER.create(Map.of("driver_ohm", 2)))
                .hasMessage("driver_ohm is for topologies a and z, whose drivers carry current, got 2.0 with b");
        assertThatThrownBy(() -> PROVIDER.create(Map.of("topology", "c"))).hasMessageStartingWith("topology must be");
        assertThatThrownBy(() -> PROVIDER.create(Map.of("column_ohm", -1)))
                .hasMessageStartingWith("column_ohm must be at least 0");
    }
}
