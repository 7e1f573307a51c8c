/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.mapping.codec.WeightCodec;
import java.util.Optional;

/** A codec of a plug-in, whose planes and values are checked before a cell is programmed with them. */
final class GuardedCodec implements WeightCodec {
    private final WeightCodec codec;
    private final Guard guard;
    private final ConductanceRange range;
    private final String id;
    private final int columnsPerWeight;
    private final int columnsPerTile;
    private final int maskBits;
    private final float[] gain;

    GuardedCodec(WeightCodec codec, Guard guard, CellModel cell) {
        this.codec = codec;
        this.guard = guard;
        this.range = cell.range();
        this.id = guard.call("id", codec::id);
        this.columnsPerWeight = guard.call("columnsPerWeight", codec::columnsPerWeight);
        this.columnsPerTile = guard.call("columnsPerTile", codec::columnsPerTile);
        this.maskBits = guard.call("maskBits", codec::maskBits);
        this.gain = guard.call("columnGain", codec::columnGain);
        if (columnsPerWeight < 1 || columnsPerTile < 0) {
            throw guard.broke("has " + columnsPerWeight + " columns per weight and " + columnsPerTile + " per tile");
        }
        requireNumbers("columnGain", gain, columnsPerWeight + columnsPerTile);
        int planes = guard.call("planes", codec::planes);
        if (planes != gain.length) {
            throw guard.broke("has " + planes + " planes and " + gain.length + " columns");
        }
    }

    /** Refuses a codec of pairs whose second cells do not count as the first ones taken away. */
    void requirePairs() {
        int half = gain.length / 2;
        for (int k = 0; k < half; k++) {
            if (gain[k] != -gain[k + half]) {
                throw guard.broke("has pairs, but gains of " + gain[k] + " and " + gain[k + half] + " for columns " + k
                        + " and " + (k + half));
            }
        }
        if (gain.length % 2 != 0 || columnsPerTile > 0) {
            throw guard.broke(
                    "has pairs, but " + columnsPerWeight + " columns per weight and " + columnsPerTile + " per tile");
        }
    }

    private void requireNumbers(String method, float[] values, int length) {
        if (values == null || values.length != length) {
            throw guard.broke("gave " + (values == null ? "nothing" : values.length + " values") + " in " + method
                    + " instead of " + length);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw guard.broke("gave " + value + " in " + method);
            }
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int columnsPerWeight() {
        return columnsPerWeight;
    }

    @Override
    public int columnsPerTile() {
        return columnsPerTile;
    }

    @Override
    public int planes() {
        return gain.length;
    }

    @Override
    public int maskBits() {
        return maskBits;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        float[][] written = new float[gain.length][];
        for (int plane = 0; plane < written.length; plane++) {
            written[plane] = Guard.unwritten(weights.length);
        }
        guard.call("encode", () -> {
            codec.encode(weights.clone(), written);
            return written;
        });
        for (int plane = 0; plane < written.length; plane++) {
            requireNumbers("encode", written[plane], weights.length);
            for (float target : written[plane]) {
                if (target < range.minMicrosiemens() || target > range.maxMicrosiemens()) {
                    throw guard.broke("wants " + target + " uS of a cell of " + range.minMicrosiemens() + " to "
                            + range.maxMicrosiemens() + " uS");
                }
            }
            System.arraycopy(written[plane], 0, targets[plane], 0, weights.length);
        }
    }

    @Override
    public float[] columnGain() {
        return gain.clone();
    }

    @Override
    public Optional<float[]> counted(float[] weights) {
        Optional<float[]> counted = guard.call("counted", () -> codec.counted(weights.clone()));
        if (counted == null) {
            throw guard.broke("gave nothing in counted");
        }
        counted.ifPresent(values -> requireNumbers("counted", values, weights.length));
        return counted;
    }

    @Override
    public float cellValue(float microsiemens) {
        return finite("cellValue", guard.call("cellValue", () -> codec.cellValue(microsiemens)));
    }

    @Override
    public float valuePerMicrosiemens() {
        return finite("valuePerMicrosiemens", guard.call("valuePerMicrosiemens", codec::valuePerMicrosiemens));
    }

    private float finite(String method, float value) {
        if (!Float.isFinite(value)) {
            throw guard.broke("gave " + value + " in " + method);
        }
        return value;
    }

    @Override
    public void decode(float[][] conductances, float[] written, float[] weights) {
        float[] values = Guard.unwritten(weights.length);
        guard.call("decode", () -> {
            codec.decode(conductances, written.clone(), values);
            return values;
        });
        requireNumbers("decode", values, weights.length);
        System.arraycopy(values, 0, weights, 0, weights.length);
    }
}
