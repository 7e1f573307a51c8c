/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

/** What happens to a varied value whose magnitude leaves the range that a cell can hold. */
public enum Saturation {
    /** Nothing; the log-normal tail is kept. */
    NONE,
    /** The magnitude is capped at full scale. Default of the product. */
    SYMMETRIC,
    /**
     * The magnitude is bounded by the signed maximum and the signed minimum of the array, {@code |v| = max(min(|v|, max),
     * min)}. Kept only to repeat published runs: it clips negative values wrongly where the largest positive one is smaller,
     * and lifts small values of an all-positive array to its minimum.
     */
    SIGNED_MAX
}
