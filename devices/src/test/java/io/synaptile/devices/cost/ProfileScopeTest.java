/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileScopeTest {
    @ParameterizedTest
    @CsvSource({
        "isaac32, 128, 128, false",
        "isaac32, 512, 16, false",
        "isaac32, 65536, 128, true",
        "isaac32, 128, 513, true",
        "isaac32, 15, 128, true",
        "spikesim65, 64, 64, false",
        "spikesim65, 128, 32, false",
        "spikesim65, 256, 64, true",
        "neurosim22, 257, 128, true",
        "neurram130, 127, 256, true",
        "digital-sram65, 65536, 65536, true"
    })
    void arraysFarFromThoseOfTheSourceAreKnown(String profile, int rows, int columns, boolean far) {
        assertThat(ProfileScope.profile(profile).orElseThrow().isFar(rows, columns))
                .isEqualTo(far);
    }

    @Test
    void everyProfileOfAChipHasAScopeOfItsArraysAndNode() {
        for (String name : EnergyTable.profiles()) {
            boolean chip = AreaTable.profile(name).isPresent();
            assertThat(ProfileScope.profile(name).isPresent()).as(name).isEqualTo(chip);
        }
        assertThat(ProfileScope.profile("isaac32").orElseThrow().sizes()).isEqualTo("32 x 32 to 256 x 256");
        assertThat(ProfileScope.profile("neurram130").orElseThrow().sizes()).isEqualTo("256 x 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "isaac"})
    void unknownProfilesAreRefused(String name) {
        assertThatThrownBy(() -> ProfileScope.profile(name)).hasMessageContaining("known: isaac32, ");
    }
}
