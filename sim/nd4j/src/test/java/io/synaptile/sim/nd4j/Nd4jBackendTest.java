/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ComputeBackendContract;

class Nd4jBackendTest extends ComputeBackendContract {
    @Override
    protected ComputeBackend open() {
        return new Nd4jBackend();
    }
}
