/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads of an array that is real, in calls of a size that it takes. */
final class PortReads {
    private PortReads() {}

    /**
     * Drives rows and reads columns.
     *
     * @param columns from the first on
     * @return currents, uS, {@code [reads][columns]}
     * @throws PortException if what comes back has another shape or is no number
     */
    static float[] multiply(ArrayPort port, int columns, List<RowReads> reads) {
        int most = port.facts().limits().readsPerCall();
        float[] currents = new float
                [Math.multiplyExact(reads.stream().mapToInt(RowReads::count).sum(), columns)];
        List<RowReads> call = new ArrayList<>();
        int inCall = 0;
        int done = 0;
        for (RowReads image : reads) {
            for (int from = 0; from < image.count(); ) {
                int to = Math.min(image.count(), from + most - inCall);
                call.add(part(image, from, to));
                inCall += to - from;
                from = to;
                if (inCall == most) {
                    done += ask(port, columns, call, currents, done);
                    call.clear();
                    inCall = 0;
                }
            }
        }
        if (inCall > 0) {
            ask(port, columns, call, currents, done);
        }
        return currents;
    }

    private static RowReads part(RowReads image, int from, int to) {
        if (from == 0 && to == image.count()) {
            return image;
        }
        int first = image.start()[from];
        int[] start = Arrays.copyOfRange(image.start(), from, to + 1);
        for (int i = 0; i < start.length; i++) {
            start[i] -= first;
        }
        int end = first + start[start.length - 1];
        return new RowReads(
                image.image(),
                Arrays.copyOfRange(image.step(), from, to),
                Arrays.copyOfRange(image.key(), from, to),
                start,
                Arrays.copyOfRange(image.row(), first, end),
                Arrays.copyOfRange(image.drive(), first, end));
    }

    private static int ask(ArrayPort port, int columns, List<RowReads> call, float[] currents, int at) {
        int wanted = call.stream().mapToInt(RowReads::count).sum() * columns;
        ColumnReadings given = port.multiply(columns, List.copyOf(call));
        if (given.microsiemens().length != wanted) {
            throw nonsense(port, given.microsiemens().length + " currents came back, " + wanted + " were asked for");
        }
        for (int i = 0; i < wanted; i++) {
            if (!Float.isFinite(given.microsiemens()[i])) {
                throw nonsense(port, "column " + i % columns + " gave " + given.microsiemens()[i] + " uS");
            }
        }
        System.arraycopy(given.microsiemens(), 0, currents, at, wanted);
        return wanted;
    }

    private static PortException nonsense(ArrayPort port, String what) {
        PortFacts facts = port.facts();
        return new PortException(
                PortException.Kind.NONSENSE, "board " + facts.board() + ", array " + facts.array(), "multiply", what);
    }
}
