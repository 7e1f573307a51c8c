/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitMix64StreamTest {
    @Test
    void firstOutputsAreThePublishedOnes() {
        SplitMix64Stream stream = new SplitMix64Stream(0);
        assertThat(stream.next()).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(stream.next()).isEqualTo(0x6e789e6aa1b965f4L);
        assertThat(stream.next()).isEqualTo(0x06c45d188009454fL);
    }

    @Test
    void uniformsUseTheTopBits() {
        assertThat(new SplitMix64Stream(0).uniform()).isEqualTo((0xe220a8397b1dcdafL >>> 11) * 0x1.0p-53);
    }
}
