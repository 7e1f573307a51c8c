/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
    @TempDir
    private Path folder;

    private RunManifest read(String json) throws IOException {
        Files.writeString(folder.resolve(RunManifest.FILE), json);
        return RunManifest.read(folder);
    }

    /** Only a manifest without a checksum can hold it, one of the first versions that somebody has changed. */
    @Test
    void aNullIsAValueLikeOthers() throws IOException {
        RunManifest manifest = read("{\"configuration\": {\"seed\": null, \"list\": [null]}, \"training\": null}");
        assertThat(manifest.verified()).isFalse();
        assertThat(manifest.training()).isEmpty();
        assertThat(manifest.configuration()).contains("\"seed\" : null");
    }

    @Test
    void aFileWithoutAChecksumIsNotTheOneThatWasWritten() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x");
        RunManifest manifest = read("{\"configuration\": {}, \"files\": {\"a.csv\": null}}");
        assertThatThrownBy(() -> manifest.requireIntact(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.csv is not the file that this run wrote");
    }
}
