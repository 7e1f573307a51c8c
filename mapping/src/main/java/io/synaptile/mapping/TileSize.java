/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;

/**
 * Size of every tile.
 *
 * @param rows input lines, at least 1
 * @param columns physical columns, at least 1
 */
public record TileSize(int rows, int columns) {
    public TileSize {
        requireAtLeastOne(HardwareProperty.TILE_ROWS, rows);
        requireAtLeastOne(HardwareProperty.TILE_COLUMNS, columns);
    }

    private static void requireAtLeastOne(HardwareProperty property, int value) {
        if (value < 1) {
            throw RefusedException.mustBe(property, "at least 1", value);
        }
    }
}
