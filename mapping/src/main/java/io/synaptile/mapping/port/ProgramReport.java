/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import java.util.Arrays;

/**
 * What became of a programming, cell by cell in the order of the {@link ProgramOrder}.
 *
 * @param reached uS; what cells hold that were not written
 * @param pulses of every cell
 * @param status of every cell
 * @param nanoseconds that it took; 0 where it is unknown
 * @param picojoules that it took; 0 where it is unknown
 */
public record ProgramReport(float[] reached, int[] pulses, Status[] status, double nanoseconds, double picojoules) {
    /** What became of one cell. */
    public enum Status {
        /** Written as asked for. */
        REACHED,
        /** Further from its target than asked for. */
        MISSED,
        /** Does not answer to pulses. */
        STUCK,
        /** Not written because a limit would be exceeded. */
        REFUSED
    }

    public ProgramReport {
        if (pulses.length != reached.length || status.length != reached.length) {
            throw new IllegalArgumentException(
                    reached.length + " conductances, " + pulses.length + " pulses, " + status.length + " outcomes");
        }
    }

    /** Pulses of all cells. */
    public long allPulses() {
        return Arrays.stream(pulses).asLongStream().sum();
    }

    /** Cells with an outcome. */
    public int count(Status wanted) {
        return (int) Arrays.stream(status).filter(wanted::equals).count();
    }
}
