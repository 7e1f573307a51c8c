/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ternary;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes {@code ternary} cells; {@code range_uS} defaults to [2, 40], {@code sigma_lrs} to 0.1 and {@code sigma_hrs} to 0.5;
 * {@code programming.scale}, 1 by default, multiplies both. Both spreads are placeholders without a source. {@code sense_threshold}
 * puts a sense amplifier in place of column currents; a third of {@code ln(Gmax / Gmin)} or so suits.
 */
public final class TernaryCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(2f, 40f);
    private static final double PLACEHOLDER_LRS_SIGMA = 0.1;
    private static final String SENSE = "sense_threshold";
    private static final String SCALE = "programming.scale";
    private static final double PLACEHOLDER_HRS_SIGMA = 0.5;

    @Override
    public String kind() {
        return "ternary";
    }

    @Override
    public String description() {
        return "resistor of a 2T2R pair with log-normal spread per state (default spreads are placeholders)";
    }

    @Override
    public Set<String> options() {
        return Set.of("range_uS", "sigma_lrs", "sigma_hrs", SCALE, SENSE);
    }

    @Override
    public List<CellOption> described() {
        return CellOption.table("""
                range_uS | uS | [2, 40] | [min, max], 0 <= min < max | conductances of both states
                sigma_lrs | | 0.1 | at least 0 | log-normal spread of the low-resistance state | placeholder
                sigma_hrs | | 0.5 | at least 0 | log-normal spread of the high-resistance state | placeholder
                programming.scale | | 1 | at least 0 | factor on both spreads
                sense_threshold | | | at least 0 | reads compare the conductances of a pair with this threshold; exact if not given
                """);
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        double scale = options.numberAtLeast(SCALE, 0, 1);
        return new TernaryCell(
                options.range("range_uS", DEFAULT_RANGE),
                (float) (scale * options.numberAtLeast("sigma_lrs", 0, PLACEHOLDER_LRS_SIGMA)),
                (float) (scale * options.numberAtLeast("sigma_hrs", 0, PLACEHOLDER_HRS_SIGMA)),
                options.has(SENSE)
                        ? Optional.of(new TernarySense(options.numberAtLeast(SENSE, 0, 0)))
                        : Optional.empty());
    }
}
