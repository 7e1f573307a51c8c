/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import io.synaptile.mapping.port.ArrayPort;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A board that can be served.
 *
 * @param name what it calls itself
 * @param serialNumber of it
 * @param firmware version of what serves it
 * @param arrays by name, in the order in which a layer of several arrays takes them; at least one
 */
public record ServedBoard(String name, String serialNumber, String firmware, Map<String, ArrayPort> arrays) {
    public ServedBoard {
        Objects.requireNonNull(name);
        Objects.requireNonNull(serialNumber);
        Objects.requireNonNull(firmware);
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException("board " + name + " has no array");
        }
    }
}
