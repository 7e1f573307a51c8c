/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.network.Network;

/** Whether images fit a network. */
public final class Fit {
    private Fit() {}

    /**
     * Refuses a source that is empty or of another shape or number of classes.
     *
     * @param role what the images are for, named in the message
     */
    public static void check(Network network, ImageSource images, String role) {
        if (images.size() == 0) {
            throw new IllegalArgumentException("no " + role + " images");
        }
        if (!images.shape().equals(network.input())) {
            throw new IllegalArgumentException(
                    role + " images are " + images.shape() + ", the network reads " + network.input());
        }
        if (images.classes() != network.classes()) {
            throw new IllegalArgumentException(
                    role + " images have " + images.classes() + " classes, the network has " + network.classes());
        }
    }
}
