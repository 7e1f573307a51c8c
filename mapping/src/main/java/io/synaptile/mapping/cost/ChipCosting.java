/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.WriteCost;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.UnitEnergy;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.cost.WriteTiming;
import io.synaptile.devices.cost.compat.SataForward;
import io.synaptile.devices.cost.compat.SpikeSimEla;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.ProgrammedLayer;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns what chips of one design did into what it costs. */
public final class ChipCosting {
    private final CostModel cost;
    private final ChipDesign design;
    private final Encoder encoder;
    private final ActivityProjector projector;

    /**
     * Prices chips of a design.
     *
     * @param cost what they are priced with
     * @param encoder how images become input
     */
    public ChipCosting(CostModel cost, ChipDesign design, Encoder encoder) {
        this.cost = cost;
        this.design = design;
        this.encoder = encoder;
        this.projector = new ActivityProjector(
                design,
                encoder,
                cost.widths(),
                cost.counting().inputBits(),
                design.hardware().skipEmpty(),
                cost.counting().updates(),
                cost.counting().latched() ? LatchedLayers.of(design.network(), encoder) : LatchedLayers.NONE);
    }

    /** Prices chips of a design with a profile, as {@link CostModel#profile(String, HardwareSpec)}. */
    public static ChipCosting profile(String profile, ChipDesign design, Encoder encoder) {
        return new ChipCosting(CostModel.profile(profile, design.hardware()), design, encoder);
    }

    /** The design that is priced. */
    public ChipDesign design() {
        return design;
    }

    /**
     * Energy of one image by node id, mean over the samples.
     *
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step; all of them the first
     */
    public Map<Integer, EnergyBreakdown> energy(LayerActivity[] activity, long[] running) {
        return energy(projector, activity, running);
    }

    /** Energy of one image in all layers, pJ, mean over the samples; nothing counts after the step at which one stopped. */
    public double picojoules(Evaluation seen) {
        return sum(energy(seen.stopped().activity(), seen.stopped().running()));
    }

    /** Energy of one image in all layers, pJ, mean over the samples of a batch, all steps. */
    public double picojoules(BatchResult result) {
        LayerActivity[] activity =
                Arrays.stream(result.activity()).map(BatchActivity::total).toArray(LayerActivity[]::new);
        long[] running = new long[result.timeSteps()];
        Arrays.fill(running, result.samples());
        return sum(energy(activity, running));
    }

    private Map<Integer, EnergyBreakdown> energy(ActivityProjector counting, LayerActivity[] activity, long[] running) {
        Map<Integer, PhysicalActivity> counts = new TreeMap<>(counting.project(activity, running));
        if (cost.counting().leakageWithin()) {
            powered(counting, activity, running)
                    .forEach((node, time) -> counts.merge(node, time, PhysicalActivity::plus));
        }
        Map<Integer, EnergyBreakdown> energy = new TreeMap<>();
        counts.forEach((node, events) -> energy.put(node, priced(node, events).times(1.0 / running[0])));
        return energy;
    }

    /** What is powered while the images run one after the other, by node id. */
    private Map<Integer, PhysicalActivity> powered(
            ActivityProjector counting, LayerActivity[] activity, long[] running) {
        return counting.powered(
                counting.latency(activity, running, cost.timing()).sequential() * running[0]);
    }

    /** Leakage of the whole chip for the time of one image, whether or not it is within the energy. */
    private EnergyBreakdown leakage(LayerActivity[] activity, long[] running) {
        return powered(projector, activity, running).entrySet().stream()
                .map(time -> priced(time.getKey(), time.getValue()))
                .reduce(new EnergyBreakdown(List.of(), Set.of()), EnergyBreakdown::plus)
                .times(1.0 / running[0]);
    }

    private EnergyBreakdown priced(int node, PhysicalActivity events) {
        return EnergyBreakdown.of(events, cost.table(), widths(node));
    }

    /** Word widths of one layer: SRAM words beside cells have their own. */
    private WordWidths widths(int node) {
        SramBranch sram = design.sram().get(node);
        return sram == null ? cost.widths() : cost.widths().withSramWord(sram.bits());
    }

    /** Time of one image in every mode. */
    public ChipLatency latency(LayerActivity[] activity, long[] running) {
        return projector.latency(activity, running, cost.timing());
    }

    /** What a chip costs besides the energy of its layers as configured. */
    public ChipCosts costs(ChipInstance chip, LayerActivity[] activity, long[] running) {
        long pulses = 0;
        double picojoules = 0;
        double nanoseconds = 0;
        for (LayerTiles tiles : design.tiles().layers()) {
            if (design.cells(tiles.layer()).codec().digital()) {
                continue;
            }
            ProgrammedLayer layer = chip.layers().get(tiles.layer());
            long own = 0;
            for (int copy = 0; copy < tiles.copies(); copy++) {
                own += layer.copy(copy).writePulses();
            }
            WriteCost cell = design.cells(tiles.layer()).cell().writeCost();
            double pulsesOfARow = (double) own
                    / tiles.copies()
                    / tiles.cellsUsed()
                    * tiles.tile().rows();
            pulses += own;
            picojoules += own * cell.picojoules().orElse(pulsePicojoules());
            nanoseconds =
                    Math.max(nanoseconds, pulsesOfARow * cell.nanoseconds().orElse(pulseNanoseconds()));
        }
        return new ChipCosts(
                latency(activity, running),
                leakage(activity, running),
                sum(energy(projector.withSkipEmpty(true), activity, running)),
                sum(energy(projector.withSkipEmpty(false), activity, running)),
                pulses,
                picojoules,
                nanoseconds);
    }

    /** Energy of all layers, pJ. */
    public static double sum(Map<Integer, EnergyBreakdown> energy) {
        double sum = 0;
        for (EnergyBreakdown layer : energy.values()) {
            sum += layer.totalPicojoules();
        }
        return sum;
    }

    /** Energy of a write pulse by the table, NaN without a price. */
    private double pulsePicojoules() {
        return cost.table()
                .unit(EnergyEvent.PROGRAMMING_PULSE, cost.widths())
                .map(UnitEnergy::picojoules)
                .orElse(Double.NaN);
    }

    private double pulseNanoseconds() {
        return cost.writing().map(WriteTiming::pulseNanoseconds).orElse(Double.NaN);
    }

    /**
     * The spiking network beside the quantised artificial one.
     *
     * @param annPicojoules energy of one image through the artificial network
     * @param breakEvenRate spikes per neuron and step at which both cost the same, 0 if never, 1 if always
     */
    public record Baseline(double annPicojoules, double breakEvenRate) {}

    /** Compares with the artificial network; the layer that sees the input keeps what this chip measured. */
    public Baseline baseline(LayerActivity[] activity, long[] running) {
        QuantisedBaseline baseline =
                new QuantisedBaseline(projector, cost.counting().baselineBits());
        return new Baseline(total(baseline.artificial()), baseline.breakEvenRate(activity, running, this::total));
    }

    private double total(Map<Integer, PhysicalActivity> counts) {
        double sum = 0;
        for (Map.Entry<Integer, PhysicalActivity> node : counts.entrySet()) {
            sum += priced(node.getKey(), node.getValue()).totalPicojoules();
        }
        return sum;
    }

    /** What SpikeSim's script would say of the network. */
    public Optional<SpikeSimEla.Estimate> spikeSim(long[] running) {
        return PublishedTools.spikeSim(design.network(), running.length);
    }

    /** What SATA's tool would say of the network with weights of its digital layers and the spikes of a run. */
    public Optional<SataForward.Estimate> sata(long[] running, double spikeRate) {
        int bits = cost.widths().sramWord();
        return PublishedTools.sata(design.network(), running.length, bits, Math.max(0, 1 - spikeRate));
    }

    /** Operations of the 45 nm metric. */
    public ArithmeticOperations operations(LayerActivity[] activity, long[] running) {
        return ArithmeticOperations.of(design.network(), encoder, projector.once(), activity, running);
    }

    /** NeuroBench metrics of the deployed network. */
    public NeuroBenchMetrics metrics(LayerActivity[] activity, long[] running) {
        return NeuroBenchMetrics.of(design, projector.once(), activity, running);
    }

    /** What layers did as the chip executes it, by node id. */
    public LayerActivity[] executed(LayerActivity[] activity) {
        return projector.once().executed(activity);
    }

    /** Parts that the chip is made of, by node id. */
    public Map<Integer, Map<AreaComponent, Double>> parts() {
        return projector.parts();
    }
}
