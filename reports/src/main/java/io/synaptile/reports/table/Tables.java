/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.ArrayList;
import java.util.List;

/** The tables of a run folder. Order and names of these columns are a contract with users' scripts. */
public final class Tables {
    /** One row per design point and chip instance. */
    public static final Table<ResultRow> RESULTS = new Table<>(
            "results.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), ResultRow::point),
                    new Column<>(Metric.integer("instance", "Instance"), ResultRow::instance),
                    new Column<>(Metric.integer("seed", "Seed"), ResultRow::seed),
                    new Column<>(Metric.integer("time_steps", "Time steps"), ResultRow::timeSteps),
                    new Column<>(Metric.decimal("accuracy_percent", "Accuracy", "%"), ResultRow::accuracyPercent),
                    new Column<>(
                            Metric.decimal("software_accuracy_percent", "Software accuracy", "%"),
                            ResultRow::softwareAccuracyPercent),
                    new Column<>(
                            Metric.decimal("spikes_per_inference", "Spikes per inference", ""),
                            ResultRow::spikesPerInference),
                    new Column<>(
                            Metric.decimal("synaptic_ops_per_inference", "Synaptic operations per inference", ""),
                            ResultRow::synapticOpsPerInference),
                    new Column<>(Metric.decimal("energy_pJ", "Energy", "pJ"), ResultRow::energyPicojoules),
                    new Column<>(
                            Metric.decimal("chip_latency_ns", "Chip latency", "ns"), ResultRow::chipLatencyNanoseconds),
                    new Column<>(Metric.integer("tiles", "Tiles"), ResultRow::tiles),
                    new Column<>(
                            Metric.decimal("tile_utilisation_percent", "Tile utilisation", "%"),
                            ResultRow::tileUtilisationPercent),
                    new Column<>(Metric.decimal("time_steps_used", "Time steps used", ""), ResultRow::timeStepsUsed),
                    new Column<>(Metric.integer("images", "Images"), ResultRow::images)));

    /** One row per design point. */
    public static final Table<SummaryRow> SUMMARY = new Table<>(
            "summary.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), SummaryRow::point),
                    new Column<>(Metric.integer("instances", "Instances"), SummaryRow::instances),
                    new Column<>(
                            Metric.decimal("accuracy_mean_percent", "Accuracy, mean", "%"),
                            SummaryRow::accuracyMeanPercent),
                    new Column<>(
                            Metric.decimal("accuracy_sd_percent", "Accuracy, sd", "%"), SummaryRow::accuracySdPercent),
                    new Column<>(
                            Metric.decimal("accuracy_min_percent", "Accuracy, min", "%"),
                            SummaryRow::accuracyMinPercent),
                    new Column<>(
                            Metric.decimal("accuracy_ci95_percent", "Accuracy, 95 % interval \u00b1", "%"),
                            SummaryRow::accuracyCi95Percent),
                    new Column<>(
                            Metric.decimal("energy_mean_pJ", "Energy, mean", "pJ"), SummaryRow::energyMeanPicojoules),
                    new Column<>(Metric.decimal("spikes_mean", "Spikes, mean", ""), SummaryRow::spikesMean),
                    new Column<>(Metric.decimal("storage_bits", "Storage", "bits"), SummaryRow::storageBits),
                    new Column<>(
                            Metric.decimal("time_steps_used_mean", "Time steps used, mean", ""),
                            SummaryRow::timeStepsUsedMean),
                    new Column<>(
                            Metric.decimal("yield_at_percent", "Accuracy needed", "%"), SummaryRow::yieldAtPercent),
                    new Column<>(Metric.decimal("yield_percent", "Yield", "%"), SummaryRow::yieldPercent),
                    new Column<>(
                            Metric.decimal("leakage_mean_pJ", "Leakage, mean", "pJ"),
                            row -> row.leakage().meanPicojoules()),
                    new Column<>(
                            Metric.text("leakage_counted", "Leakage in the energy"),
                            row -> row.leakage().counted().word()),
                    new Column<>(
                            Metric.decimal("age_s", "Age", "s"),
                            row -> row.conditions().ageSeconds()),
                    new Column<>(
                            Metric.decimal("temperature_K", "Temperature", "K"),
                            row -> row.conditions().kelvin())));

    /** One row per design point and time step, as if every sample stopped after it. */
    public static final Table<StepRow> STEPS = new Table<>(
            "steps.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), StepRow::point),
                    new Column<>(Metric.integer("time_step", "Time step"), StepRow::timeStep),
                    new Column<>(
                            Metric.decimal("accuracy_mean_percent", "Accuracy, mean", "%"),
                            StepRow::accuracyMeanPercent),
                    new Column<>(
                            Metric.decimal("energy_mean_pJ", "Energy, mean", "pJ"), StepRow::energyMeanPicojoules)));

    /** One row per design point and layer. */
    public static final Table<LayerRow> LAYERS = new Table<>(
            "layers.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), LayerRow::point),
                    new Column<>(Metric.text("layer", "Layer"), LayerRow::layer),
                    new Column<>(Metric.text("kind", "Kind"), LayerRow::kind),
                    new Column<>(
                            Metric.decimal("spikes_per_inference", "Spikes per inference", ""),
                            LayerRow::spikesPerInference),
                    new Column<>(
                            Metric.decimal("spike_rate", "Spike rate", "per neuron and step"), LayerRow::spikeRate),
                    new Column<>(
                            Metric.decimal("synaptic_ops_per_inference", "Synaptic operations per inference", ""),
                            LayerRow::synapticOpsPerInference),
                    new Column<>(Metric.integer("tiles", "Tiles"), LayerRow::tiles),
                    new Column<>(
                            Metric.decimal("utilisation_percent", "Utilisation", "%"), LayerRow::utilisationPercent),
                    new Column<>(Metric.decimal("energy_pJ", "Energy", "pJ"), LayerRow::energyPicojoules),
                    new Column<>(Metric.decimal("storage_bits", "Storage", "bits"), LayerRow::storageBits),
                    new Column<>(
                            Metric.decimal("sram_storage_bits", "SRAM storage", "bits"), LayerRow::sramStorageBits),
                    new Column<>(
                            Metric.decimal("sram_element_sparsity_percent", "SRAM words of 0", "%"),
                            LayerRow::sramElementSparsityPercent),
                    new Column<>(
                            Metric.decimal("sram_group_sparsity_percent", "SRAM groups pruned", "%"),
                            LayerRow::sramGroupSparsityPercent),
                    new Column<>(Metric.decimal("hops_per_event", "Hops per event", ""), LayerRow::hopsPerEvent),
                    new Column<>(Metric.integer("silent_instances", "Silent on instances"), LayerRow::silentInstances),
                    new Column<>(
                            Metric.integer("saturated_instances", "Saturated on instances"),
                            LayerRow::saturatedInstances)));

    /** One row per design point, layer and component. */
    public static final Table<EnergyRow> ENERGY = new Table<>(
            "energy.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), EnergyRow::point),
                    new Column<>(Metric.text("layer", "Layer"), EnergyRow::layer),
                    new Column<>(Metric.text("component", "Component"), EnergyRow::component),
                    new Column<>(Metric.decimal("energy_pJ", "Energy", "pJ"), EnergyRow::energyPicojoules),
                    new Column<>(Metric.text("node_nm", "Node"), EnergyRow::node),
                    new Column<>(Metric.text("scaled", "Scaled"), EnergyRow::scaled)));

    /** One row per design point, layer and event: every product that the energies are sums of. */
    public static final Table<EnergyEventRow> ENERGY_EVENTS = new Table<>(
            "energy_events.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), EnergyEventRow::point),
                    new Column<>(Metric.text("layer", "Layer"), EnergyEventRow::layer),
                    new Column<>(Metric.text("component", "Component"), EnergyEventRow::component),
                    new Column<>(Metric.text("event", "Event"), EnergyEventRow::event),
                    new Column<>(Metric.decimal("count", "Count", ""), EnergyEventRow::count),
                    new Column<>(
                            Metric.decimal("unit_energy_pJ", "Energy of one", "pJ"), EnergyEventRow::unitPicojoules),
                    new Column<>(Metric.decimal("energy_pJ", "Energy", "pJ"), EnergyEventRow::energyPicojoules),
                    new Column<>(Metric.text("node_nm", "Node"), EnergyEventRow::node),
                    new Column<>(Metric.text("scaled", "Scaled"), EnergyEventRow::scaled),
                    new Column<>(Metric.text("derivation", "Derivation"), EnergyEventRow::derivation),
                    new Column<>(Metric.text("source", "Source"), EnergyEventRow::source)));

    /** Figures of cost of each design point: latency modes, artificial network, arithmetic metrics, area, programming. */
    public static final Table<CostRow> COST = new Table<>(
            "cost.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), CostRow::point),
                    new Column<>(Metric.text("group", "Group"), CostRow::group),
                    new Column<>(Metric.text("quantity", "Quantity"), CostRow::quantity),
                    new Column<>(Metric.text("unit", "Unit"), CostRow::unit),
                    new Column<>(Metric.decimal("value", "Value", ""), CostRow::value)));

    /** One row per design point, layer and component. */
    public static final Table<AreaRow> AREA = new Table<>(
            "area.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), AreaRow::point),
                    new Column<>(Metric.text("layer", "Layer"), AreaRow::layer),
                    new Column<>(Metric.text("component", "Component"), AreaRow::component),
                    new Column<>(Metric.decimal("count", "Count", ""), AreaRow::count),
                    new Column<>(Metric.decimal("area_um2", "Area", "\u00b5m\u00b2"), AreaRow::areaSquareMicrometres),
                    new Column<>(Metric.text("node_nm", "Node"), AreaRow::node),
                    new Column<>(Metric.text("scaled", "Scaled"), AreaRow::scaled),
                    new Column<>(Metric.text("source", "Source"), AreaRow::source)));

    /** One row per design point and tile. */
    public static final Table<TileRow> TILES = new Table<>(
            "tiles.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), TileRow::point),
                    new Column<>(Metric.text("layer", "Layer"), TileRow::layer),
                    new Column<>(Metric.integer("tile", "Tile"), TileRow::tile),
                    new Column<>(Metric.integer("row_tile", "Row tile"), TileRow::rowTile),
                    new Column<>(Metric.integer("column_tile", "Column tile"), TileRow::columnTile),
                    new Column<>(Metric.integer("rows", "Rows"), TileRow::rows),
                    new Column<>(Metric.integer("columns", "Columns"), TileRow::columns),
                    new Column<>(Metric.integer("cells_used", "Cells used"), TileRow::cellsUsed),
                    new Column<>(Metric.text("memory", "Memory"), TileRow::memory),
                    new Column<>(Metric.integer("copy", "Copy"), TileRow::copy),
                    new Column<>(Metric.integer("pe", "Processing element"), TileRow::pe),
                    new Column<>(Metric.integer("chip_tile", "Chip tile"), TileRow::chipTile),
                    new Column<>(Metric.integer("mesh_x", "Mesh column"), TileRow::meshX),
                    new Column<>(Metric.integer("mesh_y", "Mesh row"), TileRow::meshY),
                    new Column<>(
                            Metric.decimal("utilisation_percent", "Utilisation", "%"), TileRow::utilisationPercent)));

    /** One row per design point and chip tile. */
    public static final Table<ChipTileRow> CHIP = new Table<>(
            "chip.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), ChipTileRow::point),
                    new Column<>(Metric.integer("chip_tile", "Chip tile"), ChipTileRow::chipTile),
                    new Column<>(Metric.integer("mesh_x", "Mesh column"), ChipTileRow::meshX),
                    new Column<>(Metric.integer("mesh_y", "Mesh row"), ChipTileRow::meshY),
                    new Column<>(Metric.integer("mesh_columns", "Mesh columns"), ChipTileRow::meshColumns),
                    new Column<>(Metric.integer("mesh_rows", "Mesh rows"), ChipTileRow::meshRows),
                    new Column<>(Metric.text("layers", "Layers"), ChipTileRow::layers),
                    new Column<>(Metric.integer("arrays", "Arrays"), ChipTileRow::arrays),
                    new Column<>(Metric.integer("arrays_there", "Arrays there"), ChipTileRow::arraysThere),
                    new Column<>(Metric.integer("cells_used", "Cells used"), ChipTileRow::cellsUsed),
                    new Column<>(
                            Metric.decimal("utilisation_percent", "Utilisation", "%"),
                            ChipTileRow::utilisationPercent)));

    /** One row per used cell of one tile. */
    public static final Table<CellRow> CELLS = new Table<>(
            "cells.csv",
            List.of(
                    new Column<>(Metric.integer("row", "Row"), CellRow::row),
                    new Column<>(Metric.integer("column", "Column"), CellRow::column),
                    new Column<>(Metric.decimal("target_uS", "Target", "\u00b5S"), CellRow::targetMicrosiemens),
                    new Column<>(
                            Metric.decimal("programmed_uS", "Programmed", "\u00b5S"), CellRow::programmedMicrosiemens),
                    new Column<>(Metric.decimal("aged_uS", "Aged", "\u00b5S"), CellRow::agedMicrosiemens),
                    new Column<>(Metric.integer("fault", "Fault"), CellRow::fault)));

    /** Algorithmic metrics of each design point under their NeuroBench names. */
    public static final Table<MetricRow> METRICS = new Table<>(
            "metrics.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), MetricRow::point),
                    new Column<>(Metric.text("metric", "Metric"), MetricRow::metric),
                    new Column<>(Metric.text("unit", "Unit"), MetricRow::unit),
                    new Column<>(Metric.decimal("value", "Value", ""), MetricRow::value)));

    /** The only table with host times, which do not repeat. */
    public static final Table<LatencyRow> LATENCY = new Table<>(
            "latency.csv",
            List.of(
                    new Column<>(Metric.integer("point", "Point"), LatencyRow::point),
                    new Column<>(Metric.text("kind", "Kind"), LatencyRow::kind),
                    new Column<>(Metric.text("statistic", "Statistic"), LatencyRow::statistic),
                    new Column<>(Metric.decimal("value", "Value", ""), LatencyRow::value)));

    /** The tables of a run folder whose columns are always the same. */
    public static List<Table<?>> ofRuns() {
        return List.of(
                RESULTS, SUMMARY, STEPS, LAYERS, ENERGY, ENERGY_EVENTS, COST, AREA, TILES, CHIP, METRICS, LATENCY);
    }

    private Tables() {}

    /** Point numbers and one column per swept key. */
    public static Table<PointRow> points(List<String> sweptKeys) {
        List<Column<PointRow>> columns = new ArrayList<>();
        columns.add(new Column<>(Metric.integer("point", "Point"), PointRow::point));
        for (int i = 0; i < sweptKeys.size(); i++) {
            int index = i;
            columns.add(new Column<>(
                    Metric.text(sweptKeys.get(i), sweptKeys.get(i)),
                    row -> row.values().get(index)));
        }
        return new Table<>("points.csv", columns);
    }
}
