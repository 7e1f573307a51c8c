/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.programming.ProgrammingVariation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResistiveCellTest {
    private static final ConductanceRange RANGE = new ConductanceRange(2f, 40f);

    @Test
    void withoutAnyEffectEveryTargetIsReached() {
        float[] targets = {2f, 11f, 20f, 40f};
        float[] actual = new float[4];
        cell(new ExactProgramming(), StuckCells.NONE).program(targets, actual, new SplittableRandom(1));
        assertThat(actual).containsExactly(targets);
        cell(new LogNormalSpread(0.3, 0), StuckCells.NONE).program(targets, actual, new SplittableRandom(1));
        assertThat(actual).containsExactly(targets);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 2})
    void theSameCellsAreStuckAtEveryStrengthOfVariation(double scale) {
        StuckCells stuck = new StuckCells(0.1, 0.1);
        float[] exact = programmed(cell(new ExactProgramming(), stuck));
        float[] varied = programmed(cell(new LogNormalSpread(0.01, scale), stuck));
        for (int i = 0; i < exact.length; i++) {
            assertThat(varied[i] == 2f).isEqualTo(exact[i] == 2f);
            assertThat(varied[i] == 40f).isEqualTo(exact[i] == 40f);
        }
        assertThat(exact).contains(2f, 20f, 40f);
    }

    @Test
    void cellsStuckAtASmallProbabilityStayStuckAtALargerOne() {
        float[] few = programmed(cell(new ExactProgramming(), new StuckCells(0.05, 0.02)));
        float[] more = programmed(cell(new ExactProgramming(), new StuckCells(0.2, 0.1)));
        for (int i = 0; i < few.length; i++) {
            if (few[i] != 20f) {
                assertThat(more[i]).isEqualTo(few[i]);
            }
        }
    }

    @Test
    void everyCellStuckLeavesNoTarget() {
        assertThat(programmed(cell(new ExactProgramming(), new StuckCells(1, 0))))
                .containsOnly(2f);
        assertThat(programmed(cell(new ExactProgramming(), new StuckCells(0, 1))))
                .containsOnly(40f);
    }

    @Test
    void drawsPerCellDoNotDependOnTheOutcome() {
        for (StuckCells stuck : new StuckCells[] {StuckCells.NONE, new StuckCells(0.5, 0.5)}) {
            for (ProgrammingVariation variation :
                    new ProgrammingVariation[] {new ExactProgramming(), new LogNormalSpread(0.3, 1)}) {
                CountingGenerator random = new CountingGenerator();
                float[] cells = new float[100];
                Arrays.fill(cells, 20f);
                cell(variation, stuck).program(cells, cells, random);
                assertThat(random.gaussians).isEqualTo(100);
                assertThat(random.uniforms).isEqualTo(100);
            }
        }
    }

    private static ResistiveCell cell(ProgrammingVariation variation, StuckCells stuck) {
        return ResistiveCell.of("rram", RANGE, 16, Writing.of(variation, stuck));
    }

    private static float[] programmed(ResistiveCell cell) {
        float[] cells = new float[10_000];
        Arrays.fill(cells, 20f);
        cell.program(cells, cells, new SplittableRandom(7));
        return cells;
    }

    /** Counts requests by kind; SplittableRandom draws a varying number of words per normal. */
    private static final class CountingGenerator implements RandomGenerator {
        private final SplittableRandom random = new SplittableRandom(11);
        private int gaussians;
        private int uniforms;

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public double nextGaussian() {
            gaussians++;
            return random.nextGaussian();
        }

        @Override
        public double nextDouble() {
            uniforms++;
            return random.nextDouble();
        }
    }
}
