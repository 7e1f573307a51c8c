/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ConductanceRange;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredFileTest {
    private static final int PULSES = 20;
    private static final int LEVELS = 2;
    private static final int CELLS = 220;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("measured.csv"), text);
    }

    private static Path shipped(String name) throws URISyntaxException {
        return Path.of(MeasuredFileTest.class.getResource(name).toURI());
    }

    /** Pulse n of a train up from 2 to 40 uS. */
    private static double up(int n) {
        return 2 + 38 * Math.expm1(-2.0 * n / (PULSES - 1)) / Math.expm1(-2);
    }

    private static double down(int n) {
        return 42 - up(n);
    }

    private static String rows(IntFunction<String> row) {
        return IntStream.range(0, PULSES).mapToObj(row).collect(Collectors.joining());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.8g", value);
    }

    private MeasuredFile.Pulses pulses(String text) throws IOException {
        return (MeasuredFile.Pulses) MeasuredFile.read(file(text));
    }

    private void assertTrains(MeasuredFile.Pulses pulses, int up, int down) {
        assertThat(pulses.response().up()).hasSize(up);
        assertThat(pulses.response().down()).hasSize(down);
        assertThat(pulses.response().inMicrosiemens()).isTrue();
        assertThat(pulses.response().up().getFirst()[7]).isCloseTo(up(7), againstClosedForm(1e-5));
        if (down > 0) {
            assertThat(pulses.response().down().getFirst()[7]).isCloseTo(down(7), againstClosedForm(1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'up_uS,down_uS', 1",
        "'up (mS),down (mS)', 1e-3",
        "'Up_nS,Down_nS', 1e3",
        "'up_S,down_S', 1e-6",
        "'pulses up [\u00b5S],pulses down [\u03bcS]', 1"
    })
    void columnsOfPulsesMayHaveAnyUnitOfConductance(String header, double factor) throws IOException {
        String text = header + "\n" + rows(n -> number(up(n) * factor) + "," + number(down(n) * factor) + "\n");
        assertTrains(pulses(text), 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"ohm, 1", "kohm, 1e-3", "k\u03a9, 1e-3", "Mohm, 1e-6"})
    void resistancesAreTurnedIntoConductances(String unit, double factor) throws IOException {
        DoubleUnaryOperator ohm = conductance -> 1e6 / conductance * factor;
        MeasuredFile.Pulses pulses = pulses("up_" + unit + ";down_" + unit + "\n"
                + rows(n -> number(ohm.applyAsDouble(up(n))) + ";" + number(ohm.applyAsDouble(down(n))) + "\n"));
        assertTrains(pulses, 1, 1);
        assertThat(pulses.reading())
                .endsWith("values in " + unit + ", turned into conductances, 1 train up, 1 train down");
    }

    @Test
    void aColumnThatCountsIsTakenAsSuchWhereTheHeaderSaysSo() throws IOException {
        assertTrains(pulses("pulse number,R_ohm\n" + rows(n -> (n + 1) + "," + number(1e6 / up(n)) + "\n")), 1, 0);
        assertTrains(
                pulses("n\tup_uS\tdown_uS\n"
                        + rows(n -> (n + 1) + "\t" + number(up(n)) + "\t" + number(down(n)) + "\n")),
                1,
                1);
    }

    @Test
    void aStraightResponseInItsUnitIsNoColumnThatCounts() throws IOException {
        MeasuredFile.Pulses pulses = pulses("up_uS,down_uS\n" + rows(n -> (n + 3) + "," + (40 - n) + "\n"));
        assertThat(pulses.response().up().getFirst()[7]).isEqualTo(10);
        assertThat(pulses.response().down().getFirst()[7]).isEqualTo(33);
    }

    @Test
    void currentsAtOneVoltageAreConductances() throws IOException {
        String header = "pulse,voltage_V,current_uA\n";
        assertTrains(pulses(header + rows(n -> n + ",0.2," + number(up(n) * 0.2) + "\n")), 1, 0);
        assertThatThrownBy(() -> pulses(header + rows(n -> n + "," + number(0.1 + 0.01 * n) + ",1\n")))
                .hasMessageContaining("the voltage goes from 0.1 to 0.29 V, which is a sweep of one state");
        assertThatThrownBy(() -> pulses("pulse,current_uA\n" + rows(n -> n + "," + n + "\n")))
                .hasMessageContaining("currents need one column with the voltage they were read at");
    }

    @Test
    void oneLongColumnIsPartedWhereThePulsesTurn() throws IOException {
        String train = rows(n -> number(up(n)) + "\n") + rows(n -> n == 0 ? "" : number(down(n)) + "\n");
        MeasuredFile.Pulses pulses = pulses("G_uS\n" + train + train);
        assertTrains(pulses, 2, 2);
        assertThat(pulses.reading()).endsWith("one column with 2 trains up, 2 trains down");
        assertThat(pulses(train).response().inMicrosiemens()).isFalse();
    }

    @Test
    void aResetInOnePulseIsNoTrainDown() throws IOException {
        String train = rows(n -> number(up(n)) + "\n");
        assertTrains(pulses("G_uS\n" + train + train + train), 3, 0);
    }

    @Test
    void repeatedTrainsAsColumnsAreTakenByTheirNamesOrByWhatTheyDo() throws IOException {
        IntFunction<String> row = n -> number(up(n)) + "," + number(down(n)) + "," + number(up(n)) + "\n";
        assertTrains(pulses("up1_uS,down1_uS,up2_uS\n" + rows(row)), 2, 1);
        assertThat(pulses(rows(row)).response().up()).hasSize(2);
        assertThatThrownBy(() -> pulses("up1_uS,down1_uS,down2_uS\n" + rows(row)))
                .hasMessageContaining("pulses down do not lower the conductance: column 3 goes from 2.0 to 40.0");
        assertThatThrownBy(() -> pulses("up_uS,down_uS,other_uS\n" + rows(row)))
                .hasMessageContaining("column 3 ('other') names no direction, up or down, as others do");
    }

    @Test
    void trainsMayEndEarlierAndPulsesMayBeMissing() throws IOException {
        String text = "up_uS,down_uS\n"
                + rows(n -> (n == 5 ? "NaN" : number(up(n))) + (n < 15 ? "," + number(down(n)) : "") + "\n");
        MeasuredFile.Pulses pulses = pulses(text);
        assertThat(pulses.response().down().getFirst()).hasSize(15);
        assertThat(pulses.response().up().getFirst()[5]).isNaN();
        DeviceFit fit = DeviceFit.ofPulses(folder, pulses, 4, Optional.empty());
        assertThat(fit.facts()).containsEntry("up_points", PULSES - 1).containsEntry("down_points", 15);
        assertThat((double) fit.facts().get("up_nonlinearity")).isCloseTo(2, againstClosedForm(1e-3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pulse-number-and-resistance.csv|column 1 only counts 1, 2, 3 ...; if it numbers the pulses, a header line",
                "voltage-and-current.csv|pulses down do not lower the conductance: column 2 goes from 2.0E-7 to 1.075E-5",
                "pulses-down-rises.csv|pulses down do not lower the conductance: column 2 goes from 2.0 to 40.0",
                "pulses-unequal-length.csv|column 2 has 8 pulses, and at least 10 are needed"
            })
    void whatIsNoResponseToPulsesIsRefusedWithEveryFormThatWasTried(String name, String why) throws Exception {
        Path file = shipped(name);
        assertThatThrownBy(() -> MeasuredFile.read(file))
                .hasMessageStartingWith(file + ": has no form that can be fitted: not reads of cells (2 columns"
                        + " instead of 7, and no header that names cell, time, level and conductance or resistance), not lines of pulses (none begins with Gerase or Gprog), and not columns of pulses ("
                        + why);
    }

    @Test
    void aHeaderOfSpreadsheetsIsUnderstood() throws Exception {
        MeasuredFile.Pulses pulses = (MeasuredFile.Pulses) MeasuredFile.read(shipped("pulses-header-up_pulse.csv"));
        assertThat(pulses.response().up().getFirst()[0]).isEqualTo(2.0377);
        ConductanceRange range = new ConductanceRange(2, 40);
        DeviceFit fit = DeviceFit.ofPulses(folder, pulses, 4, Optional.of(range));
        assertThat(fit.facts()).containsEntry("up_points", 11);
    }

    @Test
    void noiseWithoutADirectionIsNoTrain() throws IOException {
        String noise =
                rows(n -> number(10 + (n * 7919 % 13) / 13.0) + "," + number(10 - (n * 7919 % 13) / 13.0) + "\n");
        assertThatThrownBy(() -> pulses(noise)).hasMessageContaining("pulses up do not raise the conductance");
    }

    /** Reads of cells; the columns of a row by what is written for address, time, ohm, conductances and level. */
    private static String reads(IntFunction<IntFunction<String>> row) {
        StringBuilder text = new StringBuilder();
        for (int cell = 0; cell < LEVELS * CELLS; cell++) {
            text.append(row.apply(cell).apply(0)).append(row.apply(cell).apply(100));
        }
        return text.toString();
    }

    private static double conductance(int cell, int seconds) {
        return 10 + 10 * (cell % LEVELS) + (cell % 11) * 0.1 - seconds * 1e-3;
    }

    private RelaxationReads relaxation(String text) throws IOException {
        return ((MeasuredFile.Reads) MeasuredFile.read(file(text))).reads();
    }

    private static void assertReads(RelaxationReads reads) {
        assertThat(reads.levels()).isEqualTo(LEVELS);
        assertThat(reads.seconds()).containsExactly(100);
        assertThat(reads.cells()).hasSize(LEVELS * CELLS).allSatisfy(cell -> {
            assertThat(cell.change(0)).isCloseTo(-0.1, againstClosedForm(1e-4));
        });
        assertThat(reads.cells().getFirst().programmed()).isCloseTo(10, againstClosedForm(1e-4));
    }

    private static IntFunction<IntFunction<String>> sevenColumns(
            String separator, double conductanceUnit, double ohmUnit) {
        return cell -> seconds -> String.join(
                        separator,
                        Integer.toString(cell),
                        Integer.toString(seconds),
                        number(1e6 / conductance(cell, seconds) / ohmUnit),
                        number(conductance(cell, seconds) / conductanceUnit),
                        number(conductance(cell, 0) / conductanceUnit),
                        Integer.toString(cell % LEVELS),
                        Integer.toString(seconds))
                + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", ",", ";", "   "})
    void readsMayBeSeparatedInAnyWay(String separator) throws IOException {
        assertReads(relaxation(reads(sevenColumns(separator, 1e6, 1))));
    }

    @Test
    void readsMayHaveAHeaderWithOtherUnits() throws IOException {
        String header = "address,time_s,R_kohm,G_uS,G0_uS,level,nominal_s\n";
        assertReads(relaxation(header + reads(sevenColumns(",", 1, 1e3))));
    }

    @Test
    void readsMayHaveTheirColumnsInAnyOrderWithoutWhatFollowsFromOthers() throws IOException {
        String text = "Level;Cell;Time (ms);Resistance (kohm)\n"
                + reads(cell -> seconds -> (cell % LEVELS) + ";" + cell + ";" + 1000 * seconds + ";"
                        + number(1e3 / conductance(cell, seconds)).replace('.', ',') + "\n");
        assertReads(relaxation(text));
    }

    @Test
    void openCellsOfReadsAreLeftOutAndCounted() throws IOException {
        String text = reads(sevenColumns("\t", 1e6, 1)) + "100000\t0\tOL\topen\t1e-5\t0\t0\n";
        RelaxationReads reads = relaxation(text);
        assertReads(reads);
        assertThat(reads.leftOut()).containsEntry("reads without a value", 1);
    }

    @ParameterizedTest
    @CsvSource({"1e3, 10000.0", "1, 1.0E7"})
    void aConductanceThatContradictsItsResistanceIsRefused(double unit, String microsiemens) throws IOException {
        Path file = file(reads(sevenColumns("\t", unit, 1)));
        assertThatThrownBy(() -> MeasuredFile.read(file))
                .hasMessage(
                        file + ", line 1, column 4: the conductance is " + microsiemens + " uS, and one over the"
                                + " resistance of column 3 is 10.0 uS; a header can give the units, for example resistance_ohm and conductance_uS");
    }

    @Test
    void aTableThatCannotBeMadeIsToldWithoutTheFilesItWasTriedWith() {
        DeviceTables tables = new DeviceTables("state,mean_uS,std_uS\n0,1,1\n1,2e6,1\n", Optional.empty());
        assertThatThrownBy(tables::cell)
                .hasMessage("states: fitted states.csv, line 3: mean must be at most 1000000.0 uS, got 2000000.0");
    }
}
