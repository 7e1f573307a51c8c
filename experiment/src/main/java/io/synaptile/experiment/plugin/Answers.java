/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a part answered in a trial, method by method, so that a second trial can be compared. */
final class Answers {
    private final Map<String, double[]> byMethod = new LinkedHashMap<>();

    Answers with(String method, double... values) {
        byMethod.put(method, values);
        return this;
    }

    Answers with(String method, float[] values) {
        double[] all = new double[values.length];
        Arrays.setAll(all, i -> values[i]);
        return with(method, all);
    }

    Answers with(String method, byte[] values) {
        double[] all = new double[values.length];
        Arrays.setAll(all, i -> values[i]);
        return with(method, all);
    }

    Answers with(String method, int[] values) {
        return with(method, Arrays.stream(values).asDoubleStream().toArray());
    }

    /** The first answer that differs, for a message; empty if none does. */
    Optional<String> difference(Answers other) {
        for (Map.Entry<String, double[]> answer : byMethod.entrySet()) {
            double[] own = answer.getValue();
            double[] others = other.byMethod.getOrDefault(answer.getKey(), new double[0]);
            int at = Arrays.mismatch(own, others);
            if (at >= 0) {
                return Optional.of(told(own, at) + " and then " + told(others, at) + " as value " + at + " of "
                        + own.length + " in " + answer.getKey());
            }
        }
        return Optional.empty();
    }

    private static String told(double[] values, int at) {
        return at < values.length ? String.valueOf((float) values[at]) : "nothing";
    }
}
