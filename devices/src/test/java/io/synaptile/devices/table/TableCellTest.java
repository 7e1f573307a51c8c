/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.ConductanceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableCellTest {
    private static final int DRAWS = 1_000_000;
    private static final String STATES = "state,mean_uS,std_uS\n0,2,0.1\n1,11,0.5\n2,20,1\n";
    private static final String RELAXATION = """
            state,time_s,shift_uS,spread_uS,correlation
            0,10,0.1,0.2,1
            0,1000,0.2,0.3,0.6
            1,10,-1,1,1
            1,1000,-2,2,0.6
            2,10,-2,1,1
            2,1000,-4,1,0
            """;

    @TempDir
    private Path folder;

    private CellModel cell(String states, String relaxation, Object... more) throws IOException {
        Map<String, Object> options = new TreeMap<>();
        options.put("states", Files.writeString(folder.resolve("states.csv"), states));
        if (!relaxation.isEmpty()) {
            options.put("relaxation", Files.writeString(folder.resolve("relaxation.csv"), relaxation));
        }
        for (int i = 0; i < more.length; i += 2) {
            options.put((String) more[i], more[i + 1]);
        }
        return CellModels.load().create("table", options);
    }

    private static float[] programmed(CellModel cell, float target) {
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, target);
        cell.program(cells, cells, new Random(3));
        return cells;
    }

    private static float[] moved(CellModel cell, float target, double seconds) {
        float[] targets = new float[DRAWS];
        Arrays.fill(targets, target);
        float[] aged = new float[DRAWS];
        cell.age(targets, targets, aged, new Age(seconds, 300), new Random(4));
        for (int i = 0; i < DRAWS; i++) {
            aged[i] -= target;
        }
        return aged;
    }

    private static void assertMoments(float[] values, double mean, double deviation) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        assertThat(sum / values.length).isCloseTo(mean, againstDistribution(4 * deviation / Math.sqrt(values.length)));
        assertThat(Math.sqrt(squares / values.length)).isCloseTo(deviation, againstDistribution(0.02 * deviation));
    }

    private static double correlation(float[] a, float[] b, double meanA, double meanB) {
        double both = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return both / Math.sqrt(squaresA * squaresB);
    }

    @Test
    void rangeAndLevelsAreThoseOfTheStates() throws Exception {
        CellModel cell = cell(STATES, "");
        assertThat(cell.range()).isEqualTo(new ConductanceRange(2, 20));
        assertThat(cell.levels()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 0.1", "11, 11, 0.5", "20, 20, 1", "15.5, 15.5, 0.75"})
    void aWriteReachesWhatTheTableSays(float target, double mean, double deviation) throws Exception {
        assertMoments(programmed(cell(STATES, ""), target), mean, deviation);
    }

    /** States that are not equal steps are reached by their number, not by their conductance. */
    @Test
    void levelsAddressStatesByNumber() throws Exception {
        CellModel cell = cell("state,mean,std\n0,0,0\n1,15,0.5\n2,20,0\n", "");
        assertMoments(programmed(cell, 10), 15, 0.5);
    }

    /** Quantiles of a normal distribution give that distribution back, tails included. */
    @Test
    void quantilesOfANormalDrawANormal() throws Exception {
        double[] z = {-1.6448536269514722, -0.6744897501960817, 0, 1.2815515655446004};
        StringBuilder table = new StringBuilder("level,q05,q25,q50,q90\n");
        for (int level = 0; level < 2; level++) {
            table.append(level);
            for (double normal : z) {
                table.append(',').append(10 + 10 * level + 0.8 * normal);
            }
            table.append('\n');
        }
        assertMoments(programmed(cell(table.toString(), ""), 20), 20, 0.8);
    }

    /** Straight on normal paper: half of the draws below the median, 5 % below the first quantile. */
    @Test
    void skewedQuantilesAreMet() throws Exception {
        float[] reached = programmed(cell("level,q05,q50,q95\n0,1,2,9\n1,11,12,19\n", ""), 12);
        assertThat(part(reached, 11)).isCloseTo(0.05, againstDistribution(0.001));
        assertThat(part(reached, 12)).isCloseTo(0.5, againstDistribution(0.002));
        assertThat(part(reached, 19)).isCloseTo(0.95, againstDistribution(0.001));
    }

    private static double part(float[] values, float below) {
        int count = 0;
        for (float value : values) {
            if (value < below) {
                count++;
            }
        }
        return (double) count / values.length;
    }

    @ParameterizedTest
    @CsvSource({
        "11, 5, -0.5, 0.5",
        "11, 10, -1, 1",
        "11, 100, -1.5, 1.5",
        "11, 1000, -2, 2",
        "20, 100, -3, 1",
        "15.5, 1000, -3, 1.5"
    })
    void cellsMoveAsTheRelaxationTableSays(float target, double seconds, double shift, double spread) throws Exception {
        assertMoments(moved(cell(STATES, RELAXATION), target, seconds), shift, spread);
    }

    @Test
    void movesAreCorrelatedAlongTimeAsTheTableSays() throws Exception {
        CellModel cell = cell(STATES, RELAXATION);
        assertThat(correlation(moved(cell, 11, 10), moved(cell, 11, 1000), -1, -2))
                .isCloseTo(0.6, againstDistribution(0.004));
        assertThat(correlation(moved(cell, 20, 10), moved(cell, 20, 1000), -2, -4))
                .isCloseTo(0, againstDistribution(0.004));
        assertThat(correlation(moved(cell, 11, 5), moved(cell, 11, 10), -0.5, -1))
                .isCloseTo(1, againstClosedForm(1e-6));
    }

    @Test
    void withoutACorrelationACellKeepsOneNormal() throws Exception {
        CellModel cell = cell(STATES, RELAXATION.replaceAll("(?m),[^,\n]*$", ""));
        assertThat(correlation(moved(cell, 11, 10), moved(cell, 11, 1000), -1, -2))
                .isCloseTo(1, againstClosedForm(1e-6));
    }

    @Test
    void withoutRelaxationCellsStay() throws Exception {
        assertThat(moved(cell(STATES, ""), 11, 1e9)).containsOnly(0f);
    }

    @Test
    void scaleActsOnTheSpreadAlone() throws Exception {
        assertMoments(programmed(cell(STATES, "", "programming.scale", 2L), 11), 11, 1);
        assertThat(programmed(cell(STATES, "", "programming.scale", 0L), 11)).containsOnly(11f);
    }

    @Test
    void noConductanceIsNegative() throws Exception {
        CellModel cell = cell("state,mean,std\n0,0,5\n1,20,5\n", "");
        float[] reached = programmed(cell, 0);
        assertThat(part(reached, 0f)).isZero();
        assertThat(part(reached, Float.MIN_VALUE)).isCloseTo(0.5, againstDistribution(0.002));
    }

    @Test
    void agesWithoutDataAreRefused() throws Exception {
        CellModel cell = cell(STATES, RELAXATION);
        float[] one = {11};
        assertThatThrownBy(() -> cell.age(one, one, one, new Age(1001, 300), new Random(1)))
                .hasMessage("an age of 1001.0 s is beyond the relaxation table of this cell, which ends at 1000.0 s");
        assertThatThrownBy(() -> cell.age(one, one, one, new Age(10, 350), new Random(1)))
                .hasMessageContaining("is for 300.0 K (temperature_K), got 350.0 K");
    }

    @Test
    void unitsAreThoseOfTheHeader() throws Exception {
        String nano = "# measured today\n\nstate, mean_nS ,std_S\n0,2000,1e-7\n1,20000,1e-6\n";
        CellModel cell = cell(nano, "");
        assertThat(cell.range()).isEqualTo(new ConductanceRange(2, 20));
        assertMoments(programmed(cell, 20), 20, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state,mean,std/0,1,0|must have 2 to 4096 rows, got 1",
                "state,mean,std|has no rows below its header",
                "# only a remark|has no rows",
                "mean,std/1,2|line 1: there is no header with a column state or level",
                "state,mean/0,1/1,2|besides state the columns must be mean and std or at least two quantiles",
                "state,q50/0,1/1,2|at least two quantiles such as q05, q50, q95, got q50",
                "state,q00,q50/0,1,2/1,2,3|column 'q00': a quantile lies above 0 and below 100 %",
                "state,mean,mean/0,1,2|line 1: column 'mean' is there twice",
                "state,mean_ohm,std_ohm/0,1,2/1,2,3|column 'mean_ohm' is a resistance; mean and deviation of a conductance do not follow",
                "state,mean_V,std/0,1,2/1,2,3|line 1, column 2: 'mean_V' has the unit 'V'; conductances are in S, mS, uS",
                "state,mean,std/0,1,0/1,x,0|line 3, column 2: mean must be a number, got 'x'",
                "state,mean,std/0,1,0/1,2|line 3, column 3: std is empty",
                "state,mean,std/0,1,0/1,NaN,0|line 3, column 2: mean must be a number, got 'NaN'",
                "state,mean,std/0,1,0/1,2,-1|line 3: std must be at least 0, got -1.0",
                "state,mean,std/0,1,0/1,1e7,1|line 3: mean must be at most 1000000.0 uS, got 1.0E7",
                "state,mean,std/0,1,0/2,2,1|line 3: state must be 1, counting from 0 without gaps, got 2.0",
                "state,mean,std/0,-1,0/1,2,1|line 2: the conductance must be at least 0 uS, got -1.0",
                "state,mean,std/0,3,0//1,2,1|line 4: the conductance must grow with the state, got 2.0 uS after 3.0",
                "level,q05,q50/0,3,2/1,4,5|line 2: q50 must be at least q05, got 2.0 and 3.0"
            })
    void aMalformedStateTableIsToldByLine(String text, String message) {
        assertThatThrownBy(() -> cell(text.replace('/', '\n'), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("states: " + folder.resolve("states.csv"))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state,shift,spread/0,1,1|the columns state (or level) and time_s must be there",
                "state,time,shift/0,1,1|besides state, time the columns must be shift and spread",
                "state,time,shift,spread/0,1,1,1|must have the same times for each of the 3 states, got 1 rows",
                "state,time,shift,spread/0,1,1,1/1,1,1,1/1,2,1,1|line 4: expected state 2 at 1.0 s, got 1.0 at 2.0 s",
                "state,time,shift,spread/0,0,1,1/1,0,1,1/2,0,1,1|line 2: times must be above 0 s and ascend, got 0.0",
                "state,time,q05_ohm,q95_ohm/0,1,1,2/1,1,1,2/2,1,1,2|column 'q05_ohm' is a resistance",
                "state,time,shift,spread,correlation/0,1,1,1,1/1,1,1,1,2/2,1,1,1,1|line 3: correlation must be between"
            })
    void aMalformedRelaxationTableIsToldByLine(String text, String message) {
        assertThatThrownBy(() -> cell(STATES, text.replace('/', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("relaxation: " + folder.resolve("relaxation.csv"))
                .hasMessageContaining(message);
    }

    /** Whatever a spreadsheet makes of a table, the cell is the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufeffstate,mean_uS,std_uS\r\n0,2.1,0.10\r\n1,11.0,0.45\r\n",
                "state\tmean_uS\tstd_uS\n0\t2.1\t0.10\n1\t11.0\t0.45\n",
                "\"state\",\"mean_uS\",\"std_uS\"\n\"0\",\"2.1\",\"0.10\"\n\"1\",\"11.0\",\"0.45\"\n",
                "State;Mean_\u00b5S;Std_\u03bcS\n0;2,1;0,10\n1;11,0;0,45\n",
                "STATE,MEAN (NS),STD [US]\n0,2100,0.10\n1,11000,0.45\n"
            })
    void tablesOfSpreadsheetsMakeTheSameCell(String text) throws Exception {
        CellModel cell = cell(text, "");
        assertThat(cell.range()).isEqualTo(new ConductanceRange(2.1f, 11f));
        assertMoments(programmed(cell, 11), 11, 0.45);
    }

    @Test
    void quantilesOfResistancesAreTurnedOverIntoThoseOfConductances() throws Exception {
        String ohm = "level,q05_kohm,q50_kohm,q95_kohm\n0,400,500,800\n1,40,50,80\n";
        String microsiemens = "level,q05_uS,q50_uS,q95_uS\n0,1.25,2,2.5\n1,12.5,20,25\n";
        CellModel turned = cell(ohm, "");
        float[] expected = programmed(cell(microsiemens, ""), 20);
        assertThat(programmed(turned, 20)).isEqualTo(expected);
    }

    @Test
    void whatATableWasTakenForIsToldUnlessItIsPlain() throws Exception {
        CellModelProvider provider = CellModels.load().provider("table");
        Path file = Files.writeString(folder.resolve("s.csv"), "state;mean_nS;std\n0;2;1\n1;3;1\n");
        assertThat(provider.notices(Map.of("states", file)))
                .containsExactly(
                        "states: " + file + ": read as columns separated by semicolons, decimal point, header in"
                                + " line 1, mean in nS");
        Files.writeString(file, STATES);
        assertThat(provider.notices(Map.of("states", file))).isEmpty();
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("x.csv"), new byte[] {-1, -2, 0});
        assertThatThrownBy(() -> CellModels.load().create("table", Map.of("states", file)))
                .hasMessage("states: " + file + ": is not a text file in UTF-16");
        assertThatThrownBy(() -> CellModels.load().create("table", Map.of("states", folder)))
                .hasMessage("states: " + folder + ": is a folder, not a file");
        assertThatThrownBy(() -> CellModels.load().create("table", Map.of()))
                .hasMessageStartingWith("states must name a file");
    }
}
