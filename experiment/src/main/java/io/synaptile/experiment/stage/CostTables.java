/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.cost.AreaBreakdown;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.AreaLine;
import io.synaptile.devices.cost.Derivation;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyLine;
import io.synaptile.devices.cost.OperationPrices;
import io.synaptile.devices.cost.ProfileScope;
import io.synaptile.devices.cost.UnitEnergy;
import io.synaptile.experiment.plan.ExperimentCost;
import io.synaptile.mapping.cost.ArithmeticOperations;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.tile.LeftOut;
import io.synaptile.reports.table.AreaRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyEventRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.sim.network.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Rows of the run folder's tables about cost for one design point. */
final class CostTables {
    private static final String UNSTATED = "unstated";
    private static final double SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE = 1e6;

    private final int point;
    private final ExperimentCost cost;
    private final ChipCosting costing;
    private final Map<Integer, String> layerOfNode;
    private final Optional<LeftOut> leftOut;

    CostTables(
            int point,
            ExperimentCost cost,
            ChipCosting costing,
            Map<Integer, String> layerOfNode,
            Optional<LeftOut> leftOut) {
        this.point = point;
        this.cost = cost;
        this.costing = costing;
        this.layerOfNode = layerOfNode;
        this.leftOut = leftOut;
    }

    /** Every product that the energies are sums of; counts per inference, mean over the chips. */
    List<EnergyEventRow> events(List<ChipResult> chips) {
        Map<String, Map<Price, EnergyEventRow>> rows = new LinkedHashMap<>();
        for (ChipResult chip : chips) {
            chip.energy().forEach((node, energy) -> add(rows, layerOfNode.get(node), energy));
        }
        return rows.values().stream()
                .flatMap(layer -> layer.values().stream())
                .map(row -> row.over(chips.size()))
                .toList();
    }

    private void add(Map<String, Map<Price, EnergyEventRow>> rows, String layer, EnergyBreakdown energy) {
        Map<Price, EnergyEventRow> own = rows.computeIfAbsent(layer, name -> new TreeMap<>());
        for (EnergyLine line : energy.lines()) {
            Price price = new Price(line.event(), line.unit().picojoules());
            EnergyEventRow before = own.get(price);
            own.put(price, row(layer, line, before == null ? line.count() : before.count() + line.count()));
        }
    }

    /** An event at one of its prices, which differ between word widths. */
    private record Price(EnergyEvent event, double picojoules) implements Comparable<Price> {
        @Override
        public int compareTo(Price other) {
            int byEvent = event.compareTo(other.event);
            return byEvent != 0 ? byEvent : Double.compare(picojoules, other.picojoules);
        }
    }

    private EnergyEventRow row(String layer, EnergyLine line, double count) {
        UnitEnergy unit = line.unit();
        return new EnergyEventRow(
                point,
                layer,
                line.event().component().id(),
                line.event().key(),
                count,
                unit.picojoules(),
                count * unit.picojoules(),
                node(unit.nodeNanometres()),
                scaled(unit),
                word(unit.derivation()),
                unit.origin().source());
    }

    /** What leaks in the time of one image, mean over the chips. */
    Leakage leakage(List<ChipResult> chips) {
        return Leakage.of(
                mean(chips, chip -> chip.costs().leakagePicojoules()),
                cost.model().counting().leakageWithin());
    }

    /** Figures that the design or all of its chips together have. */
    List<CostRow> figures(List<ChipResult> chips) {
        List<CostRow> rows = new ArrayList<>();
        ChipResult first = chips.getFirst();
        ChipCosting.Baseline baseline = costing.baseline(first.activity(), first.running());
        double snn = mean(chips, ChipResult::energyPicojoules);
        rows.add(energy("snn", snn));
        rows.add(energy(
                "snn_skipping_empty_tiles", mean(chips, chip -> chip.costs().skippingPicojoules())));
        rows.add(
                energy("snn_reading_all_tiles", mean(chips, chip -> chip.costs().readingAllPicojoules())));
        rows.add(energy("leakage", leakage(chips).meanPicojoules()));
        rows.add(new CostRow(
                point,
                CostRow.ENERGY,
                "leakage_power",
                "uW",
                mean(chips, chip -> chip.costs().leakageMicrowatts())));
        rows.add(energy("quantised_ann", baseline.annPicojoules()));
        rows.add(new CostRow(point, CostRow.ENERGY, "snn_over_ann", "", snn / baseline.annPicojoules()));
        rows.add(new CostRow(
                point, CostRow.ENERGY, "break_even_spike_rate", "per neuron and step", baseline.breakEvenRate()));
        rows.add(new CostRow(point, CostRow.ENERGY, "spike_rate", "per neuron and step", mean(chips, this::spikeRate)));
        rows.add(energy("snn_per_time_step", mean(chips, chip -> chip.energyPicojoules() / chip.stepsUsed())));
        rows.add(energy("snn_per_synaptic_operation", mean(chips, CostTables::perOperation)));
        rows.add(
                latency("sequential", mean(chips, chip -> chip.costs().latency().sequential())));
        rows.add(latency(
                "layer_pipeline", mean(chips, chip -> chip.costs().latency().layerPipeline())));
        rows.add(latency(
                "position_pipeline", mean(chips, chip -> chip.costs().latency().positionPipeline())));
        rows.add(latency(
                "image_interval", mean(chips, chip -> chip.costs().latency().imageInterval())));
        rows.add(new CostRow(
                point,
                CostRow.LATENCY,
                "image_throughput",
                "images/s",
                mean(chips, chip -> chip.costs().latency().imagesPerSecond())));
        rows.add(latency("array_read", cost.model().timing().read().arrayReadNanoseconds()));
        rows.add(new CostRow(
                point,
                CostRow.LATENCY,
                "timing_node",
                "nm",
                ProfileScope.profile(cost.structure())
                        .map(scope -> (double) scope.nanometres())
                        .orElse(Double.NaN)));
        arithmetic(rows, chips);
        totalArea(rows);
        rows.add(new CostRow(
                point,
                CostRow.PROGRAMMING,
                "write_pulses",
                "",
                mean(chips, chip -> chip.costs().writePulses())));
        rows.add(new CostRow(
                point,
                CostRow.PROGRAMMING,
                "write_energy",
                "pJ",
                mean(chips, chip -> chip.costs().writePicojoules())));
        rows.add(new CostRow(
                point,
                CostRow.PROGRAMMING,
                "write_time",
                "ns",
                mean(chips, chip -> chip.costs().writeNanoseconds())));
        leftOut.ifPresent(own -> {
            leftOut(rows, "tiles", own.tiles());
            leftOut(rows, "cells", own.cells());
            leftOut(rows, "columns", own.columns());
            leftOut(rows, "rows", own.rows());
            leftOut(rows, "outputs", own.outputs());
        });
        publishedTools(rows, chips);
        return rows;
    }

    private void leftOut(List<CostRow> rows, String quantity, LeftOut.Share share) {
        rows.add(new CostRow(point, CostRow.SPARSE_MAPPING, quantity, "", share.there()));
        rows.add(new CostRow(point, CostRow.SPARSE_MAPPING, quantity + "_with_all_weights", "", share.whole()));
    }

    /** Not a number where no spike met a weight that is not 0. */
    private static double perOperation(ChipResult chip) {
        double operations = chip.synapticOpsPerInference();
        return operations == 0 ? Double.NaN : chip.energyPicojoules() / operations;
    }

    private void publishedTools(List<CostRow> rows, List<ChipResult> chips) {
        long[] running = chips.getFirst().running();
        costing.spikeSim(running).ifPresent(tool -> {
            rows.add(new CostRow(point, CostRow.SPIKESIM, "spikesim_energy", "pJ", tool.energyPicojoules()));
            rows.add(new CostRow(point, CostRow.SPIKESIM, "spikesim_latency", "ns", tool.latencyNanoseconds()));
            rows.add(new CostRow(
                    point,
                    CostRow.SPIKESIM,
                    "spikesim_area",
                    "mm2",
                    tool.totalUm2() / SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE));
        });
        double rate = mean(chips, this::spikeRate);
        if (!Double.isNaN(rate)) {
            costing.sata(running, rate).ifPresent(tool -> {
                rows.add(new CostRow(point, CostRow.SATA, "sata_compute_energy", "pJ", tool.computePicojoules()));
                rows.add(new CostRow(point, CostRow.SATA, "sata_memory_energy", "pJ", tool.memoryPicojoules()));
            });
        }
    }

    private void arithmetic(List<CostRow> rows, List<ChipResult> chips) {
        List<ArithmeticOperations> operations = chips.stream()
                .map(chip -> costing.operations(chip.activity(), chip.running()))
                .toList();
        for (OperationPrices prices : OperationPrices.all()) {
            String name = prices.name().replace('-', '_');
            rows.add(arithmetic("ann_" + name, operations, own -> prices.picojoules(own.annMacs(), 0)));
            rows.add(arithmetic("snn_" + name, operations, own -> prices.picojoules(own.macs(), own.acs())));
            rows.add(arithmetic(
                    "snn_estimated_from_rates_" + name,
                    operations,
                    own -> prices.picojoules(own.macs(), own.estimatedAcs())));
        }
    }

    private CostRow arithmetic(
            String quantity, List<ArithmeticOperations> all, ToDoubleFunction<ArithmeticOperations> picojoules) {
        double mean = all.stream().mapToDouble(picojoules).average().orElseThrow();
        return new CostRow(point, CostRow.ARITHMETIC, quantity, "pJ", mean);
    }

    private void totalArea(List<CostRow> rows) {
        if (cost.model().area().isEmpty()) {
            return;
        }
        double parts =
                area().stream().mapToDouble(AreaRow::areaSquareMicrometres).sum();
        double whitespace = cost.settings().whitespace();
        rows.add(new CostRow(point, CostRow.AREA, "parts", "mm2", parts / SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE));
        rows.add(new CostRow(
                point, CostRow.AREA, "chip", "mm2", whitespace * parts / SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE));
    }

    private CostRow energy(String quantity, double picojoules) {
        return new CostRow(point, CostRow.ENERGY, quantity, "pJ", picojoules);
    }

    private CostRow latency(String quantity, double nanoseconds) {
        return new CostRow(point, CostRow.LATENCY, quantity, "ns", nanoseconds);
    }

    /** Spikes per neuron and step of all neurons together. */
    private double spikeRate(ChipResult chip) {
        long neurons = costing.design().network().nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .mapToLong(node -> node.out().size())
                .sum();
        return neurons == 0 ? Double.NaN : chip.spikesPerInference() / neurons / chip.stepsUsed();
    }

    private static double mean(List<ChipResult> chips, ToDoubleFunction<ChipResult> value) {
        return chips.stream().mapToDouble(value).average().orElseThrow();
    }

    /** Area by layer and component; no row for a profile that describes no chip. */
    List<AreaRow> area() {
        List<AreaRow> rows = new ArrayList<>();
        cost.model()
                .area()
                .ifPresent(table -> parts().forEach((layer, counts) -> {
                    AreaBreakdown area = table.area(counts, cost.model().widths());
                    for (AreaLine line : area.lines()) {
                        rows.add(new AreaRow(
                                point,
                                layer,
                                line.component().id(),
                                line.count(),
                                line.squareMicrometres(),
                                Integer.toString(line.origin().nodeNanometres()),
                                yesOrNo(line.origin().scaled() || line.derivation() != Derivation.TABLE),
                                line.origin().source()));
                    }
                }));
        return rows;
    }

    /** Components whose area the table does not know. */
    TreeSet<String> unknownAreas() {
        TreeSet<String> unknown = new TreeSet<>();
        cost.model()
                .area()
                .ifPresent(table -> parts().values()
                        .forEach(counts -> table.area(counts, cost.model().widths())
                                .unknown()
                                .forEach(component -> unknown.add(component.id()))));
        return unknown;
    }

    private Map<String, Map<AreaComponent, Double>> parts() {
        Map<String, Map<AreaComponent, Double>> parts = new LinkedHashMap<>();
        costing.parts().forEach((node, counts) -> {
            Map<AreaComponent, Double> layer = parts.computeIfAbsent(layerOfNode.get(node), name -> new TreeMap<>());
            counts.forEach((component, count) -> layer.merge(component, count, Double::sum));
        });
        return parts;
    }

    /** Technology node of a price, in words. */
    static String node(OptionalInt nanometres) {
        return nanometres.isPresent() ? Integer.toString(nanometres.getAsInt()) : UNSTATED;
    }

    /** Whether a price was scaled from another node or width, in words. */
    static String scaled(UnitEnergy unit) {
        return yesOrNo(isScaled(unit));
    }

    /** Technology nodes of all prices above 0, in words. */
    static String nodes(List<EnergyLine> lines) {
        LinkedHashSet<String> nodes = new LinkedHashSet<>();
        for (EnergyLine line : lines) {
            if (line.unit().picojoules() > 0) {
                nodes.add(node(line.unit().nodeNanometres()));
            }
        }
        return String.join("+", nodes);
    }

    /** Whether all, some or none of the prices above 0 were scaled, in words. */
    static String scaled(List<EnergyLine> lines) {
        long priced =
                lines.stream().filter(line -> line.unit().picojoules() > 0).count();
        long scaled = lines.stream()
                .filter(line -> line.unit().picojoules() > 0 && isScaled(line.unit()))
                .count();
        return scaled == 0 ? "no" : scaled == priced ? "yes" : "partly";
    }

    private static boolean isScaled(UnitEnergy unit) {
        return unit.origin().scaled() || unit.derivation() != Derivation.TABLE;
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static String word(Derivation derivation) {
        return derivation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
