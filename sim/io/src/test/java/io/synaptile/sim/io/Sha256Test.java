/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** Of "abc", as FIPS 180-2, appendix B.1, prints it. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void thePublishedExampleIsMetHoweverTheBytesCome(@TempDir Path folder) throws Exception {
        byte[] bytes = "abc".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(folder.resolve("abc"), bytes);
        assertThat(Sha256.of(bytes)).isEqualTo(ABC);
        assertThat(Sha256.of(file)).isEqualTo(ABC);
        assertThat(new Sha256().add(new byte[] {'a'}).add(new byte[] {'b', 'c'}).hex())
                .isEqualTo(ABC);
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Sha256.of(missing))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(missing.toString());
    }
}
