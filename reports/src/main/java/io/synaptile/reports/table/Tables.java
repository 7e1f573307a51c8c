/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.ArrayList;
import java.util.List;

/** The tables of a run folder. Order and names of these columns are a contract with users' scripts. */
public final class Tables {
    /** One row per design point and chip instance. */
    public static final Table<ResultRow> RESULTS =
            Table.of(ResultRow.class, "results.csv", "design point and chip instance");

    /** One row per design point. */
    public static final Table<SummaryRow> SUMMARY = Table.of(SummaryRow.class, "summary.csv", "design point");

    /** One row per design point and time step, as if every image stopped after it. */
    public static final Table<StepRow> STEPS =
            Table.of(StepRow.class, "steps.csv", "design point and time step, as if every image stopped after it");

    /** One row per design point and layer. */
    public static final Table<LayerRow> LAYERS = Table.of(LayerRow.class, "layers.csv", "design point and layer");

    /** One row per design point, layer and component. */
    public static final Table<EnergyRow> ENERGY =
            Table.of(EnergyRow.class, "energy.csv", "design point, layer and component");

    /** One row per design point, layer and event: every product that the energies are sums of. */
    public static final Table<EnergyEventRow> ENERGY_EVENTS = Table.of(
            EnergyEventRow.class,
            "energy_events.csv",
            "design point, layer and event: every product that the energies are sums of");

    /** One row per design point and figure of cost: latency modes, artificial network, arithmetic metrics, area, programming. */
    public static final Table<CostRow> COST = Table.of(
            CostRow.class,
            "cost.csv",
            "design point and figure of cost: latency modes, artificial network, arithmetic metrics, area, programming");

    /** One row per design point, layer and component. */
    public static final Table<AreaRow> AREA = Table.of(AreaRow.class, "area.csv", "design point, layer and component");

    /** One row per design point and tile. */
    public static final Table<TileRow> TILES = Table.of(TileRow.class, "tiles.csv", "design point and tile");

    /** One row per design point and chip tile. */
    public static final Table<ChipTileRow> CHIP = Table.of(ChipTileRow.class, "chip.csv", "design point and chip tile");

    /** One row per used cell of one tile. */
    public static final Table<CellRow> CELLS = Table.of(CellRow.class, "cells.csv", "used cell of one tile");

    /** One row per design point and algorithmic metric, under its NeuroBench name. */
    public static final Table<MetricRow> METRICS =
            Table.of(MetricRow.class, "metrics.csv", "design point and algorithmic metric, under its NeuroBench name");

    /** One row per design point and latency of chip and host; the only table with host times, which do not repeat. */
    public static final Table<LatencyRow> LATENCY = Table.of(
            LatencyRow.class,
            "latency.csv",
            "design point and latency of chip and host; the only table with host times, which do not repeat");

    /** One row per design point, seed and epoch. */
    public static final Table<TrainingRow> TRAINING =
            Table.of(TrainingRow.class, "training.csv", "design point, seed of the training and epoch");

    /** One row per design point, seed, epoch and parameter or layer of neurons. */
    public static final Table<TrainingLayerRow> TRAINING_LAYERS = Table.of(
            TrainingLayerRow.class,
            "training_layers.csv",
            "design point, seed of the training, epoch and parameter or layer of neurons");

    /** One row per design point and training, where there are several that differ by their seed. */
    public static final Table<SeedRow> SEEDS = Table.of(
            SeedRow.class, "seeds.csv", "design point and training, where there are several that differ by their seed");

    /** One row per design point, seed, saved model and time step of a converted network. */
    public static final Table<ConversionRow> CONVERSION = Table.of(
            ConversionRow.class,
            "conversion.csv",
            "design point, seed, model and time step, where an artificial network was converted; without hardware");

    /** One row per design point, seed, layer and time step of a converted network. */
    public static final Table<ConversionLayerRow> CONVERSION_LAYERS = Table.of(
            ConversionLayerRow.class,
            "conversion_layers.csv",
            "design point, seed, layer and time step, where an artificial network was converted; without hardware");

    /** One row per design point, seed and look at the validation images in the second stage of a training with rate norms. */
    public static final Table<RateNormRow> RATE_NORM = Table.of(
            RateNormRow.class,
            "rate_norm.csv",
            "design point, seed and look at the validation images in the second stage of a training with rate norms");

    /** One row per candidate and amount of programming variation, of a comparison. */
    public static final Table<ComparisonRow> COMPARISON = Table.of(
            ComparisonRow.class, "comparison.csv", "candidate and amount of programming variation, of a comparison");

    /** One row per candidate of a comparison; host times, which do not repeat. */
    public static final Table<ComparisonHostRow> COMPARISON_HOST = Table.of(
            ComparisonHostRow.class,
            "comparison_host.csv",
            "candidate of a comparison: time and memory of the host, which do not repeat");

    /** The tables of a run folder whose columns are always the same: what writes, reads, joins and shows tables goes through these. */
    public static List<Table<?>> ofRuns() {
        return List.of(
                RESULTS,
                SUMMARY,
                STEPS,
                LAYERS,
                ENERGY,
                ENERGY_EVENTS,
                COST,
                AREA,
                TILES,
                CHIP,
                METRICS,
                LATENCY,
                TRAINING,
                TRAINING_LAYERS,
                SEEDS,
                CONVERSION,
                CONVERSION_LAYERS,
                RATE_NORM);
    }

    /**
     * Those that training writes. Run folders of the first versions do not have them, and where there is one training there is
     * no {@link #SEEDS}; the last three are there where an artificial network was converted.
     */
    public static List<Table<?>> ofTraining() {
        return List.of(TRAINING, TRAINING_LAYERS, SEEDS, CONVERSION, CONVERSION_LAYERS, RATE_NORM);
    }

    /** Whether a run may have no rows of a table: hardware may be one that nothing is known of. */
    public static boolean mayBeEmpty(Table<?> table) {
        return table == ENERGY
                || table == ENERGY_EVENTS
                || table == AREA
                || ofTraining().contains(table);
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
        return new Table<>("points.csv", "design point, with a column per swept key", columns);
    }
}
