/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.validate;

import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import java.util.List;

/**
 * Cases of one kind.
 *
 * @param title for people
 * @param fileName of its cases
 * @param source who computed or published the numbers
 * @param tolerance how the tolerance is stated; empty where only ratios are reported, and no case can fail
 * @param remarks what a reader must know to judge the ratios; empty where a tolerance says it
 * @param recomputation from rows to checked numbers
 */
record Family(
        String title, String fileName, String source, String tolerance, String remarks, Recomputation recomputation) {
    /** Cases with a tolerance. */
    Family(String title, String fileName, String source, String tolerance, Recomputation recomputation) {
        this(title, fileName, source, tolerance, "", recomputation);
    }

    /** Recomputes the cases of a file. */
    @FunctionalInterface
    interface Recomputation {
        /**
         * All numbers of all rows.
         *
         * @throws IllegalArgumentException naming case and column of what is wrong
         */
        List<Checked> checks(List<ReferenceCase> rows);
    }

    /** Whether its cases can fail. */
    boolean counted() {
        return !tolerance.isEmpty();
    }
}
