/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ComputeBackendContract;

class CpuBackendTest extends ComputeBackendContract {
    @Override
    protected ComputeBackend open() {
        return new CpuBackend(true);
    }
}
