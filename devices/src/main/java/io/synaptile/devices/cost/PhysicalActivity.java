/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each physical event happened in one layer. Counts are doubles because conductance sums and rows driven by
 * fractional (pooled) inputs are not whole; whole counts are exact up to 2^53.
 *
 * @param counts by kind; a kind that is absent counts 0
 * @param conversionsByBits conversions of converters that resolve more or fewer bits from read to read, by their bits; empty
 *     where all resolve the same. They are among the {@link ActivityCount#ADC_CONVERSIONS}.
 */
public record PhysicalActivity(Map<ActivityCount, Double> counts, Map<Integer, Double> conversionsByBits) {
    public PhysicalActivity {
        conversionsByBits = Collections.unmodifiableMap(new TreeMap<>(conversionsByBits));
        EnumMap<ActivityCount, Double> copy = new EnumMap<>(ActivityCount.class);
        copy.putAll(counts);
        copy.forEach((count, value) -> {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(count + " must be finite and at least 0, got " + value);
            }
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** Counts of hardware whose converters all resolve the same bits. */
    public PhysicalActivity(Map<ActivityCount, Double> counts) {
        this(counts, Map.of());
    }

    /** How often an event happened. */
    public double of(ActivityCount count) {
        return counts.getOrDefault(count, 0d);
    }

    /** Both activities together. */
    public PhysicalActivity plus(PhysicalActivity other) {
        Builder sum = builder();
        sum.addAll(this);
        return sum.addAll(other).build();
    }

    /** The same with every count multiplied, for example by 1 / samples. */
    public PhysicalActivity times(double factor) {
        EnumMap<ActivityCount, Double> scaled = new EnumMap<>(ActivityCount.class);
        counts.forEach((count, value) -> scaled.put(count, value * factor));
        TreeMap<Integer, Double> conversions = new TreeMap<>();
        conversionsByBits.forEach((bits, value) -> conversions.put(bits, value * factor));
        return new PhysicalActivity(scaled, conversions);
    }

    /** Starts counting at 0. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects counts; not for use by several threads. */
    public static final class Builder {
        private final EnumMap<ActivityCount, Double> counts = new EnumMap<>(ActivityCount.class);
        private final TreeMap<Integer, Double> conversions = new TreeMap<>();

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

        /** Adds conversions that resolve some bits alone. */
        public Builder addConversions(int bits, double times) {
            conversions.merge(bits, times, Double::sum);
            return add(ActivityCount.ADC_CONVERSIONS, times);
        }

        /** Adds everything of another activity. */
        public Builder addAll(PhysicalActivity other) {
            other.counts.forEach(this::add);
            other.conversionsByBits.forEach((bits, times) -> conversions.merge(bits, times, Double::sum));
            return this;
        }

        /** The counts so far. */
        public PhysicalActivity build() {
            return new PhysicalActivity(counts, conversions);
        }
    }
}
