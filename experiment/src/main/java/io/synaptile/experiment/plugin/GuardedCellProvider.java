/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A provider of cells of a plug-in; what it says of itself is asked once. */
final class GuardedCellProvider extends GuardedModelProvider<CellModel> implements CellModelProvider {
    private static final int TRIED_CELLS = 64;
    private static final Age DAY = new Age(86_400, Age.ROOM_KELVIN);

    private final CellModelProvider provider;
    private final Guard asked;
    private final Set<String> files;
    private final List<CellFact> facts;

    GuardedCellProvider(CellModelProvider provider, PlugInJar jar) {
        super("cell", provider, jar);
        this.provider = provider;
        this.asked = new Guard(jar, "cell provider " + provider.getClass().getName());
        this.files = Set.copyOf(asked.list("files", provider::files));
        this.facts = asked.list("facts", provider::facts);
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
    CellModel guarded(CellModel made, Guard own) {
        return new GuardedCell(made, own);
    }

    /** Asked before the training, because the first chip is programmed only after it. */
    @Override
    Answers attempt(CellModel cell) {
        ConductanceRange range = cell.range();
        float[] conductances = new float[Math.min(cell.levels(), TRIED_CELLS)];
        for (int i = 0; i < conductances.length; i++) {
            conductances[i] = range.minMicrosiemens() + range.span() * i / (conductances.length - 1);
        }
        CellPlaces places = new CellPlaces.Array(conductances.length, 1, 0);
        float[] placed = new float[conductances.length];
        float[] reached = new float[conductances.length];
        float[] mean = new float[conductances.length];
        float[] sigma = new float[conductances.length];
        long pulses = cell.program(conductances, placed, places, new Random(1));
        byte[] faults = cell.faults(places, new Random(1));
        cell.readVolts();
        cell.writeCost();
        Answers answers = new Answers()
                .with("program (with places)", placed)
                .with("program (pulses)", pulses, cell.program(conductances, reached, new Random(1)))
                .with("program", reached)
                .with("faults", faults);
        cell.readMoments(reached, reached, mean, sigma, Age.NONE, new Random(1));
        answers.with("readMoments", mean).with("readMoments (sigma)", sigma);
        aged(cell, conductances, reached).ifPresent(later -> answers.with("age", later));
        return answers;
    }

    /** Cells a day later; nothing where the cell knows nothing of ages, which only an experiment with an age has to hear. */
    private static Optional<float[]> aged(CellModel cell, float[] targets, float[] programmed) {
        float[] later = new float[targets.length];
        try {
            cell.age(targets, programmed, later, DAY, new Random(1));
            return Optional.of(later);
        } catch (PlugInException e) {
            return Optional.empty();
        }
    }
}
