/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.repeat.FolderCheck;
import io.synaptile.experiment.repeat.Verification;
import io.synaptile.text.message.OneLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Whether results are as they were written. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every file of a run folder, or of a sweep's folder and its points, against the SHA-256 in its manifest.",
            "Exit code 0: all files are as they were written; 1: a file differs, is missing or cannot be verified; 2: no run folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile verify runs/first", "  synaptile verify runs/bits --json"})
final class VerifyCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "DIR", description = "Run folder, or folder of a sweep.")
    private Path folder;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    VerifyCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Verification found = Verification.of(folder);
        if (json) {
            streams.out().println(JsonMapper.shared().writeValueAsString(values(found)));
        } else {
            found.findings().forEach(finding -> streams.out().println(OneLine.of(finding.message())));
            found.unlisted()
                    .forEach(file -> streams.out().println(OneLine.of(file + " is not listed in the manifest")));
            streams.out().println(count(found));
        }
        return found.findings().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static String count(Verification found) {
        int intact = found.intactFiles();
        List<String> parts = new ArrayList<>();
        parts.add(intact + (intact == 1 ? " file as it was written" : " files as they were written"));
        for (FolderCheck.State state : FolderCheck.State.values()) {
            int files = number(found, state);
            if (files > 0) {
                parts.add(files + " " + word(state, files));
            }
        }
        return String.join(", ", parts);
    }

    private static int number(Verification found, FolderCheck.State state) {
        return (int) found.findings().stream()
                .filter(finding -> finding.state() == state)
                .count();
    }

    private static String word(FolderCheck.State state, int files) {
        return switch (state) {
            case DIFFERS -> files == 1 ? "differs" : "differ";
            case MISSING -> "missing";
            case UNKNOWN -> "not verified";
        };
    }

    private Map<String, Object> values(Verification found) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("folder", folder.toString());
        values.put("intact", found.findings().isEmpty());
        values.put("files_as_written", found.intactFiles());
        List<Map<String, String>> findings = new ArrayList<>();
        for (FolderCheck check : found.folders()) {
            check.findings()
                    .forEach(finding -> findings.add(new LinkedHashMap<>(Map.of(
                            "file",
                            check.folder().resolve(finding.name()).toString(),
                            "state",
                            finding.state().name().toLowerCase(Locale.ROOT),
                            "message",
                            OneLine.of(finding.message())))));
        }
        values.put("findings", findings);
        values.put("unlisted", found.unlisted().stream().map(Path::toString).toList());
        return values;
    }
}
