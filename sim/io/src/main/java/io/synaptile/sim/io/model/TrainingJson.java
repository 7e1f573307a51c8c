/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a training stands, as JSON: {@code {"slots": [names], "steps", "best_epoch", "begun": {"batches", "loss", "correct"}, "epochs": [[learning rate,
 * loss, training accuracy, validation accuracy], ...]}}. Numbers are written so that reading gives the same bits.
 */
record TrainingJson(
        Optional<List<String>> slots,
        long steps,
        Optional<Integer> bestEpoch,
        Optional<Checkpoint.Begun> begun,
        List<Checkpoint.Epoch> epochs) {
    private static final int COLUMNS = 4;

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
        begun.ifPresent(epoch -> root.putObject("begun")
                .put("batches", epoch.batches())
                .put("loss", epoch.loss())
                .put("correct", epoch.correct()));
        ArrayNode rows = root.putArray("epochs");
        for (Checkpoint.Epoch epoch : epochs) {
            rows.addArray()
                    .add((double) epoch.learningRate())
                    .add(epoch.loss())
                    .add(epoch.trainAccuracy())
                    .add(epoch.validationAccuracy());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    /** @throws IllegalArgumentException if the text is not such an object */
    static TrainingJson read(String json) {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            Optional<Checkpoint.Begun> begun = Optional.ofNullable(root.get("begun"))
                    .map(epoch -> new Checkpoint.Begun(
                            epoch.required("batches").asInt(),
                            epoch.required("loss").asDouble(),
                            epoch.required("correct").asInt()));
            Optional<List<String>> slots = Optional.ofNullable(root.get("slots"))
                    .map(names -> names.valueStream().map(TrainingJson::slot).toList());
            List<Checkpoint.Epoch> epochs = new ArrayList<>();
            for (JsonNode row : root.required("epochs")) {
                if (row.size() != COLUMNS) {
                    throw new IllegalArgumentException("an epoch has " + row.size() + " values, it needs " + COLUMNS);
                }
                epochs.add(new Checkpoint.Epoch(
                        (float) row.get(0).asDouble(),
                        row.get(1).asDouble(),
                        row.get(2).asDouble(),
                        row.get(3).asDouble()));
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
