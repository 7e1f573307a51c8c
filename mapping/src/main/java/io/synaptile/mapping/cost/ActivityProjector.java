/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.LatencyModel;
import io.synaptile.devices.cost.MeshTiming;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.BranchSums;
import io.synaptile.mapping.tile.ChipPlacement;
import io.synaptile.mapping.tile.InputKind;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.PatternCounts;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Turns what the layers did into what the hardware did.
 *
 * <pre>
 *   row activations = row drives x column tiles          array reads  = tile reads x column tiles
 *   conversions     = tile reads x outputs P n_s         shift-adds   = tile reads x outputs (P n_s - 1)
 *   partial-sum adds = (tile reads - active positions) x outputs
 *   neuron updates  = neurons x steps run                buffer bits  = events x ceil(log2 inputs)
 *   PE cycles       = active positions x ceil(row tiles / kernel positions) x column tiles
 * </pre>
 *
 * <p>Where tiles leave out what holds no weight, row tiles differ in arrays and outputs: what is multiplied by column tiles or outputs
 * above is summed over the row tiles that are read, and of the sums of an output all but one are added to another.
 *
 * <p>An ideal readout converts nothing, so that it costs nothing. Where empty tiles are not skipped, tile reads and active
 * positions are all that exist: every position and phase of every step, times the row tiles. Digital words on tiles are
 * neither driven by row drivers nor converted: every word on a driven row counts as one MAC, which includes its row, every
 * output of an active position as one shift, and sums of further row tiles as accumulates. SRAM words beside cells are read
 * on the same driven rows, each row with the mean number of words stored on a row, which is exact unless groups are pruned;
 * every read of a row tile adds one sum per output that has words, every output position shifts one. Layers that are not on
 * tiles count one one-bit MAC per effective accumulate, and as many per multiply-accumulate as its input has bits.
 *
 * <p>Layers that compute once what no step changes do so in the first step; their inputs are words of as many bits each, zeros
 * too, and what they compute is written to a latch once and read in every step:
 *
 * <pre>
 *   buffer bits = inputs x bits of an input          latch bits = outputs x (1 + steps run) x bits of a sum
 * </pre>
 *
 * <p>Where inputs are sums of spikes, a read drives its rows with as many unary pulses as the largest sum has units: arrays
 * and columns are read once a pulse and converted once, and every unit of an input drives its row.
 *
 * <p>Biases are added digitally to the sums of every step, or to those that are latched once; where rows of tiles hold them they are
 * among the driven rows of every position.
 *
 * <p>Spike hops are events times the mean hops of an event on its way to the layer, over the sources that sent them; they are not
 * counted where everything is on one chip tile.
 *
 * <p>Where branches of a network are added of which one carries more than spikes, every value takes one addition for each branch but
 * the first, at every step or once where no branch changes; the sums of a branch that is elsewhere travel to the adders as words,
 * spikes as events.
 *
 * <p>Source: the event model in the documentation of the cost model, own composition; latency follows the same reads.
 *
 * @param design the hardware
 * @param encoder input coding of the run
 * @param widths word widths of sums and membranes
 * @param inputBits bits of an input value of a multiply-accumulate, fed bit by bit, 1 to 64
 * @param skipEmpty whether tiles without a driven row are not read
 * @param updates which neurons are updated
 * @param once layers that compute their currents once per inference
 */
public record ActivityProjector(
        ChipDesign design,
        Encoder encoder,
        WordWidths widths,
        int inputBits,
        boolean skipEmpty,
        NeuronUpdates updates,
        LatchedLayers once) {
    private static final int ACCESSES_PER_UPDATE = 2;

    /** Time powered is counted for parts that stand for their surroundings: a buffer for its array, a driver for its row. */
    private static final Map<AreaComponent, ActivityCount> LEAKING = Map.of(
            AreaComponent.TILE_BUFFER, ActivityCount.ARRAY_NANOSECONDS,
            AreaComponent.ADC, ActivityCount.CONVERTER_NANOSECONDS,
            AreaComponent.ROW_DRIVER, ActivityCount.ROW_NANOSECONDS,
            AreaComponent.SAMPLE_HOLD, ActivityCount.COLUMN_NANOSECONDS,
            AreaComponent.MEMORY_BIT, ActivityCount.MEMORY_BIT_NANOSECONDS);

    /** Which neurons are updated in a step. */
    public enum NeuronUpdates {
        /** All of them. */
        DENSE,
        /**
         * Those of output positions that a layer on tiles reads, which decay for the steps they missed in the same update; all
         * of them behind other layers.
         */
        EVENT
    }

    public ActivityProjector {
        Objects.requireNonNull(design);
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(widths);
        Objects.requireNonNull(updates);
        Objects.requireNonNull(once);
        if (inputBits < 1 || inputBits > WordWidths.MAX_BITS) {
            throw new IllegalArgumentException("input bits must be 1 to 64, got " + inputBits);
        }
    }

    /** Counts as the hardware of the design reads, with all layers computed and all neurons updated in every step. */
    public ActivityProjector(ChipDesign design, Encoder encoder, WordWidths widths, int inputBits) {
        this(
                design,
                encoder,
                widths,
                inputBits,
                design.hardware().skipEmpty(),
                NeuronUpdates.DENSE,
                LatchedLayers.NONE);
    }

    /** The same where tiles without a driven row are read, or not. */
    public ActivityProjector withSkipEmpty(boolean skip) {
        return new ActivityProjector(design, encoder, widths, inputBits, skip, updates, once);
    }

    /** The same with other layers that compute their currents once. */
    public ActivityProjector withLatched(LatchedLayers layers) {
        return new ActivityProjector(design, encoder, widths, inputBits, skipEmpty, updates, layers);
    }

    /**
     * Counts of every layer that does work, by node id, where every sample ran all steps.
     *
     * @param activity by node id, summed over the samples
     * @param samples number of samples
     */
    public Map<Integer, PhysicalActivity> project(LayerActivity[] activity, long samples) {
        long[] running = new long[activity[0].timeSteps()];
        Arrays.fill(running, samples);
        return project(activity, running);
    }

    /**
     * Counts of every layer that does work, by node id: synapses, neurons, biases and sums of branches.
     *
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step, shape {@code [timeSteps]}
     */
    public Map<Integer, PhysicalActivity> project(LayerActivity[] activity, long[] running) {
        LayerActivity[] executed = once.executed(activity);
        Map<Integer, PhysicalActivity> counts = new TreeMap<>();
        for (Network.Node node : design.network().nodes()) {
            switch (node.layer()) {
                case Layer.Synapse _ -> counts.put(node.id(), synapses(node, executed, running));
                case Layer.Neuron(NeuronSpec spec) ->
                    counts.put(node.id(), neurons(node, spec.dynamics(), executed, running));
                case Layer.Integrator _ ->
                    counts.put(node.id(), updates((double) node.out().size() * sum(running)));
                case Layer.Bias _ -> counts.put(node.id(), biases(node, running));
                case Layer.Join _
                when BranchSums.areAdded(design.network(), node, encoder) ->
                    counts.put(node.id(), sums(node, executed, running));
                case Layer.Passing _, Layer.Activation _, Layer.StepNorm _, Layer.ReadOut _ -> {}
            }
        }
        return counts;
    }

    private PhysicalActivity synapses(Network.Node node, LayerActivity[] all, long[] running) {
        PhysicalActivity.Builder counts = PhysicalActivity.builder();
        LayerActivity activity = all[node.id()];
        double arrivals = 0;
        for (int t = 0; t < activity.timeSteps(); t++) {
            arrivals += arrivals(node, activity, t, once.ran(node.id(), t, running));
        }
        double hops =
                arrivals * design.tiles().placement().hopsPerEvent(node.id(), source -> sent(source, all, running));
        counts.add(ActivityCount.INPUT_BUFFER_BITS, arrivals * bitsOfArrival(node));
        if (hops > 0) {
            counts.add(ActivityCount.SPIKE_HOPS, hops).add(ActivityCount.SPIKE_HOP_BITS, hops * bitsOfArrival(node));
        }
        if (once.read().contains(node.id())) {
            counts.add(ActivityCount.LATCH_BITS, latchBits(node) * (running[0] + sum(running)));
        }
        Optional<LayerTiles> placed = design.tiles().layer(node.id());
        if (placed.isEmpty()) {
            double macs = oneBitAccumulates(sum(activity.effectiveAcs), sum(activity.effectiveMacs));
            return sramMacs(counts, macs, design.digitalBits(node.id())).build();
        }
        LayerTiles tiles = placed.get();
        double rowDrives = Arrays.stream(activity.rowDrives).sum();
        double tileReads = 0;
        double positions = 0;
        for (int t = 0; t < activity.timeSteps(); t++) {
            long ran = once.ran(node.id(), t, running);
            positions += positionsRead(node, activity, t, ran);
            tileReads += tileReads(node, tiles, activity, t, ran);
        }
        ArraysRead reads = arraysRead(node, tiles, activity, tileReads, positions, rowDrives);
        double joins = reads.joins();
        int pulses = InputKind.pulses(design.network(), node, encoder);
        counts.add(ActivityCount.ARRAY_READS, pulses * reads.arrays());
        int pes = Math.ceilDiv(tiles.rowTiles(), kernelPositions(node)) * tiles.columnTiles();
        counts.add(ActivityCount.PE_CYCLES, pulses * positions * pes);
        if (design.cells(node.id()).codec().digital()) {
            double bits = Math.log(design.cells(node.id()).cell().levels()) / Math.log(2);
            sramMacs(counts, reads.outputRows(), bits);
            counts.add(ActivityCount.SRAM_SHIFTS, positions * tiles.outputs());
            return counts.add(ActivityCount.SRAM_ACCUMULATES, joins).build();
        }
        if (design.sram().containsKey(node.id())) {
            int outputs = design.macros(node.id()).outputs();
            // A sum that loses bits is shifted macro by macro, any other once.
            double shifted = design.sram().get(node.id()).losesBits() ? tileReads : positions;
            double wordsPerRow = (double) design.sram().get(node.id()).storedWords() / tiles.rows();
            sramMacs(
                            counts,
                            rowDrives * wordsPerRow,
                            design.sram().get(node.id()).bitsPerWord())
                    .add(ActivityCount.SRAM_SHIFTS, shifted * outputs)
                    .add(ActivityCount.SRAM_ACCUMULATES, tileReads * outputs);
        }
        double columnReads = columns(tiles, reads.outputs(), reads.arrays());
        counts.addDrivenRows(reads.arrayRows(), tiles.tile().columns() * tiles.cellsPerColumn())
                .add(
                        ActivityCount.DRIVEN_MICROSIEMENS,
                        Arrays.stream(activity.load).sum())
                .add(ActivityCount.COLUMN_READS, pulses * columnReads)
                .add(
                        ActivityCount.COLUMN_CELLS,
                        pulses * columnReads * tiles.tile().rows() * tiles.cellsPerColumn());
        if (design.hardware().readout() instanceof Readout.LifDirect) {
            return counts.build();
        }
        convert(counts, tiles, activity, columnReads);
        return counts.add(ActivityCount.MUX_SWITCHES, columnReads)
                .add(ActivityCount.SHIFT_ADDS, shiftAdds(tiles, reads))
                .add(ActivityCount.PARTIAL_SUM_ADDS, joins)
                .add(ActivityCount.PARTIAL_SUM_BITS, joins * widths.sum())
                .build();
    }

    /**
     * Reads of the arrays of a layer.
     *
     * @param arrays reads of single arrays
     * @param outputs of these, whose columns are read
     * @param joins additions to sums that other row tiles began
     * @param arrayRows row drives, one per array
     * @param outputRows row drives, one per output
     */
    private record ArraysRead(double arrays, double outputs, double joins, double arrayRows, double outputRows) {}

    private ArraysRead arraysRead(
            Network.Node node,
            LayerTiles tiles,
            LayerActivity activity,
            double tileReads,
            double positions,
            double rowDrives) {
        if (tiles.pattern().isEmpty()) {
            return new ArraysRead(
                    tileReads * tiles.columnTiles(),
                    tileReads * tiles.outputs(),
                    (tileReads - positions) * tiles.outputs(),
                    rowDrives * tiles.columnTiles(),
                    rowDrives * tiles.outputs());
        }
        PatternCounts seen = activity.pattern;
        double arrayRows = Arrays.stream(seen.arrayRows).sum();
        double outputRows = Arrays.stream(seen.outputRows).sum();
        if (skipEmpty) {
            double outputs = sum(seen.outputReads);
            return new ArraysRead(sum(seen.arrayReads), outputs, outputs - sum(seen.outputs), arrayRows, outputRows);
        }
        ArrayPattern has = tiles.pattern().get().has();
        int all = IntStream.range(0, tiles.rowTiles()).map(has::outputsOf).sum();
        return new ArraysRead(
                positions * tiles.tiles(),
                positions * all,
                positions * (all - has.outputsOnAny()),
                arrayRows,
                outputRows);
    }

    /** Physical columns of so many reads of outputs and of arrays. */
    private static double columns(LayerTiles tiles, double outputs, double arrays) {
        return outputs * tiles.columnsPerWeight() + arrays * tiles.columnsPerTile();
    }

    /**
     * Additions that join the columns of the tiles that are read: of every output its slices and planes and, once, what is subtracted
     * from it, a count or the joined columns that a tile has once.
     */
    private double shiftAdds(LayerTiles tiles, ArraysRead reads) {
        WeightCodec codec = design.codecs().get(tiles.layer());
        boolean reference = tiles.columnsPerTile() > 0
                || codec.counted(design.weights().get(tiles.layer()).values()).isPresent();
        return reads.outputs() * (tiles.columnsPerWeight() - 1 + (reference ? 1 : 0))
                + reads.arrays() * Math.max(0, tiles.columnsPerTile() - 1);
    }

    /**
     * Conversions of all columns read; a converter that adapts stops after the bits that the driven rows can make, and after
     * one bit where none is driven.
     */
    private void convert(
            PhysicalActivity.Builder counts, LayerTiles tiles, LayerActivity activity, double columnReads) {
        if (!(design.hardware().readout() instanceof Readout.Adc adc) || !adc.adaptive()) {
            counts.add(ActivityCount.ADC_CONVERSIONS, columnReads);
            return;
        }
        double withoutRows = columnReads;
        for (int bits = 0; bits < LayerActivity.READ_CLASSES; bits++) {
            double columns = columnsOfClass(tiles, activity, bits);
            if (columns > 0) {
                counts.addConversions(Math.max(1, bits), columns);
                withoutRows -= columns;
            }
        }
        if (withoutRows > 0) {
            counts.addConversions(1, withoutRows);
        }
    }

    private static double columnsOfClass(LayerTiles tiles, LayerActivity activity, int bits) {
        double arrays = 0;
        double outputs = 0;
        for (int t = 0; t < activity.timeSteps(); t++) {
            if (tiles.pattern().isEmpty()) {
                arrays += (double) activity.readsByClass[t][bits] * tiles.columnTiles();
                outputs += (double) activity.readsByClass[t][bits] * tiles.outputs();
            } else {
                arrays += activity.pattern.arrayReads[t * LayerActivity.READ_CLASSES + bits];
                outputs += activity.pattern.outputReads[t * LayerActivity.READ_CLASSES + bits];
            }
        }
        return columns(tiles, outputs, arrays);
    }

    private static PhysicalActivity.Builder sramMacs(PhysicalActivity.Builder counts, double macs, double bits) {
        return counts.add(ActivityCount.SRAM_MACS, macs).add(ActivityCount.SRAM_READ_BITS, macs * bits);
    }

    private static int kernelPositions(Network.Node node) {
        return node.layer() instanceof Layer.Conv2d conv ? conv.kernel().area() : 1;
    }

    private PhysicalActivity biases(Network.Node node, long[] running) {
        if (design.biases().containsKey(node.inputs().getFirst())) {
            return PhysicalActivity.builder().build();
        }
        return PhysicalActivity.builder()
                .add(ActivityCount.PARTIAL_SUM_ADDS, node.out().size() * computed(node, running))
                .build();
    }

    private PhysicalActivity sums(Network.Node node, LayerActivity[] activity, long[] running) {
        double sums =
                node.out().size() * computed(node, running) * (node.inputs().size() - 1);
        PhysicalActivity.Builder counts = PhysicalActivity.builder()
                .add(ActivityCount.PARTIAL_SUM_ADDS, sums)
                .add(ActivityCount.PARTIAL_SUM_BITS, sums * widths.sum());
        for (ChipPlacement.Way way : design.tiles().placement().ways().getOrDefault(node.id(), List.of())) {
            boolean spikes = isNeurons(way.source());
            double hops = way.hops()
                    * (spikes
                            ? sent(way.source(), activity, running)
                            : node.out().size() * computed(node, running));
            if (hops > 0) {
                counts.add(ActivityCount.SPIKE_HOPS, hops)
                        .add(
                                ActivityCount.SPIKE_HOP_BITS,
                                hops * (spikes ? addressBits(node.out().size()) : widths.sum()));
            }
        }
        return counts.build();
    }

    /** Times that a node is computed, over the samples: every step, or once where hardware keeps what no step changes. */
    private double computed(Network.Node node, long[] running) {
        boolean latched = !once.layers().isEmpty() && design.network().isSteady(node.id());
        return latched ? running[0] : sum(running);
    }

    private boolean isNeurons(int source) {
        return source != Network.INPUT && design.network().node(source).layer() instanceof Layer.Neuron;
    }

    /** What a source sends to all that read it, over the samples: spikes of neurons, any other values at every step. */
    private double sent(int source, LayerActivity[] activity, long[] running) {
        return isNeurons(source) ? sum(activity[source].spikes) : values(source) * sum(running);
    }

    /** The same in one step. */
    private double sent(int source, LayerActivity[] activity, int t, long[] running) {
        return isNeurons(source) ? activity[source].spikes[t] : values(source) * running[t];
    }

    private double values(int source) {
        Network network = design.network();
        return source == Network.INPUT
                ? network.input().size()
                : network.node(source).out().size();
    }

    /** An adaptation is one more state that is updated. */
    private PhysicalActivity neurons(
            Network.Node node, NeuronDynamics dynamics, LayerActivity[] activity, long[] running) {
        double updates = (double) node.out().size() * sum(running);
        Optional<Network.Node> before = tilesBefore(node);
        if (this.updates == NeuronUpdates.EVENT && before.isPresent()) {
            Network.Node synapses = before.get();
            int phases = InputKind.of(design.network(), synapses, encoder).phases();
            double touched = 0;
            for (int t = 0; t < running.length; t++) {
                long positions = positionsRead(synapses, activity[synapses.id()], t, running[t]);
                touched += Math.min(positions, positions(synapses, running[t]) / phases);
            }
            updates = touched * node.out().channels();
        }
        return updates(dynamics.adaptationStrength() > 0 ? 2 * updates : updates);
    }

    private static PhysicalActivity updates(double updates) {
        return PhysicalActivity.builder()
                .add(ActivityCount.NEURON_UPDATES, updates)
                .add(ActivityCount.MEMBRANE_ACCESSES, ACCESSES_PER_UPDATE * updates)
                .build();
    }

    /** The layer on tiles whose sums a neuron integrates position by position, if that is what it does. */
    private Optional<Network.Node> tilesBefore(Network.Node neurons) {
        Network.Node at = neurons;
        while (at.inputs().size() == 1 && at.inputs().getFirst() != Network.INPUT) {
            at = design.network().node(at.inputs().getFirst());
            if (at.isSynapse()) {
                boolean reads = design.tiles().layer(at.id()).isPresent() && !once.contains(at.id());
                return reads ? Optional.of(at) : Optional.empty();
            } else if (!(at.layer() instanceof Layer.StepNorm)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Parts of every synapse and neuron layer, by node id; latches are memory bits of the layer that fills them. */
    public Map<Integer, Map<AreaComponent, Double>> parts() {
        Map<Integer, Map<AreaComponent, Double>> parts = ChipArea.parts(design, widths.membrane());
        for (int node : once.read()) {
            parts.get(node)
                    .merge(AreaComponent.MEMORY_BIT, latchBits(design.network().node(node)), Double::sum);
        }
        return parts;
    }

    /** Bits that the currents of a layer are latched in. */
    private double latchBits(Network.Node node) {
        return (double) node.out().size() * widths.sum();
    }

    /**
     * Arrays, converters, rows, columns and memory bits times the time they are powered, by node id.
     *
     * @param nanoseconds that the whole chip is powered
     */
    public Map<Integer, PhysicalActivity> powered(double nanoseconds) {
        Map<Integer, PhysicalActivity> counts = new TreeMap<>();
        parts().forEach((node, parts) -> {
            Map<ActivityCount, Double> times = new EnumMap<>(ActivityCount.class);
            parts.forEach((part, pieces) -> {
                ActivityCount count = LEAKING.get(part);
                if (count != null && pieces > 0) {
                    times.put(count, pieces * nanoseconds);
                }
            });
            counts.put(node, new PhysicalActivity(times));
        });
        return counts;
    }

    /**
     * Time of one inference, ns, mean over the samples: steps and layers one after the other, branches side by side, positions of a layer shared by its
     * copies, tiles of a layer in parallel, digital layers at their clock, and the way of events between chip tiles.
     *
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step, shape {@code [timeSteps]}; all of them the first
     */
    public double latencyNanoseconds(LayerActivity[] activity, long[] running, ChipTiming timing) {
        return latency(activity, running, timing).sequential();
    }

    /** The same in every mode that layers can overlap in; the load of a layer in a step is its mean over the samples. */
    public ChipLatency latency(LayerActivity[] activity, long[] running, ChipTiming timing) {
        LayerActivity[] executed = once.executed(activity);
        List<Network.Node> layers = design.network().synapses();
        double[][] steps = new double[running.length][layers.size()];
        for (int l = 0; l < layers.size(); l++) {
            Network.Node node = layers.get(l);
            LayerActivity own = executed[node.id()];
            boolean onTiles = design.tiles().layer(node.id()).isPresent();
            for (int t = 0; t < running.length; t++) {
                long ran = once.ran(node.id(), t, running);
                steps[t][l] = (onTiles
                                ? LatencyModel.layerStepNanoseconds(
                                        positionsRead(node, own, t, ran),
                                        design.tiles().copies(node.id()),
                                        0,
                                        timing.read().withPulses(InputKind.pulses(design.network(), node, encoder)))
                                : timing.digital()
                                        .nanoseconds(
                                                oneBitAccumulates(own.effectiveAcs[t], own.effectiveMacs[t]),
                                                node.out().channels()))
                        + travelling(
                                node,
                                arrivals(node, own, t, ran),
                                ran,
                                hops(node, executed, t, running),
                                timing.mesh());
            }
        }
        return ChipLatency.of(steps, LayerFlow.of(design.network()), running[0]);
    }

    /** Accumulates of one-bit inputs that digital layers make of effective operations. */
    private double oneBitAccumulates(long accumulates, long multiplies) {
        return accumulates + (double) multiplies * inputBits;
    }

    /** Time that the events of a step take from chip tile to chip tile, summed over the samples; 0 on a single one. */
    private double travelling(Network.Node node, double events, long samples, double hops, MeshTiming mesh) {
        if (hops == 0 || samples == 0) {
            return 0;
        }
        return samples * mesh.nanoseconds(events / samples * bitsOfArrival(node), hops);
    }

    private double hops(Network.Node node, LayerActivity[] activity, int t, long[] running) {
        return design.tiles().placement().hopsPerEvent(node.id(), source -> sent(source, activity, t, running));
    }

    /** Output positions times phases that are read in one step, over the samples that ran it. */
    private long positionsRead(Network.Node node, LayerActivity activity, int t, long samples) {
        return skipEmpty ? activity.activePositions[t] : positions(node, samples);
    }

    private long tileReads(Network.Node node, LayerTiles tiles, LayerActivity activity, int t, long samples) {
        return skipEmpty ? activity.tileReads[t] : positions(node, samples) * tiles.rowTiles();
    }

    /** Output positions times phases of all samples. */
    private long positions(Network.Node node, long samples) {
        int phases = InputKind.of(design.network(), node, encoder).phases();
        return samples * node.out().positions() * phases;
    }

    /** Inputs that arrive in a step, over the samples that compute in it: events, or all words of a map. */
    private double arrivals(Network.Node node, LayerActivity activity, int t, long samples) {
        return receivesWords(node) ? (double) node.in().size() * samples : activity.events[t];
    }

    /** Whether a layer receives analogue inputs, zeros and all, in the steps in which it computes. */
    private boolean receivesWords(Network.Node node) {
        boolean frames =
                encoder instanceof Encoder.DirectFrames && design.network().isSteady(node.id());
        return frames || once.contains(node.id());
    }

    /** Bits of an event, which name the input, or of an input word. */
    private int bitsOfArrival(Network.Node node) {
        return receivesWords(node) ? inputBits : addressBits(node.in().size());
    }

    /** Bits that name one of so many values. */
    private static int addressBits(int values) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(values - 1);
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
