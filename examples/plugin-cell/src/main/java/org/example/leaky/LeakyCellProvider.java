/* SPDX-License-Identifier: Apache-2.0 */
package org.example.leaky;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@code example-leaky} cells; named in {@code META-INF/services}, which is how the product finds it. */
public final class LeakyCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(1f, 50f);

    @Override
    public String kind() {
        return "example-leaky";
    }

    @Override
    public String description() {
        return "made-up cell that leaks with the logarithm of time";
    }

    @Override
    public Set<String> options() {
        return Set.of("range_uS", "sigma_uS", "loss_per_decade");
    }

    @Override
    public List<CellOption> described() {
        return List.of(
                new CellOption("range_uS", "uS", "[1, 50]", "0 <= min < max", "conductances that can be programmed"),
                new CellOption("sigma_uS", "uS", "0.5", "at least 0", "spread of a write"),
                new CellOption("loss_per_decade", "", "0.01", "0 to 1", "part lost per decade of seconds"));
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new LeakyCell(
                options.range("range_uS", DEFAULT_RANGE),
                options.numberAtLeast("sigma_uS", 0, 0.5),
                options.probability("loss_per_decade", 0.01));
    }
}
