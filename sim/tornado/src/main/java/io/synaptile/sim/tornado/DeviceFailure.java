/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.util.Arrays;

/** A device, its driver or TornadoVM did not do what it was asked for; results would be wrong. */
final class DeviceFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DeviceFailure(String message) {
        super(message);
    }

    DeviceFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What TornadoVM threw, in one line: our own failure where it passed through TornadoVM, else the first line of its message. */
    static DeviceFailure of(String device, Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof DeviceFailure own) {
                return own;
            }
        }
        return new DeviceFailure("device " + device + ": TornadoVM ends with: " + line(thrown), thrown);
    }

    /** What lies at the bottom, without the colours that TornadoVM gives its messages. */
    static String line(Throwable thrown) {
        Throwable e = thrown;
        while (e.getCause() != null) {
            e = e.getCause();
        }
        return Arrays.stream(String.valueOf(e.getMessage()).split("\n"))
                .map(line -> line.replaceAll("\u001B\\[[0-9;]*m", "").strip())
                .filter(line -> !line.isEmpty() && !line.equals("null"))
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
