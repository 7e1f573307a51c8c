/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.ComparisonReport;
import io.synaptile.reports.table.ComparisonRow;
import io.synaptile.reports.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page of a comparison: one file without outside references, equal comparisons give equal bytes but for host times. */
public final class ComparisonPage {
    private ComparisonPage() {}

    /** What the template sees. */
    private record Page(
            String name, String description, String accuracy, String price, HtmlTable comparison, HtmlTable host) {}

    /** The page as text. */
    public static String render(ComparisonReport report) {
        return HtmlReport.template("comparison.html.mustache")
                .execute(new Page(
                        report.name(),
                        report.description(),
                        CurvePage.inPage("Accuracy and variation", accuracies(report)),
                        CurvePage.inPage("Accuracy and price", prices(report)),
                        HtmlTable.of(Tables.COMPARISON, report.rows(), true),
                        HtmlTable.of(Tables.COMPARISON_HOST, report.host(), true)));
    }

    private static List<CurvePage.Panel> accuracies(ComparisonReport report) {
        List<CurvePage.Panel> panels = new ArrayList<>();
        panels.add(panel(report, "On chips as they are programmed", ComparisonRow::accuracyMeanPercent));
        if (report.rows().stream().anyMatch(row -> !Double.isNaN(row.repairedAccuracyMeanPercent()))) {
            panels.add(panel(report, "After repair by SRAM", ComparisonRow::repairedAccuracyMeanPercent));
        }
        return panels;
    }

    private static CurvePage.Panel panel(
            ComparisonReport report, String title, ToDoubleFunction<ComparisonRow> percent) {
        List<CurvePage.Curve> curves = new ArrayList<>();
        for (String method : report.methods()) {
            List<ComparisonRow> rows = report.of(method).stream()
                    .filter(row -> !Double.isNaN(percent.applyAsDouble(row)))
                    .toList();
            curves.add(CurvePage.Curve.line(
                    method,
                    curves.size(),
                    rows.stream().mapToDouble(ComparisonRow::scale).toArray(),
                    rows.stream().mapToDouble(percent).toArray()));
        }
        return new CurvePage.Panel(title, "factor on the programming variation", "accuracy, %", curves);
    }

    private static List<CurvePage.Panel> prices(ComparisonReport report) {
        return List.of(
                against(report, "Energy", "pJ per inference", ComparisonRow::energyMeanPicojoules),
                against(report, "Latency", "ns per inference", ComparisonRow::latencyNanoseconds));
    }

    /** Dots of the chips with the least variation. */
    private static CurvePage.Panel against(
            ComparisonReport report, String title, String axis, ToDoubleFunction<ComparisonRow> price) {
        List<CurvePage.Curve> curves = new ArrayList<>();
        for (String method : report.methods()) {
            ComparisonRow row = report.of(method).getFirst();
            curves.add(
                    CurvePage.Curve.dots(method, curves.size(), new double[] {price.applyAsDouble(row)}, new double[] {
                        row.accuracyMeanPercent()
                    }));
        }
        return new CurvePage.Panel(title, axis, "accuracy, %", curves);
    }
}
