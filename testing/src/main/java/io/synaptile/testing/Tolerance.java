/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.testing;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

/**
 * How far a number may be from the one it is compared with, and what that is.
 *
 * <p>All {@code against...} are validation: the expected number comes from somewhere else than the code under test.
 * {@link #nonRegression} is for figures that this code once gave and that were only written down: it says that nothing has
 * changed, not that anything is right. Tests use these in place of AssertJ's {@code within} and {@code withPercentage}; a
 * test of this module sees to it.
 */
public final class Tolerance {
    private Tolerance() {}

    /** Absolute, against a result worked out by hand, a formula that the test writes out, or a value that the data were made from. */
    public static Offset<Double> againstClosedForm(double absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against a result worked out by hand, a formula that the test writes out, or a value that the data were made from. */
    public static Offset<Float> againstClosedForm(float absolute) {
        return Offset.offset(absolute);
    }

    /** In percent of the expected number, against a result worked out by hand, a formula that the test writes out, or a value that the data were made from. */
    public static Percentage againstClosedFormPercent(double percent) {
        return Percentage.withPercentage(percent);
    }

    /** Absolute, against an independent implementation: the obvious version in double precision, another backend, finite differences, vectors of published code. */
    public static Offset<Double> againstReference(double absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against an independent implementation: the obvious version in double precision, another backend, finite differences, vectors of published code. */
    public static Offset<Float> againstReference(float absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against an independent implementation: the obvious version in double precision, another backend, finite differences, vectors of published code. */
    public static Offset<Integer> againstReference(int absolute) {
        return Offset.offset(absolute);
    }

    /** In percent of the expected number, against an independent implementation: the obvious version in double precision, another backend, finite differences, vectors of published code. */
    public static Percentage againstReferencePercent(double percent) {
        return Percentage.withPercentage(percent);
    }

    /** Absolute, against a figure that a publication states or a released tool prints. */
    public static Offset<Double> againstPublished(double absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against a figure that a publication states or a released tool prints. */
    public static Offset<Float> againstPublished(float absolute) {
        return Offset.offset(absolute);
    }

    /** In percent of the expected number, against a figure that a publication states or a released tool prints. */
    public static Percentage againstPublishedPercent(double percent) {
        return Percentage.withPercentage(percent);
    }

    /** Absolute, against a moment or probability of a stated distribution; the tolerance is the sampling error of the draws. */
    public static Offset<Double> againstDistribution(double absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against a moment or probability of a stated distribution; the tolerance is the sampling error of the draws. */
    public static Offset<Float> againstDistribution(float absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against another result of ours that is equal by definition, such as the sum of its parts. */
    public static Offset<Double> againstIdentity(double absolute) {
        return Offset.offset(absolute);
    }

    /** Absolute, against another result of ours that is equal by definition, such as the sum of its parts. */
    public static Offset<Float> againstIdentity(float absolute) {
        return Offset.offset(absolute);
    }

    /** In percent of the expected number, against another result of ours that is equal by definition, such as the sum of its parts. */
    public static Percentage againstIdentityPercent(double percent) {
        return Percentage.withPercentage(percent);
    }

    /** Absolute, from a figure of our own that was recorded earlier. */
    public static Offset<Double> nonRegression(double absolute) {
        return Offset.offset(absolute);
    }

    /** In percent of a figure of our own that was recorded earlier. */
    public static Percentage nonRegressionPercent(double percent) {
        return Percentage.withPercentage(percent);
    }
}
