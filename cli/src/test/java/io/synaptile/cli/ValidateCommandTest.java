/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.validation.ReferenceTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {
    @TempDir
    private Path folder;

    private static String included(String name) throws IOException {
        try (InputStream in = ReferenceTable.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyIncludedCasePasses() throws IOException {
        Path page = folder.resolve("page.md");
        CommandOutcome outcome = CommandOutcome.of("validate", "--out", page.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines().toList().getLast()).matches("[1-9][0-9]* passed, 0 failed");
        assertThat(Files.readString(page)).startsWith("# Validation\n").contains("| SpikeSim ELA |");
    }

    @Test
    void aWrongNumberFailsAndIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("validation_sata.csv"),
                included("validation_sata.csv").replace("7433.702399999999", "7433.7025"));
        CommandOutcome outcome = CommandOutcome.of("validate", "--cases", folder.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("failed: sata1, E_lif: expected 7433.7025, got 7433.70")
                .endsWith("2 passed, 1 failed" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "528384|many|n_lif must be a number, got 'many'",
                "vgg5_cifar10.yaml|vgg5_cifar10.yaml,7|validation_sata.csv, line 2: 23 values under 22 columns",
                "spike_sparsity|sparsity|there is no column 'spike_sparsity'"
            })
    void aMalformedFileIsRefusedInOneLine(String part, String instead, String message) throws IOException {
        Files.writeString(
                folder.resolve("validation_sata.csv"),
                included("validation_sata.csv").replaceFirst(part, instead));
        CommandOutcome outcome = CommandOutcome.of("validate", "--cases", folder.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(message).hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aFolderWithoutCasesIsRefused() {
        CommandOutcome empty = CommandOutcome.of("validate", "--cases", folder.toString());
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("has none of the files validation_spikesim_ela.csv");
        CommandOutcome missing =
                CommandOutcome.of("validate", "--cases", folder.resolve("no").toString());
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("is not a folder");
    }
}
