/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchActivityTest {
    /** Two steps of three samples; every count of a sample differs from all others. */
    private static BatchActivity activity() {
        BatchActivity activity = new BatchActivity(2, 3);
        for (int n = 0; n < 3; n++) {
            activity.set(n, one(n));
        }
        return activity;
    }

    private static LayerActivity one(int sample) {
        LayerActivity one = new LayerActivity(2);
        for (int t = 0; t < 2; t++) {
            int base = 100 * sample + 10 * t;
            one.spikes[t] = base + 1;
            one.events[t] = base + 2;
            one.effectiveAcs[t] = base + 3;
            one.effectiveMacs[t] = base + 4;
            one.rowDrives[t] = base + 0.1;
            one.tileReads[t] = base + 5;
            one.readsByClass[t][LayerActivity.READ_CLASSES - 1] = base + 6;
            one.activePositions[t] = base + 6;
            one.load[t] = base + 0.3;
        }
        return one;
    }

    private static LayerActivity sum(LayerActivity... parts) {
        LayerActivity sum = new LayerActivity(2);
        for (LayerActivity part : parts) {
            sum.add(part);
        }
        return sum;
    }

    @Test
    void samplesLieNextToEachOtherWithinAStep() {
        BatchActivity activity = activity();
        assertThat(activity.timeSteps()).isEqualTo(2);
        assertThat(activity.samples()).isEqualTo(3);
        assertThat(activity.spikes).containsExactly(1, 101, 201, 11, 111, 211);
        assertThat(activity.load).containsExactly(0.3, 100.3, 200.3, 10.3, 110.3, 210.3);
    }

    @Test
    void theTotalIsTheSumInTheOrderOfTheSamples() {
        assertThat(activity().total()).usingRecursiveComparison().isEqualTo(sum(one(0), one(1), one(2)));
    }

    @Test
    void aSampleThatStoppedCountsWithTheStepsItRan() {
        LayerActivity second = one(1);
        LayerActivity stopped = new LayerActivity(2);
        stopped.spikes[0] = second.spikes[0];
        stopped.events[0] = second.events[0];
        stopped.effectiveAcs[0] = second.effectiveAcs[0];
        stopped.effectiveMacs[0] = second.effectiveMacs[0];
        stopped.rowDrives[0] = second.rowDrives[0];
        stopped.tileReads[0] = second.tileReads[0];
        stopped.readsByClass[0] = second.readsByClass[0];
        stopped.activePositions[0] = second.activePositions[0];
        stopped.load[0] = second.load[0];
        assertThat(activity().total(new int[] {2, 1, 0}))
                .usingRecursiveComparison()
                .isEqualTo(sum(one(0), stopped));
        assertThat(activity().total(new int[] {2, 2, 2}))
                .usingRecursiveComparison()
                .isEqualTo(activity().total());
    }

    @Test
    void theFirstStepsAreThoseOfARunThatStoppedThere() {
        LayerActivity first = activity().total().first(1);
        LayerActivity stopped = activity().total(new int[] {1, 1, 1});
        assertThat(first.timeSteps()).isEqualTo(1);
        assertThat(stopped.first(1)).usingRecursiveComparison().isEqualTo(first);
        LayerActivity padded = new LayerActivity(2);
        padded.add(first);
        assertThat(padded).usingRecursiveComparison().isEqualTo(stopped);
        assertThatThrownBy(() -> stopped.first(3)).hasMessage("the first 3 of 2 steps");
    }

    @Test
    void stepsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> activity().total(new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps of 2 samples for a batch of 3");
        assertThatThrownBy(() -> activity().total(new int[] {0, 3, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1 stopped after 3 steps of a run of 2");
        assertThatThrownBy(() -> activity().total(new int[] {0, 0, -1})).hasMessageContaining("sample 2 stopped");
    }
}
