/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a board is served.
 *
 * @param token that clients must show; empty where none is needed
 * @param waitForArray how long a second client waits for an array in use before it is refused; zero to refuse at once
 * @param queueDepth calls that may wait, at least 1
 * @param maxMessageBytes longest message taken
 * @param mishaps what goes wrong on purpose
 */
public record ServingRules(
        Optional<String> token, Duration waitForArray, int queueDepth, int maxMessageBytes, Mishaps mishaps) {
    public ServingRules {
        Objects.requireNonNull(token);
        Objects.requireNonNull(mishaps);
        if (waitForArray.isNegative() || queueDepth < 1 || maxMessageBytes < 1024) {
            throw new IllegalArgumentException("a board that waits " + waitForArray + ", queues " + queueDepth
                    + " calls and takes messages of " + maxMessageBytes + " bytes");
        }
    }
}
