/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.CellReadings;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortReading;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.util.List;

/** An array in front of another; what breaks is overridden. */
public class OtherPort implements ArrayPort {
    protected final ArrayPort array;

    public OtherPort(ArrayPort array) {
        this.array = array;
    }

    @Override
    public PortFacts facts() {
        return array.facts();
    }

    @Override
    public ProgramReport program(ProgramOrder order) {
        return array.program(order);
    }

    @Override
    public CellReadings read(int rows, int columns, int times) {
        return array.read(rows, columns, times);
    }

    @Override
    public ColumnReadings multiply(int columns, List<RowReads> reads) {
        return array.multiply(columns, reads);
    }

    @Override
    public ColumnCalibration calibrate() {
        return array.calibrate();
    }

    @Override
    public void age(double seconds, double kelvin) {
        array.age(seconds, kelvin);
    }

    @Override
    public List<PortReading> telemetry() {
        return array.telemetry();
    }

    @Override
    public void close() {
        array.close();
    }
}
