/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
    private static final Due STATES = Due.anyOf(1 << 20, "state", "level");
    private static final Due NUMBERS = Due.numbers(1 << 20);

    private static TextTable states(String text) {
        return TextTable.of("f.csv", text, STATES);
    }

    private static TextTable numbers(String text) {
        return TextTable.of("f.csv", text, NUMBERS);
    }

    private static double[][] values(TextTable table) {
        return table.rows().stream()
                .map(row -> {
                    double[] values = new double[table.width()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = table.numberOrMissing(row, i);
                    }
                    return values;
                })
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state,mean_uS,std_uS\n0,2.1,0.10\n1,11.0,0.45\n",
                "\ufeffstate,mean_uS,std_uS\r\n0,2.1,0.10\r\n1,11.0,0.45\r\n",
                "state,mean_uS,std_uS\r0,2.1,0.10\r1,11.0,0.45",
                "state\tmean_uS\tstd_uS\n0\t2.1\t0.10\n1\t11.0\t0.45\n",
                "state;mean_uS;std_uS\n0;2,1;0,10\n1;11,0;0,45\n",
                "state\tmean_uS\tstd_uS\n0\t2,1\t0,10\n1\t11\t0,45\n",
                "\"state\",\"mean_uS\",\"std_uS\"\n\"0\",\"2.1\",\"0.10\"\n\"1\",\"11.0\",\"0.45\"\n",
                "\"state\",\"mean_uS\",\"std_uS\"\n\"0\",\"2,1\",\"0,10\"\n\"1\",\"11,0\",\"0,45\"\n",
                "STATE,MEAN_US,STD_US\n0,2.1,0.10\n1,11.0,0.45\n",
                "State\tMean (uS)\tStd (uS)\n0\t2.1\t0.10\n1\t11.0\t0.45\n",
                "State, Mean (uS), Std [uS]\n0, 2.1, 0.10\n1, 11.0, 0.45\n",
                "state  mean_uS  std_uS\n  0   2.1   0.10\n  1  11.0   0.45\n",
                "# measured\n% in May\n// by me\nstate,mean_uS,std_uS\n\n0,2.1,0.10\n# half way\n1,11.0,0.45\n",
                "\"# one, two\"\nstate,mean_uS,std_uS,,\n0,2.1,0.10,,\n1,11.0,0.45,,\n,,,,\n",
                "Keysight B1500A\nDate: 1 May, 12:30\n\nstate,mean_uS,std_uS\n0,2.1,0.10\n1,11.0,0.45\n",
                "state,mean,std\n,uS,uS\n0,2.1,0.10\n1,11.0,0.45\n",
                "sep=;\nstate;mean_uS;std_uS\n0;2.1;0.10\n1;11.0;0.45\n",
                "# state,mean_uS,std_uS\n0,2.1,0.10\n1,11.0,0.45\n",
                ",state,mean_uS,std_uS\n0,0,2.1,0.10\n1,1,11.0,0.45\n",
                "\"a \"\"quoted\"\" title\"\nstate,mean_uS,std_uS\n0,2.1,0.10\n1,11.0,0.45"
            })
    void tablesAreReadAsSpreadsheetsAndInstrumentsWriteThem(String text) {
        TextTable table = states(text);
        assertThat(table.columns()).extracting(Column::name).containsExactly("state", "mean", "std");
        Column mean = table.column("mean");
        Column std = table.column("std");
        assertThat(table.factor(mean, Quantity.CONDUCTANCE)).isEqualTo(1);
        assertThat(table.rows()).hasSize(2);
        assertThat(table.number(table.rows().getFirst(), mean.index())).isEqualTo(2.1);
        assertThat(table.number(table.rows().getLast(), std.index())).isEqualTo(0.45);
    }

    @Test
    void utf16IsReadAsSpreadsheetsWriteIt() {
        String text = "\ufeffstate\tmean_\u00b5S\n0\t2,1\n";
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            TextTable table = TextTable.of("f.csv", text.getBytes(charset), STATES);
            assertThat(table.number(table.rows().getFirst(), 1)).isEqualTo(2.1);
            assertThat(table.reading(List.of())).contains("UTF-16", "tabs", "decimal comma");
        }
    }

    @Test
    void latin1OfAnInstrumentIsReadAndTold() {
        byte[] bytes = "state,mean_\u00b5S\n0,2.1\n".getBytes(StandardCharsets.ISO_8859_1);
        TextTable table = TextTable.of("f.csv", bytes, STATES);
        assertThat(table.factor(table.column("mean"), Quantity.CONDUCTANCE)).isEqualTo(1);
        assertThat(table.reading(List.of())).endsWith("Latin-1");
    }

    @Test
    void bothMicroSignsAndBothOhmSignsAreUnits() {
        for (String unit : List.of("uS", "\u00b5S", "\u03bcS")) {
            assertThat(Quantity.CONDUCTANCE.factor(unit)).contains(1.0);
        }
        for (String unit : List.of("k\u2126", "k\u03a9", "kohm", "kOhm", "KOHM")) {
            assertThat(Quantity.RESISTANCE.factor(unit)).contains(1e3);
        }
        assertThat(Quantity.RESISTANCE.factor("Mohm")).contains(1e6);
        assertThat(Quantity.RESISTANCE.factor("mohm")).contains(1e-3);
        assertThat(Quantity.RESISTANCE.factor("MOHM")).isEmpty();
        assertThat(Quantity.of("us")).contains(Quantity.TIME);
        assertThat(Quantity.of("US")).contains(Quantity.CONDUCTANCE);
    }

    @Test
    void aUnitOfAnotherQuantityIsRefusedWithThoseThatMayBe() {
        TextTable table = states("state,mean_kohm\n0,12\n");
        assertThatThrownBy(() -> table.factor(table.column("mean"), Quantity.CONDUCTANCE))
                .isInstanceOf(TableException.class)
                .hasMessage(
                        "f.csv, line 1, column 2: 'mean_kohm' has the unit 'kohm'; conductances are in S, mS, uS, nS, pS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.0,40.0\n11.5,28.0\n",
                "2.0;40.0\n11.5;28.0\n",
                "2,0;40,0\n11,5;28,0\n",
                "2,0\t40,0\n11,5\t28,0\n",
                "2,0 40,0\n11,5 28,0\n",
                "  2.0   40.0\n 11.5   28.0\n",
                "2.0, 40.0\n11.5, 28.0\n",
                "up,down\n2.0,40.0\n11.5,28.0\n",
                "up_pulse,down_pulse\n2.0,40.0\n11.5,28.0\n",
                "Instrument,2636B\nCompliance (A),0.001\nup (uS),down (uS)\n2.0,40.0\n11.5,28.0\n",
                "up,down\nuS,uS\n2.0,40.0\n11.5,28.0\n",
                "# up,down\n2.0,40.0\n11.5,28.0\n",
                "2.0E0,4.0e+01\n1.15E+01,28.\n"
            })
    void numbersAreReadWithAHeaderAndWithout(String text) {
        assertThat(values(numbers(text))).isDeepEqualTo(new double[][] {{2, 40}, {11.5, 28}});
    }

    @Test
    void columnsOfUnequalLengthAndOpenCellsHaveNoValueThere() {
        assertThat(Arrays.deepToString(values(numbers("1.5,2\n3,\n4\n"))))
                .isEqualTo("[[1.5, 2.0], [3.0, NaN], [4.0, NaN]]");
        assertThat(Arrays.deepToString(values(numbers("1.5,2\nNaN,OL\n-,open\n+9.9E+37,9.91E37\ninf,7\n#N/A,8\n"))))
                .isEqualTo("[[1.5, 2.0], [NaN, NaN], [NaN, NaN], [NaN, NaN], [NaN, 7.0], [NaN, 8.0]]");
    }

    @Test
    void aSingleColumnIsReadWithADecimalCommaToo() {
        assertThat(values(numbers("G_uS\n2,05\n3,1\n"))).isDeepEqualTo(new double[][] {{2.05}, {3.1}});
        assertThat(values(numbers("2,05\n3,10\n"))).isDeepEqualTo(new double[][] {{2.05}, {3.1}});
        assertThat(values(numbers("2.05\n3.1\n"))).isDeepEqualTo(new double[][] {{2.05}, {3.1}});
        assertThat(values(numbers("up,down\n2,5\n3,1\n"))).isDeepEqualTo(new double[][] {{2, 5}, {3, 1}});
    }

    @Test
    void whatCanBeReadInTwoWaysIsRefused() {
        refused("2,5\n3,1\n", "f.csv, line 1: '2,5' may be two whole numbers or one with a decimal comma");
        refused("1,234;5,678\n", "f.csv, line 1, column 1: '1,234' may have a decimal comma or a mark of thousands");
        refused("\"1,234\",0.5\n", "f.csv, line 1, column 1: '1,234' has a comma where '0.5' in line 1 has a point");
        refused("1.234,5;2,5\n", "f.csv, line 1, column 1: '1.234,5' has marks of thousands");
        assertThat(values(numbers("0,123;2,5\n"))).isDeepEqualTo(new double[][] {{0.123, 2.5}});
    }

    @Test
    void aBrokenRowIsNotTakenForAHeader() {
        refused("0\t0.0\t19x\n0\t1.0\t18\n", "f.csv, line 1, column 3: must be a number, got '19x'");
        refused("up,down,n\n0,0.0,19x\n0,1.0,18\n", "f.csv, line 2, column 3: must be a number, got '19x'");
        assertThatThrownBy(() -> values(numbers("up,down\n2.0,40.0\n3.0,4O.0\n")))
                .hasMessage("f.csv, line 3, column 2: down must be a number, got '4O.0'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1p1", "1d", "1f", "1_000", "1e", "0b1", "1 000", "--1", "1.5.", "\u0661"})
    void whatOnlyAProgrammingLanguageTakesForANumberIsNone(String cell) {
        TextTable table = states("state,mean\n0," + cell + "\n");
        assertThatThrownBy(() -> table.number(table.rows().getFirst(), 1))
                .hasMessage("f.csv, line 2, column 2: mean must be a number, got '" + cell + "'");
    }

    @Test
    void linesAreThoseOfTheFile() {
        TextTable table = states("\n# a\n\nstate,mean,note\n\n0,1,\"two\nlines\"\n# b\n1,2,x\n");
        assertThat(table.rows()).extracting(Row::line).containsExactly(6, 9);
        assertThat(table.headerLine()).isEqualTo(4);
    }

    @Test
    void aMissingHeaderIsToldWithWhatIsThere() {
        assertThatThrownBy(() -> states("0,2.1,0.10\n"))
                .hasMessage(
                        "f.csv, line 1: there is no header with a column state or level; the first line is '0,2.1,0.10'");
        assertThatThrownBy(() -> states("")).hasMessage("f.csv: has no rows");
        assertThatThrownBy(() -> states("state,mean\n")).hasMessage("f.csv: has no rows below its header");
        assertThatThrownBy(() -> states("state,mean_xS\n0,1\n").column("mean"))
                .hasMessage(
                        "f.csv: the column mean is missing, there are state, mean_xs; the unit of 'mean_xS' is unknown");
        assertThatThrownBy(() -> states("state,mean,mean\n0,1,2\n"))
                .hasMessage("f.csv, line 1: column 'mean' is there twice, as column 2 and 3");
        assertThatThrownBy(() -> states("state,mean\n0,2,1\n"))
                .hasMessage("f.csv, line 2: 3 values under 2 columns; decimal commas need another separator or quotes");
    }

    @Test
    void whatIsNoTextIsNamedAsWhatItIs(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("2.0,40.0\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> TextTable.of("f.csv", packed.toByteArray(), STATES))
                .hasMessage("f.csv: is a file packed with gzip, not a table of text");
        assertThat(values(TextTable.of("f.gz", packed.toByteArray(), NUMBERS.orPacked())))
                .isDeepEqualTo(new double[][] {{2, 40}});
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 9);
        assertThatThrownBy(() -> TextTable.of("f.gz", cut, NUMBERS.orPacked()))
                .hasMessage("f.gz: its gzip data is cut off");
        assertThatThrownBy(() -> states("state,mean\n0,\0\n"))
                .hasMessage("f.csv, line 2: is not text, it has the control character 0x00");
        assertThatThrownBy(() -> states("state,mean\n0,\u001b[2J\n"))
                .hasMessage("f.csv, line 2: is not text, it has the control character 0x1b");
        assertThatThrownBy(() -> TextTable.read("d", folder, STATES)).hasMessage("d: is a folder, not a file");
        assertThatThrownBy(() -> TextTable.read("n", folder.resolve("n"), STATES))
                .hasMessage("n: no such file");
        Path utf = Files.write(folder.resolve("bad"), new byte[] {'a', '\n', (byte) 0x81});
        assertThatThrownBy(() -> TextTable.read("bad", utf, STATES))
                .hasMessage("bad, line 2: is not a text file in UTF-8, byte 0x81");
    }

    /** A pattern that repeats a group descends into itself, and a look back at every line takes the square of their number. */
    @Test
    void longCellsCommentsAndBlankLinesTakeNoMoreThanTheirLength() {
        assertThatThrownBy(() -> values(states("state;mean\n0;1" + ",111".repeat(100_000) + "\n")))
                .hasMessage("f.csv, line 2, column 2: mean must be a number, got '1" + ",111".repeat(14) + ",11...'");
        assertThat(numbers("#".repeat(500_000) + "a,b\n1.5,2.5\n").rows()).hasSize(1);
        assertThat(numbers("\n".repeat(1_000_000) + "1.5,2.5\n")
                        .rows()
                        .getFirst()
                        .line())
                .isEqualTo(1_000_001);
    }

    @Test
    void namesOfColumnsAreCutAndEscaped() {
        assertThatThrownBy(() -> states("state,mean," + "x".repeat(5_000) + "," + "x".repeat(5_000) + "\n0,1,2,3\n"))
                .hasMessageContaining("xxx...' is there twice")
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> TextTable.of("f.csv", new byte[11], Due.numbers(10)))
                .hasMessage("f.csv: has more than 10 bytes, the most for this table");
        assertThatThrownBy(() -> states("x".repeat(200) + "\n"))
                .hasMessageEndingWith("the first line is '" + "x".repeat(60) + "...'");
        assertThatThrownBy(() -> states("state,mean\n0,\"1\n1,2\n"))
                .hasMessage("f.csv, line 2 or below: quotes do not match");
        assertThatThrownBy(() -> numbers("1.5,".repeat(70_000) + "2\n"))
                .hasMessageContaining("has more than 65536 cells");
    }

    @Test
    void itSaysWhatItTookTheFileFor() {
        assertThat(states("state,mean\n0,1\n").isPlain()).isTrue();
        TextTable table = states("Title\nstate;mean\n0;1,5\n");
        assertThat(table.isPlain()).isFalse();
        assertThat(table.reading(List.of("mean in mS")))
                .isEqualTo("f.csv: read as columns separated by semicolons, decimal comma, header in line 2,"
                        + " 1 line above skipped, mean in mS");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> numbers(text))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(message);
    }
}
