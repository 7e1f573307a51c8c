/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

/** Standard deviation of a write as a function of its target, a fit or a table. */
@FunctionalInterface
public interface StateSpread {
    /** Standard deviation for a target, both uS; at least 0. */
    double sigmaMicrosiemens(double target);
}
