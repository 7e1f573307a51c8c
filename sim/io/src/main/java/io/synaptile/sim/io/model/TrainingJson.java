/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a training stands, as JSON: {@code {"slots": [names], "steps", "best_epoch", "begun": {"batches", "loss", "correct",
 * "gradient_norms": {name: sum}}, "epochs": [[learning rate, loss, training accuracy, validation accuracy, [[layer, role, norm,
 * gradient norm, zeros, rate], ...]], ...]}}, where null is a figure that is not known. Numbers are written so that reading gives
 * the same bits.
 */
record TrainingJson(
        Optional<List<String>> slots,
        long steps,
        Optional<Integer> bestEpoch,
        Optional<Checkpoint.Begun> begun,
        List<Checkpoint.Epoch> epochs) {
    private static final String GRADIENT_NORMS = "gradient_norms";
    private static final int COLUMNS = 4;
    private static final int MEASURE_COLUMNS = 6;

    TrainingJson(
            List<String> slots,
            long steps,
            Optional<Integer> bestEpoch,
            Optional<Checkpoint.Begun> begun,
            List<Checkpoint.Epoch> epochs) {
        this(Optional.of(slots), steps, bestEpoch, begun, epochs);
    }

    String write() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        slots.ifPresent(names -> names.forEach(root.putArray("slots")::add));
        root.put("steps", steps);
        bestEpoch.ifPresent(epoch -> root.put("best_epoch", epoch));
        begun.ifPresent(epoch -> epoch.gradientNorms()
                .forEach(root.putObject("begun")
                        .put("batches", epoch.batches())
                        .put("loss", epoch.loss())
                        .put("correct", epoch.correct())
                        .putObject(GRADIENT_NORMS)::put));
        ArrayNode rows = root.putArray("epochs");
        for (Checkpoint.Epoch epoch : epochs) {
            ArrayNode row = rows.addArray()
                    .add((double) epoch.learningRate())
                    .add(epoch.loss())
                    .add(epoch.trainAccuracy())
                    .add(epoch.validationAccuracy());
            if (!epoch.layers().isEmpty()) {
                ArrayNode layers = row.addArray();
                epoch.layers().forEach(layer -> write(layers.addArray(), layer));
            }
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static void write(ArrayNode row, Checkpoint.Measure layer) {
        row.add(layer.layer()).add(layer.role());
        for (double figure : new double[] {layer.norm(), layer.gradientNorm(), layer.zeros(), layer.rate()}) {
            row.add(Double.isNaN(figure) ? null : (Double) figure);
        }
    }

    private static Checkpoint.Measure measure(JsonNode row) {
        if (row.size() != MEASURE_COLUMNS) {
            throw new IllegalArgumentException(
                    "a layer of an epoch has " + row.size() + " values, it needs " + MEASURE_COLUMNS);
        }
        return new Checkpoint.Measure(
                row.get(0).asString(),
                row.get(1).asString(),
                figure(row.get(2)),
                figure(row.get(3)),
                figure(row.get(4)),
                figure(row.get(5)));
    }

    private static double figure(JsonNode value) {
        return value.isNull() ? Double.NaN : value.asDouble();
    }

    private static Checkpoint.Begun begun(JsonNode epoch) {
        SortedMap<String, Double> norms = new TreeMap<>();
        epoch.path(GRADIENT_NORMS).forEachEntry((name, sum) -> norms.put(name, sum.asDouble()));
        return new Checkpoint.Begun(
                epoch.required("batches").asInt(),
                epoch.required("loss").asDouble(),
                epoch.required("correct").asInt(),
                norms);
    }

    /** @throws IllegalArgumentException if the text is not such an object */
    static TrainingJson read(String json) {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            Optional<Checkpoint.Begun> begun =
                    Optional.ofNullable(root.get("begun")).map(TrainingJson::begun);
            Optional<List<String>> slots = Optional.ofNullable(root.get("slots"))
                    .map(names -> names.valueStream().map(TrainingJson::slot).toList());
            List<Checkpoint.Epoch> epochs = new ArrayList<>();
            for (JsonNode row : root.required("epochs")) {
                if (row.size() != COLUMNS && row.size() != COLUMNS + 1) {
                    throw new IllegalArgumentException("an epoch has " + row.size() + " values, it needs " + COLUMNS);
                }
                epochs.add(new Checkpoint.Epoch(
                        (float) row.get(0).asDouble(),
                        row.get(1).asDouble(),
                        row.get(2).asDouble(),
                        row.get(3).asDouble(),
                        row.path(COLUMNS)
                                .valueStream()
                                .map(TrainingJson::measure)
                                .toList()));
            }
            return new TrainingJson(
                    slots,
                    root.path("steps").asLong(0),
                    Optional.ofNullable(root.get("best_epoch")).map(JsonNode::asInt),
                    begun,
                    epochs);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not the state of a training (" + e.getOriginalMessage() + ")", e);
        }
    }

    private static String slot(JsonNode name) {
        String slot = name.asString();
        if (!slot.matches("[a-z][a-z_]{0,30}")) {
            throw new IllegalArgumentException("a slot of an optimiser is called " + Quoted.of(slot));
        }
        return slot;
    }
}
