/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.reports.html.CurvePage.Curve;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.reports.table.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Makes the table of a cell that is written by counting pulses, without looking: equal steps of conductance along the mean
 * response, each with the spread that was measured around it. The cell does not age.
 */
final class PulseFit {
    private PulseFit() {}

    static DeviceFit fit(Path file, PulseResponse response, int states, Optional<ConductanceRange> range) {
        if (response.inMicrosiemens() == range.isPresent()) {
            throw new IllegalArgumentException(file
                    + (range.isPresent()
                            ? ": holds conductances, so --range-uS has no meaning"
                            : ": holds responses without a unit; give the conductances of the first and the last"
                                    + " pulse with --range-uS MIN,MAX, or the unit in a header"));
        }
        PulseCurve up = PulseCurve.fit(response.up());
        if (!(up.end() > up.start())) {
            throw new IllegalArgumentException(file + ": pulses up do not raise the conductance");
        }
        double factor = range.map(r -> r.span() / (up.end() - up.start())).orElse(1d);
        double offset =
                range.map(r -> r.minMicrosiemens() - factor * up.start()).orElse(0d);
        StringBuilder table = new StringBuilder("state," + Form.NORMAL.columns("mean", "std") + "\n");
        // A curve fitted through conductances near 0 may begin below 0.
        double low = Math.max(up.start(), -offset / factor);
        double within = 0.5 * up.pulses() / (states - 1);
        int before = -1;
        for (int state = 0; state < states; state++) {
            int pulses = up.pulsesTo(low + (up.end() - low) * state / (states - 1));
            if (pulses == before) {
                throw new IllegalArgumentException(file + ": --states " + states + " are too many, states "
                        + (state - 1) + " and " + state + " are both nearest to " + pulses + " pulses");
            }
            before = pulses;
            double mean = Math.max(0, offset + factor * up.at(pulses));
            table.append(state)
                    .append(',')
                    .append(Numbers.exact(Form.rounded(mean)))
                    .append(',')
                    .append(Numbers.exact(Form.rounded(factor * up.spread(pulses, within))))
                    .append('\n');
        }
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts(facts, "up", up, factor);
        List<Panel> panels = new ArrayList<>(List.of(panel("Response to pulses up", up, factor, offset)));
        if (!response.down().isEmpty()) {
            PulseCurve down = PulseCurve.fit(response.down());
            facts(facts, "down", down, factor);
            panels.add(panel("Response to pulses down", down, factor, offset));
        }
        return new DeviceFit(new DeviceTables(table.toString(), Optional.empty()), Optional.empty(), facts, panels);
    }

    private static void facts(SequencedMap<String, Object> facts, String direction, PulseCurve curve, double factor) {
        facts.put(direction + "_pulses", curve.pulses());
        facts.put(direction + "_points", curve.points().size());
        facts.put(direction + "_nonlinearity", Form.rounded(curve.nonlinearity()));
        facts.put(direction + "_spread_uS", Form.rounded(factor * curve.spread(0, curve.pulses())));
        facts.put(direction + "_variance_explained", Form.rounded(curve.explained()));
    }

    private static Panel panel(String title, PulseCurve curve, double factor, double offset) {
        int most = 2000;
        int every = Math.max(1, curve.points().size() / most);
        double[][] shown = new double[2][(curve.points().size() + every - 1) / every];
        for (int i = 0; i < shown[0].length; i++) {
            double[] point = curve.points().get(i * every);
            shown[0][i] = point[0];
            shown[1][i] = offset + factor * point[1];
        }
        double[] n = new double[curve.pulses() + 1];
        double[] mean = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            n[i] = i;
            mean[i] = offset + factor * curve.at(i);
        }
        return new Panel(
                title,
                "pulses",
                "conductance, uS",
                List.of(Curve.dots("measured", 0, shown[0], shown[1]), Curve.line("fitted", 1, n, mean)));
    }
}
