/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a row a column of its table, in the order of the components: an int, a long, a double, a String or a
 * {@link Word}. A component without it is a record whose own components are columns.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Cell {
    /** Column name with its unit, for example {@code energy_pJ}; scripts rely on it. */
    String name();

    /** What people read. */
    String label();

    /** As people read it. */
    String unit() default "";
}
