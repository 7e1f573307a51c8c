/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.board.check.BoardCheck;
import io.synaptile.board.check.Finding;
import io.synaptile.text.message.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Whether a board keeps the contract of the wire form. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that a board keeps the contract of the wire form, on one of its arrays. It writes to that array: cells of its upper"
                    + " left 16 x 16 get pulses, and it is calibrated and aged where it can be.",
            "Exit code 0: every check passed; 1: a check failed; 2: the board does not answer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile board check grpc://localhost:7447/array0",
            "  synaptile board check grpc://localhost:7447/array0 --array array3 --json"
        })
final class BoardCheckCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private BoardOptions board;

    @Option(
            names = "--array",
            paramLabel = "NAME",
            description = "Array that is written to, by default that of the address.")
    private String array;

    @Mixin
    private ReportingOptions reporting;

    BoardCheckCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        String name = Optional.ofNullable(array).orElse(board.address().array());
        if (!reporting.quiet()) {
            MessageLine.print(
                    streams.err(),
                    "array " + name + " of " + board.address().board()
                            + " is written to: what its cells hold is lost, and they wear");
        }
        List<Finding> all = BoardCheck.of(board.address(), name, board.rules(), this::print);
        long failed = all.stream().filter(finding -> !finding.passed()).count();
        if (reporting.json()) {
            streams.out()
                    .println(JsonMapper.shared()
                            .writeValueAsString(
                                    all.stream().map(BoardCheckCommand::row).toList()));
        } else {
            streams.out().printf(Locale.ROOT, "%d passed, %d failed%n", all.size() - failed, failed);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** Shows a finding as it comes, for a bench takes its time. */
    private void print(Finding finding) {
        if (!reporting.json()) {
            streams.out()
                    .println(OneLine.of(String.format(
                            Locale.ROOT,
                            "%-4s  %s%s",
                            finding.passed() ? "ok" : "FAIL",
                            finding.name(),
                            finding.detail().isEmpty() ? "" : ": " + finding.detail())));
            streams.out().flush();
        }
    }

    private static Map<String, Object> row(Finding finding) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("check", finding.name());
        row.put("passed", finding.passed());
        row.put("detail", finding.detail());
        return row;
    }
}
