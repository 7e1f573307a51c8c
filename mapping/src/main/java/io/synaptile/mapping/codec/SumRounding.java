/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

/** What a right shift makes of the whole sum of digital words. */
public enum SumRounding {
    /** No bit is lost: the sum times a power of two. */
    EXACT,
    /** Arithmetic shift: towards minus infinity. */
    FLOOR,
    /** To the nearest, half of a step upwards. */
    NEAREST
}
