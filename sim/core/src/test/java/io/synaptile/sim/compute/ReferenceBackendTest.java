/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

class ReferenceBackendTest extends ComputeBackendContract {
    @Override
    protected ComputeBackend open() {
        return new ReferenceBackend();
    }
}
