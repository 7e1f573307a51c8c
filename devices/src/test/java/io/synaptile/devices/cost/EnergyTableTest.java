/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static io.synaptile.testing.Tolerance.againstPublished;
import static io.synaptile.testing.Tolerance.againstPublishedPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyTableTest {
    private static final String HEADER = "event,energy_pJ,per,node_nm,precision_bits,scaled,source,note\n";

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void everyShippedEntryNamesItsSource(String profile) {
        EnergyTable table = EnergyTable.profile(profile);
        assertThat(table.name()).isEqualTo(profile);
        assertThat(table.entries())
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.source()).hasSizeGreaterThan(10));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0.79, TABLE",
        "5, 0.99, TABLE",
        "6, 1.20, TABLE",
        "7, 1.42, TABLE",
        "8, 1.667, TABLE",
        "3, 0.59, EXTRAPOLATED",
        "1, 0.19, EXTRAPOLATED",
        "12, 3.198911936, EXTRAPOLATED"
    })
    void isaacConverterEnergyByBits(int bits, double picojoules, Derivation derivation) {
        UnitEnergy unit = unit(EnergyTable.profile("isaac32"), EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(bits));
        assertThat(unit.picojoules()).isCloseTo(picojoules, againstPublished(1e-9));
        assertThat(unit.derivation()).isEqualTo(derivation);
    }

    @Test
    void widthsBetweenTwoEntriesLieOnTheLine() {
        WordWidths sixBits = new WordWidths(8, 16, 16, 6);
        UnitEnergy unit = unit(EnergyTable.profile("isaac32"), EnergyEvent.SRAM_MAC, sixBits);
        assertThat(unit.picojoules()).isCloseTo((0.066924751 + 0.091768924) / 2, againstClosedForm(1e-12));
        assertThat(unit.derivation()).isEqualTo(Derivation.INTERPOLATED);
    }

    @Test
    void addersAndNeuronsScaleInProportionToTheirWidth() {
        EnergyTable table = EnergyTable.profile("isaac32");
        WordWidths widths = new WordWidths(8, 8, 32, 4);
        assertThat(unit(table, EnergyEvent.SHIFT_ADD, widths).picojoules()).isCloseTo(0.0105, againstClosedForm(1e-12));
        UnitEnergy neuron = unit(table, EnergyEvent.NEURON_UPDATE, widths);
        assertThat(neuron.picojoules()).isCloseTo(0.2252, againstClosedForm(1e-12));
        assertThat(neuron.derivation()).isEqualTo(Derivation.PROPORTIONAL_TO_BITS);
        assertThat(neuron.nodeNanometres())
                .as("node of the LIF energy is not stated")
                .isEmpty();
    }

    @Test
    void anEntryWithoutAWidthHoldsForEveryWidth() {
        EnergyTable table = EnergyTable.profile("reference-event");
        for (int bits : new int[] {1, 4, 16}) {
            assertThat(unit(table, EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(bits))
                            .picojoules())
                    .isEqualTo(2.03084);
        }
    }

    @Test
    void theDefaultProfileStatesThatItMixesNodes() {
        EnergyTable table = EnergyTable.profile(EnergyTable.DEFAULT_PROFILE);
        assertThat(table.nodesNanometres()).containsExactly(32, 65);
        assertThat(table.mixesNodes()).isTrue();
        assertThat(parse("row_activation,1,,32,,no,a source,\n").mixesNodes()).isFalse();
        assertThat(parse("row_activation,1,,32,,no,a source,\ncolumn_mux,1,,,,no,a source,\n")
                        .mixesNodes())
                .as("an unstated node beside a stated one")
                .isTrue();
    }

    @Test
    void everyEventButThoseWithoutASourceIsPricedByTheDefaultProfile() {
        EnergyTable table = EnergyTable.profile(EnergyTable.DEFAULT_PROFILE);
        for (EnergyEvent event : EnergyEvent.values()) {
            boolean expected = switch (event) {
                case ROW_ACTIVATION_PER_COLUMN,
                        CELL_READ_PER_MICROSIEMENS,
                        CELL_READ_PER_COLUMN,
                        ARRAY_READ,
                        COLUMN_CHARGE_PER_ROW,
                        SRAM_READ_BIT,
                        NEURON_UPDATE_PER_PE_CYCLE,
                        MEMBRANE_ACCESS_PER_PE_CYCLE,
                        INPUT_BUFFER_PER_PE_CYCLE,
                        SPIKE_HOP,
                        SPIKE_TRANSPORT_PER_PE_CYCLE -> false;
                default -> true;
            };
            assertThat(table.prices(event)).as(event.key()).isEqualTo(expected);
        }
    }

    @Test
    void quotedFieldsKeepCommasAndQuotes() {
        EnergyEntry entry = parse("row_activation,0.5,2,32,,yes,\"A, B and \"\"C\"\"\",note\n")
                .entries()
                .getFirst();
        assertThat(entry.source()).isEqualTo("A, B and \"C\"");
        assertThat(entry.unitPicojoules()).isEqualTo(0.25);
        assertThat(entry.scaled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "row,1,,,,no,s, | t.csv, line 2: unknown event 'row'; known: row_activation,",
                "row_activation,x,,,,no,s, | t.csv, line 2, column 2: energy must be a number, got 'x'",
                "row_activation,-1,,,,no,s, | t.csv, line 2: energy_pJ must be at least 0 and at most 1.0E15, got -1.0",
                "row_activation,1e308,,,,no,s, | t.csv, line 2: energy_pJ must be at least 0 and at most 1.0E15, got 1.0E308",
                "row_activation,1,1e-300,,,no,s, | t.csv, line 2: per must be at least 1.0E-9, got 1.0E-300",
                "row_activation,1,0,,,no,s, | t.csv, line 2: per must be at least 1.0E-9, got 0.0",
                "row_activation,1,,big,,no,s, | t.csv, line 2, column 4: node_nm must be a number, got 'big'",
                "row_activation,1,,1.5,,no,s, | t.csv, line 2: node_nm must be a whole number or blank, got '1.5'",
                "row_activation,1,,0,,no,s, | t.csv, line 2: node_nm must be at least 1, got 0",
                "row_activation,1,,,4,no,s, | t.csv, line 2: event 'row_activation' has no word width",
                "adc_conversion,1,,,0,no,s, | t.csv, line 2: precision_bits must be between 1 and 64, got 0",
                "row_activation,1,,,,maybe,s, | t.csv, line 2: scaled must be yes or no, got 'maybe'",
                "row_activation,1,,,,no,, | t.csv, line 2: an energy needs a source",
                "row_activation,1,,,,no,s,,9 | t.csv, line 2: 9 values under 8 columns",
                "row_activation,1,,,,no,\"s, | t.csv, line 2 or below: quotes do not match",
            },
            quoteCharacter = '\0')
    void malformedLineIsRefusedByFileAndLine(String line, String message) {
        assertThatThrownBy(() -> EnergyTable.parse("t", "t.csv", HEADER + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void wrongHeaderAndEmptyTableAreRefused() {
        assertThatThrownBy(() -> EnergyTable.parse("t", "t.csv", "# comment\nevent,energy\n"))
                .hasMessage(
                        "t.csv, line 2: there is no header with the columns energy, event, source; the first line is"
                                + " 'event,energy'");
        assertThatThrownBy(() -> EnergyTable.parse("t", "t.csv", "event,energy,source\ncolumn_mux,1,s\n"))
                .hasMessage("t.csv: the column energy needs a unit, for example energy_pJ");
        assertThatThrownBy(() -> EnergyTable.parse("t", "t.csv", "event,energy_pJ,source,cost\ncolumn_mux,1,s,1\n"))
                .hasMessageStartingWith("t.csv: column 'cost' is none of event, energy, per, node_nm,");
        assertThatThrownBy(() -> EnergyTable.parse("t", "t.csv", HEADER))
                .hasMessage("t.csv: has no rows below its header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adc_conversion,1,,,4,no,s,\nadc_conversion,2,,,4,no,s,\n",
                "adc_conversion,1,,,,no,s,\nadc_conversion,2,,,4,no,s,\n"
            })
    void twoPricesWithoutTheirOwnWidthAreRefused(String lines) {
        assertThatThrownBy(() -> parse(lines))
                .hasMessageContaining("event 'adc_conversion' has several entries; each needs its own precision_bits");
    }

    @Test
    void pricingTheSameEnergyTwiceIsRefused() {
        assertThatThrownBy(() -> parse("cell_read_per_uS,1,,,,no,s,\ncell_read_per_cell,1,,,,no,s,\n"))
                .hasMessageContaining(
                        "prices the same energy twice, by 'cell_read_per_uS' and by 'cell_read_per_cell'");
        assertThatThrownBy(() -> parse("spike_hop,1,,,,no,s,\nspike_hop_bit,1,,,,no,s,\n"))
                .hasMessageContaining("prices the same energy twice");
    }

    /** Prices that the suggested profiles name, as read or scaled by the law. */
    @ParameterizedTest
    @CsvSource({
        "spikesim65, cell_read_per_column, 4, 0.22052875",
        "spikesim65, adc_conversion, 4, 2.03084",
        "spikesim65, adc_conversion, 8, 4.06168",
        "spikesim65, neuron_update_per_pe_cycle, 4, 5.096",
        "spikesim65, spike_transport_per_pe_cycle, 4, 157.12",
        "neurosim22, row_activation_per_column, 4, 0.0002703",
        "neurram130, adc_conversion, 3, 2.65",
        "neurram130, cell_read_per_uS, 3, 0.0025",
        "neurram130, shift_add, 3, 0.2",
        "digital-sram65, sram_mac, 4, 0.066924751",
        "isaac32, leakage_per_converter_ns, 4, 0.105",
        "isaac32, leakage_per_converter_ns, 8, 0.205",
        "isaac32, leakage_per_memory_bit_ns, 8, 1.7944336e-5",
        "neurram130, leakage_per_converter_ns, 4, 5e-6",
        "neurram130, leakage_per_memory_bit_ns, 8, 1.7944336e-5",
        "digital-sram65, spike_hop, 4, 3.5"
    })
    void suggestedProfilesHaveTheirPrices(String profile, String event, int adcBits, double picojoules) {
        UnitEnergy unit = unit(EnergyTable.profile(profile), EnergyEvent.ofKey(event), WordWidths.ofAdc(adcBits));
        assertThat(unit.picojoules()).isCloseTo(picojoules, againstPublished(1e-9));
    }

    /** The scaled numbers in the shipped tables are those of the law, to the four digits they are printed with. */
    @ParameterizedTest
    @CsvSource({
        "spikesim65, shift_add, 0.021, 32, 65",
        "spikesim65, partial_sum_add, 0.05, 45, 65",
        "digital-sram65, membrane_access, 0.33, 32, 65",
        "neurosim22, column_mux, 0.094245, 65, 22",
        "neurosim22, membrane_access, 0.33, 32, 22",
        "neurosim22, sram_mac, 0.066924751, 65, 22",
        "neurram130, partial_sum_add, 0.05, 45, 130",
        "neurram130, membrane_access, 0.33, 32, 130",
        "neurram130, sram_mac, 0.066924751, 65, 130",
        "isaac32, partial_sum_add, 0.05, 45, 32"
    })
    void scaledPricesFollowTheLaw(String profile, String event, double picojoules, int from, int to) {
        UnitEnergy unit = unit(EnergyTable.profile(profile), EnergyEvent.ofKey(event), WordWidths.ofAdc(4));
        assertThat(unit.origin().scaled()).isTrue();
        assertThat(unit.picojoules())
                .isCloseTo(picojoules * TechnologyScaling.energyFactor(from, to), againstClosedFormPercent(1.6));
    }

    /**
     * NeuroSim's successive-approximation converter at 22 nm, low power: {@code (0.538 b + 4.3753) uW + 0.072341 / R W} for
     * {@code (b + 1) ns}, R rescaled from 0.55 V to 0.5 V. Its worked example, 32 levels and 10 kohm, is 0.090 pJ without the 1.22
     * of layout.
     */
    @Test
    void theConverterOfNeurosim22FollowsItsEquation() {
        EnergyTable table = EnergyTable.profile("neurosim22");
        for (int bits = 1; bits <= 10; bits++) {
            assertThat(unit(table, EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(bits))
                            .picojoules())
                    .isCloseTo(1.22e-3 * (0.538 * bits + 4.3753) * (bits + 1), againstPublishedPercent(0.01));
        }
        WordWidths widths = WordWidths.ofAdc(5);
        double current =
                unit(table, EnergyEvent.CELL_READ_PER_MICROSIEMENS, widths).picojoules();
        double example = unit(table, EnergyEvent.ADC_CONVERSION, widths).picojoules() + 100 * current;
        assertThat(example / 1.22).isCloseTo(0.090, againstPublished(5e-4));
    }

    @Test
    void onlyDigitalBlocksOfAKnownNodeAreScaled() {
        EnergyTable table = EnergyTable.profile("isaac32").scaledTo(OptionalInt.of(65), OptionalDouble.empty());
        WordWidths widths = WordWidths.ofAdc(8);
        UnitEnergy adder = unit(table, EnergyEvent.SHIFT_ADD, widths);
        assertThat(adder.picojoules()).isCloseTo(0.06522, againstClosedForm(5e-6));
        assertThat(adder.origin().scaled()).isTrue();
        assertThat(adder.nodeNanometres()).hasValue(65);
        assertThat(adder.origin().note()).isEqualTo("scaled from 32 nm to 65 nm with Stillmaker and Baas 2017");
        assertThat(unit(table, EnergyEvent.ADC_CONVERSION, widths).picojoules()).isEqualTo(1.667);
        assertThat(unit(table, EnergyEvent.ROW_ACTIVATION, widths).nodeNanometres())
                .hasValue(32);
        assertThat(unit(table, EnergyEvent.NEURON_UPDATE, widths).nodeNanometres())
                .as("an unstated node cannot be scaled from")
                .isEmpty();
        assertThat(unit(table, EnergyEvent.SRAM_MAC, widths).origin().scaled())
                .as("already at 65 nm")
                .isFalse();
        assertThat(table.mixesNodes()).isTrue();
    }

    @Test
    void aLowerVoltageCostsLess() {
        EnergyTable table = EnergyTable.profile("isaac32").scaledTo(OptionalInt.empty(), OptionalDouble.of(0.7));
        assertThat(unit(table, EnergyEvent.SHIFT_ADD, WordWidths.ofAdc(8)).picojoules())
                .isCloseTo(0.021 * (0.9559 * 0.49 - 0.7823 * 0.7 + 0.471) / 0.541209, againstClosedFormPercent(1e-4));
    }

    @Test
    void theSurveyReplacesTheConverter() {
        EnergyTable table = EnergyTable.profile("isaac32").withAdc(new AdcSurvey(65, 1e9));
        UnitEnergy unit = unit(table, EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(8));
        assertThat(unit.picojoules()).isCloseTo(6.49, againstPublished(5e-3));
        assertThat(unit.origin().source()).contains("Murmann");
        assertThat(unit(table, EnergyEvent.ROW_ACTIVATION, WordWidths.ofAdc(8)).picojoules())
                .isEqualTo(0.417);
    }

    @Test
    void extrapolationBelowZeroIsRefused() {
        EnergyTable table = parse("adc_conversion,1,,,7,no,s,\nadc_conversion,2,,,8,no,s,\n");
        assertThatThrownBy(() -> table.unit(EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "cannot be extended to 4 bits for 'adc_conversion'; its narrowest entry is 7 bits");
    }

    @Test
    void usersFileIsReadAndAMissingOneNamed(@TempDir Path folder) throws IOException {
        List<String> notices = new ArrayList<>();
        Path file = folder.resolve("mine.csv");
        Files.writeString(file, "# my chip\n" + HEADER + "column_mux,0.25,,28,,no,own measurement,\n");
        EnergyTable table = EnergyTable.read(file, notices::add);
        assertThat(notices).isEmpty();
        assertThat(table.name()).isEqualTo("mine.csv");
        assertThat(unit(table, EnergyEvent.COLUMN_MUX, WordWidths.ofAdc(4)).picojoules())
                .isEqualTo(0.25);
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> EnergyTable.read(missing, notices::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(missing + ": no such file");
    }

    @Test
    void aTableOfASpreadsheetIsReadAndToldAsWhatItWasTaken(@TempDir Path folder) throws IOException {
        List<String> notices = new ArrayList<>();
        Path file = folder.resolve("mine.csv");
        Files.writeString(
                file,
                "\ufeffSource;Event;Energy (fJ);Node_nm;Note\r\n\"own; 1,5 V\";column_mux;250,5;28;\r\n"
                        + "own;adc_conversion;1200,0;28;at 1,2 V\r\n");
        EnergyTable table = EnergyTable.read(file, notices::add);
        EnergyEntry mux = table.entries().getLast();
        assertThat(mux.event()).isEqualTo(EnergyEvent.COLUMN_MUX);
        assertThat(mux.energyPicojoules()).isEqualTo(0.2505);
        assertThat(mux.source()).isEqualTo("own; 1,5 V");
        assertThat(notices)
                .containsExactly(file + ": read as columns separated by semicolons, decimal comma, header in line 1,"
                        + " energies in fJ");
    }

    @Test
    void aPriceOverATableTakesThePlaceOfEveryWayToPriceTheSame() {
        EnergyTable table = EnergyTable.profile("isaac32");
        EnergyTable priced =
                table.withPrice(EnergyEvent.SPIKE_HOP, 2, "mine").withPrice(EnergyEvent.ADC_CONVERSION, 0.5, "mine");
        assertThat(priced.prices(EnergyEvent.SPIKE_HOP_BIT)).isFalse();
        assertThat(unit(priced, EnergyEvent.SPIKE_HOP, WordWidths.ofAdc(4)).picojoules())
                .isEqualTo(2);
        for (int bits : new int[] {1, 6, 12}) {
            UnitEnergy unit = unit(priced, EnergyEvent.ADC_CONVERSION, WordWidths.ofAdc(bits));
            assertThat(unit.picojoules()).isEqualTo(0.5);
            assertThat(unit.origin().source()).isEqualTo("mine");
            assertThat(unit.origin().note()).isEqualTo("over isaac32");
        }
        assertThat(priced.entries())
                .filteredOn(entry -> entry.source().equals("mine"))
                .hasSize(2);
    }

    @Test
    void unknownProfileListsTheKnown() {
        assertThatThrownBy(() -> EnergyTable.profile("isaac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown energy profile 'isaac'; known: isaac32, spikesim65, neurosim22, neurram130,"
                        + " digital-sram65, reference-event");
    }

    private static EnergyTable parse(String lines) {
        return EnergyTable.parse("t", "t.csv", HEADER + lines);
    }

    private static UnitEnergy unit(EnergyTable table, EnergyEvent event, WordWidths widths) {
        return table.unit(event, widths).orElseThrow();
    }
}
