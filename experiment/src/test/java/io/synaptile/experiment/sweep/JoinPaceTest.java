/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinPaceTest {
    private long now;
    private long joining;
    private final List<Integer> joined = new ArrayList<>();

    /** A sweep on a clock of its own, whose joins take a nanosecond per finished point. */
    private void sweep(int points, long nanosecondsOfAPoint) {
        JoinPace pace = new JoinPace(() -> now);
        for (int point = 1; point <= points; point++) {
            now += nanosecondsOfAPoint;
            int finished = point;
            pace.joinIfDue(() -> {
                now += finished;
                joining += finished;
                joined.add(finished);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 1000})
    void joinsTakeAtMostATenthOfTheTimeAndTheLastJoin(long nanosecondsOfAPoint) {
        sweep(20_000, nanosecondsOfAPoint);
        assertThat(joined).startsWith(1).hasSizeGreaterThan(4);
        assertThat(joining).isLessThanOrEqualTo(now / 10 + joined.getLast());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void pointsThatTakeLongAreJoinedOneByOne(int points) {
        sweep(points, 1_000_000);
        assertThat(joined).hasSize(points);
    }
}
