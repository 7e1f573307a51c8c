/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one key of the experiment file where its record component is declared; the reference page is made from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** Default of a key that must be given. */
    String REQUIRED = "required";

    /** Name of the component that collects the keys a plug-in defines. */
    String OPTIONS = "*";

    /** What the key decides, in one sentence; for a block, what it is about. */
    String value();

    /** Key in the file; by default the component's name in snake case. */
    String name() default "";

    /** Default as it would be written in the file; not used for blocks. */
    String otherwise() default REQUIRED;

    /** Allowed numbers as an interval, for example {@code [1, inf)}. */
    String range() default "";

    String unit() default "";

    /** Where the default or the meaning comes from. */
    String source() default "";

    /** Word that may be written instead of 0. */
    String zero() default "";

    /** Key of a block that is meant where a single value is written instead of the block. */
    String alone() default "";

    /**
     * Whether its value decides which other keys its block has, as those named {@code kind} and {@code method} do; the key of a
     * choice among words, or of true and false.
     */
    boolean decides() default false;

    /**
     * Words of the block's deciding key, {@code kind} for example, that have this key, which is then a block or an optional value;
     * empty if all have it.
     */
    String[] kinds() default {};

    /** Defaults of single words of the block's key {@code kind}, before {@link #otherwise}. */
    ByKind[] byKind() default {};

    /**
     * Whether the configuration's hash leaves the key out where it has its default, so that run folders and checkpoints written
     * before there was such a key are recognised.
     */
    boolean addedLater() default false;

    /** Whether a value that is an absolute path of a file is hashed by the file's content, so that a run can be moved. */
    boolean file() default false;

    /** Whether a result depends on the key; if not it is left out of the configuration's hash. */
    boolean hashed() default true;

    /** A default that holds for some kinds. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface ByKind {
        /** Words of the block's key {@code kind}. */
        String[] kinds();

        /** Default as it would be written in the file. */
        String otherwise();
    }
}
