/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

/** Time that kernels ran on a device, summed; measuring it costs a little, so it is done for benchmarks only. */
final class KernelTime {
    private long nanos;

    void add(long more) {
        nanos += more;
    }

    /** The sum so far, which starts anew. */
    long take() {
        long sum = nanos;
        nanos = 0;
        return sum;
    }
}
