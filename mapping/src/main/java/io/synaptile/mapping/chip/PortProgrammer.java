/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellFault;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;

/** Programs one tile into an array that is real. */
final class PortProgrammer {
    private PortProgrammer() {}

    /**
     * Programs a tile.
     *
     * @param planes of the layer: targets of these cells, overwritten by what the array says that they hold
     * @param faults of the layer; receives the cells that do not answer
     * @return write pulses
     * @throws PortException if the array is too small or refuses cells
     */
    static long program(ArrayPort port, ChipInstance chip, TileCells cells, float[][] planes, byte[][] faults) {
        PortFacts facts = port.facts();
        int rows = cells.part().rows();
        if (rows > facts.rows() || cells.perRow() > facts.columns()) {
            throw failure(
                    facts,
                    PortException.Kind.INVALID,
                    "layer " + cells.tiles().name() + " needs " + rows + " rows and " + cells.perRow()
                            + " columns, the array has " + facts.rows() + " x " + facts.columns());
        }
        ProgramReport report = port.program(ProgramOrder.of(
                rows,
                cells.perRow(),
                cells.matrix(planes),
                new ProgramOrder.Draws(
                        cells.tiles().layer(), cells.tiles().number(cells.part().array()), chip.instance())));
        int refused = report.count(ProgramReport.Status.REFUSED);
        if (refused > 0) {
            throw failure(
                    facts,
                    PortException.Kind.LIMIT,
                    refused + " of " + report.status().length + " cells refused to be written; "
                            + facts.limits().pulsesPerCell() + " pulses are allowed for a cell, and up to "
                            + facts.wornPulses() + " had been given");
        }
        cells.scatterMatrix(report.reached(), planes);
        byte[] map = new byte[report.status().length];
        float middle = (facts.range().minMicrosiemens() + facts.range().maxMicrosiemens()) / 2;
        for (int i = 0; i < map.length; i++) {
            if (report.status()[i] == ProgramReport.Status.STUCK) {
                map[i] = report.reached()[i] > middle ? CellFault.ON : CellFault.OFF;
            }
        }
        cells.scatterFaultMatrix(map, faults);
        return report.allPulses();
    }

    private static PortException failure(PortFacts facts, PortException.Kind kind, String what) {
        return new PortException(kind, "board " + facts.board() + ", array " + facts.array(), "program", what);
    }
}
