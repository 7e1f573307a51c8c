/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import uk.ac.manchester.tornado.api.AbstractWorkerGrid;

/**
 * The threads of a kernel, as TornadoVM asks for them: in the thread that launches, right before each launch. So this is where
 * a launch can still be kept from the device when an allocation or a transfer before it has failed.
 */
final class Threads extends AbstractWorkerGrid {
    private final int dimensions;

    /**
     * @param dimensions used, 1 to 3
     * @param global threads in x, y and z
     * @param group threads of a group, all of them in x
     */
    Threads(int dimensions, long[] global, int group) {
        super(global[0], global[1], global[2]);
        this.dimensions = dimensions;
        setLocalWork(group, 1, 1);
    }

    @Override
    public int dimension() {
        return dimensions;
    }

    @Override
    public long[] getGlobalWork() {
        NativeOutput.requireNoError();
        return super.getGlobalWork();
    }

    @Override
    public void setLocalWorkToNull() {
        throw new DeviceFailure("TornadoVM wants to drop the size of a group, " + getLocalWork()[0]
                + " threads, which the kernel relies on");
    }

    /** Threads of a group. */
    long group() {
        return localWork[0];
    }

    /** Groups in x, y and z. */
    long[] groups() {
        return new long[] {globalWork[0] / localWork[0], globalWork[1], globalWork[2]};
    }
}
