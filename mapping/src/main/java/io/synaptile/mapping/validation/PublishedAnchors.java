/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.cost.AdcSurvey;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.TechnologyScaling;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.cost.compat.SpikeSimEla;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.PublishedTools;
import io.synaptile.mapping.cost.QuantisedBaseline;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Published energies, areas and break-even rates beside what our profiles give for the same operation. */
public final class PublishedAnchors {
    private static final double FEMTOJOULES = 1e3;

    /** NeuRRAM core: 256 x 256 cells, two rows hold a weight, two operations per weight. */
    private static final int NEURRAM_SIDE = 256;

    private static final double NEURRAM_OPERATIONS = (double) NEURRAM_SIDE * NEURRAM_SIDE;
    private static final int STEPS = 5;

    /** Activations with as many levels as five steps have spike counts. */
    private static final int EQUIVALENT_BITS = 3;

    private PublishedAnchors() {}

    /** All of them, in the order of their sources. */
    public static List<Anchor> all() {
        List<Anchor> anchors = new ArrayList<>();
        neurram(anchors);
        colonnade(anchors);
        spidr(anchors);
        breakEven(anchors);
        spikeSimShare(anchors);
        isaac(anchors);
        return anchors;
    }

    /** W. Wan et al., NeuRRAM, Nature 2022, figure 12(b): energy of one operation with 1-bit inputs and 3-bit outputs. */
    private static void neurram(List<Anchor> anchors) {
        String name = "NeuRRAM, 130 nm, 1-bit input, 3-bit output (Wan et al. 2022)";
        double row = price("neurram130", EnergyEvent.ROW_ACTIVATION, 3)
                + NEURRAM_SIDE * price("neurram130", EnergyEvent.ROW_ACTIVATION_PER_COLUMN, 3);
        double rows = FEMTOJOULES * NEURRAM_SIDE * row / NEURRAM_OPERATIONS;
        double neurons =
                FEMTOJOULES * NEURRAM_SIDE * price("neurram130", EnergyEvent.ADC_CONVERSION, 3) / NEURRAM_OPERATIONS;
        // Of a pair one cell is at 1 uS and the other at the middle of 1 to 40 uS.
        double mean = 0.5 * (1 + 20.5);
        double pulses = FEMTOJOULES * mean * price("neurram130", EnergyEvent.CELL_READ_PER_MICROSIEMENS, 3);
        String dense = "every row driven once, in one phase; two rows hold a weight";
        anchors.add(new Anchor(name, "word lines, fJ per operation", 8.99, rows, dense));
        anchors.add(new Anchor(
                name,
                "neurons and control, fJ per operation",
                10.62,
                neurons,
                "four decision steps in each conversion"));
        anchors.add(new Anchor(
                name,
                "input pulses, fJ per operation",
                3.45,
                pulses,
                "read pulse of 10 ns and mean conductance of 10.75 uS are own choices"));
        anchors.add(
                new Anchor(name, "TOPS/W", 43.08, FEMTOJOULES / (rows + neurons + pulses), "sum of the three above"));
    }

    /** H. Kim et al., Colonnade, JSSC 2021: the table has the values at 0.7 V, the scaling law gives the others. */
    private static void colonnade(List<Anchor> anchors) {
        int[] bits = {1, 4, 16};
        double[] low = {17.1, 26.5, 60.0};
        double[] high = {68.3, 105.3, 243.2};
        for (int i = 0; i < bits.length; i++) {
            double ours = FEMTOJOULES
                    * price(
                            "digital-sram65",
                            EnergyEvent.SRAM_MAC,
                            WordWidths.ofAdc(8).withSramWord(bits[i]));
            String name = "Colonnade, 65 nm, 1-bit input, " + bits[i] + "-bit weight (Kim et al. 2021)";
            anchors.add(new Anchor(
                    name,
                    "MAC at 0.6 V, fJ",
                    low[i],
                    ours * voltage(0.6),
                    "0.7 V scaled with Stillmaker and Baas 2017"));
            anchors.add(new Anchor(
                    name,
                    "MAC at 0.8 V, fJ",
                    high[i],
                    ours * voltage(0.8),
                    "0.7 V scaled with Stillmaker and Baas 2017"));
        }
    }

    private static double voltage(double volt) {
        return TechnologyScaling.energyFactor(65, 65, volt) / TechnologyScaling.energyFactor(65, 65, 0.7);
    }

    /** SpiDR, abstract: 65 nm, 4-bit weights, 7-bit membranes. */
    private static void spidr(List<Anchor> anchors) {
        int side = 128;
        double sparsity = 0.95;
        WordWidths widths = new WordWidths(8, 16, 7, 4);
        double spikes = (1 - sparsity) * side;
        double picojoules = spikes * side * price("digital-sram65", EnergyEvent.SRAM_MAC, widths)
                + side * price("digital-sram65", EnergyEvent.NEURON_UPDATE, widths)
                + 2 * side * price("digital-sram65", EnergyEvent.MEMBRANE_ACCESS, widths)
                + spikes * 7 * price("digital-sram65", EnergyEvent.INPUT_BUFFER_BIT, widths);
        String name = "SpiDR, 65 nm, 95 % input sparsity (abstract)";
        String layer = "dense layer of 128 x 128, ";
        anchors.add(new Anchor(
                name, "TOPS/W", 5, 2.0 * spikes * side / picojoules, layer + "operations of spikes that came"));
        anchors.add(new Anchor(name, "TOPS/W", 5, 2.0 * side * side / picojoules, layer + "operations of all inputs"));
    }

    /** Z. Yan et al., "Reconsidering the energy efficiency of spiking neural networks", arXiv 2409.08290, abstract of v4. */
    private static void breakEven(List<Anchor> anchors) {
        String name = "spiking against quantised network at T = 5 (Yan et al. 2024)";
        String assumptions = "vgg9 at 3 x 32 x 32, 3-bit activations, direct coding, no external memory, ";
        anchors.add(new Anchor(
                name,
                "break-even spikes per neuron and step",
                0.057,
                breakEven("digital-sram65", Set.of()),
                assumptions + "digital-sram65"));
        Network network = vgg9();
        Set<String> tiled = new TreeSet<>();
        network.synapses().stream().skip(1).forEach(node -> tiled.add(node.name()));
        anchors.add(new Anchor(
                name,
                "break-even spikes per neuron and step",
                0.057,
                breakEven("isaac32", tiled),
                assumptions + "isaac32, all layers but the first on tiles"));
    }

    private static Network vgg9() {
        return Architectures.vgg(
                "vgg9",
                new Shape(3, 32, 32),
                10,
                1,
                new Architectures.Options(Architectures.Norm.NONE, NeuronSpec.lif(0.95f, 1f), 0f));
    }

    private static double breakEven(String profile, Set<String> tiled) {
        Network network = vgg9();
        SplitMix64Stream stream = new SplitMix64Stream(1);
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = new float[node.weightCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (2 * stream.nextUniform() - 1);
            }
            weights.put(node.id(), new LayerWeights(values, new WeightGrid.KBit(4)));
        }
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(128, 128),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 3, new IdealCell(new ConductanceRange(2f, 40f), 4)),
                new Readout.Adc(8, 128, 100),
                true,
                new LayerPlaces(tiled, 4));
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        WordWidths widths = WordWidths.ofAdc(8);
        EnergyTable table = EnergyTable.profile(profile);
        LayerActivity[] measured = new LayerActivity[network.nodes().size()];
        Arrays.setAll(measured, _ -> new LayerActivity(STEPS));
        Network.Node first = network.synapses().getFirst();
        long[] running = new long[STEPS];
        Arrays.fill(running, 1);
        Arrays.fill(measured[first.id()].events, first.in().size());
        Arrays.fill(
                measured[first.id()].effectiveMacs,
                (long) first.weightCount() * first.out().positions());
        return new QuantisedBaseline(new ActivityProjector(design, new Encoder.Direct(), widths, 8), EQUIVALENT_BITS)
                .breakEvenRate(
                        measured,
                        running,
                        counts -> counts.values().stream()
                                .mapToDouble(events -> EnergyBreakdown.of(events, table, widths)
                                        .totalPicojoules())
                                .sum());
    }

    /** A. Moitra et al., SpikeSim, abstract: neurons take more than 11 % of the area at 65 nm. */
    private static void spikeSimShare(List<Anchor> anchors) {
        SpikeSimEla.Estimate estimate = PublishedTools.spikeSim(vgg9(), STEPS).orElseThrow();
        anchors.add(new Anchor(
                "SpikeSim, 65 nm, VGG9 (Moitra et al. 2023)",
                "share of the neurons in the area, at least",
                0.11,
                estimate.neuronMemoryUm2() / estimate.totalUm2(),
                "neuron memory of the released script"));
    }

    /** A. Shafiee et al., ISAAC, ISCA 2016: converter of 8 bits and 1.2 GS/s at 32 nm. */
    private static void isaac(List<Anchor> anchors) {
        AdcSurvey survey = new AdcSurvey(32, 1.2e9);
        String name = "ISAAC, 32 nm, 8-bit converter at 1.2 GS/s (Shafiee et al. 2016)";
        String fit = "fit to Murmann's survey (Andrulis et al. 2024)";
        anchors.add(new Anchor(name, "conversion, pJ", 1.667, survey.picojoules(8), fit));
        anchors.add(new Anchor(name, "area, um2", 1200, survey.squareMicrometres(8), fit));
    }

    private static double price(String profile, EnergyEvent event, int adcBits) {
        return price(profile, event, WordWidths.ofAdc(adcBits));
    }

    private static double price(String profile, EnergyEvent event, WordWidths widths) {
        return EnergyTable.profile(profile).unit(event, widths).orElseThrow().picojoules();
    }
}
