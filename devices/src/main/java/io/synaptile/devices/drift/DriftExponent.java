/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

/** Drift exponent of a cell: mean and spread by the state it was programmed towards. */
public interface DriftExponent {
    /** Mean for a target in uS. */
    double nuMean(double target);

    /** Standard deviation for a target in uS, at least 0. */
    double nuSigma(double target);
}
