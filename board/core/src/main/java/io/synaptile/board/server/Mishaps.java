/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import java.time.Duration;
import java.util.Objects;

/**
 * What goes wrong on a board on purpose, so that clients can be tried: replies that are lost after the work is done, and replies
 * that come late.
 *
 * @param dropEvery every such reply is lost; 0 for none
 * @param delay of every reply
 */
public record Mishaps(int dropEvery, Duration delay) {
    /** Nothing goes wrong. */
    public static final Mishaps NONE = new Mishaps(0, Duration.ZERO);

    public Mishaps {
        Objects.requireNonNull(delay);
        if (dropEvery < 0 || delay.isNegative()) {
            throw new IllegalArgumentException("every " + dropEvery + "th reply lost, all " + delay + " late");
        }
    }
}
