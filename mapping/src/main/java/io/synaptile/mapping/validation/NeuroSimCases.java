/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.AreaTable;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyComponent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.ChipArea;
import io.synaptile.mapping.cost.TargetLoad;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Dynamic energy and area of one pass of the networks that NeuroSim 1.4 was run on, beside its own. The two models differ by
 * construction, so that only ratios mean something.
 *
 * <pre>
 *   weight code  z mod 2^b           from stream 1000 seed + 2 layer, rows x outputs; value 2 code / (2^b - 1) - 1
 *   input bit    u &lt; input_one_prob  from stream 1000 seed + 2 layer + 1, rows x (output positions x input bits)
 * </pre>
 *
 * <p>Ours: a profile with digital blocks scaled to the node of the case; shifted weights in slices as wide as its cells and a
 * dummy column per slice and array, as NeuroSim maps them, with the resistances of its default (100 kohm and 1.7 Mohm);
 * converters of its number of levels shared by eight columns; all rows of an array at once; arrays without a driven row not
 * read; neurons with a membrane, which NeuroSim has none of. SRAM arrays are priced as resistive ones of the same resistances;
 * their cells take the area of memory bits.
 *
 * <p>{@code parts_area_um2} is the sum of the areas that the case lists; {@code chip_area_um2} has the space between them too,
 * ours has none.
 */
public final class NeuroSimCases {
    /** Profile of constants at 22 nm, three of which are calibrated on case {@code vgg9_p10_rram22c1}. */
    private static final String CALIBRATED = "neurosim22";

    private static final List<String> PROFILES = List.of(EnergyTable.DEFAULT_PROFILE, CALIBRATED);
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(1e6f / 1.7e6f, 10f);
    private static final int SEED_FACTOR = 1000;
    private static final int COLUMNS_PER_ADC = 8;
    private static final List<String> AREA_COLUMNS =
            List.of("array_area_um2", "ic_area_um2", "adc_area_um2", "accum_area_um2", "other_area_um2");

    private NeuroSimCases() {}

    /**
     * Energy and area of one row under every profile that is compared.
     *
     * @throws IllegalArgumentException naming case and column of what is missing or malformed
     */
    public static List<Checked> check(ReferenceCase row) {
        int levels = levels(row);
        int adcBits = Integer.SIZE - Integer.numberOfLeadingZeros(levels - 1);
        ChipDesign design = design(row, network(row), adcBits);
        WordWidths widths = WordWidths.ofAdc(adcBits);
        ActivityProjector projector = new ActivityProjector(design, new Encoder.Direct(), widths, 1);
        PhysicalActivity counts = sum(projector.project(activity(row, design), 1));
        PhysicalActivity powered = sum(projector.powered(1));
        List<Checked> ratios = new ArrayList<>();
        for (String profile : PROFILES) {
            ratios.addAll(energies(row, profile, counts, widths));
            double milliwatts =
                    EnergyBreakdown.of(powered, table(row, profile), widths).totalPicojoules();
            ratios.add(ratio(row, "leak_power_uW", profile, row.number("leak_power_uW"), 1e3 * milliwatts));
            ratios.addAll(areas(row, profile, design, widths));
        }
        return ratios;
    }

    private static PhysicalActivity sum(Map<Integer, PhysicalActivity> counts) {
        return counts.values().stream().reduce(PhysicalActivity.builder().build(), PhysicalActivity::plus);
    }

    private static EnergyTable table(ReferenceCase row, String profile) {
        return EnergyTable.profile(profile).scaledTo(OptionalInt.of(row.whole("tech_nm")), OptionalDouble.empty());
    }

    private static List<Checked> energies(
            ReferenceCase row, String profile, PhysicalActivity counts, WordWidths widths) {
        EnergyBreakdown energy = EnergyBreakdown.of(counts, table(row, profile), widths);
        return List.of(
                ratio(row, "dyn_energy_pJ", profile, row.number("dyn_energy_pJ"), energy.totalPicojoules()),
                energies(row, "adc_energy_pJ", profile, energy, EnergyComponent.ADC, EnergyComponent.CELL_READ),
                energies(
                        row,
                        "accum_energy_pJ",
                        profile,
                        energy,
                        EnergyComponent.SHIFT_ADD,
                        EnergyComponent.PARTIAL_SUM_ADD),
                energies(
                        row,
                        "interconnect_energy_pJ",
                        profile,
                        energy,
                        EnergyComponent.PARTIAL_SUM_TRANSPORT,
                        EnergyComponent.SPIKE_TRANSPORT));
    }

    private static Checked energies(
            ReferenceCase row, String column, String profile, EnergyBreakdown energy, EnergyComponent... parts) {
        double ours = Arrays.stream(parts).mapToDouble(energy::of).sum();
        return ratio(row, column, profile, row.number(column), ours);
    }

    private static List<Checked> areas(ReferenceCase row, String profile, ChipDesign design, WordWidths widths) {
        AreaTable table = AreaTable.profile(profile).orElseThrow().scaledTo(row.whole("tech_nm"));
        boolean sram = row.text("cell").startsWith("SRAM");
        double squareMicrometres = 0;
        for (Map<AreaComponent, Double> parts :
                ChipArea.parts(design, widths.membrane()).values()) {
            squareMicrometres +=
                    table.area(sram ? bitsForCells(parts) : parts, widths).squareMicrometres();
        }
        double listed = AREA_COLUMNS.stream().mapToDouble(row::number).sum();
        return List.of(
                ratio(row, "parts_area_um2", profile, listed, squareMicrometres),
                ratio(row, "chip_area_um2", profile, row.number("chip_area_um2"), squareMicrometres));
    }

    private static Map<AreaComponent, Double> bitsForCells(Map<AreaComponent, Double> parts) {
        Map<AreaComponent, Double> bits = new TreeMap<>(parts);
        Double cells = bits.remove(AreaComponent.CELL);
        if (cells != null) {
            bits.merge(AreaComponent.MEMORY_BIT, cells, Double::sum);
        }
        return bits;
    }

    private static Checked ratio(ReferenceCase row, String quantity, String profile, double theirs, double ours) {
        return new Checked(row.name(), quantity + " " + profile, theirs, ours, Double.POSITIVE_INFINITY, 0);
    }

    /** Levels of the sensing, for example of {@code MLSA-CSA 32 levels}. */
    private static int levels(ReferenceCase row) {
        String[] words = row.text("adc").replaceAll("[^0-9 ]", " ").strip().split("\\s+");
        try {
            int levels = Integer.parseInt(words[0]);
            if (levels >= 2 && levels <= 1 << 16) {
                return levels;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "case " + row.name() + ": adc must tell its levels, got '" + row.text("adc") + "'", e);
        }
        throw new IllegalArgumentException(
                "case " + row.name() + ": adc must have 2 to 65536 levels, got '" + row.text("adc") + "'");
    }

    /** Convolutions of 3 x 3 by their outputs, p for a pooling after one, and two dense layers. */
    private static Network network(ReferenceCase row) {
        String layers = switch (row.text("network")) {
            case "vgg5" -> "64 p 128 128 p";
            case "vgg8" -> "128 128 p 256 256 p 512 512 p";
            case "vgg9" -> "64 64 p 128 128 p 256 256 256 p";
            default ->
                throw new IllegalArgumentException("case " + row.name() + ": network must be vgg5, vgg8 or vgg9, got '"
                        + row.text("network") + "'");
        };
        NetworkBuilder builder = new NetworkBuilder(row.text("network"), new Shape(3, 32, 32));
        int number = 0;
        for (String word : layers.split(" ")) {
            if (word.equals("p")) {
                builder.add("pool" + number, new Layer.AvgPool(2));
            } else {
                builder.add("conv" + ++number, new Layer.Conv2d(Integer.parseInt(word), 3, 1, 1));
                builder.add("act" + number, new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
            }
        }
        builder.add("fc1", new Layer.Dense(1024));
        builder.add("act", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("fc2", new Layer.Dense(10));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ChipDesign design(ReferenceCase row, Network network, int adcBits) {
        int bits = row.whole("weight_bits");
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        int layer = 0;
        for (Network.Node node : network.synapses()) {
            SplitMix64Stream stream = new SplitMix64Stream(seed(row, layer++));
            float[] matrix = new float[node.weightCount()];
            for (int i = 0; i < matrix.length; i++) {
                long code = stream.nextLong() & (1L << bits) - 1;
                matrix[i] = (float) (2.0 * code / ((1L << bits) - 1) - 1);
            }
            weights.put(
                    node.id(),
                    new LayerWeights(CrossbarLayout.of(node).fromMatrix(matrix), new WeightGrid.Dorefa(bits)));
            names.add(node.name());
        }
        int side = row.whole("subarray");
        CellModel cell = new IdealCell(DEFAULT_RANGE, row.whole("cell_bits"));
        return ChipDesign.of(
                network,
                new HardwareSpec(
                        new TileSize(side, side),
                        new LayerCells(CodecKind.DUMMY_COLUMN, bits, cell),
                        new Readout.Adc(adcBits, COLUMNS_PER_ADC, 100),
                        true,
                        new LayerPlaces(names, 0)),
                weights);
    }

    private static long seed(ReferenceCase row, int layer) {
        return (long) SEED_FACTOR * row.whole("seed") + 2L * layer;
    }

    /** What one pass over the given input bits does, by node id. */
    private static LayerActivity[] activity(ReferenceCase row, ChipDesign design) {
        Network network = design.network();
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        Arrays.setAll(activity, _ -> new LayerActivity(1));
        Map<Integer, double[]> loads = TargetLoad.perRow(design);
        int layer = 0;
        for (Network.Node node : network.synapses()) {
            fill(row, design, node, loads.get(node.id()), seed(row, layer++) + 1, activity[node.id()]);
        }
        return activity;
    }

    private static void fill(
            ReferenceCase row, ChipDesign design, Network.Node node, double[] load, long seed, LayerActivity activity) {
        LayerTiles tiles = design.tiles().layer(node.id()).orElseThrow();
        double probability = row.number("input_one_prob");
        SplitMix64Stream stream = new SplitMix64Stream(seed);
        int reads = node.out().positions() * row.whole("input_bits");
        boolean[] position = new boolean[reads];
        boolean[] tile = new boolean[reads];
        long driven = 0;
        int[] cuts = tiles.rowCuts();
        int next = 1;
        for (int r = 0; r < tiles.rows(); r++) {
            if (next < cuts.length && r == cuts[next]) {
                next++;
                activity.tileReads[0] += count(tile);
                Arrays.fill(tile, false);
            }
            for (int i = 0; i < reads; i++) {
                if (stream.nextUniform() < probability) {
                    driven++;
                    tile[i] = true;
                    position[i] = true;
                    activity.load[0] += load[r];
                }
            }
        }
        activity.tileReads[0] += count(tile);
        activity.activePositions[0] = count(position);
        activity.rowDrives[0] = driven;
        int uses = node.layer() instanceof Layer.Conv2d conv ? conv.kernel().area() : 1;
        activity.events[0] = driven / uses;
    }

    private static long count(boolean[] flags) {
        long count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
