/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.testing;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.nonRegression;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ToleranceTest {
    /** Tolerances of AssertJ that do not say what they are against. */
    private static final Pattern NAMELESS =
            Pattern.compile("\\b(within|withinPercentage|withPercentage|withPrecision)\\s*\\("
                    + "|\\bOffset\\s*\\.\\s*(offset|strictOffset)\\s*\\("
                    + "|Assertions\\.(within|offset|byLessThan)\\b|\\bbyLessThan\\s*\\(");

    /** A record component or method of a test that happens to be called so. */
    private static final Pattern OWN = Pattern.compile("\\.within\\(\\)|\\bPath within\\(");

    @Test
    void everyToleranceOfATestSaysWhatItIsAgainst() throws IOException {
        List<String> nameless = new ArrayList<>();
        int tests = 0;
        for (Path file : Sources.of("test")) {
            if (Sources.name(file).startsWith("testing/")) {
                continue;
            }
            tests++;
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String code = OWN.matcher(lines.get(i)).replaceAll("");
                if (NAMELESS.matcher(code).find()) {
                    nameless.add(Sources.name(file) + ":" + (i + 1) + ": " + code.strip());
                }
            }
        }
        assertThat(tests).as("tests of all modules").isGreaterThan(200);
        assertThat(nameless)
                .as("use a method of io.synaptile.testing.Tolerance, which says what the number is compared with")
                .isEmpty();
    }

    @Test
    void numbersWithinTheToleranceAreEqual() {
        assertThat(1.0).isCloseTo(1.5, againstClosedForm(0.5)).isNotCloseTo(1.5, againstClosedForm(0.25));
        assertThat(1f).isCloseTo(1.5f, againstClosedForm(0.5f));
        assertThat(2.0).isCloseTo(2.125, nonRegression(0.125));
    }
}
