/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublishedAnchorsTest {
    private static List<Anchor> anchors;

    @BeforeAll
    static void computeOnce() {
        anchors = PublishedAnchors.all();
    }

    @Test
    void everyAnchorIsAPositiveNumberWithItsAssumptions() {
        assertThat(anchors).hasSizeGreaterThan(15).allSatisfy(anchor -> {
            assertThat(anchor.ratio()).isPositive().isFinite();
            assertThat(anchor.assumptions()).isNotBlank();
        });
    }

    /** Own target: what a spiking read costs, within a factor of two. */
    @Test
    void aSpikingReadOfNeurramIsWithinAFactorOfTwo() {
        assertThat(ratio("NeuRRAM", "TOPS/W")).isBetween(0.5, 2.0);
        assertThat(ratio("NeuRRAM", "neurons and control, fJ per operation")).isBetween(0.5, 2.0);
    }

    /** Row of 256 cells: (48 + 2.1 256) fF (1.3 V)^2 on 256 operations, worked by hand. */
    @Test
    void wordLinesFollowTheirCapacitance() {
        Anchor rows = find("NeuRRAM", "word lines, fJ per operation");
        assertThat(rows.ours()).isCloseTo((48 + 2.1 * 256) * 1.69 / 256, againstClosedForm(1e-9));
    }

    @Test
    void theSurveyedConverterCostsWhatIsaacsDoes() {
        assertThat(ratio("ISAAC", "conversion, pJ")).isBetween(0.8, 1.25);
    }

    private static double ratio(String name, String quantity) {
        return find(name, quantity).ratio();
    }

    private static Anchor find(String name, String quantity) {
        return anchors.stream()
                .filter(anchor ->
                        anchor.name().startsWith(name) && anchor.quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }
}
