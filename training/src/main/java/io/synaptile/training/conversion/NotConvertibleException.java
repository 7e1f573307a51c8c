/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

/** A trained network that has no spiking counterpart, such as one with a layer that is never active; says which layer and why. */
public final class NotConvertibleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean ofPercentile;

    /** @param message names the layer */
    public NotConvertibleException(String message) {
        this(message, false);
    }

    private NotConvertibleException(String message, boolean ofPercentile) {
        super(message);
        this.ofPercentile = ofPercentile;
    }

    /** Of a layer whose activations have a percentile of 0. */
    static NotConvertibleException rare(String layer) {
        return new NotConvertibleException(
                "layer " + layer + " is active too rarely on the calibration images: their percentile is 0; a higher"
                        + " percentile, or one over positive activations alone, gives it a threshold",
                true);
    }

    /** Whether another percentile of the activations would do. */
    public boolean isOfPercentile() {
        return ofPercentile;
    }

    /**
     * Of a layer that never fires, and so lets nothing through.
     *
     * @param images that it was seen on, as a word before "images"
     */
    public static NotConvertibleException silent(String layer, String images) {
        return new NotConvertibleException("layer " + layer + " is never active on the " + images
                + " images, so that nothing behind it sees them: it cannot be converted");
    }
}
