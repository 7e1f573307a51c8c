/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.SpreadCell;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightVariationTest {
    @Test
    void exactCellsLeaveQuantisedWeightsAsTheyAre() {
        float[] weights = Cases.quantised(4, 1000, Cases.random(1));
        ExactCell cell = new ExactCell(2f, 40f, 16);
        float[] effective = new float[weights.length];
        new WeightVariation(new DifferentialPair(1f, 8, 4, cell), cell, weights.length)
                .draw(weights, effective, Cases.random(2));
        assertThat(effective).containsExactly(weights);
    }

    @Test
    void spreadOfTheCellsIsTheSpreadOfTheWeights() {
        int count = 100_000;
        float sigma = 0.2f;
        SpreadCell cell = new SpreadCell(0f, 40f, 16, sigma);
        float[] weights = new float[count];
        Arrays.fill(weights, -0.5f);
        new WeightVariation(new DifferentialPair(1f, 8, 4, cell), cell, count).draw(weights, weights, Cases.random(3));
        double sum = 0;
        double squares = 0;
        for (float weight : weights) {
            double log = Math.log(weight / -0.5);
            sum += log;
            squares += log * log;
        }
        double sd = Math.sqrt(squares / count - sum / count * sum / count);
        // Four standard errors: sigma / sqrt(n) of the mean, sigma / sqrt(2 n) of the standard deviation.
        assertThat(sum / count).isEqualTo(0, againstDistribution(4 * sigma / Math.sqrt(count)));
        assertThat(sd).isEqualTo(sigma, againstDistribution(4 * sigma / Math.sqrt(2.0 * count)));
    }

    @Test
    void sameStreamGivesTheSameWeightsAndTheNextDrawOthers() {
        SpreadCell cell = new SpreadCell(2f, 40f, 16, 0.3f);
        float[] weights = Cases.quantised(4, 50, Cases.random(4));
        WeightVariation variation = new WeightVariation(new DifferentialPair(1f, 8, 4, cell), cell, 50);
        var stream = Cases.random(5);
        float[] first = new float[50];
        float[] second = new float[50];
        float[] again = new float[50];
        variation.draw(weights, first, stream);
        variation.draw(weights, second, stream);
        variation.draw(weights, again, Cases.random(5));
        assertThat(again).containsExactly(first);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aGridOfItsOwnScaleFollowsTheWeightsOfEveryDraw() {
        ExactCell cell = new ExactCell(2f, 40f, 2);
        WeightVariation ternary = WeightVariation.onGrid(CodecKind.TERNARY_PAIR, new WeightGrid.Ternary(), cell, 4, 3);
        for (float a : new float[] {0.3f, 0.7f}) {
            float[] weights = {a, -a, 0f};
            float[] effective = new float[3];
            ternary.draw(weights, effective, Cases.random(6));
            assertThat(effective).containsExactly(weights);
        }
    }

    @Test
    void aFixedGridIsThatOfItsQuantiser() {
        ExactCell cell = new ExactCell(2f, 40f, 16);
        float[] effective = new float[2];
        WeightVariation.onGrid(CodecKind.DIFFERENTIAL_PAIR, new WeightGrid.Dorefa(4), cell, 4, 2)
                .draw(new float[] {1 / 15f, -0.2f}, effective, Cases.random(7));
        assertThat(effective).containsExactly(1 / 15f, -3 / 15f);
    }

    @Test
    void wrongNumberOfWeightsIsRefused() {
        ExactCell cell = new ExactCell(2f, 40f, 16);
        WeightVariation variation = new WeightVariation(new DifferentialPair(1f, 8, 4, cell), cell, 5);
        assertThatThrownBy(() -> variation.draw(new float[4], new float[4], Cases.random(0)))
                .hasMessageContaining("5 weights asked for 4");
    }
}
