/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.validate.Validation;
import io.synaptile.experiment.validate.ValidationText;
import io.synaptile.sim.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recomputes reference results. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Recomputes reference results with the models that runs use. Ends with exit code 1 if a case is outside its tolerance.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile validate", "  synaptile validate --cases my-cases --out validation.md"})
final class ValidateCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(
            names = "--cases",
            paramLabel = "DIR",
            description = "Folder with validation_*.csv files; by default the included ones.")
    private Path cases;

    @Option(names = "--out", paramLabel = "FILE.md", description = "Write the report to this file too.")
    private Path out;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    ValidateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        List<String> notices = new ArrayList<>();
        Validation validation = cases == null ? Validation.ofIncluded() : Validation.of(cases, notices::add);
        notices.stream().distinct().forEach(notice -> streams.err().println("synaptile: " + notice));
        if (out != null) {
            String page = ValidationText.page(validation);
            AtomicFile.write(out, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
        }
        streams.out().print(ValidationText.lines(validation));
        streams.out().flush();
        return validation.failed() == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }
}
