/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

/** Told by a running experiment how far it is. Used by one thread. */
public interface Progress {
    /** Nothing is shown. */
    Progress SILENT = new Progress() {
        @Override
        public void begin(String stage, long steps) {}

        @Override
        public void advance(long by, String status) {}

        @Override
        public void end(String result) {}
    };

    /**
     * A stage begins.
     *
     * @param steps number of steps it will take
     */
    void begin(String stage, long steps);

    /**
     * Steps have been done.
     *
     * @param status what is worth showing, for example the loss; may be empty
     */
    void advance(long by, String status);

    /** The stage has ended; {@code result} in a few words, may be empty. */
    void end(String result);
}
