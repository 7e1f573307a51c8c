/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Locale;

/** How values and keys are written in an experiment file. */
final class Scalars {
    private Scalars() {}

    /** A number without a needless fraction. */
    static String print(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The word for an enumeration's constant: lower case, hyphens. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A component's name as a key: {@code timeSteps} becomes {@code time_steps}. */
    static String key(String componentName) {
        return componentName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
