/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.chip.AdaptiveBits;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TilePattern;
import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The spiking network beside a quantised artificial one of the same layers on the same hardware, and the spike rate at which
 * both cost the same.
 *
 * <p>Artificial network: one pass; inputs of every layer are words of b bits, fed bit by bit; half of the bits are 1 and
 * drive their row (own choice), and layers that are not on tiles multiply by all of them, as those of the spiking network
 * do; every position of every tile is read for every bit; results of the bits are joined by b - 1 additions per output and
 * position; every input travels once, as one word; every neuron is updated once and has no membrane.
 *
 * <p>Spiking network at rate p: every neuron fires with probability p in every step, independently; layers that see the
 * network's input keep what was measured. A tile with n rows in the map is read with probability
 *
 * <pre>
 *   1 - (1 - q)^n,    q = 1 - (1 - p)^m
 * </pre>
 *
 * <p>behind a pooling of m positions, while its rows are driven by p on average.
 */
public final class QuantisedBaseline {
    /** Bits that are 1, over all bits. */
    private static final double ONES = 0.5;

    /** Expected counts are rounded to whole events of so many images. */
    private static final long IMAGES = 1_000_000;

    private static final int BISECTIONS = 60;

    private final ActivityProjector projector;
    private final Map<Integer, Double> rowMicrosiemens;
    private final int bits;
    private final Map<Integer, RowsSeen> rows = new TreeMap<>();
    /** Share of the weights of a layer that are not 0, by node id. */
    private final Map<Integer, Double> nonZero = new TreeMap<>();

    /**
     * Makes the comparison for one design.
     *
     * @param projector how activity becomes physical events
     * @param bits b, 1 to 64
     */
    public QuantisedBaseline(ActivityProjector projector, int bits) {
        this.projector = Objects.requireNonNull(projector);
        this.rowMicrosiemens = meanRows(projector.design());
        this.bits = bits;
        for (Network.Node node : projector.design().network().synapses()) {
            rows.put(node.id(), RowsSeen.of(node, cuts(node), always(node), pattern(node)));
            nonZero.put(node.id(), nonZero(projector.design(), node));
        }
        if (bits < 1 || bits > WordWidths.MAX_BITS) {
            throw RefusedException.mustBe(HardwareProperty.BASELINE_BITS, "1 to " + WordWidths.MAX_BITS, bits);
        }
    }

    /** Conductance of all cells on a row with every cell on target, mean over the rows, by node id. */
    private static Map<Integer, Double> meanRows(ChipDesign design) {
        Map<Integer, Double> means = new TreeMap<>();
        TargetLoad.perRow(design)
                .forEach((node, load) ->
                        means.put(node, Arrays.stream(load).average().orElse(0)));
        return means;
    }

    /** Physical events of one image through the artificial network, by node id. */
    public Map<Integer, PhysicalActivity> artificial() {
        Network network = projector.design().network();
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        for (Network.Node node : network.nodes()) {
            activity[node.id()] = new LayerActivity(bits);
            if (node.isSynapse()) {
                fill(node, activity[node.id()]);
            }
        }
        long[] running = new long[bits];
        Arrays.fill(running, 1);
        Map<Integer, PhysicalActivity> counts = new TreeMap<>();
        projector
                .withSkipEmpty(true)
                .withLatched(LatchedLayers.NONE)
                .project(activity, running)
                .forEach((id, events) -> counts.put(id, finished(network.node(id), events)));
        return counts;
    }

    /** Every row driven by its ones, every tile read, in one step per bit. */
    private void fill(Network.Node node, LayerActivity activity) {
        RowsSeen seenRows = rows.get(node.id());
        for (int bit = 0; bit < bits; bit++) {
            activity.rowDrives[bit] = ONES * seenRows.all();
            activity.load[bit] = activity.rowDrives[bit] * rowMicrosiemens.getOrDefault(node.id(), 0.0);
            activity.tileReads[bit] = (long) seenRows.tilesRead(1);
            classify(node, seenRows, 1, ONES, 1, activity, bit);
            activity.activePositions[bit] = (long) seenRows.positionsRead(1);
            activity.effectiveAcs[bit] = NeuroBenchMetrics.denseOperations(node);
        }
    }

    /**
     * Counts the reads of a layer by the bits that their rows need, with the mean number of driven rows for all tiles that see
     * as many. Of tiles that leave out rows or columns, what is read of them; where no two tiles have the same outputs, sums that are
     * begun are those of all outputs of a position.
     *
     * @param read probability that an input makes its tile be read
     * @param driven probability that it drives its row
     */
    private void classify(
            Network.Node node,
            RowsSeen seenRows,
            double read,
            double driven,
            long images,
            LayerActivity activity,
            int t) {
        LayerTiles tiles = projector.design().tiles().layer(node.id()).orElse(null);
        if (tiles == null) {
            return;
        }
        IntUnaryOperator classOf = readClass(node, tiles);
        seenRows.ofTiles().forEach((part, count) -> {
            double reads = 1 - Math.pow(1 - read, part.rows());
            if (reads > 0) {
                int mean = Math.clamp(Math.round(part.rows() * driven / reads), 1, part.rows());
                add(activity, t, part, classOf.applyAsInt(mean), Math.round(count * reads * images));
            }
        });
        seenRows.always().forEach((part, count) -> {
            int mean =
                    Math.clamp(Math.round(part.rows() * driven) + tiles.matrix().always(), 1, tiles.largestRows());
            add(activity, t, part, classOf.applyAsInt(mean), count * images);
        });
        tiles.pattern().ifPresent(pattern -> {
            activity.pattern.outputs[t] = Math.min(
                    outputReads(activity, t),
                    Math.round(seenRows.positionsRead(read) * images)
                            * pattern.has().outputsOnAny());
            int last = tiles.rowTiles() - 1;
            double always = seenRows.alwaysDriven() * images;
            double mean = activity.rowDrives[t] - always;
            double rows = seenRows.all() == 0 ? 0 : mean / seenRows.all();
            activity.pattern.drive(t, pattern.has().arrays(last), pattern.has().outputsOf(last), always);
            activity.pattern.arrayRows[t] += rows * seenRows.ofRows(RowsSeen.Part::arrays);
            activity.pattern.outputRows[t] += rows * seenRows.ofRows(RowsSeen.Part::outputs);
        });
    }

    /** The bits that driven rows need; one class where converters do not ask. */
    private IntUnaryOperator readClass(Network.Node node, LayerTiles tiles) {
        if (!(projector.design().hardware().readout() instanceof Readout.Adc adc)) {
            return _ -> 0;
        }
        int[] needed = AdaptiveBits.needed(
                adc.bits(), tiles, projector.design().cells(node.id()).cell());
        return driven -> needed[driven];
    }

    private static long outputReads(LayerActivity activity, int t) {
        int first = t * LayerActivity.READ_CLASSES;
        return Arrays.stream(activity.pattern.outputReads, first, first + LayerActivity.READ_CLASSES)
                .sum();
    }

    private static void add(LayerActivity activity, int t, RowsSeen.Part part, int readClass, long reads) {
        activity.readsByClass[t][readClass] += reads;
        int at = t * LayerActivity.READ_CLASSES + readClass;
        activity.pattern.arrayReads[at] += reads * part.arrays();
        activity.pattern.outputReads[at] += reads * part.outputs();
    }

    /** Adds what only words of several bits need, and takes away what only spiking neurons do; words are added once. */
    private PhysicalActivity finished(Network.Node node, PhysicalActivity events) {
        if (node.layer() instanceof Layer.Bias || node.layer() instanceof Layer.Join) {
            return events.times(1.0 / bits);
        }
        PhysicalActivity.Builder counts = PhysicalActivity.builder();
        if (!node.isSynapse()) {
            return counts.add(ActivityCount.NEURON_UPDATES, node.out().size()).build();
        }
        counts.addAll(events);
        counts.add(ActivityCount.INPUT_BUFFER_BITS, (double) node.in().size() * bits);
        double hops = node.in().size() * projector.design().tiles().placement().hopsPerEvent(node.id());
        if (hops > 0) {
            counts.add(ActivityCount.SPIKE_HOPS, hops).add(ActivityCount.SPIKE_HOP_BITS, hops * bits);
        }
        boolean tiled = projector.design().tiles().layer(node.id()).isPresent();
        if (tiled && !projector.design().cells(node.id()).codec().digital()) {
            counts.add(ActivityCount.SHIFT_ADDS, (bits - 1.0) * node.out().size());
        }
        return counts.build();
    }

    /**
     * Physical events of one image through the spiking network at a spike rate, by node id.
     *
     * @param rate spikes per neuron and step, 0 to 1
     * @param measured activity by node id, summed over the samples, for layers that see the network's input
     * @param running samples that ran each step, shape {@code [timeSteps]}; all of them the first
     */
    public Map<Integer, PhysicalActivity> spiking(double rate, LayerActivity[] measured, long[] running) {
        Network network = projector.design().network();
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        long[] images = new long[running.length];
        for (int t = 0; t < images.length; t++) {
            images[t] = Math.round((double) IMAGES * running[t] / running[0]);
        }
        for (Network.Node node : network.nodes()) {
            Inputs inputs = Inputs.of(network, node);
            activity[node.id()] = new LayerActivity(running.length);
            if (node.isSynapse() && inputs.spikes()) {
                expect(node, inputs, rate, activity[node.id()], images);
            } else if (node.isSynapse()) {
                scale(measured[node.id()], (double) IMAGES / running[0], activity[node.id()]);
            }
        }
        Map<Integer, PhysicalActivity> counts = new TreeMap<>();
        projector.project(activity, images).forEach((id, events) -> counts.put(id, events.times(1.0 / IMAGES)));
        return counts;
    }

    private void expect(Network.Node node, Inputs inputs, double rate, LayerActivity activity, long[] images) {
        double seen = 1 - Math.pow(1 - rate, inputs.pooled());
        RowsSeen seenRows = rows.get(node.id());
        double tileReads = seenRows.tilesRead(seen);
        double positions = seenRows.positionsRead(seen);
        double operations = seen * NeuroBenchMetrics.denseOperations(node) * nonZero.get(node.id());
        for (int t = 0; t < images.length; t++) {
            activity.events[t] = Math.round(seen * node.in().size() * images[t]);
            activity.rowDrives[t] = (rate * seenRows.all() + seenRows.alwaysDriven()) * images[t];
            activity.load[t] = activity.rowDrives[t] * rowMicrosiemens.getOrDefault(node.id(), 0.0);
            activity.tileReads[t] = Math.round(tileReads * images[t]);
            classify(node, seenRows, seen, seen, images[t], activity, t);
            activity.activePositions[t] = Math.round(positions * images[t]);
            long[] counted = inputs.pooled() == 1 ? activity.effectiveAcs : activity.effectiveMacs;
            counted[t] = Math.round(operations * images[t]);
        }
    }

    /**
     * Spikes per neuron and step at which both networks cost the same; 0 if the spiking one never costs less, 1 if it always
     * does.
     *
     * @param energy of the physical events of one image, by node id; rises with the rate
     */
    public double breakEvenRate(
            LayerActivity[] measured, long[] running, ToDoubleFunction<Map<Integer, PhysicalActivity>> energy) {
        double target = energy.applyAsDouble(artificial());
        double low = 0;
        double high = 1;
        if (energy.applyAsDouble(spiking(low, measured, running)) >= target) {
            return low;
        }
        if (energy.applyAsDouble(spiking(high, measured, running)) <= target) {
            return high;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (low + high);
            if (energy.applyAsDouble(spiking(middle, measured, running)) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private int[] cuts(Network.Node node) {
        return projector
                .design()
                .tiles()
                .layer(node.id())
                .map(LayerTiles::rowCuts)
                .orElse(new int[] {0});
    }

    private Optional<ArrayPattern> pattern(Network.Node node) {
        return projector
                .design()
                .tiles()
                .layer(node.id())
                .flatMap(LayerTiles::pattern)
                .map(TilePattern::has);
    }

    private int always(Network.Node node) {
        return projector
                .design()
                .tiles()
                .layer(node.id())
                .map(tiles -> tiles.matrix().always())
                .orElse(0);
    }

    private static double nonZero(ChipDesign design, Network.Node node) {
        boolean[] weights = EffectiveWeights.nonZero(design, node.id());
        int count = 0;
        for (boolean weight : weights) {
            count += weight ? 1 : 0;
        }
        return (double) count / weights.length;
    }

    private static void scale(LayerActivity from, double factor, LayerActivity into) {
        for (int t = 0; t < into.timeSteps(); t++) {
            into.events[t] = Math.round(from.events[t] * factor);
            into.effectiveAcs[t] = Math.round(from.effectiveAcs[t] * factor);
            into.effectiveMacs[t] = Math.round(from.effectiveMacs[t] * factor);
            into.rowDrives[t] = from.rowDrives[t] * factor;
            into.tileReads[t] = Math.round(from.tileReads[t] * factor);
            into.activePositions[t] = Math.round(from.activePositions[t] * factor);
            into.load[t] = from.load[t] * factor;
            into.pattern.arrayRows[t] = from.pattern.arrayRows[t] * factor;
            into.pattern.outputRows[t] = from.pattern.outputRows[t] * factor;
            for (int k = 0; k < LayerActivity.READ_CLASSES; k++) {
                into.readsByClass[t][k] = Math.round(from.readsByClass[t][k] * factor);
                int at = t * LayerActivity.READ_CLASSES + k;
                into.pattern.arrayReads[at] = Math.round(from.pattern.arrayReads[at] * factor);
                into.pattern.outputReads[at] = Math.round(from.pattern.outputReads[at] * factor);
            }
            into.pattern.outputs[t] = Math.min(outputReads(into, t), Math.round(from.pattern.outputs[t] * factor));
        }
    }

    /**
     * What a layer receives.
     *
     * @param spikes whether its inputs come from neurons alone
     * @param pooled neuron outputs averaged to one input
     */
    private record Inputs(boolean spikes, int pooled) {
        static Inputs of(Network network, Network.Node node) {
            Inputs all = new Inputs(true, 1);
            for (int source : node.inputs()) {
                all = all.with(
                        source == Network.INPUT ? new Inputs(false, 1) : ofOutput(network, network.node(source)));
            }
            return all;
        }

        private static Inputs ofOutput(Network network, Network.Node node) {
            return switch (node.layer()) {
                case Layer.Neuron _ -> new Inputs(true, 1);
                case Layer.AvgPool pool -> {
                    Inputs before = of(network, node);
                    yield new Inputs(before.spikes, before.pooled * pool.area());
                }
                case Layer.Synapse _,
                        Layer.MaxPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Dropout _,
                        Layer.Activation _,
                        Layer.Affine _,
                        Layer.Join _,
                        Layer.Concat _,
                        Layer.Integrator _,
                        Layer.Delay _,
                        Layer.ReadOut _ -> of(network, node);
            };
        }

        private Inputs with(Inputs other) {
            return new Inputs(spikes && other.spikes, Math.max(pooled, other.pooled));
        }
    }
}
