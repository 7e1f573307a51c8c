/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

/**
 * How far from its target a verified cell may be: {@code a = max(absolute, relative Gt)}.
 *
 * @param microsiemens absolute part, at least 0
 * @param relative part of the target, at least 0
 */
public record Acceptance(double microsiemens, double relative) {
    public Acceptance {
        Spread.requireAtLeastZero("verify.window_uS", microsiemens);
        Spread.requireAtLeastZero("verify.window_relative", relative);
        if (microsiemens == 0 && relative == 0) {
            throw new IllegalArgumentException("verify.window_uS or verify.window_relative must be above 0");
        }
    }

    /** Half-width around a target, uS. */
    public double halfWidth(double target) {
        return Math.max(microsiemens, relative * target);
    }
}
