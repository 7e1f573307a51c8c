/* SPDX-License-Identifier: Apache-2.0 */
package org.example.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static String printed(Consumer<PrintStream> program) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        program.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNetworkIsTrainedDeployedAndSimulated() {
        String text = printed(out -> TrainAndDeploy.run(Path.of("..", "data"), out));
        Matcher chips = Pattern.compile("chip \\d +([\\d.]+) % of \\d+ samples, ([\\d.]+) pJ")
                .matcher(text);
        int count = 0;
        while (chips.find()) {
            assertThat(Double.parseDouble(chips.group(1))).as(text).isBetween(90.0, 100.0);
            assertThat(Double.parseDouble(chips.group(2))).as(text).isPositive();
            count++;
        }
        assertThat(count).as(text).isEqualTo(3);
    }

    @Test
    void aMatrixIsMultipliedBySpikes() {
        // Weights of -15 to 15 steps up to the largest of 12,000 normal ones: an error of about 8 % each.
        assertThat(errorPercent(Map.of("programming.kind", "none"))).isBetween(5.0, 11.0);
        assertThat(errorPercent(Map.of("programming.kind", "gaussian", "programming.sigma", 0.05)))
                .isBetween(8.0, 30.0);
    }

    private static double errorPercent(Map<String, Object> options) {
        String text = printed(out -> MultiplyOnTiles.run("rram", options, out));
        Matcher line = Pattern.compile("rram: error ([\\d.]+) % of the product, ([\\d.]+) pJ\n")
                .matcher(text);
        assertThat(line.matches()).as(text).isTrue();
        assertThat(Double.parseDouble(line.group(2))).isPositive();
        return Double.parseDouble(line.group(1));
    }
}
