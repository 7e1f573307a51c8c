/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import java.util.Objects;

/**
 * The outcome of one check of a board.
 *
 * @param name what is demanded, as it is printed: {@code multiply: a drive of 0 is refused}
 * @param passed whether the board does it
 * @param detail what was found: figures where it passed, what is wrong where it did not; may be empty
 */
public record Finding(String name, boolean passed, String detail) {
    public Finding {
        Objects.requireNonNull(name);
        Objects.requireNonNull(detail);
    }
}
