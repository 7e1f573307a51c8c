/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ComputeBackendContract;

/** The contract of every backend, on the preferred device. */
@RequiresDevice
final class TornadoBackendTest extends ComputeBackendContract {
    @Override
    protected ComputeBackend open() {
        return new TornadoBackend();
    }
}
