/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.text.table.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trains of pulses as lines that name a direction, {@code Gerase} for up and {@code Gprog} for down, before the conductances of
 * one train in S, as the Y-Flash data of W. Wang et al. (2022) have them.
 */
final class PulseSeries {
    static final String UP = "Gerase";
    static final String DOWN = "Gprog";
    private static final double MICROSIEMENS = 1e6;

    /** Lines among which the first train must be. */
    private static final int DEEPEST = 20;

    private PulseSeries() {}

    static boolean fits(TextLines text) {
        return text.lines().stream()
                .limit(DEEPEST)
                .anyMatch(line -> direction(line).isPresent());
    }

    private static Optional<String> direction(TextLines.Line line) {
        return Stream.of(UP, DOWN).filter(line.text()::contains).findFirst();
    }

    static PulseResponse read(TextLines text) {
        List<double[]> up = new ArrayList<>();
        List<double[]> down = new ArrayList<>();
        for (TextLines.Line line : text.lines()) {
            // One without a direction is about the device that the next ones belong to.
            direction(line).ifPresent(named -> (named.equals(UP) ? up : down).add(train(text, line, named)));
        }
        for (List<double[]> trains : List.of(up, down)) {
            if (trains.isEmpty() || trains.stream().anyMatch(train -> train.length < PulseResponse.FEWEST_PULSES)) {
                throw text.problem("needs trains of at least " + PulseResponse.FEWEST_PULSES
                        + " pulses in both directions, lines that begin with " + UP + " and " + DOWN);
            }
        }
        return new PulseResponse(up, down, true);
    }

    private static double[] train(TextLines text, TextLines.Line line, String named) {
        int start = line.text().indexOf(',', line.text().indexOf(named));
        if (start < 0) {
            throw text.problem(line, named + " is not followed by a comma and conductances");
        }
        int before = line.text().substring(0, start).split(",", -1).length;
        String[] cells =
                line.text().substring(start + 1).replaceAll(",\\s*$", "").split(",", -1);
        double[] train = new double[cells.length];
        for (int i = 0; i < train.length; i++) {
            train[i] = text.number(line, before + i + 1, cells[i].strip()) * MICROSIEMENS;
        }
        return train;
    }
}
