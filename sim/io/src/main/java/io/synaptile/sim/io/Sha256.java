/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal, by which manifests name data, weights and settings. */
public final class Sha256 {
    private final MessageDigest digest;

    /** Of what is added from now on. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of an array. */
    public static String of(byte[] bytes) {
        return new Sha256().add(bytes).hex();
    }

    /**
     * Of the content of a file.
     *
     * @throws DataFileException if it cannot be read
     */
    public static String of(Path file) {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(hash.through(OutputStream.nullOutputStream()));
            return hash.hex();
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }

    /** Takes in further bytes. */
    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** A stream to {@code out} that takes in what it passes on. */
    OutputStream through(OutputStream out) {
        return new DigestOutputStream(out, digest);
    }

    /** The hash of all that was added; what is added afterwards counts towards another. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
