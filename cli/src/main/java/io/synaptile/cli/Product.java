/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What is running: its version, and where the launcher found it. */
final class Product {
    private Product() {}

    /** Version of the build. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = Product.class.getResourceAsStream("product.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** Commit of the build, as the launcher tells it; empty if it is not known. */
    static String commit() {
        return System.getProperty("synaptile.commit", "");
    }

    /** Why the launcher started without the backend tornado, if it looked for it. */
    static Optional<String> withoutTornado() {
        return Optional.ofNullable(System.getProperty("synaptile.tornado.missing"));
    }

    /** Version and commit in one line. */
    static String line() {
        return "synaptile " + version() + (commit().isEmpty() ? "" : " (" + commit() + ")");
    }
}
