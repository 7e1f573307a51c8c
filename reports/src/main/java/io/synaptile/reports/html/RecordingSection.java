/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recorded activity of one layer.
 *
 * @param raster spikes by step and neuron; empty where the layer has no neurons
 * @param traces potentials or outputs of a few, by step
 */
record RecordingSection(String layer, String image, String raster, String traces) {
    private static final int WIDTH = 860;
    private static final double LEFT = 60;
    private static final double RIGHT = 24;
    private static final double TOP = 30;
    private static final double ROW = 2;
    private static final double LEAST_HEIGHT = 80;
    private static final int MOST_ROWS = 160;
    private static final int MOST_TRACES = 5;

    static RecordingSection of(Recording recording) {
        return new RecordingSection(
                recording.layer(),
                recording.image(),
                recording.isOfNeurons() ? raster(recording) : "",
                traces(recording));
    }

    /** A mark per spike; of many neurons every second, third and so on. */
    private static String raster(Recording recording) {
        float[][] spikes = recording.spikes();
        int neurons = spikes[0].length;
        int every = Math.ceilDiv(neurons, MOST_ROWS);
        int rows = Math.ceilDiv(neurons, every);
        double bottom = TOP + Math.max(LEAST_HEIGHT, ROW * rows);
        Svg svg = new Svg(WIDTH, "Spikes of layer " + recording.layer());
        Axis steps = Axis.counting(spikes.length, LEFT, WIDTH - RIGHT);
        Axis numbers = Axis.counting(neurons - 1, bottom, TOP);
        steps.draw(svg, TOP, bottom, "time step");
        numbers.drawUpright(
                svg, LEFT, WIDTH - RIGHT, every == 1 ? "neuron" : "neuron, every " + ordinal(every) + " is shown");
        double width = Math.max(2, 0.5 * (steps.position(1) - steps.position(0)));
        double height = Math.max(1.2, 0.8 * (bottom - TOP) / rows);
        for (int t = 0; t < spikes.length; t++) {
            for (int i = 0; i < neurons; i += every) {
                if (spikes[t][i] != 0) {
                    svg.rectangle(
                            steps.position(t + 1) - width / 2,
                            numbers.position(i) - height / 2,
                            width,
                            height,
                            "s0",
                            1,
                            "");
                }
            }
        }
        return svg.finish(bottom + Axis.HEIGHT);
    }

    private static String ordinal(int number) {
        return switch (number) {
            case 2 -> "second";
            case 3 -> "third";
            default -> number + "th";
        };
    }

    /** The neurons that fire most, or the values that reach the furthest from 0; the first of equals. */
    private static String traces(Recording recording) {
        float[][] rank = recording.isOfNeurons() ? recording.spikes() : recording.values();
        double[] weight = new double[rank[0].length];
        for (float[] step : rank) {
            for (int i = 0; i < weight.length; i++) {
                weight[i] = recording.isOfNeurons() ? weight[i] + step[i] : Math.max(weight[i], Math.abs(step[i]));
            }
        }
        List<Integer> chosen = IntStream.range(0, weight.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weight[i]).thenComparing(i -> i))
                .limit(MOST_TRACES)
                .toList();
        List<CurvePage.Curve> curves = new ArrayList<>();
        for (int i : chosen) {
            int steps = recording.values().length;
            double[] at = new double[steps];
            double[] values = new double[steps];
            for (int t = 0; t < steps; t++) {
                at[t] = t + 1;
                values[t] = recording.values()[t][i];
            }
            String name = (recording.isOfNeurons() ? "neuron " : "value ") + i;
            curves.add(
                    steps == 1
                            ? CurvePage.Curve.dots(name, curves.size(), at, values)
                            : CurvePage.Curve.line(name, curves.size(), at, values));
        }
        String what = recording.isOfNeurons() ? "Potential before the reset" : "Output";
        return CurvePage.inPage(
                what + " in layer " + recording.layer(),
                List.of(new CurvePage.Panel(
                        what, "time step", recording.isOfNeurons() ? "in the unit of the weights" : "", curves)));
    }
}
