/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

/** Leaves weights as they are, where a quantiser would stand. */
public record Unquantised() implements WeightTransform {
    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        System.arraycopy(weights, 0, out, 0, weights.length);
    }
}
