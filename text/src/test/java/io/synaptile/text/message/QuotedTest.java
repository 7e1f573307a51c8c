/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void plainTextOfAnyScriptStaysAsItIs() {
        assertThat(Quoted.of("10 µS, \u7535\u5bfc, \ud83e\udde0")).isEqualTo("'10 µS, \u7535\u5bfc, \ud83e\udde0'");
        assertThat(Quoted.bare("conv1.weight")).isEqualTo("conv1.weight");
    }

    @Test
    void aValueOfFiveMillionCharactersIsCut() {
        assertThat(Quoted.of("a".repeat(5_000_000))).isEqualTo("'" + "a".repeat(60) + "...'");
        assertThat(Quoted.of("a".repeat(60))).doesNotContain("...");
    }

    @Test
    void whatActsOnATerminalIsShownAsItsCode() {
        assertThat(Quoted.of("a\0b\u001b[31m\n\r\t\u0085\u2028"))
                .isEqualTo("'a\\u0000b\\u001b[31m\\n\\r\\t\\u0085\\u2028'");
        assertThat(Quoted.of("\u202e\u2066\u200b\ufeff")).isEqualTo("'\\u202e\\u2066\\u200b\\ufeff'");
        assertThat(Quoted.of("\ud800 \udb40\udc01 \ue000")).isEqualTo("'\\ud800 \\u{e0001} \\ue000'");
    }

    @Test
    void noCharacterIsCutInHalf() {
        assertThat(Quoted.bare("\ud83e\udde0".repeat(61))).isEqualTo("\ud83e\udde0".repeat(60) + "...");
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(OneLine.of("x.yaml:  \n  not valid\r\n\tYAML\u2028: a\u001bb \n"))
                .isEqualTo("x.yaml: not valid YAML : a\\u001bb");
        assertThat(OneLine.of("")).isEmpty();
    }

    @Test
    void aLongMessageKeepsItsBeginningAndItsEnd() {
        String line = OneLine.of("x.yaml: got " + "a".repeat(5_000_000) + ", allowed are 1 to 4");

        assertThat(line)
                .startsWith("x.yaml: got aaa")
                .endsWith("aaa, allowed are 1 to 4")
                .hasSizeLessThan(2_100);
        assertThat(OneLine.of("\0".repeat(3_000))).hasSizeLessThan(2_100);
    }
}
