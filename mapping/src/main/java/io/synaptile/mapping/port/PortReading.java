/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import java.util.Objects;

/**
 * One value that a board's own instruments show.
 *
 * @param unit as it is written behind the value; empty for none
 */
public record PortReading(String name, double value, String unit) {
    public PortReading {
        Objects.requireNonNull(name);
        Objects.requireNonNull(unit);
    }
}
