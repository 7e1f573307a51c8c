/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IrDropCasesTest {
    private static final String FILE = text();

    private static String text() {
        try (InputStream in = IrDropCasesTest.class.getResourceAsStream("irdrop.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyReferenceCurrentIsReproduced() {
        List<IrDropCases.Line> lines = IrDropCases.recompute("irdrop.csv", FILE);
        assertThat(lines).hasSize(204);
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.relativeError()).as(line.toString()).isLessThanOrEqualTo(1e-9));
        assertThat(lines).extracting(IrDropCases.Line::topology).contains(Topology.A, Topology.B, Topology.Z);
    }

    @Test
    void aWrongCurrentShowsInTheError() {
        String wrong = FILE.replace("1.5371702889645443e-05", "1.5371702889645443e-04");
        assertThat(IrDropCases.recompute("x.csv", wrong).getFirst().relativeError())
                .isBetween(0.89, 0.91);
    }

    @Test
    void malformedLinesAreNamed() {
        String header = FILE.lines().findFirst().orElseThrow();
        String line = FILE.lines().skip(1).findFirst().orElseThrow();
        assertThatThrownBy(() -> IrDropCases.recompute("x.csv", header + "\n" + line.replace("A8x4,A", "A8x4,Q")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.csv:2: topology must be A, Z or B, which have one cell, got Q");
        assertThatThrownBy(() -> IrDropCases.recompute("x.csv", header + "\n\n" + line + ",7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.csv:3: expected 15 fields, got 16");
        assertThatThrownBy(() -> IrDropCases.recompute("x.csv", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.csv:1: the header must be case,topology");
        assertThatThrownBy(() -> IrDropCases.recompute("x.csv", header + "\n" + line.replace(",20000.0,", ",0,")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.csv:2: r_on_ohm must be above 0, got 0");
        assertThatThrownBy(() -> IrDropCases.recompute("x.csv", header + "\n" + line.replace(",16,", ",many,")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x.csv:2: levels must be a number, got 'many'");
    }
}
