/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SramBranchTest {
    @Test
    void everyWordOfAnUnprunedLayerIsStored() {
        SramBranch branch = new SramBranch(new float[] {0.5f, -1, 1, 0.5f}, 2, 1, 3f, false, 0);
        assertThat(branch.storedWords()).isEqualTo(4);
        assertThat(branch.storageBits()).isEqualTo(8);
        assertThat(branch.elementSparsity()).isZero();
        assertThat(branch.groupSparsity()).isNaN();
        assertThat(branch.gain()).isEqualTo(2f / 3f);
        assertThat(branch.rramGain()).isEqualTo(1f / 3f);
    }

    @Test
    void aPrunedGroupIsNotStored() {
        SramBranch branch = new SramBranch(new float[] {0, 0, 1, -1, 0, 0}, 2, 0, 2f, false, 2);
        assertThat(branch.stored()).containsExactly(false, false, true, true, false, false);
        assertThat(branch.storageBits()).isEqualTo(4);
        assertThat(branch.elementSparsity()).isEqualTo(4.0 / 6);
        assertThat(branch.groupSparsity()).isEqualTo(1 - 2.0 / 6);
    }

    @Test
    void aZeroInsideAStoredGroupTakesOneMoreBitPerWord() {
        assertThat(new SramBranch(new float[] {0, 1, 1, -1}, 2, 0, 2f, false, 2).storageBits())
                .isEqualTo(12);
        assertThat(new SramBranch(new float[] {1, 1, 1, -1}, 2, 0, 1f, true, 0).storageBits())
                .isEqualTo(12);
        assertThat(new SramBranch(new float[] {0, 1}, 0, 0, 1f, false, 0).storageBits())
                .isEqualTo(64);
    }

    @Test
    void aGroupThatDoesNotDivideTheLayerIsRefused() {
        assertThatThrownBy(() -> new SramBranch(new float[5], 2, 0, 2f, false, 2))
                .hasMessage("5 SRAM words cannot be cut into groups of 2");
    }
}
