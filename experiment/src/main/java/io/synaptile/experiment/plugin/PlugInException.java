/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

/** A plug-in broke its contract; the message names its jar. Whoever asked for it has to choose another, so it is the user's. */
public final class PlugInException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PlugInException(String message, Throwable cause) {
        super(message, cause);
    }
}
