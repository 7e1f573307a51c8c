/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

/** Checks of the numbers that describe a spread. */
final class Spread {
    private Spread() {}

    static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + value);
        }
    }
}
