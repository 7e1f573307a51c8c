/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornadoSdkTest {
    @TempDir
    private Path folder;

    @Test
    void versionAndBackendsAreRead() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(etc.resolve("tornado.release"), "version=5.2.0-jdk25\nbranch=x\n");
        assertThat(TornadoSdk.in(folder).describe()).isEqualTo("5.2.0-jdk25");

        Files.writeString(etc.resolve("tornado.backend"), "tornado.backends=opencl-backend,cuda-backend\n");
        assertThat(TornadoSdk.in(folder).describe()).isEqualTo("5.2.0-jdk25, opencl-backend,cuda-backend");
    }

    @Test
    void anotherFolderHasNone() throws Exception {
        assertThat(TornadoSdk.in(folder).describe()).startsWith("none: ");
        Files.writeString(Files.createDirectory(folder.resolve("etc")).resolve("tornado.release"), "version=\\u00zz\n");
        assertThat(TornadoSdk.in(folder).describe()).startsWith("none: ");
    }
}
