/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.reports.outcome.RunReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a stage found.
 *
 * @param values by metric name with its unit, in the order in which they should be shown; strings and numbers
 * @param report all tables, if chips have been simulated
 */
public record RunSummary(SequencedMap<String, Object> values, Optional<RunReport> report) {
    public RunSummary {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
}
