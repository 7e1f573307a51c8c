/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.DeviceMemoryException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Memory that the plans of this process take on each device, so that one that does not fit is refused before it is allocated. */
final class DeviceMemory {
    private static final Map<TornadoDevice, Long> TAKEN = new HashMap<>();

    private DeviceMemory() {}

    /** Bytes of arrays. */
    static long bytes(Collection<Object> arrays) {
        return arrays.stream().mapToLong(DeviceMemory::bytes).sum();
    }

    private static long bytes(Object array) {
        return ((TornadoNativeArray) array).getNumBytesOfSegmentWithHeader();
    }

    /**
     * Takes memory for arrays.
     *
     * @return the bytes, for {@link #giveBack}
     * @throws DeviceMemoryException if they are more than the device has left, or one is larger than the device allows
     */
    static synchronized long take(TornadoDevice device, Collection<Object> arrays) {
        long bytes = bytes(arrays);
        long taken = TAKEN.getOrDefault(device, 0L);
        long largest = arrays.stream().mapToLong(DeviceMemory::bytes).max().orElse(0);
        require(TornadoDevices.name(device), bytes, taken, device.getMaxGlobalMemory());
        if (largest > device.getMaxAllocMemory()) {
            throw new DeviceMemoryException(
                    "not enough memory on device " + TornadoDevices.name(device) + ": one array takes "
                            + mebibytes(largest) + ", the device allows " + mebibytes(device.getMaxAllocMemory()));
        }
        TAKEN.put(device, taken + bytes);
        return bytes;
    }

    /** @throws DeviceMemoryException if a plan does not fit beside what is there */
    static void require(String device, long bytes, long taken, long all) {
        if (bytes > all - taken) {
            throw new DeviceMemoryException(
                    "not enough memory on device " + device + ": the network takes " + mebibytes(bytes)
                            + ", of " + mebibytes(all) + " in all " + mebibytes(taken)
                            + " are in use by others");
        }
    }

    static synchronized void giveBack(TornadoDevice device, long bytes) {
        TAKEN.merge(device, -bytes, Long::sum);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
