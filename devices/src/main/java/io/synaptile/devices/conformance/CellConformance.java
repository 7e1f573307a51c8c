/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.LevelList;
import io.synaptile.devices.WriteCost;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Holds a cell, and the provider that made it, against their contracts. */
public final class CellConformance {
    private static final int CELLS = 257;
    private static final int COLUMNS = 3;
    private static final long SEED = 20_250_101;
    /** Ages that are tried, s: none, and every half decade from a millisecond to three centuries. */
    private static final double[] AGES = IntStream.rangeClosed(-1, 26)
            .mapToDouble(i -> i < 0 ? 0 : Math.pow(10, -3 + i / 2.0))
            .toArray();
    /** A write may overshoot the range; one by more than this part of Gmax is a mistake of units. */
    private static final double OVERSHOOT = 4;

    /** A microjoule, a second and 100 V: more is no pulse for one cell but a mistake of units. */
    private static final double MOST_PICOJOULES = 1e6;

    private static final double MOST_NANOSECONDS = 1e9;
    private static final double MOST_VOLTS = 100;

    private final CellModel cell;
    private final float[] targets;

    private CellConformance(CellModel cell) {
        this.cell = cell;
        this.targets = new float[CELLS];
        ConductanceRange range = cell.range();
        for (int i = 0; i < CELLS; i++) {
            int level = i * (cell.levels() - 1) / (CELLS - 1);
            targets[i] = range.minMicrosiemens() + range.span() * level / (cell.levels() - 1);
        }
    }

    /** Every check of a provider; of a cell too, made from these options. */
    public static List<Finding> check(CellModelProvider provider, Map<String, Object> options) {
        Finding described = Finding.of("described options are those it understands", () -> {
            Set<String> told =
                    provider.described().stream().map(CellOption::name).collect(Collectors.toCollection(TreeSet::new));
            Set<String> understood = new TreeSet<>(provider.options());
            if (!understood.containsAll(provider.files())) {
                return "files " + provider.files() + " are not all among " + understood;
            }
            return told.equals(understood) ? "" : "described " + told + ", understood " + understood;
        });
        return ProviderChecks.of("a cell", provider, options, List.of(described), CellConformance::check);
    }

    /** Every check of a cell. */
    public static List<Finding> check(CellModel cell) {
        Finding constants = Finding.of("id, range and at least 2 levels are there and stay", () -> constants(cell));
        if (!constants.passed()) {
            return List.of(constants);
        }
        CellConformance suite = new CellConformance(cell);
        return List.of(
                constants,
                Finding.of("every level can be programmed, to a finite conductance of at least 0", suite::levels),
                Finding.of("conductances stay near the range", suite::nearRange),
                Finding.of("targets are left as they are", suite::targetsStay),
                Finding.of("target and result may be one array", suite::inPlace),
                Finding.of("arrays of different lengths are refused", suite::lengths),
                Finding.of("targets outside the range are refused", suite::outside),
                Finding.of("no cell is programmed without trouble", suite::none),
                Finding.of("programming repeats with the same generator", suite::repeats),
                Finding.of("cells of an array are programmed as cells are, and repeatably", suite::array),
                Finding.of("a fault map names the cells that stay where they are, and repeats", suite::faults),
                Finding.of("the words drawn do not depend on the targets", suite::words),
                Finding.of("the number of pulses is at least 0", suite::pulses),
                Finding.of("means and deviations of reads are finite, deviations at least 0", suite::reads),
                Finding.of("reads repeat with the same generator", suite::readsRepeat),
                Finding.of(
                        "energy, length and voltage of a write pulse have sensible units and a source",
                        suite::writeCost),
                Finding.of("ageing leaves its arguments as they are", suite::ageArguments),
                Finding.of("aged conductances are finite and at least 0", suite::aged),
                Finding.of("no age is refused before one that is accepted", suite::oldest),
                Finding.of("ageing repeats, and draws the same words at every age above 0 s", suite::ageWords),
                Finding.of("many threads may use one cell", suite::threads));
    }

    private static String constants(CellModel cell) {
        String id = cell.id();
        ConductanceRange range = cell.range();
        int levels = cell.levels();
        if (id == null || id.isBlank() || range == null || levels < 2) {
            return "id " + id + ", range " + range + ", levels " + levels;
        }
        String list = cell.levelList() == null
                ? "no levelList"
                : cell.levelList().map(told -> unlike(cell, told)).orElse("");
        if (!list.isEmpty()) {
            return list;
        }
        boolean stay = id.equals(cell.id()) && range.equals(cell.range()) && levels == cell.levels();
        return stay ? "" : "they differ between two calls";
    }

    private static String unlike(CellModel cell, LevelList list) {
        boolean fits =
                list.microsiemens().size() == cell.levels() && list.range().equals(cell.range());
        return fits ? "" : "levelList " + list + " for " + cell.levels() + " levels of " + cell.range();
    }

    private float[] programmed(long seed) {
        float[] actual = new float[CELLS];
        Arrays.fill(actual, Float.NaN);
        cell.program(targets.clone(), actual, new CountedWords(seed));
        return actual;
    }

    private static String unreal(float[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0) || Float.isInfinite(values[i])) {
                return what + " " + i + " of " + values.length + " has " + values[i] + " uS";
            }
        }
        return "";
    }

    private String levels() {
        return unreal(programmed(SEED), "cell");
    }

    private String nearRange() {
        float limit = (float) (OVERSHOOT * cell.range().maxMicrosiemens());
        for (float reached : programmed(SEED)) {
            if (reached > limit) {
                return reached + " uS, range up to " + cell.range().maxMicrosiemens() + " uS";
            }
        }
        return "";
    }

    private String targetsStay() {
        float[] asked = targets.clone();
        cell.program(asked, new float[CELLS], new CountedWords(SEED));
        return Arrays.equals(asked, targets) ? "" : "program changed its targets";
    }

    private String inPlace() {
        float[] own = targets.clone();
        cell.program(own, own, new CountedWords(SEED));
        return Arrays.equals(own, programmed(SEED)) ? "" : "gives other conductances than with two arrays";
    }

    private String lengths() {
        return refuses(() -> cell.program(targets.clone(), new float[CELLS - 1], new CountedWords(SEED)));
    }

    private String outside() {
        float above = cell.range().maxMicrosiemens() * 1.5f;
        return refuses(() -> cell.program(new float[] {above}, new float[1], new CountedWords(SEED)));
    }

    private static String refuses(Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            return "";
        }
        return "accepted";
    }

    private String none() {
        cell.program(new float[0], new float[0], new CountedWords(SEED));
        return "";
    }

    private String repeats() {
        return Arrays.equals(programmed(SEED), programmed(SEED)) ? "" : "two runs differ";
    }

    /** Some columns of cells, the last of them at the end of the list. */
    private static CellPlaces.Array places() {
        return new CellPlaces.Array(CELLS, COLUMNS, 1);
    }

    /** Cells of an array, all programmed towards one level. */
    private float[] array(int level) {
        float[] actual = new float[places().cells()];
        Arrays.fill(actual, targets[level]);
        cell.program(actual, actual, places(), new CountedWords(SEED));
        return actual;
    }

    private String array() {
        float[] cells = array(CELLS / 2);
        return Arrays.equals(cells, array(CELLS / 2)) ? unreal(cells, "cell") : "two runs differ";
    }

    private String faults() {
        byte[] map = cell.faults(places(), new CountedWords(SEED));
        if (map == null || map.length != places().cells()) {
            return "has " + (map == null ? "no" : map.length) + " entries for " + places().cells() + " cells";
        }
        if (!Arrays.equals(map, cell.faults(places(), new CountedWords(SEED)))) {
            return "two maps differ";
        }
        float[] low = array(0);
        float[] high = array(CELLS - 1);
        for (int i = 0; i < map.length; i++) {
            if (map[i] != CellFault.NONE && low[i] != high[i]) {
                return "cell " + i + " is said to be stuck, and was written to " + low[i] + " and " + high[i] + " uS";
            }
        }
        return "";
    }

    private String words() {
        Set<Long> counts = new TreeSet<>();
        for (int level = 0; level < 2; level++) {
            for (long seed = 0; seed < 20; seed++) {
                float[] cells = new float[CELLS];
                Arrays.fill(cells, targets[level * (CELLS - 1)]);
                CountedWords random = new CountedWords(seed);
                cell.program(cells, cells, random);
                counts.add(random.words());
            }
        }
        return counts.size() == 1 ? "" : "for " + CELLS + " cells it drew any of " + counts + " words";
    }

    private String pulses() {
        long pulses = cell.program(targets.clone(), new float[CELLS], new CountedWords(SEED));
        return pulses >= 0 ? "" : "was " + pulses;
    }

    /** Mean and deviation of a read of every cell, one after the other. */
    private float[] moments(float[] programmed, float[] held) {
        float[] mean = new float[CELLS];
        float[] sigma = new float[CELLS];
        Arrays.fill(mean, Float.NaN);
        Arrays.fill(sigma, Float.NaN);
        cell.readMoments(programmed, held, mean, sigma, Age.NONE, new CountedWords(SEED));
        float[] both = Arrays.copyOf(mean, 2 * CELLS);
        System.arraycopy(sigma, 0, both, CELLS, CELLS);
        return both;
    }

    private String reads() {
        float[] before = programmed(SEED);
        float[] both = moments(before, before.clone());
        for (int i = 0; i < both.length; i++) {
            boolean mean = i < CELLS;
            if (!Float.isFinite(both[i]) || !mean && both[i] < 0) {
                return (mean ? "mean" : "deviation") + " of cell " + i % CELLS + " is " + both[i] + " uS";
            }
        }
        return Arrays.equals(before, programmed(SEED)) ? "" : "readMoments changed the programmed conductances";
    }

    private String readsRepeat() {
        float[] before = programmed(SEED);
        return Arrays.equals(moments(before, before), moments(before, before)) ? "" : "two runs differ";
    }

    private String writeCost() {
        WriteCost cost = cell.writeCost();
        if (cost == null) {
            return "is null";
        }
        boolean known = cost.volts().isPresent()
                || cost.nanoseconds().isPresent()
                || cost.picojoules().isPresent();
        if (known && cost.source().isBlank()) {
            return "has no source";
        }
        if (cost.picojoules().orElse(MOST_PICOJOULES) > MOST_PICOJOULES) {
            return cost.picojoules().getAsDouble() + " pJ for one pulse; is it in pJ?";
        }
        if (cost.nanoseconds().orElse(MOST_NANOSECONDS) > MOST_NANOSECONDS) {
            return cost.nanoseconds().getAsDouble() + " ns for one pulse; is it in ns?";
        }
        return Math.abs(cost.volts().orElse(MOST_VOLTS)) > MOST_VOLTS
                ? cost.volts().getAsDouble() + " V for one pulse; is it in V?"
                : "";
    }

    /** Conductances at an age; null where the cell has no data for it. */
    private float[] agedTo(double seconds, CountedWords random) {
        float[] aged = new float[CELLS];
        Arrays.fill(aged, Float.NaN);
        try {
            cell.age(targets.clone(), programmed(SEED), aged, new Age(seconds, Age.ROOM_KELVIN), random);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return aged;
    }

    private String ageArguments() {
        float[] asked = targets.clone();
        float[] before = programmed(SEED);
        float[] written = before.clone();
        for (double seconds : AGES) {
            if (agedTo(seconds, new CountedWords(SEED)) != null) {
                cell.age(asked, written, new float[CELLS], new Age(seconds, Age.ROOM_KELVIN), new CountedWords(SEED));
            }
        }
        boolean same = Arrays.equals(asked, targets) && Arrays.equals(written, before);
        return same ? "" : "age changed targets or programmed conductances";
    }

    private String aged() {
        for (double seconds : AGES) {
            float[] aged = agedTo(seconds, new CountedWords(SEED));
            String problem = aged == null ? "" : unreal(aged, "at " + seconds + " s cell");
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private String oldest() {
        double refused = Double.NaN;
        for (double seconds : AGES) {
            boolean here = agedTo(seconds, new CountedWords(SEED)) != null;
            if (!here && Double.isNaN(refused)) {
                refused = seconds;
            } else if (here && !Double.isNaN(refused)) {
                return "refused " + refused + " s and accepted " + seconds + " s";
            }
        }
        return refused == 0 ? "refused 0 s at " + Age.ROOM_KELVIN + " K" : "";
    }

    private String ageWords() {
        Set<Long> counts = new TreeSet<>();
        for (double seconds : AGES) {
            CountedWords random = new CountedWords(SEED);
            float[] first = agedTo(seconds, random);
            if (first != null && seconds > 0) {
                if (!Arrays.equals(first, agedTo(seconds, new CountedWords(SEED)))) {
                    return "two runs differ at " + seconds + " s";
                }
                counts.add(random.words());
            }
        }
        return counts.size() <= 1 ? "" : "for " + CELLS + " cells it drew any of " + counts + " words";
    }

    private String threads() throws Exception {
        return ManyThreads.check(this::programmed, Arrays::equals);
    }
}
