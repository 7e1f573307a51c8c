/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.validate;

import io.synaptile.devices.validation.Checked;
import io.synaptile.mapping.validation.Anchor;
import io.synaptile.mapping.validation.PublishedAnchors;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A validation as lines for a terminal and as a page of the documentation. */
public final class ValidationText {
    private ValidationText() {}

    /** One line per family, one per failed case and per ratio, and the counts. */
    public static String lines(Validation validation) {
        StringBuilder text = new StringBuilder();
        for (FamilyResult result : validation.families()) {
            text.append(String.format(
                    Locale.ROOT, "%-34s %5d cases  ", result.family().title(), result.cases()));
            if (result.family().counted()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%5d passed  worst relative error %.2g  tolerance %s%n",
                        result.passed(),
                        result.worstRelativeError(),
                        result.family().tolerance()));
            } else {
                text.append(String.format(Locale.ROOT, "not counted  ours / theirs:%n"))
                        .append(ratios(result));
            }
            for (Checked check : result.failures()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  failed: %s, %s: expected %s, got %s%n",
                        check.caseName(),
                        check.column(),
                        check.expected(),
                        check.computed()));
            }
        }
        return text.append(counts(validation)).append(System.lineSeparator()).toString();
    }

    /** The same as Markdown. */
    public static String page(Validation validation) {
        StringBuilder page = new StringBuilder("""
                # Validation

                Written by `synaptile validate --out docs/validation.md`, which recomputes every row with the models that runs use.

                | family | file | source | cases | passed | worst relative error | tolerance |
                |---|---|---|---|---|---|---|
                """);
        for (FamilyResult result : validation.families()) {
            Family family = result.family();
            page.append(
                    family.counted()
                            ? String.format(
                                    Locale.ROOT,
                                    "| %s | `%s` | %s | %d | %d | %.2g | %s |%n",
                                    family.title(),
                                    family.fileName(),
                                    family.source(),
                                    result.cases(),
                                    result.passed(),
                                    result.worstRelativeError(),
                                    family.tolerance())
                            : String.format(
                                    Locale.ROOT,
                                    "| %s | `%s` | %s | %d | not counted | | none: ratios below |%n",
                                    family.title(),
                                    family.fileName(),
                                    family.source(),
                                    result.cases()));
        }
        page.append(String.format(Locale.ROOT, "%n%s%n", counts(validation)));
        for (FamilyResult result : validation.families()) {
            if (!result.family().counted()) {
                page.append(String.format(
                        Locale.ROOT,
                        "%n## %s%n%n%s%n| case | quantity | theirs | ours | ours / theirs |%n|---|---|---|---|---|%n",
                        result.family().title(),
                        result.family().remarks()));
                for (Checked check : result.checks()) {
                    page.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.4g | %.4g | %.3g |%n",
                            check.caseName(),
                            check.column(),
                            check.expected(),
                            check.computed(),
                            check.computed() / check.expected()));
                }
            }
        }
        page.append(
                String.format(
                        Locale.ROOT,
                        "%n## Published results%n%nWhat publications state without all its inputs, beside what our profiles give.%n%n"
                                + "| source | quantity | published | ours | ours / published | assumptions |%n|---|---|---|---|---|---|%n"));
        for (Anchor anchor : PublishedAnchors.all()) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.4g | %.4g | %.3g | %s |%n",
                    anchor.name(),
                    anchor.quantity(),
                    anchor.published(),
                    anchor.ours(),
                    anchor.ratio(),
                    anchor.assumptions()));
        }
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static String counts(Validation validation) {
        return validation.passed() + " passed, " + validation.failed() + " failed";
    }

    /** Smallest and largest ratio of every quantity, a line each. */
    private static String ratios(FamilyResult result) {
        Map<String, DoubleSummaryStatistics> byQuantity = new LinkedHashMap<>();
        for (Checked check : result.checks()) {
            byQuantity
                    .computeIfAbsent(check.column(), _ -> new DoubleSummaryStatistics())
                    .accept(check.computed() / check.expected());
        }
        StringBuilder text = new StringBuilder();
        byQuantity.forEach((quantity, range) -> text.append(
                String.format(Locale.ROOT, "  %-34s %8.2g to %.2g%n", quantity, range.getMin(), range.getMax())));
        return text.toString();
    }
}
