/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** A value that a block of the experiment file cannot have; the reader adds file, line and the block's own key. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;

    /**
     * @param key dotted key, relative to the block that refuses it
     * @param problem continues a sentence that begins with the key, with the value and what is allowed
     */
    public InvalidSetting(String key, String problem) {
        super(key + " " + problem);
        this.key = key;
        this.problem = problem;
    }

    String key() {
        return key;
    }

    String problem() {
        return problem;
    }
}
