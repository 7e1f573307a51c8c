/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chips of which some arrays are real. */
class PortsOfChipsTest {
    private static final int ROWS = 11;
    private static final int OUTPUTS = 7;
    private static final int SAMPLES = 5;
    private static final Network NETWORK = Cases.dense(ROWS, OUTPUTS);

    private static ChipDesign design(CodecKind codec, CellModel cell) {
        HardwareSpec hardware = Hardware.allOnTiles(NETWORK, 4, 9, codec, 4, cell, new Readout.Ideal());
        return ChipDesign.of(NETWORK, hardware, Hardware.weights(NETWORK, 4, Cases.random(11)));
    }

    /** Ports for every tile, or every second one. */
    private static Map<ArrayAddress, ArrayPort> ports(
            ChipDesign design, CellModel cell, boolean all, PortLimits limits) {
        Map<ArrayAddress, ArrayPort> ports = new TreeMap<>(
                Comparator.comparingInt(ArrayAddress::rowTile).thenComparingInt(ArrayAddress::columnTile));
        LayerTiles tiles = design.tiles().layers().getFirst();
        for (TileAssignment part : tiles.assignments(0)) {
            int number = tiles.number(part.array());
            if (all || number % 2 == 0) {
                ports.put(
                        part.array(),
                        new SimulatedPort(new SimulatedArray(
                                "bench",
                                "S1",
                                "array" + number,
                                number,
                                4,
                                9,
                                cell,
                                Optional.empty(),
                                ColumnErrors.NONE,
                                limits,
                                1)));
            }
        }
        return ports;
    }

    private static float[] scores(ChipDesign design, ChipInstance chip, String backend, int threads) {
        RandomGenerator random = Cases.random(8);
        float[] images = new float[SAMPLES * ROWS];
        for (int i = 0; i < images.length; i++) {
            images[i] = (random.nextInt(5) - 2) / 2f;
        }
        long[] ids = {4, 5, 6, 7, 8};
        try (ExecutableNetwork network = Backends.open(backend)
                .prepare(
                        DeployedNetwork.withExactReadout(design, chip, Parameters.none())
                                .plan(),
                        SAMPLES,
                        threads)) {
            BatchResult result = network.run(new InputBatch(images, 1, SAMPLES, 3, new Encoder.Direct(), 0, 0, ids));
            return result.scores();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CodecKind.class,
            names = {"DIFFERENTIAL_PAIR", "OFFSET_COLUMN", "BIT_SLICED"})
    void realArraysThatAddAreWorthTheSimulatedOnes(CodecKind codec) {
        CellModel cell = new SpreadCell(2f, 40f, 32, codec == CodecKind.OFFSET_COLUMN ? 0f : 0.1f);
        ChipDesign design = design(codec, cell);
        PortLimits limits = new PortLimits(0, 0, 0, 0, 3);
        ChipInstance simulated = TileProgrammer.program(design, 1, 2);
        for (boolean all : new boolean[] {true, false}) {
            ChipInstance real = TileProgrammer.program(design, 1, 2, ports(design, cell, all, limits));
            assertThat(real.layers().get(0).conductances())
                    .isDeepEqualTo(simulated.layers().get(0).conductances());
            assertThat(real.layers().get(0).writePulses())
                    .isEqualTo(simulated.layers().get(0).writePulses());
            float[] expected = scores(design, simulated, "cpu", 1);
            float[] got = scores(design, real, "cpu", 1);
            for (int i = 0; i < got.length; i++) {
                assertThat(got[i]).isCloseTo(expected[i], againstIdentity(1e-4f));
            }
            assertThat(scores(design, real, "cpu", 3)).containsExactly(got);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noiseIsThatOfTheRealArraysAndOfTheOthers(boolean all) {
        CellModel cell = new SpreadCell(new ConductanceRange(2f, 40f), 32, 0f, 2f);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, cell);
        PortLimits limits = new PortLimits(0, 0, 0, 0, 1000);
        ChipDesign quiet = design(CodecKind.DIFFERENTIAL_PAIR, new SpreadCell(2f, 40f, 32, 0f));
        float[] exact = scores(quiet, TileProgrammer.program(quiet, 1, 0), "cpu", 1);
        float[] simulated = scores(design, TileProgrammer.program(design, 1, 0), "cpu", 1);
        float[] real = scores(design, TileProgrammer.program(design, 1, 0, ports(design, cell, all, limits)), "cpu", 2);
        assertThat(spread(exact, real) / spread(exact, simulated)).isBetween(0.6, 1.7);
    }

    private static double spread(float[] exact, float[] noisy) {
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += (noisy[i] - exact[i]) * (noisy[i] - exact[i]);
        }
        return Math.sqrt(squares / exact.length);
    }

    @Test
    void refusesAnArrayThatIsTooSmallAndCellsThatCannotBeWritten() {
        CellModel cell = new SpreadCell(2f, 40f, 32, 0.1f);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, cell);
        ArrayAddress first = new ArrayAddress(0, 0, 0, 0);
        ArrayPort small = new SimulatedPort(new SimulatedArray(
                "bench",
                "S1",
                "array0",
                0,
                3,
                9,
                cell,
                Optional.empty(),
                ColumnErrors.NONE,
                new PortLimits(0, 0, 0, 0, 9),
                1));
        assertThatThrownBy(() -> TileProgrammer.program(design, 1, 0, Map.of(first, small)))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("needs 4 rows and 8 columns, the array has 3 x 9");
        Map<ArrayAddress, ArrayPort> worn = ports(design, cell, true, new PortLimits(0, 0, 0, 1, 9));
        TileProgrammer.program(design, 1, 0, worn);
        assertThatThrownBy(() -> TileProgrammer.program(design, 1, 1, worn))
                .hasMessageContaining("cells refused to be written; 1 pulses are allowed for a cell");
    }

    @Test
    void realArraysAgeByThemselves() {
        CellModel cell = new DriftingCell(new ConductanceRange(2f, 40f), 32, 0.1f);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, cell);
        Age age = new Age(1e6, 300);
        ChipInstance simulated =
                ChipAgeing.at(design, TileProgrammer.program(design, 1, 0), age, DriftCompensation.NONE);
        ChipInstance real = ChipAgeing.at(
                design,
                TileProgrammer.program(design, 1, 0, ports(design, cell, true, new PortLimits(0, 0, 0, 0, 9))),
                age,
                DriftCompensation.NONE);
        assertThat(real.ports()).isNotEmpty();
        float[] before = simulated.layers().get(0).held()[0];
        float[] after = real.layers().get(0).held()[0];
        for (int i = 0; i < before.length; i++) {
            // A read of the array has the noise of one.
            assertThat(after[i]).isCloseTo(before[i], againstDistribution(0.06f * before[i]));
        }
    }
}
