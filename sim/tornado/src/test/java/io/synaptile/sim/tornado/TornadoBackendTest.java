/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ComputeBackendContract;

/** The contract of every backend, on the preferred device. */
@RequiresDevice
final class TornadoBackendTest extends ComputeBackendContract {
    /** One for all tests: a backend keeps its last compiled program, and tests whose structure repeats take it over. */
    private static final TornadoBackend BACKEND = new TornadoBackend();

    @Override
    protected ComputeBackend open() {
        return BACKEND;
    }
}
