/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Surrogate derivatives of {@link io.synaptile.sim.network.Surrogate} in kernels. */
public final class Surrogates {
    /** Kinds of surrogates. */
    public static final int TRIANGLE = 0;

    public static final int RECTANGLE = 1;
    public static final int ARC_TANGENT = 2;
    public static final int FAST_SIGMOID = 3;
    public static final int SIGMOID = 4;
    private static final float HALF_PI = (float) (Math.PI / 2);

    private Surrogates() {}

    /**
     * Derivative by how far a potential is above its threshold, in thresholds.
     *
     * @param kind as above
     * @param shape the one number that sets a surrogate of its kind apart
     */
    static float slope(float kind, float shape, float above) {
        float m = above;
        if (m < 0f) {
            m = -m;
        }
        float slope = 0f;
        if (kind == TRIANGLE) {
            if (m < 1f) {
                slope = shape * (1f - m);
            }
        } else if (kind == RECTANGLE) {
            if (m < shape / 2f) {
                slope = 1f / shape;
            }
        } else if (kind == ARC_TANGENT) {
            float x = m * (HALF_PI * shape);
            slope = shape / 2f / (x * x + 1f);
        } else if (kind == FAST_SIGMOID) {
            float d = m * shape + 1f;
            slope = 1f / (d * d);
        } else {
            // 1 - s as e s keeps its precision far from the threshold.
            float e = TornadoMath.exp(-shape * m);
            float s = 1f / (1f + e);
            slope = shape * s * s * e;
        }
        return slope;
    }
}
