/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Role;
import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tensors of one file, taken out one by one under the name, shape and values that the network needs. */
final class StoredTensors {
    private final Path path;
    private final SortedMap<String, Tensor> remaining;
    private final SortedMap<String, String> metadata;
    private final boolean verified;

    StoredTensors(Path path, Safetensors contents) {
        this.path = path;
        this.remaining = new TreeMap<>(contents.tensors());
        this.metadata = contents.metadata();
        this.verified = contents.verified();
    }

    SortedMap<String, String> metadata() {
        return metadata;
    }

    /** Whether the file carried a checksum, which was right. */
    boolean verified() {
        return verified;
    }

    boolean has(String name) {
        return remaining.containsKey(name);
    }

    /** Rows of a tensor {@code [rows, columns]} with at least one row. */
    int rows(String name, int columns) {
        Tensor tensor = find(name);
        int[] shape = tensor.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] != columns) {
            throw new DataFileException(
                    path, "tensor " + name + " is " + tensor + ", [steps, " + columns + "] is needed");
        }
        return shape[0];
    }

    /** Removes a floating-point tensor of that shape and returns its values, all finite. */
    float[] take(String name, int... shape) {
        Tensor tensor = find(name);
        if (!tensor.hasShape(shape) || !tensor.type().floating()) {
            throw new DataFileException(
                    path,
                    "tensor " + name + " is " + tensor + ", floating-point numbers of shape " + Arrays.toString(shape)
                            + " are needed");
        }
        remaining.remove(name);
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataFileException(path, "tensor " + name + ": value " + i + " is " + values[i]);
            }
        }
        return values;
    }

    /** As {@link #take}, of values that a role can have. */
    float[] take(String name, Role role, int... shape) {
        float[] values = take(name, shape);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < role.least() || values[i] > role.most()) {
                throw new DataFileException(
                        path,
                        "tensor " + name + ": value " + i + " is " + values[i] + ", at least " + number(role.least())
                                + (Float.isFinite(role.most()) ? " and at most " + number(role.most()) : "")
                                + " is needed");
            }
        }
        return values;
    }

    private static String number(float value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    void expectNothingElse() {
        if (!remaining.isEmpty()) {
            throw new DataFileException(
                    path, "tensor " + Quoted.bare(remaining.firstKey()) + " belongs to no layer of the network");
        }
    }

    private Tensor find(String name) {
        Tensor tensor = remaining.get(name);
        if (tensor == null) {
            throw new DataFileException(path, "tensor " + name + " is missing");
        }
        return tensor;
    }
}
