/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

/**
 * Something that a caller chooses and that a {@link Sentence} speaks of. A module lists its own in an enum; what a file or a
 * command line calls them is known only to whoever reads it.
 */
public interface Property {
    /** In words that fit into a sentence, for example {@code the rows of a tile}. */
    String words();
}
