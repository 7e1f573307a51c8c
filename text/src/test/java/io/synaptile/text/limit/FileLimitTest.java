/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLimitTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void theLimitIsThatOfTheUser() {
        assertThat(FileLimit.of("3000", GIBIBYTE).bytes()).isEqualTo(3000L << 20);
    }

    @Test
    void withoutOneItIsAGibibyteOrAQuarterOfASmallHeap() {
        assertThat(FileLimit.of(null, 16 * GIBIBYTE).bytes()).isEqualTo(GIBIBYTE);
        assertThat(FileLimit.of(" ", GIBIBYTE).bytes()).isEqualTo(GIBIBYTE / 4);
    }

    @Test
    void theRefusalNamesSizeLimitAndWhatRaisesIt() {
        FileLimit limit = FileLimit.of("100", GIBIBYTE);

        assertThat(limit.refusal(100L << 20)).isEmpty();
        assertThat(limit.refusal(1_500_000_128L))
                .contains(
                        "holds 1500000128 bytes, at most 104857600 are read (SYNAPTILE_MAX_FILE_MB); if it is right, set"
                                + " the environment variable SYNAPTILE_MAX_FILE_MB=1431");
        assertThat(limit.overrun()).startsWith("unpacks to more than 104857600 bytes, at most 104857600 are read");
    }

    @Test
    void whatIsKnownToBeRightIsReadWhateverTheLimit() {
        assertThat(FileLimit.of("1", GIBIBYTE).atLeast(5 << 20).refusal(5 << 20))
                .isEmpty();
        assertThat(FileLimit.of("9", GIBIBYTE).atLeast(5 << 20).bytes()).isEqualTo(9 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e3", "1 GB", "99999999", "\u001b"})
    void aLimitThatIsNoNumberOfMebibytesIsRefused(String set) {
        assertThatThrownBy(() -> FileLimit.of(set, GIBIBYTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SYNAPTILE_MAX_FILE_MB must be a whole number of MiB from 1 to 1048576, got '");
    }
}
