/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ideal;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@code ideal} cells; {@code range_uS} defaults to [0, 40], {@code bits} (1 to 16) to 4. */
public final class IdealCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(0f, 40f);

    @Override
    public String kind() {
        return "ideal";
    }

    @Override
    public String description() {
        return "exact cell: no variation, no noise; the reference for every other kind";
    }

    @Override
    public Set<String> options() {
        return Set.of("range_uS", "bits");
    }

    @Override
    public List<CellOption> described() {
        return CellOption.table("""
                range_uS | uS | [0, 40] | [min, max], 0 <= min < max | conductances that can be programmed
                bits | | 4 | 1 to 16 | the cell has 2^bits levels
                """);
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new IdealCell(options.range("range_uS", DEFAULT_RANGE), options.integer("bits", 1, 16, 4));
    }
}
