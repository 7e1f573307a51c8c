/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.List;

/**
 * Which axis of an array is what, outermost first: N samples, T frames, C channels, H rows and W columns, or F features in
 * the place of the last three.
 */
public record Axes(String letters) {
    /** Order in which values are kept; features are channels of one place. */
    private static final String KEPT = "NTCHW";

    /** What an array is taken to hold where nothing is said, by its number of axes. */
    private static final List<Axes> USUAL =
            List.of(new Axes("NF"), new Axes("NHW"), new Axes("NCHW"), new Axes("NTCHW"));

    /** Words for a message. */
    public static final String ALLOWED =
            "N and F, or N, H, W and perhaps C, with T for frames, each once, as in NTF or NTCHW";

    public Axes {
        boolean known =
                letters.matches("[NTCHWF]+") && letters.chars().distinct().count() == letters.length();
        boolean features = letters.contains("F");
        boolean map = letters.contains("H") && letters.contains("W");
        boolean any = letters.contains("C") || letters.contains("H") || letters.contains("W");
        if (!known || !letters.contains("N") || features == any || any && !map) {
            throw new IllegalArgumentException("axes must be " + ALLOWED + ", got " + letters);
        }
    }

    /** The usual axes of an array; null if there are none. */
    public static Axes usual(int dimensions) {
        return USUAL.stream()
                .filter(axes -> axes.count() == dimensions)
                .findFirst()
                .orElse(null);
    }

    /** Number of axes. */
    public int count() {
        return letters.length();
    }

    /** Whether samples have frames. */
    public boolean hasFrames() {
        return letters.contains("T");
    }

    /** Extents of an array of these axes in the order N, T, C, H, W; 1 for axes it does not have. */
    public int[] extents(int[] shape) {
        int[] extents = {1, 1, 1, 1, 1};
        for (int axis = 0; axis < shape.length; axis++) {
            extents[kept(axis)] = shape[axis];
        }
        return extents;
    }

    /**
     * For every value in the order N, T, C, H, W its place in an array of these axes; null if it is the same.
     *
     * @param shape of the array
     */
    public int[] places(int[] shape) {
        int[] strides = new int[KEPT.length()];
        int last = Integer.MAX_VALUE;
        int stride = 1;
        boolean same = true;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[kept(axis)] = stride;
            stride *= shape[axis];
            same &= kept(axis) < last;
            last = kept(axis);
        }
        if (same) {
            return null;
        }
        int[] extents = extents(shape);
        int[] places = new int[stride];
        int to = 0;
        for (int n = 0; n < extents[0]; n++) {
            for (int t = 0; t < extents[1]; t++) {
                for (int c = 0; c < extents[2]; c++) {
                    for (int h = 0; h < extents[3]; h++) {
                        for (int w = 0; w < extents[4]; w++) {
                            places[to++] =
                                    n * strides[0] + t * strides[1] + c * strides[2] + h * strides[3] + w * strides[4];
                        }
                    }
                }
            }
        }
        return places;
    }

    private int kept(int axis) {
        char letter = letters.charAt(axis);
        return KEPT.indexOf(letter == 'F' ? 'C' : letter);
    }

    /** As in "(N, T, F)". */
    @Override
    public String toString() {
        return "(" + String.join(", ", letters.split("")) + ")";
    }
}
