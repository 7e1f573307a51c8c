/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What a device can launch. A launch beyond it is refused by the driver, or made in groups of another size: TornadoVM says so
 * and goes on, with wrong results.
 *
 * @param name of the device, for people
 * @param groupThreads most threads of a group
 * @param lineThreads most threads of a group in x
 * @param localBytes local memory of a group
 */
record Limits(String name, long groupThreads, long lineThreads, long localBytes) {
    /** Groups in x, and in y and z, that every driver takes: those of CUDA, which has the least. */
    private static final long[] MOST_GROUPS = {Integer.MAX_VALUE, 65_535, 65_535};

    static Limits of(TornadoDevice device) {
        TornadoTargetDevice physical = device.getPhysicalDevice();
        // The second of these is of a grid, not of a group, with the PTX backend.
        int threads = physical.getMaxThreadsPerBlock();
        return new Limits(
                TornadoDevices.name(device),
                threads > 0
                        ? threads
                        : Arrays.stream(physical.getDeviceMaxWorkGroupSize())
                                .max()
                                .orElse(0),
                device.getDeviceMaxWorkgroupDimensions()[0],
                device.getDeviceLocalMemorySize());
    }

    /**
     * Checks a launch.
     *
     * @throws DeviceFailure naming what the device lacks
     */
    void require(Graph.Grid grid) {
        long group = grid.threads().group();
        long most = Math.min(groupThreads, lineThreads);
        if (group > most) {
            throw lacks(grid, "groups of " + group + " threads", "at most " + most);
        }
        if (grid.localBytes() > localBytes) {
            throw lacks(grid, grid.localBytes() + " bytes of local memory for a group", localBytes + " bytes");
        }
        long[] groups = grid.threads().groups();
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] > MOST_GROUPS[i]) {
                throw lacks(grid, groups[i] + " groups in " + "xyz".charAt(i), "at most " + MOST_GROUPS[i]);
            }
        }
    }

    private DeviceFailure lacks(Graph.Grid grid, String wanted, String given) {
        return new DeviceFailure("device " + name + " cannot run this network: kernel '" + grid.task() + "' needs "
                + wanted + ", the device gives " + given);
    }
}
