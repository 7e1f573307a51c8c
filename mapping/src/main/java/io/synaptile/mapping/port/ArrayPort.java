/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import io.synaptile.devices.readout.RowReads;
import java.util.List;

/**
 * One physical array of cells, simulated or real. Cells are numbered row by row over the columns of a call; conductances are in
 * uS, and so are the currents of columns, which are over the full read voltage.
 *
 * <p>A port is held by one client at a time and need not bear calls from several threads at once. Every method throws {@link
 * PortException} where the array does not answer, or refuses; a call that failed may be made again.
 */
public interface ArrayPort extends AutoCloseable {
    /** What the array is, and what it can do and bear. */
    PortFacts facts();

    /** Writes cells towards targets. Single cells that fail are told in the report. */
    ProgramReport program(ProgramOrder order);

    /**
     * Reads cells one by one.
     *
     * @param rows of the upper left part of the array that is read
     * @param columns of it
     * @param times reads of every cell, at least 1
     */
    CellReadings read(int rows, int columns, int times);

    /**
     * Drives rows and reads columns.
     *
     * @param columns that are wanted, from the first on
     * @param reads of one image each
     */
    ColumnReadings multiply(int columns, List<RowReads> reads);

    /** Measures the columns and corrects them from now on; refused where {@link PortFacts#canCalibrate} is not. */
    ColumnCalibration calibrate();

    /**
     * Lets time pass since the cells were written; refused where {@link PortFacts#canAge} is not.
     *
     * @param seconds at least 0
     * @param kelvin temperature of the reads that follow
     */
    void age(double seconds, double kelvin);

    /** What the board's own instruments show. */
    List<PortReading> telemetry();

    /** Gives the array back. Does nothing a second time. */
    @Override
    void close();
}
