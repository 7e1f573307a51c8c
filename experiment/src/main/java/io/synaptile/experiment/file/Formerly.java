/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Earlier name of a key, or of a value of an enumeration. It is still read, and the configuration's hash is still taken over
 * it, so that run folders and checkpoints written before the change are recognised.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
@interface Formerly {
    String value();
}
