/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.fault.StuckOptions;
import io.synaptile.devices.resistive.ResistiveCell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes {@code rram} cells: a range, a number of levels, and any of the effects of a resistive cell. {@link OptionTexts} lists the
 * options. A published drift or noise fit takes the maximum of the range as its Gmax.
 */
public final class RramCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(2f, 40f);

    @Override
    public String kind() {
        return "rram";
    }

    @Override
    public String description() {
        return "multilevel resistive cell; choose its variation, faults, ageing and noise";
    }

    @Override
    public Set<String> options() {
        Set<String> names = new TreeSet<>(Set.of("range_uS", "bits"));
        names.addAll(ProgrammingOptions.NAMES);
        names.addAll(StuckOptions.NAMES);
        names.addAll(LifetimeOptions.NAMES);
        names.addAll(ReadingOptions.NAMES);
        return names;
    }

    @Override
    public List<CellOption> described() {
        return OptionTexts.ALL;
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        int bits = options.integer("bits", 1, 8, 4);
        ConductanceRange range = options.range("range_uS", DEFAULT_RANGE);
        return new ResistiveCell(
                kind(),
                range,
                1 << bits,
                ProgrammingOptions.writing(options, range, bits),
                LifetimeOptions.lifetime(options, range),
                ReadingOptions.reading(options, range),
                ProgrammingOptions.writeCost(options));
    }
}
