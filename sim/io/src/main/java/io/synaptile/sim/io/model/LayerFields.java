/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

/**
 * What a description of a layer says under its keys, wherever it is written: in a model file, which says everything, or in an
 * experiment file, which leaves out what is usual. Whoever reads asks for every key that the kind of layer has.
 */
public interface LayerFields {
    /**
     * A whole number.
     *
     * @param otherwise value where the key may be left out and is
     * @throws RuntimeException as {@link #wrong} gives it
     */
    int integer(String key, int otherwise);

    /** A whole number that is never left out. */
    int integer(String key);

    /**
     * A whole number for lines and columns, or one for each.
     *
     * @return two numbers, that of lines first
     */
    int[] pair(String key, int otherwise);

    /** As {@link #pair(String, int)}, left out in model files too where it is the usual one. */
    int[] optionalPair(String key, int otherwise);

    /** As {@link #pair(String, int)}, never left out. */
    int[] pair(String key);

    /** Whether a word stands where a number could. */
    boolean says(String key, String word);

    /** As {@link #says}, in model files too. */
    boolean optionalSays(String key, String word);

    /** Whether anything stands there. */
    boolean has(String key);

    /** As {@link #integer(String, int)}, a number. */
    float number(String key, float otherwise);

    /** As {@link #integer(String, int)}, a word. */
    String text(String key, String otherwise);

    /** A whole number that model files leave out too, where it is the usual one. */
    int optional(String key, int otherwise);

    /** A number that model files leave out too, where it is the usual one. */
    float optional(String key, float otherwise);

    /** A word that model files leave out too, where it is the usual one. */
    String optional(String key, String otherwise);

    /** A truth value, false where it is not given. */
    boolean flag(String key);

    /**
     * What to throw for a value that is not allowed.
     *
     * @param allowed as in {@code soft and hard are known}
     */
    RuntimeException wrong(String key, String allowed);
}
