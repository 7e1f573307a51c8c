/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Memory that a device does not have is refused in one line, before it is allocated. */
final class DeviceMemoryTest {
    @Test
    void whatDoesNotFitBesideOtherPlansIsRefused() {
        assertThatCode(() -> DeviceMemory.require("one", 600 << 20, 400 << 20, 1000 << 20))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DeviceMemory.require("one", 601 << 20, 400 << 20, 1000 << 20))
                .isInstanceOf(DeviceFailure.class)
                .hasMessage(
                        "not enough memory on device one: the network takes 601.0 MiB, of 1000.0 MiB in all 400.0 MiB"
                                + " are in use by others");
    }

    @Test
    @RequiresDevice
    void whatIsGivenBackCanBeTakenAgain() {
        TornadoDevice device = TornadoDevices.all().getFirst();
        List<Object> arrays = List.of(new FloatArray(1000), new FloatArray(24));
        long first = DeviceMemory.take(device, arrays);
        assertThat(first).isGreaterThanOrEqualTo(4096);
        DeviceMemory.giveBack(device, first);
        long second = DeviceMemory.take(device, arrays);
        assertThat(second).isEqualTo(first);
        DeviceMemory.giveBack(device, second);
    }

    /** TornadoVM counts against the memory that the device has, not against a number that nothing reaches. */
    @Test
    @RequiresDevice
    void tornadoCountsAgainstTheMemoryOfTheDevice() {
        long largest = TornadoDevices.all().stream()
                .mapToLong(TornadoDevice::getMaxGlobalMemory)
                .max()
                .orElseThrow();
        assertThat(System.getProperty("tornado.device.memory")).isEqualTo(largest + "B");
    }
}
