/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class CommandLinesTest {
    static List<String> commands() {
        List<String> names = new ArrayList<>();
        collect("", CommandLines.create(new PrintWriter(Writer.nullWriter()), new PrintStream(System.err)), names);
        return names;
    }

    private static void collect(String path, CommandLine line, List<String> names) {
        line.getSubcommands().forEach((name, sub) -> {
            names.add(path + name);
            collect(path + name + " ", sub, names);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandShowsAnExampleInItsHelp(String command) {
        CommandOutcome help = CommandOutcome.of((command + " --help").split(" "));

        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.out()).contains("Examples:").contains("synaptile " + command);
        assertThat(help.err()).isEmpty();
    }

    /** What sweep alone can do is not told of the others. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "train"})
    void helpDescribesItsOwnCommand(String command) {
        assertThat(CommandOutcome.of(command, "--help").out())
                .containsPattern("EXPERIMENT +Experiment file")
                .doesNotContain("sweep", "run folder too");
        assertThat(CommandOutcome.of("sweep", "--help").out()).contains("EXPERIMENT|RUN", "--skip-invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rum examples/x.yaml",
                "run",
                "run --no-such-option x.yaml",
                "run x.yaml --threads two",
                "run no-such-file.yaml",
                "map no-such-folder",
                "report no-such-folder",
                "device",
                "device show flash",
                "data info imagenet",
                "data info mnist --dir no-such-folder"
            })
    void aWrongCommandLineIsOneLineAndCode2(String line) {
        CommandOutcome outcome = CommandOutcome.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err())
                .startsWith("synaptile: ")
                .doesNotContain("\tat ")
                .hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
    }

    /** Whatever a file, an argument or a plug-in brings into a message. */
    @Test
    void aMessageIsOneLineOfBoundedLengthWithoutControlCharacters() {
        for (String argument :
                List.of("a".repeat(100_000), "\u001b[2J\n\r\u202e", "k=\u001b[31m", "\n".repeat(5_000))) {
            for (String command : List.of("run", "map", argument)) {
                CommandOutcome outcome = CommandOutcome.of(command, argument);

                assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
                assertThat(outcome.err())
                        .startsWith("synaptile: ")
                        .hasLineCount(1)
                        .hasSizeLessThan(2_200);
                assertThat(outcome.err().strip().chars().noneMatch(Character::isISOControl))
                        .isTrue();
            }
        }
    }

    /** As where a process may open few files. */
    @Test
    void classesThatCannotBeLoadedAreToldWithTheirUsualReason() {
        CommandOutcome outcome = CommandOutcome.ofProblem(new NoClassDefFoundError("picocli/CommandLine$IFactory"));

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.err())
                .startsWith("synaptile: failure: a part of the program cannot be loaded (")
                .contains("ulimit -n")
                .hasLineCount(1);
    }

    @Test
    void aMisspeltCommandIsCorrected() {
        assertThat(CommandOutcome.of("simulat", "runs/x").err()).contains("did you mean simulate?");
    }

    @Test
    void theStackTraceIsForDebugging() {
        assertThat(CommandOutcome.of("run", "no-such-file.yaml", "--debug").err())
                .contains("\tat ");
    }

    @Test
    void devicesAreListedWithTheirOrigin() {
        assertThat(CommandOutcome.of("device", "list").out()).contains("rram", "ternary");
        assertThat(CommandOutcome.of("device", "show", "rram").out()).contains("range_uS", "stuck.off");
        assertThat(JsonMapper.shared()
                        .readTree(CommandOutcome.of("device", "list", "--json").out())
                        .findValuesAsString("kind"))
                .contains("rram", "ideal");
    }

    @Test
    void theDigitsAreDescribed() {
        CommandOutcome info = CommandOutcome.of("data", "info", "digits", "--dir", "../examples/data");

        assertThat(info.err()).isEmpty();
        assertThat(info.out()).contains("3823", "1797", "sha256");
    }

    @Test
    void theDoctorNamesTheBackends() {
        CommandOutcome doctor = CommandOutcome.of("doctor");

        assertThat(doctor.code()).isEqualTo(ExitCode.OK);
        assertThat(doctor.out()).contains("cpu", "java_home");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(CommandOutcome.of("completion").out()).contains("complete -F", "simulate");
    }
}
