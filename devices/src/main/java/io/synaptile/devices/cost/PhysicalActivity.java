/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each physical event happened in one layer. Counts are doubles because conductance sums and rows driven by
 * fractional (pooled) inputs are not whole; whole counts are exact up to 2^53.
 *
 * @param counts by kind; a kind that is absent counts 0
 */
public record PhysicalActivity(Map<ActivityCount, Double> counts) {
    public PhysicalActivity {
        EnumMap<ActivityCount, Double> copy = new EnumMap<>(ActivityCount.class);
        copy.putAll(counts);
        copy.forEach((count, value) -> {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(count + " must be finite and at least 0, got " + value);
            }
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** How often an event happened. */
    public double of(ActivityCount count) {
        return counts.getOrDefault(count, 0d);
    }

    /** Both activities together. */
    public PhysicalActivity plus(PhysicalActivity other) {
        Builder sum = builder();
        counts.forEach(sum::add);
        other.counts.forEach(sum::add);
        return sum.build();
    }

    /** Starts counting at 0. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects counts; not for use by several threads. */
    public static final class Builder {
        private final EnumMap<ActivityCount, Double> counts = new EnumMap<>(ActivityCount.class);

        private Builder() {}

        /** Adds to one count. */
        public Builder add(ActivityCount count, double times) {
            counts.merge(count, times, Double::sum);
            return this;
        }

        /** Adds driven rows and the cells on them. */
        public Builder addDrivenRows(double rows, int columnsPerArray) {
            add(ActivityCount.ROW_ACTIVATIONS, rows);
            return add(ActivityCount.DRIVEN_CELLS, rows * columnsPerArray);
        }

        /** The counts so far. */
        public PhysicalActivity build() {
            return new PhysicalActivity(counts);
        }
    }
}
