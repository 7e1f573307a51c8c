/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A provider of cells of a plug-in; what it says of itself is asked once. */
final class GuardedCellProvider extends GuardedModelProvider<CellModel> implements CellModelProvider {
    private static final int TRIED_CELLS = 64;

    private final CellModelProvider provider;
    private final Guard asked;
    private final Set<String> files;
    private final List<CellOption> described;
    private final List<CellFact> facts;

    GuardedCellProvider(CellModelProvider provider, PlugInJar jar) {
        super("cell", provider, jar);
        this.provider = provider;
        this.asked = new Guard(jar, "cell provider " + provider.getClass().getName());
        this.files = Set.copyOf(asked.list("files", provider::files));
        this.facts = asked.list("facts", provider::facts);
        this.described = asked.list("described", provider::described);
    }

    @Override
    public List<CellFact> facts() {
        return facts;
    }

    @Override
    public Set<String> files() {
        return files;
    }

    @Override
    public List<String> notices(Map<String, Object> options) {
        return asked.list("notices", () -> provider.notices(options));
    }

    @Override
    public List<CellOption> described() {
        return described;
    }

    @Override
    CellModel guarded(CellModel made, Guard own) {
        GuardedCell cell = new GuardedCell(made, own);
        attempt(cell);
        return cell;
    }

    /** Asks everything but how cells age, of some cells, because the first chip is programmed only after the training. */
    private static void attempt(GuardedCell cell) {
        ConductanceRange range = cell.range();
        float[] conductances = new float[Math.min(cell.levels(), TRIED_CELLS)];
        for (int i = 0; i < conductances.length; i++) {
            conductances[i] = range.minMicrosiemens() + range.span() * i / (conductances.length - 1);
        }
        CellPlaces places = new CellPlaces.Array(conductances.length, 1, 0);
        cell.program(conductances, new float[conductances.length], places, new Random(1));
        cell.faults(places, new Random(1));
        cell.readVolts();
        cell.writeCost();
        cell.program(conductances, conductances, new Random(1));
        cell.readMoments(
                conductances, conductances, conductances, new float[conductances.length], Age.NONE, new Random(1));
    }
}
