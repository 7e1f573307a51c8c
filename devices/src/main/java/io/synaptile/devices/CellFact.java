/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.Objects;

/**
 * A property of a ready-made cell, for people to read.
 *
 * @param name what it is, for example {@code programming sigma}
 * @param value number or formula with its unit
 * @param source where it was read
 */
public record CellFact(String name, String value, String source) {
    public CellFact {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        Objects.requireNonNull(source);
    }
}
