/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.message.OneLine;

/** A table that cannot be read as what is due; the message is one line that names file, line and column. */
public final class TableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TableException(String message) {
        super(OneLine.of(message));
    }

    TableException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
