/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.validate;

import io.synaptile.devices.validation.Checked;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the cases of a family came out.
 *
 * @param checks every number; a case has one or more
 */
record FamilyResult(Family family, List<Checked> checks) {
    FamilyResult {
        checks = List.copyOf(checks);
    }

    private Map<String, Boolean> outcomes() {
        Map<String, Boolean> outcomes = new LinkedHashMap<>();
        checks.forEach(check -> outcomes.merge(check.caseName(), check.passes(), Boolean::logicalAnd));
        return outcomes;
    }

    int cases() {
        return outcomes().size();
    }

    /** Cases all of whose numbers agree. */
    int passed() {
        return (int) outcomes().values().stream().filter(passed -> passed).count();
    }

    int failed() {
        return cases() - passed();
    }

    /** Largest error of a number that is compared with all its digits. */
    double worstRelativeError() {
        return checks.stream()
                .filter(check -> !check.passes() || check.roundingOfText() == 0)
                .mapToDouble(Checked::relativeError)
                .max()
                .orElse(0);
    }

    /** The number that deviates most of every case that failed; none where no case can fail. */
    List<Checked> failures() {
        Map<String, Checked> worst = new LinkedHashMap<>();
        checks.stream()
                .filter(check -> family.counted() && !check.passes())
                .forEach(check -> worst.merge(
                        check.caseName(),
                        check,
                        (a, b) -> Comparator.comparingDouble(Checked::relativeError)
                                                .compare(a, b)
                                        < 0
                                ? b
                                : a));
        return List.copyOf(worst.values());
    }
}
