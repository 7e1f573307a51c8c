/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.fault.StuckOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Provider of a ready-made cell. Its physics is fixed; a user may narrow the range, choose the levels of an analogue cell, scale
 * the programming spread and add stuck cells.
 */
abstract class PublishedCell implements CellModelProvider {
    private static final int ANALOGUE_BITS = 4;

    private final String kind;
    private final String description;
    private final ConductanceRange covered;
    private final int levels;
    private final Set<String> further;

    /**
     * A cell.
     *
     * @param covered range of the source
     * @param levels of the source; 0 for an analogue cell, whose {@code bits} the user chooses
     * @param further options of this cell besides the common ones
     */
    PublishedCell(String kind, String description, ConductanceRange covered, int levels, String... further) {
        this.kind = kind;
        this.description = description;
        this.covered = covered;
        this.levels = levels;
        this.further = Set.of(further);
    }

    /** The cell as the user wants it. */
    abstract CellModel cell(Wanted wanted);

    /** What a user may choose for every ready-made cell. */
    record Wanted(CellOptions options, ConductanceRange range, int levels, double scale, StuckCells stuck) {}

    /** Conductances of two resistances. */
    static ConductanceRange ohms(double on, double off) {
        return new ConductanceRange((float) (1e6 / off), (float) (1e6 / on));
    }

    /** Range of the source. */
    final ConductanceRange covered() {
        return covered;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final Set<String> options() {
        Set<String> names = new TreeSet<>(further);
        names.addAll(Set.of("range_uS", "programming.scale"));
        names.addAll(StuckOptions.NAMES);
        if (levels == 0) {
            names.add("bits");
        }
        return names;
    }

    @Override
    public final List<CellOption> described() {
        String range = "[" + covered.minMicrosiemens() + ", " + covered.maxMicrosiemens() + "]";
        List<CellOption> all = new ArrayList<>(CellOption.table("""
                range_uS | uS | %s | within that of the source | conductances that can be programmed
                bits | | 4 | 1 to 8 | the cell is analogue; 2^bits of its conductances are used
                programming.scale | | 1 | at least 0 | factor on the spread of a write
                acceptance | %% | 0.2 | 0.2 or 2 | distance from the target that programming accepts, part of the target
                read.voltage_V | V | | above 0 | voltage of a read, for the bent current-voltage curve; none where it is absent
                read_noise.scale | | 1 | at least 0 | factor on the noise of a read
                """.formatted(range)));
        all.addAll(3, StuckOptions.described(stuckOff(), stuckOn()));
        return all.stream().filter(option -> options().contains(option.name())).toList();
    }

    @Override
    public final CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind, values, options());
        ConductanceRange range = options.range("range_uS", covered);
        if (range.minMicrosiemens() < covered.minMicrosiemens()
                || range.maxMicrosiemens() > covered.maxMicrosiemens()) {
            throw new IllegalArgumentException("range_uS must lie within the " + covered.minMicrosiemens() + " to "
                    + covered.maxMicrosiemens() + " uS that the source of '" + kind + "' covers, got ["
                    + range.minMicrosiemens() + ", " + range.maxMicrosiemens() + "]");
        }
        return cell(new Wanted(
                options,
                range,
                levels == 0 ? 1 << options.integer("bits", 1, 8, ANALOGUE_BITS) : levels,
                options.numberAtLeast("programming.scale", 0, 1),
                StuckOptions.stuck(options, stuckOff(), stuckOn())));
    }

    /** Probability of the source that a cell is stuck at the minimum. */
    double stuckOff() {
        return 0;
    }

    /** Probability of the source that a cell is stuck at the maximum. */
    double stuckOn() {
        return 0;
    }
}
