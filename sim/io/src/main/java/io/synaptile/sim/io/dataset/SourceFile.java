/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.nio.file.Path;

/**
 * A file that a data set was read from.
 *
 * @param sha256 of the bytes as stored (compressed, if it is), lower-case hexadecimal
 */
public record SourceFile(Path path, String sha256) {}
