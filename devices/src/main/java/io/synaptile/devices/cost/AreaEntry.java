/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One area of an area table.
 *
 * @param component what takes the area
 * @param squareMicrometres area of {@code per} pieces, at least 0
 * @param per pieces that the area covers, for example 96 arrays of a tile
 * @param nodeNanometres technology node
 * @param precisionBits word width the area holds for, empty where it does not depend on one
 * @param scaled whether the source's number was scaled to this node or width
 * @param source where the number was read
 * @param note how it was chosen or changed; may be empty
 */
public record AreaEntry(
        AreaComponent component,
        double squareMicrometres,
        double per,
        int nodeNanometres,
        OptionalInt precisionBits,
        boolean scaled,
        String source,
        String note) {
    public AreaEntry {
        Objects.requireNonNull(component);
        Objects.requireNonNull(note);
        if (!(squareMicrometres >= 0) || Double.isInfinite(squareMicrometres)) {
            throw new IllegalArgumentException("um2 must be at least 0, got " + squareMicrometres);
        }
        if (!(per > 0) || Double.isInfinite(per)) {
            throw new IllegalArgumentException("per must be above 0, got " + per);
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("an area needs a source");
        }
    }

    /** Area of one piece, um2. */
    public double unitSquareMicrometres() {
        return squareMicrometres / per;
    }
}
