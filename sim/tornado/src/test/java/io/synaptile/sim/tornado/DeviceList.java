/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Prints the devices, one line each, for the check of a machine with a graphics processor. */
public final class DeviceList {
    private DeviceList() {}

    public static void main(String[] args) {
        try {
            List<TornadoDevice> devices = TornadoDevices.all();
            for (int i = 0; i < devices.size(); i++) {
                System.out.println(TornadoDevices.line(i, devices.get(i)));
            }
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
