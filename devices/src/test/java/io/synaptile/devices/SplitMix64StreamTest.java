/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitMix64StreamTest {
    @Test
    void givesThePublishedFirstOutputs() {
        SplitMix64Stream stream = new SplitMix64Stream(0);
        assertThat(stream.nextLong()).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(stream.nextLong()).isEqualTo(0x6e789e6aa1b965f4L);
        assertThat(stream.nextLong()).isEqualTo(0x06c45d188009454fL);
    }

    @Test
    void uniformIsTheUpperBitsOfTheNextWord() {
        double uniform = new SplitMix64Stream(0).nextUniform();
        assertThat(uniform).isEqualTo((0xe220a8397b1dcdafL >>> 11) / 0x1.0p53);
    }
}
