/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

/** A trained network that has no spiking counterpart, such as one with a layer that is never active; says which layer and why. */
public final class NotConvertibleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message names the layer */
    public NotConvertibleException(String message) {
        super(message);
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
