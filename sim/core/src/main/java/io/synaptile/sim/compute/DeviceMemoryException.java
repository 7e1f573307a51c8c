/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/** What a network needs at the batch it was prepared for does not fit the memory of a device; it may at a smaller batch. */
public final class DeviceMemoryException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message which device, what is needed and what there is */
    public DeviceMemoryException(String message) {
        super(message);
    }
}
