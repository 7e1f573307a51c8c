/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.ResultRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Sentences about layers and chips that say nothing, because no neuron of theirs fires in any image or all do at every step.
 * Their accuracy looks like one all the same.
 */
public final class ActivityRemarks {
    private static final String SILENT = "fired no spike in";
    private static final String SATURATED = "fired all its neurons at every step of";

    private ActivityRemarks() {}

    /** One line each for a design point; none for most. */
    public static List<String> of(RunReport run, int point) {
        return of(
                run.resultsOf(point),
                run.layers().stream().filter(row -> row.point() == point).toList());
    }

    /** The same from the rows of one design point. */
    public static List<String> of(List<ResultRow> chips, List<LayerRow> layers) {
        String images = images(chips.getFirst().images());
        List<String> remarks = new ArrayList<>();
        remarks.addAll(ofLayers(layers, LayerRow::silentInstances, SILENT, images, chips.size()));
        remarks.addAll(ofLayers(layers, LayerRow::saturatedInstances, SATURATED, images, chips.size()));
        List<Integer> silent = chips.stream()
                .filter(chip -> chip.spikesPerInference() == 0)
                .map(ResultRow::instance)
                .toList();
        boolean neurons = layers.stream().anyMatch(row -> !Double.isNaN(row.spikeRate()));
        if (neurons && !silent.isEmpty() && silent.size() < chips.size()) {
            remarks.add(named("chip", silent) + " " + SILENT + " " + images);
        }
        return remarks;
    }

    /**
     * The same for a network of its own.
     *
     * @param silent layers of which no neuron fired
     * @param saturated layers of which all fired at every step
     */
    public static List<String> of(List<String> silent, List<String> saturated, int images) {
        List<String> remarks = new ArrayList<>();
        if (!silent.isEmpty()) {
            remarks.add(named("layer", silent) + " " + SILENT + " " + images(images));
        }
        if (!saturated.isEmpty()) {
            remarks.add(named("layer", saturated) + " " + SATURATED + " " + images(images));
        }
        return remarks;
    }

    /** A line for the layers that have it on as many chips. */
    private static List<String> ofLayers(
            List<LayerRow> layers, ToIntFunction<LayerRow> instances, String what, String images, int chips) {
        Map<Integer, List<String>> byCount = new LinkedHashMap<>();
        for (LayerRow layer : layers) {
            int count = instances.applyAsInt(layer);
            if (count > 0) {
                byCount.computeIfAbsent(count, _ -> new ArrayList<>()).add(layer.layer());
            }
        }
        List<String> lines = new ArrayList<>();
        byCount.forEach((count, names) -> lines.add(named("layer", names) + " " + what + " " + images
                + (count == chips ? "" : " on " + count + " of " + chips + " chips")));
        return lines;
    }

    private static String images(int count) {
        return count + (count == 1 ? " image" : " images");
    }

    private static String named(String kind, List<?> names) {
        String all = names.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return kind + (names.size() == 1 ? " " : "s ") + all;
    }
}
