/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

/**
 * One file of a run beside the one that the repetition has written.
 *
 * @param name within the run folder
 * @param remark more about it, in words; may be empty
 */
public record Compared(String name, Outcome outcome, String remark) {
    /** How the two compare. */
    public enum Outcome {
        /** Both have the same bytes. */
        SAME("same bytes", true),
        /** Models with the same weights, whose files say different things about their origin. */
        SAME_WEIGHTS("same weights, another header", true),
        /** They differ. */
        DIFFERS("differs", false),
        /** The run wrote the same bytes, but its file was changed afterwards. */
        CHANGED("was changed after the run", false),
        /** The repetition does not have it. */
        MISSING("was not written again", false),
        /** The run did not have it. */
        NEW("was not written by the run", false),
        /** It does not repeat, or is not repeated. */
        NOT_COMPARED("not compared", true);

        private final String words;
        private final boolean same;

        Outcome(String words, boolean same) {
            this.words = words;
            this.same = same;
        }

        /** As it is told. */
        public String words() {
            return words;
        }

        /** Whether the run has been repeated as far as this file can tell. */
        public boolean isSame() {
            return same;
        }
    }
}
