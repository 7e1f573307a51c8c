/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment;

/** Told by a running experiment how far it is. Used by one thread. */
@FunctionalInterface
public interface Progress {
    /**
     * A stage begins.
     *
     * @param steps number of steps it will take
     */
    default void begin(String stage, long steps) {}

    /**
     * Steps have been done.
     *
     * @param status what is worth showing, for example the loss; may be empty
     */
    default void advance(long by, String status) {}

    /** The stage has ended; {@code result} in a few words, may be empty. */
    default void end(String result) {}

    /** Something the user must know whether or not progress is wanted; may come from any thread. */
    void notice(String line);

    /** Tells nobody. */
    Progress NONE = _ -> {};
}
