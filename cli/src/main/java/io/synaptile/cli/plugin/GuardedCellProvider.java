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

/** A provider of a plug-in; what it says of itself is asked once, what it makes is tried before it is used. */
final class GuardedCellProvider implements CellModelProvider, Guarded<CellModelProvider> {
    private static final int TRIED_CELLS = 64;

    private final CellModelProvider provider;
    private final PlugInJar jar;
    private final String kind;
    private final String description;
    private final Set<String> options;
    private final Set<String> files;
    private final List<CellOption> described;
    private final List<CellFact> facts;

    GuardedCellProvider(CellModelProvider provider, PlugInJar jar) {
        this.provider = provider;
        this.jar = jar;
        Guard guard = new Guard(jar, "cell provider " + provider.getClass().getName());
        this.kind = guard.name("kind", provider::kind);
        this.description = String.valueOf(guard.call("description", provider::description));
        this.options = Set.copyOf(guard.list("options", provider::options));
        this.files = Set.copyOf(guard.list("files", provider::files));
        this.facts = guard.list("facts", provider::facts);
        this.described = guard.list("described", provider::described);
    }

    @Override
    public CellModelProvider provider() {
        return provider;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<CellFact> facts() {
        return facts;
    }

    @Override
    public Set<String> options() {
        return options;
    }

    @Override
    public Set<String> files() {
        return files;
    }

    @Override
    public List<CellOption> described() {
        return described;
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        Guard guard = new Guard(jar, "cell " + kind);
        CellModel made = guard.make(() -> provider.create(values));
        if (made == null) {
            throw guard.broke("gave no cell in create");
        }
        GuardedCell cell = new GuardedCell(made, guard);
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
