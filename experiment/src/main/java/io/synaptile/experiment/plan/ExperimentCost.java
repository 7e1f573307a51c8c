/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.devices.cost.AdcSurvey;
import io.synaptile.devices.cost.AreaTable;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.DigitalTiming;
import io.synaptile.devices.cost.EnergyEntry;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.ReadTiming;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.cost.WriteTiming;
import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.CostBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.CostModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the cost of a run is computed from, with what a reader of it must know.
 *
 * @param model prices, times and areas, scaled as asked
 * @param structure profile that times and areas are of
 * @param settings of the experiment file
 * @param file of a user's table
 * @param notices for the user: what the table was taken for, and what it does not say itself
 */
public record ExperimentCost(
        CostModel model, String structure, CostBlock settings, Optional<Path> file, List<String> notices) {
    private static final String ENERGY = "hardware.energy";
    private static final String TABLE = ENERGY + ".table";

    /**
     * The cost model of an experiment.
     *
     * @throws ConfigException if a table cannot be read or does not cover what is asked
     */
    public static ExperimentCost of(ExperimentFile file) {
        HardwareBlock hardware = file.experiment().hardware();
        String name = hardware.energy().table();
        CostBlock settings = hardware.cost();
        boolean shipped = EnergyTable.profiles().contains(name);
        boolean named = file.plugIns().energyTables().contains(name);
        Optional<Path> own = named ? Optional.empty() : Optional.of(file.resolve(TABLE, name));
        List<String> notices = new ArrayList<>();
        EnergyTable table = own.map(path -> read(file, path, notices)).orElseGet(() -> table(file));
        boolean stated = !settings.structure().equals(CostBlock.AUTO);
        String structure = stated ? settings.structure() : shipped ? name : EnergyTable.DEFAULT_PROFILE;
        if (!stated && !shipped) {
            notices.add("energy table "
                    + own.map(path -> path.getFileName().toString()).orElse(name)
                    + " has no timing and no area; those of " + structure
                    + " are used (hardware.cost.structure names others)");
        }
        int bits = hardware.readout().bits();
        ChipTiming timing = ChipTiming.profile(structure, hardware.readout().columnsPerAdc(), bits);
        Optional<AreaTable> area = AreaTable.profile(structure);
        try {
            OptionalInt node = settings.nodeNm() > 0 ? OptionalInt.of(settings.nodeNm()) : OptionalInt.empty();
            OptionalDouble volt = settings.vdd() > 0 ? OptionalDouble.of(settings.vdd()) : OptionalDouble.empty();
            if (node.isPresent() || volt.isPresent()) {
                table = table.scaledTo(node, volt);
            }
            if (node.isPresent()) {
                area = area.map(areas -> areas.scaledTo(settings.nodeNm()));
            }
            if (settings.adc() == CostBlock.Adc.SURVEY) {
                AdcSurvey survey = survey(settings, table, timing.read());
                table = table.withAdc(survey);
                area = area.map(areas -> areas.withAdc(survey, bits));
            }
            table = withPrices(file, table);
            WordWidths widths = ExperimentHardware.widths(hardware);
            for (EnergyEvent event : EnergyEvent.values()) {
                table.unit(event, widths);
            }
            for (int adaptive = 1; hardware.readout().adaptive() && adaptive < bits; adaptive++) {
                table.unit(EnergyEvent.ADC_CONVERSION, widths.withAdc(adaptive));
            }
            CostModel model = new CostModel(
                    table, used(timing, hardware), WriteTiming.profile(structure), area, widths, counting(hardware));
            return new ExperimentCost(model, structure, settings, own, List.copyOf(notices));
        } catch (IllegalArgumentException e) {
            throw file.problem("hardware.cost", "hardware.cost: " + e.getMessage());
        }
    }

    private static CostModel.Counting counting(HardwareBlock hardware) {
        CostBlock settings = hardware.cost();
        return new CostModel.Counting(
                switch (settings.neuronUpdates()) {
                    case DENSE -> ActivityProjector.NeuronUpdates.DENSE;
                    case EVENT -> ActivityProjector.NeuronUpdates.EVENT;
                },
                switch (hardware.directLayer()) {
                    case LATCHED -> true;
                    case REPEATED -> false;
                },
                switch (settings.leakage()) {
                    case WITHIN -> true;
                    case BESIDE -> false;
                },
                CostModel.Counting.INPUT_BITS,
                settings.baselineBits());
    }

    /** With the prices of the experiment file, which are at the node and voltage that they are wanted for. */
    private static EnergyTable withPrices(ExperimentFile file, EnergyTable table) {
        EnergyTable priced = table;
        HardwareBlock hardware = file.experiment().hardware();
        for (Map.Entry<String, Double> price : hardware.energy().picojoules().entrySet()) {
            EnergyEvent event = EnergyEvent.ofKey(price.getKey());
            String key = ENERGY + "." + price.getKey() + "_pJ";
            if (event == EnergyEvent.ADC_CONVERSION && hardware.cost().adc() == CostBlock.Adc.SURVEY) {
                throw file.problem(
                        key, key + " and hardware.cost.adc survey both say what a conversion costs; keep one of them");
            }
            priced = priced.withPrice(event, price.getValue(), "experiment file, " + key);
        }
        return priced;
    }

    /** Times of a profile as the read-out and the settings change them. */
    private static ChipTiming used(ChipTiming profile, HardwareBlock hardware) {
        double clock = hardware.cost().digitalClockNs();
        ChipTiming timing =
                clock > 0 ? profile.withDigital(new DigitalTiming(clock, "hardware.cost.digital_clock_ns")) : profile;
        return hardware.readout().kind() == HardwareBlock.Readout.Kind.LIF_DIRECT
                ? timing.withRead(timing.read().withoutConversion())
                : timing;
    }

    private static EnergyTable table(ExperimentFile file) {
        try {
            return file.plugIns()
                    .energyTable(file.experiment().hardware().energy().table());
        } catch (IllegalArgumentException e) {
            throw file.problem(ENERGY, ENERGY + ": " + e.getMessage());
        }
    }

    private static EnergyTable read(ExperimentFile file, Path path, List<String> notices) {
        if (!Files.isRegularFile(path)) {
            throw file.problem(
                    ENERGY,
                    ENERGY + " must be one of "
                            + String.join(", ", file.plugIns().energyTables())
                            + " or a file that can be read, got " + path
                            + (Files.exists(path) ? " (is not a file)" : " (no such file)"));
        }
        try {
            return EnergyTable.read(path, notices::add);
        } catch (IllegalArgumentException e) {
            throw file.problem(ENERGY, ENERGY + ": " + e.getMessage());
        }
    }

    private static AdcSurvey survey(CostBlock settings, EnergyTable table, ReadTiming timing) {
        int node = settings.nodeNm();
        if (node == 0) {
            node = table.entries().stream()
                    .filter(entry -> entry.event() == EnergyEvent.ADC_CONVERSION)
                    .map(EnergyEntry::nodeNanometres)
                    .flatMapToInt(OptionalInt::stream)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "adc survey needs node_nm, because the energy table states no node for its converter"));
        }
        return new AdcSurvey(node, timing.samplesPerSecond());
    }
}
