/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import java.nio.file.Path;

/**
 * A jar that plug-ins came from.
 *
 * @param sha256 of its bytes, hexadecimal
 */
public record PlugInJar(Path path, String sha256) {
    /** Name of the file. */
    public String name() {
        return path.getFileName().toString();
    }
}
