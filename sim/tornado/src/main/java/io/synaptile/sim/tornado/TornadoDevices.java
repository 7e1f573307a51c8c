/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices that TornadoVM finds through all its drivers, numbered from 0 in its order. */
final class TornadoDevices {
    private static final String ADVICE =
            "install the driver of the graphics processor and, for OpenCL, the library that"
                    + " finds drivers (Debian: ocl-icd-libopencl1); pocl-opencl-icd makes a device of this processor";

    private TornadoDevices() {}

    /**
     * All devices.
     *
     * @throws IllegalStateException saying what to install or set if TornadoVM does not start or finds none
     */
    static List<TornadoDevice> all() {
        List<TornadoDevice> devices = new ArrayList<>();
        DriverMemory.limitTornado();
        try (NativeOutput _ = NativeOutput.listen()) {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            for (int driver = 0; driver < runtime.getNumBackends(); driver++) {
                devices.addAll(runtime.getBackend(driver).getAllDevices());
            }
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException("TornadoVM does not start: " + DeviceFailure.line(e) + "; " + ADVICE, e);
        }
        if (devices.isEmpty()) {
            throw new IllegalStateException("TornadoVM finds no device; " + ADVICE);
        }
        return devices;
    }

    /** Number of the device used where the user names none: the first graphics processor, else the first device. */
    static int preferred(List<TornadoDevice> devices) {
        for (int i = 0; i < devices.size(); i++) {
            if (isGpu(devices.get(i))) {
                return i;
            }
        }
        return 0;
    }

    static boolean isGpu(TornadoDevice device) {
        return device.getDeviceType() == TornadoDeviceType.GPU;
    }

    static String name(TornadoDevice device) {
        return device.getPhysicalDevice().getDeviceName().strip();
    }

    /** One line for people: {@code 0: NVIDIA A100 (GPU, 39.6 GiB, OpenCL, NVIDIA CUDA)}. */
    static String line(int number, TornadoDevice device) {
        return String.format(
                Locale.ROOT,
                "%d: %s (%s, %.1f GiB, %s, %s)",
                number,
                name(device),
                device.getDeviceType(),
                device.getMaxGlobalMemory() / (double) (1L << 30),
                device.getTornadoVMBackend(),
                device.getPlatformName().strip());
    }
}
