/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What a folder says about the TornadoVM SDK in it; empty words where it says nothing. */
record TornadoSdk(String version, String backends) {
    /** Reads the two files by which the SDK names its version and its backends. */
    static TornadoSdk in(Path folder) {
        return new TornadoSdk(
                read(folder.resolve("etc").resolve("tornado.release"), "version"),
                read(folder.resolve("etc").resolve("tornado.backend"), "tornado.backends"));
    }

    String describe() {
        return version.isEmpty()
                ? "none: the folder has no readable etc/tornado.release"
                : version + (backends.isEmpty() ? "" : ", " + backends);
    }

    private static String read(Path file, String key) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
        return properties.getProperty(key, "").strip();
    }
}
