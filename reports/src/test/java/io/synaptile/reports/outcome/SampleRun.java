/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.latency.LatencyHistogram;
import io.synaptile.reports.table.AreaRow;
import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LatencyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TileRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up runs with the proportions of real ones; the numbers mean nothing. */
public final class SampleRun {
    private static final String[] LAYERS = {"conv1", "conv2", "fc1", "fc2"};
    private static final String[] COMPONENTS = {
        "row drivers", "cells", "adc", "column mux", "shift-add", "partial sums", "neurons", "buffers"
    };

    private static final List<CostRow> COSTS = List.of(
            new CostRow(0, CostRow.ENERGY, "snn", "pJ", 63542.125),
            new CostRow(0, CostRow.ENERGY, "quantised_ann", "pJ", 127084.25),
            new CostRow(0, CostRow.ENERGY, "break_even_spike_rate", "per neuron and step", 0.125),
            new CostRow(0, CostRow.LATENCY, "sequential", "ns", 1840),
            new CostRow(0, CostRow.LATENCY, "layer_pipeline", "ns", 920),
            new CostRow(0, CostRow.AREA, "chip", "mm2", 1.25));
    private static final List<AreaRow> AREAS = List.of(
            new AreaRow(0, "conv1", "cell", 4096, 6.25, "32", "no", "a source"),
            new AreaRow(0, "conv1", "adc", 8, 9600, "32", "yes", "a source"));

    private SampleRun() {}

    /** @param points number of design points */
    public static RunReport of(int points, int instances) {
        SplittableRandom random = new SplittableRandom(7);
        List<PointRow> pointRows = new ArrayList<>();
        List<ResultRow> results = new ArrayList<>();
        List<SummaryRow> summary = new ArrayList<>();
        List<StepRow> steps = new ArrayList<>();
        List<LayerRow> layers = new ArrayList<>();
        List<EnergyRow> energy = new ArrayList<>();
        List<TileRow> tiles = new ArrayList<>();
        List<ChipTileRow> chip = new ArrayList<>();
        List<LatencyRow> latency = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            pointRows.add(new PointRow(point, List.of(Integer.toString(4 + point), Double.toString(point * 0.5))));
            List<ResultRow> own = new ArrayList<>();
            for (int instance = 0; instance < instances; instance++) {
                double accuracy = Math.round((95.9 - point * 1.5 + random.nextGaussian() * 0.5) * 1797 / 100) / 17.97;
                own.add(new ResultRow(
                        point,
                        instance,
                        1000 + instance,
                        8,
                        accuracy,
                        97.273,
                        1534.25,
                        81234.5,
                        63542.125,
                        1840,
                        46,
                        61.7,
                        8,
                        1797));
            }
            results.addAll(own);
            summary.add(SummaryRow.of(own, 40_960, Double.NaN, Leakage.of(1_234, false), ChipConditions.FRESH));
            addSteps(point, summary.getLast(), steps);
            addLayers(point, random, layers, energy);
            addTiles(point, tiles);
            chip.add(new ChipTileRow(point, 0, 0, 0, 2, 2, "conv1 conv2", 19, 24, 60_000, 61.04));
            chip.add(new ChipTileRow(point, 1, 1, 0, 2, 2, "fc1 fc2", 18, 24, 30_000, 30.52));
            LatencyHistogram host = new LatencyHistogram(LatencyHistogram.Kind.HOST);
            for (int i = 0; i < 1000; i++) {
                host.record(250_000 * Math.exp(random.nextGaussian() * 0.3));
            }
            latency.addAll(host.rows(point));
        }
        return new RunReport(
                new RunReport.Subject(
                        "digits-rram",
                        "vgg5 at T = 8 on UCI optical digits, 4-bit RRAM on 64 x 64 tiles",
                        List.of(
                                new NetworkLayer("conv1", "conv 3x3", List.of(), "16x8x8", 144, 9, 9_216, 0, ""),
                                new NetworkLayer("lif1", "lif, leak 0.95", List.of("conv1"), "16x8x8", 0, 0, 0, 0, ""),
                                new NetworkLayer(
                                        "conv2", "conv 3x3", List.of("lif1"), "16x8x8", 2_304, 144, 147_456, 4, ""),
                                new NetworkLayer("add1", "add", List.of("conv2", "lif1"), "16x8x8", 0, 0, 0, 0, ""))),
                points > 1 ? List.of("hardware.readout.bits", "hardware.cell.programming.scale") : List.of(),
                points > 1 ? pointRows : List.of(),
                new TableSet.Builder()
                        .put(Tables.RESULTS, results)
                        .put(Tables.SUMMARY, summary)
                        .put(Tables.STEPS, steps)
                        .put(Tables.LAYERS, layers)
                        .put(Tables.ENERGY, energy)
                        .put(Tables.COST, COSTS)
                        .put(Tables.AREA, AREAS)
                        .put(Tables.TILES, tiles)
                        .put(Tables.CHIP, chip)
                        .put(Tables.LATENCY, latency)
                        .build(),
                new RunReport.TileShape(64, 64),
                List.of(
                        new RunReport.EnergySource("adc conversion, 4 bit", 2.03084, "SpikeSim <example>", "65", "no"),
                        new RunReport.EnergySource(
                                "neuron update, 16 bit",
                                0.1126,
                                "SATA: add, compare, 2 mux, register",
                                "unstated",
                                "yes")),
                List.of(
                        new RunReport.ManifestEntry("Run", "version", "0.1.0"),
                        new RunReport.ManifestEntry("Run", "seed", "1"),
                        new RunReport.ManifestEntry(
                                "Data",
                                "optdigits.tra.gz",
                                "3273a01fdf5de3baade88e85bc0057491dd425404ac58f87879824e19fd06502"),
                        new RunReport.ManifestEntry(
                                "Configuration", "effective", "name: digits-rram\nseed: 1\n</script>")),
                List.of("tiles of 64 x 64 are far from <others>"));
    }

    private static void addSteps(int point, SummaryRow all, List<StepRow> steps) {
        for (int t = 1; t <= 8; t++) {
            double accuracy = all.accuracyMeanPercent() * (1 - Math.pow(0.5, t)) / (1 - Math.pow(0.5, 8));
            steps.add(new StepRow(point, t, accuracy, all.energyMeanPicojoules() * t / 8));
        }
    }

    private static void addLayers(int point, SplittableRandom random, List<LayerRow> layers, List<EnergyRow> energy) {
        for (int i = 0; i < LAYERS.length; i++) {
            double sum = 0;
            for (String component : COMPONENTS) {
                double value = 9000.0 / (i + 1) * random.nextDouble() * (component.equals("adc") ? 4 : 0.6);
                energy.add(new EnergyRow(point, LAYERS[i], component, value, "65", "no"));
                sum += value;
            }
            boolean last = i == LAYERS.length - 1;
            layers.add(new LayerRow(
                    point,
                    LAYERS[i],
                    i < 2 ? "conv2d" : "dense",
                    last ? 0 : 900.0 / (i + 1),
                    last ? Double.NaN : 0.21 / (i + 1),
                    40_000.0 / (i + 1),
                    i == 0 ? 1 : 4 * i,
                    55 + 8 * i,
                    sum,
                    4096 * (i + 1),
                    i == 1 ? 1024 : Double.NaN,
                    i == 1 ? 12.5 : Double.NaN,
                    i == 1 ? 6.25 : Double.NaN,
                    1.5 * i,
                    0,
                    0));
        }
    }

    private static void addTiles(int point, List<TileRow> tiles) {
        int[][] grids = {{1, 1}, {9, 2}, {4, 4}, {2, 1}};
        int tile = 0;
        for (int layer = 0; layer < grids.length; layer++) {
            for (int r = 0; r < grids[layer][0]; r++) {
                for (int c = 0; c < grids[layer][1]; c++) {
                    int rows = r == grids[layer][0] - 1 ? 40 : 64;
                    int columns = c == grids[layer][1] - 1 ? 32 : 64;
                    tiles.add(new TileRow(
                            point,
                            LAYERS[layer],
                            tile++,
                            r,
                            c,
                            rows,
                            columns,
                            (long) rows * columns / (layer + 1),
                            layer == 2 ? TileRow.SRAM : TileRow.CROSSBAR,
                            0,
                            layer,
                            0,
                            0,
                            0,
                            100.0 * rows * columns / (layer + 1) / 4096));
                }
            }
        }
    }
}
