/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.LevelList;
import io.synaptile.devices.fault.StuckOptions;
import io.synaptile.devices.resistive.ResistiveCell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes {@code rram} cells: a range, a number of levels, and any of the effects of a resistive cell. {@link OptionTexts} lists the
 * options. A published drift or noise fit takes the maximum of the range as its Gmax.
 */
public final class RramCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(2f, 40f);
    private static final int DEFAULT_BITS = 4;

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
        Set<String> names = new TreeSet<>(Set.of("range_uS", "levels_uS", "bits"));
        names.addAll(ProgrammingOptions.NAMES);
        names.addAll(StuckOptions.NAMES);
        names.addAll(LifetimeOptions.NAMES);
        names.addAll(FailureOptions.NAMES);
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
        Optional<LevelList> listed = levels(options);
        int bits = options.integer("bits", 1, 8, DEFAULT_BITS);
        int levels = listed.map(list -> list.microsiemens().size()).orElse(1 << bits);
        ConductanceRange range =
                options.range("range_uS", listed.map(LevelList::range).orElse(DEFAULT_RANGE));
        listed.ifPresent(list -> {
            if (options.has("bits") && levels != 1 << bits) {
                throw new IllegalArgumentException(
                        "bits must be left out for " + levels + " levels of levels_uS, got " + bits);
            }
            if (!range.equals(list.range())) {
                throw new IllegalArgumentException(
                        "range_uS must be left out where levels_uS is given, or be its ends ["
                                + list.range().minMicrosiemens() + ", "
                                + list.range().maxMicrosiemens() + "], got ["
                                + range.minMicrosiemens() + ", " + range.maxMicrosiemens() + "]");
            }
        });
        return new ResistiveCell(
                kind(),
                range,
                levels,
                listed,
                ProgrammingOptions.writing(options, listed.orElseGet(() -> LevelList.equalSteps(range, levels))),
                LifetimeOptions.lifetime(options, range),
                ReadingOptions.reading(options, range),
                ProgrammingOptions.writeCost(options));
    }

    private static Optional<LevelList> levels(CellOptions options) {
        if (!options.has("levels_uS")) {
            return Optional.empty();
        }
        return Optional.of(new LevelList(
                options.numbers("levels_uS").stream().map(Double::floatValue).toList()));
    }
}
