/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a manifest says of an array that was real.
 *
 * @param tile {@code layer.copy.row.column}
 * @param board what its board called itself
 * @param serialNumber of the board
 * @param array name on the board
 * @param calibration in force at the end; empty for none
 */
public record BoardFacts(String tile, String board, String serialNumber, String array, String calibration) {
    SequencedMap<String, Object> entries() {
        SequencedMap<String, Object> entries = new LinkedHashMap<>();
        entries.put("tile", tile);
        entries.put("board", board);
        entries.put("serial_number", serialNumber);
        entries.put("array", array);
        entries.put("calibration", calibration);
        return entries;
    }
}
