/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.network.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentHardwareTest {
    private static HardwareSpec spec(String hardware, String simulate) {
        ExperimentFile file = ExperimentFile.parse(Path.of("tiny.yaml"), """
                name: tiny
                data: {set: digits}
                network: {arch: mlp, hidden: [8]}
                hardware: {%s}
                simulate: {%s}
                """.formatted(hardware, simulate), List.of());
        return Plan.of(file, new DataForm(new Shape(1, 8, 8), 10)).hardware();
    }

    /** rho(T) = rho300 (1 + 0.00451 |T - 300|) for wires, also those of a node; drivers and converters do not follow it. */
    @Test
    void wiresHaveTheTemperatureOfTheChip() {
        String ohms = "wire: {topology: a, row_ohm: 2, column_ohm: 4, driver_ohm: 50, sense_ohm: 60}";
        assertThat(spec(ohms, "").circuit().wires().model()).isEqualTo(new WireModel(Topology.A, 2, 4, 50, 60));
        assertThat(spec(ohms, "temperature_K: 400").circuit().wires().model())
                .isEqualTo(new WireModel(Topology.A, 2 * 1.451, 4 * 1.451, 50, 60));
        double room = spec("wire: {node_nm: 22}", "").circuit().wires().model().columnOhm();
        assertThat(room).isPositive();
        assertThat(spec("wire: {node_nm: 22}", "temperature_K: 200")
                        .circuit()
                        .wires()
                        .model()
                        .columnOhm())
                .isEqualTo(1.451 * room);
    }
}
