/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyComponent;
import io.synaptile.devices.cost.EnergyLine;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.mapping.tile.BranchSums;
import io.synaptile.mapping.tile.ChipPlacement;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.LeftOut;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.reports.latency.LatencyHistogram;
import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LatencyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.MetricRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.TileRow;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Rows of the run folder's tables for one design point. A neuron layer is reported with the synapses that feed it, under
 * their name.
 */
final class RunTables {
    private static final double PERCENT = 100;

    private final int point;
    private final ChipDesign design;
    private final Encoder encoder;

    RunTables(int point, ChipDesign design, Encoder encoder) {
        this.point = point;
        this.design = design;
        this.encoder = encoder;
    }

    List<ResultRow> results(List<ChipResult> chips, long seed, double softwareAccuracyPercent) {
        List<ResultRow> rows = new ArrayList<>();
        for (ChipResult chip : chips) {
            rows.add(new ResultRow(
                    point,
                    chip.instance(),
                    seed,
                    chip.activity()[0].timeSteps(),
                    chip.accuracyPercent(),
                    softwareAccuracyPercent,
                    chip.spikesPerInference(),
                    chip.synapticOpsPerInference(),
                    chip.energyPicojoules(),
                    chip.chipLatencyNanoseconds(),
                    design.tiles().tiles(),
                    PERCENT * design.tiles().utilisation(),
                    chip.stepsUsed(),
                    chip.samples()));
        }
        return rows;
    }

    /** Accuracy and energy after every step, whether or not images stop there. */
    List<StepRow> steps(List<ChipResult> chips) {
        List<StepRow> rows = new ArrayList<>();
        for (int t = 0; t < chips.getFirst().steps().size(); t++) {
            int step = t;
            rows.add(new StepRow(
                    point,
                    step + 1,
                    mean(chips, chip -> chip.steps().get(step).accuracyPercent()),
                    mean(chips, chip -> chip.steps().get(step).energyPicojoules())));
        }
        return rows;
    }

    private static double mean(List<ChipResult> chips, ToDoubleFunction<ChipResult> value) {
        return Statistics.of(chips.stream().mapToDouble(value).toArray()).mean();
    }

    /** NeuroBench metrics of the deployed network, mean over the chips. */
    List<MetricRow> metrics(List<ChipResult> chips, ChipCosting costing) {
        List<NeuroBenchMetrics> all = chips.stream()
                .map(chip -> costing.metrics(chip.activity(), chip.running()))
                .toList();
        return List.of(
                metric("footprint", "bytes", all, NeuroBenchMetrics::footprintBytes),
                metric("connection_sparsity", "", all, NeuroBenchMetrics::connectionSparsity),
                metric("activation_sparsity", "", all, NeuroBenchMetrics::activationSparsity),
                metric("synops_dense", "per inference", all, NeuroBenchMetrics::synopsDense),
                metric("synops_eff_macs", "per inference", all, NeuroBenchMetrics::effMacs),
                metric("synops_eff_acs", "per inference", all, NeuroBenchMetrics::effAcs));
    }

    private MetricRow metric(
            String name, String unit, List<NeuroBenchMetrics> all, ToDoubleFunction<NeuroBenchMetrics> value) {
        return new MetricRow(
                point, name, unit, all.stream().mapToDouble(value).average().orElseThrow());
    }

    List<LayerRow> layers(List<ChipResult> chips) {
        List<LayerRow> rows = new ArrayList<>();
        groups().forEach((name, nodes) -> rows.add(layer(name, nodes, chips)));
        return rows;
    }

    List<EnergyRow> energy(List<ChipResult> chips) {
        List<EnergyRow> rows = new ArrayList<>();
        groups().forEach((name, nodes) -> {
            for (EnergyComponent component : EnergyComponent.values()) {
                double sum = 0;
                List<EnergyLine> lines = new ArrayList<>();
                for (ChipResult chip : chips) {
                    for (Network.Node node : nodes) {
                        EnergyBreakdown own = chip.energy().get(node.id());
                        if (own != null) {
                            sum += own.of(component);
                            lines.addAll(own.linesOf(component));
                        }
                    }
                }
                if (sum > 0) {
                    rows.add(new EnergyRow(
                            point,
                            name,
                            component.id(),
                            sum / chips.size(),
                            CostTables.nodes(lines),
                            CostTables.scaled(lines)));
                }
            }
        });
        return rows;
    }

    List<TileRow> tiles() {
        List<TileRow> rows = new ArrayList<>();
        for (LayerTiles layer : design.tiles().layers()) {
            String memory = design.cells(layer.layer()).codec().digital() ? TileRow.SRAM : TileRow.CROSSBAR;
            for (int copy = 0; copy < layer.copies(); copy++) {
                List<ChipPlacement.Place> places = design.tiles().placement().placesOf(layer.layer(), copy);
                List<TileAssignment> tiles = layer.assignments(copy);
                for (int i = 0; i < tiles.size(); i++) {
                    int columns = tiles.get(i).outputs() * layer.columnsPerWeight() + layer.columnsPerTile();
                    rows.add(tile(
                            layer.name(),
                            rows.size(),
                            tiles.get(i),
                            columns,
                            memory,
                            places.get(i),
                            layer.cellsPerTile()));
                }
                SramBranch sram = design.sram().get(layer.layer());
                if (sram != null) {
                    for (TileAssignment macro : design.macros(layer.layer()).assignments()) {
                        int columns = macro.outputs() * sram.bitsPerWord();
                        double words =
                                (double) layer.tile().rows() * layer.tile().columns();
                        rows.add(tile(
                                layer.name(), rows.size(), macro, columns, TileRow.SRAM, places.getFirst(), words));
                    }
                }
            }
        }
        return rows;
    }

    /** Chip tiles with what they hold. */
    List<ChipTileRow> chip() {
        ChipPlacement placement = design.tiles().placement();
        Map<Integer, OnChipTile> held = new TreeMap<>();
        for (LayerTiles layer : design.tiles().layers()) {
            for (int copy = 0; copy < layer.copies(); copy++) {
                List<ChipPlacement.Place> places = placement.placesOf(layer.layer(), copy);
                List<TileAssignment> tiles = layer.assignments(copy);
                for (int i = 0; i < tiles.size(); i++) {
                    held.computeIfAbsent(places.get(i).tile(), _ -> new OnChipTile())
                            .add(layer, tiles.get(i).cellsUsed());
                }
            }
        }
        ChipSpec.Room chip = design.hardware().chip().room();
        long limit = (long) chip.arraysPerPe() * chip.pesPerTile();
        double crossingsOfArray = (double) design.hardware().tile().rows()
                * design.hardware().tile().columns();
        List<ChipTileRow> rows = new ArrayList<>();
        held.forEach((tile, own) -> {
            long there = limit > 0 ? limit : own.arrays;
            rows.add(new ChipTileRow(
                    point,
                    tile,
                    placement.x(tile),
                    placement.y(tile),
                    placement.meshX(),
                    placement.meshY(),
                    String.join(" ", own.layers),
                    own.arrays,
                    there,
                    own.cells,
                    PERCENT * own.crossings / (there * crossingsOfArray)));
        });
        return rows;
    }

    /** Arrays of one chip tile. */
    private static final class OnChipTile {
        private final Set<String> layers = new LinkedHashSet<>();
        private int arrays;
        private long cells;
        private long crossings;

        void add(LayerTiles layer, long cellsUsed) {
            layers.add(layer.name());
            arrays++;
            cells += cellsUsed;
            crossings += cellsUsed / layer.cellsPerColumn();
        }
    }

    private TileRow tile(
            String layer,
            int number,
            TileAssignment tile,
            int columns,
            String memory,
            ChipPlacement.Place place,
            double cells) {
        ChipPlacement chip = design.tiles().placement();
        return new TileRow(
                point,
                layer,
                number,
                tile.array().rowTile(),
                tile.array().columnTile(),
                tile.rows(),
                columns,
                tile.cellsUsed(),
                memory,
                place.array().copy(),
                place.pe(),
                place.tile(),
                chip.x(place.tile()),
                chip.y(place.tile()),
                PERCENT * tile.cellsUsed() / cells);
    }

    /** What tiles leave out; empty where they have all weights. */
    Optional<LeftOut> leftOut() {
        return design.hardware().chip().sparse() == SparseMapping.NONE
                ? Optional.empty()
                : Optional.of(LeftOut.of(design.tiles().layers()));
    }

    /** Bits that the memory of one chip holds. */
    double storageBits() {
        return design.network().synapses().stream()
                .mapToDouble(node -> design.storageBits(node.id()))
                .sum();
    }

    List<LatencyRow> latency(List<ChipResult> chips) {
        LatencyHistogram host = new LatencyHistogram(LatencyHistogram.Kind.HOST);
        LatencyHistogram simulated = new LatencyHistogram(LatencyHistogram.Kind.CHIP);
        for (ChipResult chip : chips) {
            for (long nanos : chip.hostNanos()) {
                host.record(nanos);
            }
            simulated.record(chip.chipLatencyNanoseconds());
        }
        List<LatencyRow> rows = new ArrayList<>(host.rows(point));
        rows.addAll(simulated.rows(point));
        return rows;
    }

    private LayerRow layer(String name, List<Network.Node> nodes, List<ChipResult> chips) {
        Network.Node first = nodes.getFirst();
        long neurons = nodes.stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .mapToLong(node -> node.out().size())
                .sum();
        double spikes = 0;
        double operations = 0;
        double energy = 0;
        int silent = 0;
        int saturated = 0;
        for (ChipResult chip : chips) {
            long fired = nodes.stream()
                    .mapToLong(node -> LayerCounts.spikes(chip.activity()[node.id()]))
                    .sum();
            silent += neurons > 0 && fired == 0 ? 1 : 0;
            saturated += neurons > 0 && fired == neurons * chip.imageSteps() ? 1 : 0;
            for (Network.Node node : nodes) {
                spikes += (double) LayerCounts.spikes(chip.activity()[node.id()]) / chip.samples();
                operations += (double) LayerCounts.synapticOps(chip.activity()[node.id()]) / chip.samples();
                EnergyBreakdown own = chip.energy().get(node.id());
                energy += own == null ? 0 : own.totalPicojoules();
            }
        }
        double timeSteps = mean(chips, ChipResult::stepsUsed);
        Optional<LayerTiles> tiles = design.tiles().layer(first.id());
        Optional<SramBranch> sram = Optional.ofNullable(design.sram().get(first.id()));
        return new LayerRow(
                point,
                name,
                kind(first.layer()),
                spikes / chips.size(),
                neurons == 0 ? Double.NaN : spikes / chips.size() / neurons / timeSteps,
                operations / chips.size(),
                tiles.map(layer -> layer.copies() * layer.tiles()).orElse(0),
                tiles.map(layer -> PERCENT * layer.utilisation()).orElse(Double.NaN),
                energy / chips.size(),
                first.isSynapse() ? design.storageBits(first.id()) : 0,
                sram.map(SramBranch::storageBits).map(Long::doubleValue).orElse(Double.NaN),
                sram.map(words -> PERCENT * words.elementSparsity()).orElse(Double.NaN),
                sram.map(words -> PERCENT * words.groupSparsity()).orElse(Double.NaN),
                first.isSynapse() ? design.tiles().placement().hopsPerEvent(first.id()) : Double.NaN,
                silent,
                saturated);
    }

    /** Name that a node is reported under, by node id. */
    Map<Integer, String> layerOfNode() {
        Map<Integer, String> names = new TreeMap<>();
        groups().forEach((name, nodes) -> nodes.forEach(node -> names.put(node.id(), name)));
        return names;
    }

    /** The same with the sums of branches for which the chip has adders. */
    private Map<String, List<Network.Node>> groups() {
        return groups(design.network(), node -> BranchSums.areAdded(design.network(), node, encoder));
    }

    /**
     * Synapse nodes with the biases, integrators and neurons they feed, by name of the first, in network order, of a network that is
     * on no hardware.
     */
    static Map<String, List<Network.Node>> groups(Network network) {
        return groups(network, _ -> false);
    }

    private static Map<String, List<Network.Node>> groups(Network network, Predicate<Network.Node> sums) {
        Map<String, List<Network.Node>> groups = new LinkedHashMap<>();
        for (Network.Node node : network.nodes()) {
            boolean counted = switch (node.layer()) {
                case Layer.Synapse _, Layer.Neuron _, Layer.Integrator _, Layer.Bias _ -> true;
                case Layer.Join _ -> sums.test(node);
                case Layer.Passing _, Layer.Activation _, Layer.StepNorm _, Layer.ReadOut _ -> false;
            };
            if (counted) {
                groups.computeIfAbsent(owner(network, node).name(), name -> new ArrayList<>())
                        .add(node);
            }
        }
        return groups;
    }

    /** The synapses whose current reaches a node; the node itself where several join. */
    private static Network.Node owner(Network network, Network.Node node) {
        Network.Node at = node;
        while (!at.isSynapse()) {
            int source = at.inputs().getFirst();
            if (at.inputs().size() > 1 || source == Network.INPUT) {
                return node;
            }
            at = network.node(source);
        }
        return at;
    }

    private static String kind(Layer layer) {
        return switch (layer) {
            case Layer.Conv2d _ -> "conv2d";
            case Layer.Dense _ -> "dense";
            case Layer.Neuron _ -> "neuron";
            case Layer.Bias _ -> "bias";
            case Layer.Integrator _ -> "integrator";
            case Layer.Join _ -> "sum";
            case Layer.Passing _, Layer.Activation _, Layer.StepNorm _, Layer.ReadOut _ ->
                throw new IllegalArgumentException("has no row of its own: " + layer);
        };
    }
}
