/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.converter.SarAdc;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.Readout.Adc.Range;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.tile.Columns;
import io.synaptile.mapping.tile.CutMatrix;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ConverterErrors;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConverterBankTest {
    /** Two columns an output, one shared; four outputs an array, hence nine columns: converters of 2, 2, 2, 2 and 1. */
    private static final LayerTiles TILES =
            new LayerTiles(3, "fc", new CutMatrix(20, 10, 1), new Columns(2, 1), new TileSize(8, 9), 1);

    private static final int ROW_TILES = 3;
    private static final int PLANES = 3;

    private static ConverterErrors errors(ConverterSpread spread, int instance) {
        Readout.Adc adc = new Readout.Adc(6, 2, Range.CALIBRATED, 99.9, spread, false);
        return ConverterBank.errors(adc, TILES, PLANES, new ChipInstance(instance, 9, Map.of()), 0);
    }

    private static int at(int rowTile, int plane, int output) {
        return (rowTile * PLANES + plane) * TILES.outputs() + output;
    }

    @Test
    void columnsOfOneConverterShareItsErrors() {
        float[] gain = errors(new ConverterSpread(0.1, 0.5, 0), 1).gain();
        assertThat(gain).hasSize(ROW_TILES * PLANES * TILES.outputs());
        assertThat(gain[at(0, 0, 1)]).isEqualTo(gain[at(0, 1, 1)]);
        assertThat(gain[at(0, 0, 1)]).isNotEqualTo(gain[at(0, 0, 2)]);
        assertThat(gain[at(0, 0, 1)]).isNotEqualTo(gain[at(1, 0, 1)]);
        assertThat(gain[at(0, 0, 1)]).isNotEqualTo(gain[at(0, 0, 5)]);
        // The shared column is one column of the array, whichever output uses it.
        assertThat(gain[at(0, 2, 0)]).isEqualTo(gain[at(0, 2, 3)]).isNotEqualTo(gain[at(0, 2, 4)]);
    }

    @Test
    void errorsHaveTheStatedSpreadAndBelongToTheirChip() {
        ConverterSpread spread = new ConverterSpread(0.02, 0.5, 0);
        LayerTiles wide =
                new LayerTiles(3, "fc", new CutMatrix(4000, 1000, 1), new Columns(1, 0), new TileSize(10, 1000), 1);
        Readout.Adc adc = new Readout.Adc(6, 1, Range.CALIBRATED, 99.9, spread, false);
        ConverterErrors errors = ConverterBank.errors(adc, wide, 1, new ChipInstance(0, 9, Map.of()), 0);
        assertMoments(errors.gain(), 1, 0.02);
        assertMoments(errors.offset(), 0, 0.5);
        assertThat(errors(spread, 1).gain())
                .isEqualTo(errors(spread, 1).gain())
                .isNotEqualTo(errors(spread, 2).gain());
    }

    private static void assertMoments(float[] values, double mean, double sd) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value - mean;
            squares += (value - mean) * (value - mean);
        }
        assertThat(sum / values.length)
                .as("4 standard errors")
                .isCloseTo(0, againstDistribution(4 * sd / Math.sqrt(values.length)));
        assertThat(Math.sqrt(squares / values.length)).as("2 %").isCloseTo(sd, againstDistribution(0.02 * sd));
    }

    @Test
    void missingCodesGiveTheCodeBelow() {
        ConverterErrors errors = errors(new ConverterSpread(0, 0, 0.25), 1);
        assertThat(errors.gain()).containsOnly(1f);
        assertThat(errors.offset()).usingComparatorWithPrecision(0f).containsOnly(0f);
        int missing = 0;
        int all = 0;
        for (int[] codes : errors.codes()) {
            assertThat(codes).hasSize(64);
            assertThat(codes[0]).isZero();
            for (int code = 1; code < codes.length; code++) {
                assertThat(codes[code] == code || codes[code] == codes[code - 1])
                        .isTrue();
                missing += codes[code] == code ? 0 : 1;
                all++;
            }
        }
        assertThat(missing / (double) all).isCloseTo(0.25, againstDistribution(4 * Math.sqrt(0.25 * 0.75 / all)));
        assertThat(errors.table()[at(0, 0, 1)]).isEqualTo(errors.table()[at(0, 1, 1)]);
        assertThat(errors.table()[at(0, 0, 1)]).isNotEqualTo(errors.table()[at(0, 0, 2)]);
    }

    @Test
    void spreadsAreChecked() {
        assertThatThrownBy(() -> new ConverterSpread(-1, 0, 0))
                .hasMessage("the deviation of converter gains must be finite and at least 0, got -1.0");
        assertThatThrownBy(() -> new ConverterSpread(0, Double.NaN, 0))
                .hasMessage("the deviation of converter offsets must be finite and at least 0, got NaN");
        assertThatThrownBy(() -> new ConverterSpread(0, 0, 2))
                .hasMessage("the probability of a missing code must be 0 to 1, got 2.0");
    }

    /** A model that halves every code, two gain and one more code of offset. */
    private record Halving() implements AdcModel {
        @Override
        public String id() {
            return "halving";
        }

        @Override
        public AdcCharacteristic draw(int bits, RandomGenerator random) {
            int[] codes = new int[1 << bits];
            Arrays.setAll(codes, code -> code / 2);
            return new AdcCharacteristic(2, 1, codes);
        }
    }

    @Test
    void aModelWorksBesideTheSpread() {
        ConverterSpread missing = new ConverterSpread(0, 0.5, 0.25);
        ConverterErrors plain = errors(missing, 1);
        Readout.Adc adc = new Readout.Adc(6, 2, Range.CALIBRATED, 99.9, missing, false, Optional.of(new Halving()));
        assertThat(adc.isUniform()).isFalse();
        ConverterErrors both = ConverterBank.errors(adc, TILES, PLANES, new ChipInstance(1, 9, Map.of()), 0);
        assertThat(both.table()).containsExactly(plain.table());
        for (int i = 0; i < plain.gain().length; i++) {
            assertThat(both.gain()[i]).isEqualTo(2 * plain.gain()[i]);
            assertThat(both.offset()[i]).isEqualTo(plain.offset()[i] + 1);
        }
        for (int k = 0; k < plain.codes().length; k++) {
            for (int code = 0; code < 64; code++) {
                assertThat(both.codes()[k][code]).isEqualTo(plain.codes()[k][code] / 2);
            }
        }
    }

    @Test
    void aModelWithoutSpreadDiffersBetweenConvertersAndBelongsToItsChip() {
        Readout.Adc adc = new Readout.Adc(
                6, 2, Range.CALIBRATED, 99.9, ConverterSpread.NONE, false, Optional.of(new SarAdc(0.3, 0.01)));
        ConverterErrors first = ConverterBank.errors(adc, TILES, PLANES, new ChipInstance(1, 9, Map.of()), 0);
        ConverterErrors again = ConverterBank.errors(adc, TILES, PLANES, new ChipInstance(1, 9, Map.of()), 0);
        ConverterErrors other = ConverterBank.errors(adc, TILES, PLANES, new ChipInstance(2, 9, Map.of()), 0);
        assertThat(again.codes()).isDeepEqualTo(first.codes());
        assertThat(Arrays.deepEquals(other.codes(), first.codes())).isFalse();
        assertThat(first.codes()[0]).isNotEqualTo(first.codes()[1]);
        assertThat(first.offset()[at(0, 0, 0)]).isNotEqualTo(first.offset()[at(0, 0, 2)]);
    }
}
