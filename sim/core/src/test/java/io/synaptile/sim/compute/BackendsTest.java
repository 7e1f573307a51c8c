/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BackendsTest {
    @Test
    void theProcessorIsInstalledAndOffersNoDevices() {
        assertThat(Backends.ids()).contains("cpu");
        ComputeBackend cpu = Backends.open("cpu");
        assertThat(cpu.id()).isEqualTo("cpu");
        assertThat(cpu.devices()).isEmpty();
    }

    @Test
    void aDeviceOfABackendWithoutAChoiceIsRefused() {
        assertThatThrownBy(() -> Backends.open("cpu:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backend 'cpu' has no devices to choose from, got 'cpu:0'; write 'cpu'");
        assertThatThrownBy(() -> Backends.open("cpu:"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'cpu:'");
    }

    @Test
    void anUnknownBackendIsNamedWithoutItsDevice() {
        assertThatThrownBy(() -> Backends.open("abacus:left"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backend 'abacus' is not installed; installed: ")
                .hasMessageContaining("cpu");
    }
}
