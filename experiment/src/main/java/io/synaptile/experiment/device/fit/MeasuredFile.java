/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.text.table.Due;
import io.synaptile.text.table.TextLines;
import io.synaptile.text.table.TextTable;
import java.nio.file.Path;

/**
 * A file of measured conductances and the form that it has.
 *
 * <p>Forms: reads of cells after programming ({@link RelaxationReads}); trains of pulses as columns ({@link PulseColumns}) or
 * as lines ({@link PulseSeries}). The file may be packed with gzip.
 */
public sealed interface MeasuredFile {
    /** Unpacked, more than ten times what is known of such measurements. */
    int LARGEST_BYTES = 1 << 27;

    /** What the file was taken for, in one line. */
    String reading();

    /** Reads of cells after programming. */
    record Reads(RelaxationReads reads, String reading) implements MeasuredFile {}

    /** Trains of pulses. */
    record Pulses(PulseResponse response, String reading) implements MeasuredFile {}

    /**
     * Reads a file in the form it has.
     *
     * @throws IllegalArgumentException naming the file, and line and column where there are; where it has no form that can be
     *     fitted, which were tried and why each did not fit
     */
    static MeasuredFile read(Path file) {
        Due due = Due.numbers(LARGEST_BYTES).orPacked();
        TextLines lines = TextLines.read(file.toString(), file, due);
        if (PulseSeries.fits(lines)) {
            return new Pulses(PulseSeries.read(lines), file + ": read as lines of pulses, decimal point, in S");
        }
        TextTable table = TextTable.read(file.toString(), file, due);
        if (RelaxationReads.fits(table)) {
            RelaxationReads reads = RelaxationReads.read(table);
            return new Reads(reads, table.reading(reads.told()));
        }
        try {
            PulseColumns columns = PulseColumns.of(table);
            return new Pulses(columns.response(), table.reading(columns.told()));
        } catch (PulseColumns.NoTrains e) {
            throw table.problem("has no form that can be fitted: not reads of cells ("
                    + RelaxationReads.whyNot(table) + "), not lines of pulses (none begins with " + PulseSeries.UP
                    + " or "
                    + PulseSeries.DOWN + "), and not columns of pulses (" + e.getMessage() + ")");
        }
    }
}
