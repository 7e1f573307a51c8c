/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.converter.AdcModelProvider;
import io.synaptile.devices.converter.SarAdc;
import io.synaptile.devices.converter.SarAdcProvider;
import io.synaptile.devices.cost.EnergyEntry;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.EnergyTableProvider;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.NodalReadoutProvider;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suites of converters, energy tables and read-outs of arrays. */
class PartConformanceTest {
    private static List<String> failed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.passed())
                .map(finding -> finding.check() + ": " + finding.detail())
                .toList();
    }

    @Test
    void theBuiltInConverterPasses() {
        assertThat(failed(AdcConformance.check(new SarAdcProvider(), Map.of()))).isEmpty();
        assertThat(failed(
                        AdcConformance.check(new SarAdcProvider(), Map.of("capacitor_sd", 0.2, "comparator_sd", 0.01))))
                .isEmpty();
    }

    @Test
    void theBuiltInReadOutPasses() {
        assertThat(failed(ArrayReadoutConformance.check(
                        new NodalReadoutProvider(), Map.of("topology", "a", "row_ohm", 1.0, "column_ohm", 2.0))))
                .isEmpty();
        assertThat(failed(ArrayReadoutConformance.check(new NodalReadoutProvider(), Map.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void everyBuiltInTablePasses(String profile) {
        assertThat(failed(EnergyTableConformance.check(EnergyTable.profile(profile))))
                .isEmpty();
    }

    private record Converter(Drawing drawing, boolean monotone) implements AdcModel {
        interface Drawing {
            AdcCharacteristic draw(int bits, RandomGenerator random);
        }

        @Override
        public String id() {
            return "mine";
        }

        @Override
        public AdcCharacteristic draw(int bits, RandomGenerator random) {
            return drawing.draw(bits, random);
        }
    }

    private static int[] falling(int bits) {
        int[] codes = new int[1 << bits];
        Arrays.setAll(codes, code -> codes.length - 1 - code);
        return codes;
    }

    static Stream<Arguments> converters() {
        SarAdc sar = new SarAdc(0.1, 0.01);
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of("codes within their range: draw gave null", new Converter((bits, random) -> null, false)),
                Arguments.of(
                        "codes within their range: a converter of 1 bits has 3 codes, not 2",
                        new Converter((bits, random) -> new AdcCharacteristic(1, 0, new int[3]), false)),
                Arguments.of(
                        "gains are above 0: 1 bits came with gain 0.0",
                        new Converter((bits, random) -> new AdcCharacteristic(0, 0, new int[0]), false)),
                Arguments.of(
                        "codes do not fall as the input rises, where that is claimed: of 1 bits code 0 comes out as 1",
                        new Converter((bits, random) -> new AdcCharacteristic(1, 0, falling(bits)), true)),
                Arguments.of(
                        "repeats with the same generator: two converters of 1 bits differ",
                        new Converter(
                                (bits, random) -> new AdcCharacteristic(1, calls.incrementAndGet(), new int[0]),
                                false)),
                Arguments.of(
                        "the words drawn do not depend on the generator's words: for 6 bits",
                        new Converter(
                                (bits, random) ->
                                        random.nextBoolean() ? sar.draw(bits, random) : AdcCharacteristic.IDEAL,
                                false)));
    }

    @ParameterizedTest
    @MethodSource("converters")
    void aSpoiltConverterIsNamed(String finding, AdcModel model) {
        assertThat(failed(AdcConformance.check(model)))
                .anySatisfy(line -> assertThat(line).contains(finding));
    }

    @Test
    void fallingCodesPassWhereNothingIsClaimed() {
        assertThat(failed(AdcConformance.check(
                        new Converter((bits, random) -> new AdcCharacteristic(1, 0, falling(bits)), false))))
                .isEmpty();
    }

    @Test
    void aProviderThatMakesNothingIsNamed() {
        AdcModelProvider provider = new AdcModelProvider() {
            @Override
            public String kind() {
                return "Mine!";
            }

            @Override
            public String description() {
                return "two\nlines";
            }

            @Override
            public Set<String> options() {
                return Set.of("sd");
            }

            @Override
            public AdcModel create(Map<String, Object> options) {
                if (options.containsKey("sd")) {
                    throw new IllegalArgumentException("not like this");
                }
                return null;
            }
        };
        assertThat(failed(AdcConformance.check(provider, Map.of())))
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("is 'Mine!'"))
                .anySatisfy(line -> assertThat(line).contains("is 'two\nlines'"))
                .anySatisfy(line -> assertThat(line).contains("sd [true] was refused with 'not like this'"))
                .anySatisfy(line -> assertThat(line).contains("a converter model is made: create gave null"));
    }

    private static EnergyTable table(double picojoules, OptionalInt node, boolean scaled, String note) {
        return new EnergyTable(
                "mine",
                List.of(new EnergyEntry(
                        EnergyEvent.ROW_ACTIVATION, picojoules, 1, node, OptionalInt.empty(), scaled, "own", note)));
    }

    static Stream<Arguments> tables() {
        EnergyEntry seven = new EnergyEntry(
                EnergyEvent.ADC_CONVERSION, 1, 1, OptionalInt.of(28), OptionalInt.of(7), false, "s", "");
        EnergyEntry eight = new EnergyEntry(
                EnergyEvent.ADC_CONVERSION, 2, 1, OptionalInt.of(28), OptionalInt.of(8), false, "s", "");
        return Stream.of(
                Arguments.of("it prices at least one event", new EnergyTable("mine", List.of())),
                Arguments.of("every event costs a finite energy", new EnergyTable("mine", List.of(seven, eight))),
                Arguments.of("row_activation costs 2.0E7 pJ; is it in pJ?", table(2e7, OptionalInt.of(28), false, "")),
                Arguments.of("row_activation states neither", table(1, OptionalInt.empty(), false, "")),
                Arguments.of("what is marked as scaled says from where", table(1, OptionalInt.of(28), true, "")));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aSpoiltTableIsNamed(String finding, EnergyTable table) {
        assertThat(failed(EnergyTableConformance.check(table)))
                .singleElement()
                .asString()
                .contains(finding);
    }

    @Test
    void aProviderWithoutATableIsNamed() {
        EnergyTableProvider provider = new EnergyTableProvider() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public String description() {
                return "nothing";
            }

            @Override
            public EnergyTable table() {
                return null;
            }
        };
        assertThat(failed(EnergyTableConformance.check(provider))).containsExactly("there is a table: table gave null");
    }

    private record ReadOut(ReadableArray array) implements ArrayReadout {
        @Override
        public String id() {
            return "mine";
        }

        @Override
        public ReadableArray open(ArrayCells cells) {
            return array;
        }
    }

    static Stream<Arguments> readOuts() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of("a finite current in every column", new ReadOut((reads, currents) -> {})),
                Arguments.of("cells and reads are left", new ReadOut((reads, currents) -> {
                    Arrays.fill(currents, 1);
                    reads.drive()[0] = 3;
                })),
                Arguments.of(
                        "reads repeat",
                        new ReadOut(
                                (RowReads reads, float[] currents) -> Arrays.fill(currents, calls.incrementAndGet()))),
                Arguments.of(
                        "a read does not depend on those beside it",
                        new ReadOut((reads, currents) -> Arrays.fill(currents, reads.count()))));
    }

    @ParameterizedTest
    @MethodSource("readOuts")
    void aSpoiltReadOutIsNamed(String finding, ArrayReadout readout) {
        assertThat(failed(ArrayReadoutConformance.check(readout)))
                .anySatisfy(line -> assertThat(line).contains(finding));
    }
}
