/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.board.server.BoardServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for this machine that signs itself. */
final class OwnCertificate {
    private static final String PASSWORD = "changeit";

    private OwnCertificate() {}

    /** Makes one by the tool of the virtual machine and writes it with its key in PEM form. */
    static BoardServer.Tls in(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "board",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path certificate = folder.resolve("board.crt");
        Path key = folder.resolve("board.key");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("board").getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey("board", PASSWORD.toCharArray()).getEncoded()));
        return new BoardServer.Tls(certificate.toFile(), key.toFile());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
