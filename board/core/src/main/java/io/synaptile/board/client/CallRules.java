/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import java.io.File;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a client calls a board.
 *
 * @param deadline of every call
 * @param retries of a call that may succeed later, at least 0
 * @param pause before the first retry; it doubles with every one
 * @param token to show; empty for none
 * @param trusted certificates that sign the board's, in a PEM file; empty for those of the machine
 * @param client name that the board is told
 */
public record CallRules(
        Duration deadline, int retries, Duration pause, Optional<String> token, Optional<File> trusted, String client) {
    /** A minute for a call, five retries, half a minute in all. */
    public static final CallRules USUAL = new CallRules(
            Duration.ofSeconds(60), 5, Duration.ofSeconds(1), Optional.empty(), Optional.empty(), "synaptile");

    public CallRules {
        Objects.requireNonNull(token);
        Objects.requireNonNull(trusted);
        Objects.requireNonNull(client);
        if (deadline.isNegative() || deadline.isZero() || retries < 0 || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "calls that may take " + deadline + " and are made again " + retries + " times after " + pause);
        }
    }
}
