/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a stage found, in the order in which it should be shown.
 *
 * @param values by metric name with its unit; strings and numbers
 */
public record RunSummary(SequencedMap<String, Object> values) {
    public RunSummary {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
}
