/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.BatchResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The network that every device runs first tells right from wrong. */
final class KnownAnswerTest {
    @Test
    void theKnownAnswerIsAccepted() {
        assertThatCode(() -> KnownAnswer.require("right", KnownAnswer.known())).doesNotThrowAnyException();
    }

    @Test
    void anotherScoreIsRefused() {
        BatchResult wrong = KnownAnswer.known();
        wrong.scores()[4] = Math.nextUp(wrong.scores()[4]);
        assertThatThrownBy(() -> KnownAnswer.require("wrong", wrong))
                .isInstanceOf(DeviceFailure.class)
                .hasMessageContaining("device wrong fails the test network");
    }

    @Test
    void anotherCountIsRefused() {
        BatchResult wrong = KnownAnswer.known();
        wrong.activity()[1].spikes[2]++;
        assertThatThrownBy(() -> KnownAnswer.require("wrong", wrong))
                .hasMessageContaining("other counts of layer fire");
    }

    /** Neurons fire, few enough for the event-driven kernels. */
    @Test
    void theSecondLayerIsEventDriven() {
        BatchResult known = KnownAnswer.known();
        double neurons = 3 * 2 * 75;
        double spikes = Arrays.stream(known.activity()[1].spikes).sum();
        assertThat(spikes / neurons).isBetween(0.05, 0.19);
        assertThat(Arrays.stream(known.activity()[2].effectiveAcs).sum()).isPositive();
        Set<Float> different = new HashSet<>();
        for (float score : known.scores()) {
            different.add(score);
        }
        assertThat(different).hasSizeGreaterThan(9);
    }

    @Test
    @RequiresDevice
    void theDeviceAnswersInSingleAndHalfPrecision() {
        TornadoDevice device = TornadoDevices.all().getFirst();
        assertThatCode(() -> KnownAnswer.require(device, false)).doesNotThrowAnyException();
        assertThatCode(() -> KnownAnswer.require(device, true)).doesNotThrowAnyException();
    }
}
