/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatchedLayersTest {
    private static final Encoder DIRECT = new Encoder.Direct();
    private static final WordWidths WIDTHS = WordWidths.ofAdc(4);
    private static final int INPUT_BITS = 8;
    private static final int STEPS = 4;
    private static final long SAMPLES = 10;
    /** The last steps ran fewer samples, as with early exit. */
    private static final long[] RUNNING = {10, 10, 6, 3};

    private static final int CONV = 0;
    private static final int LIF = 2;
    private static final int FC = 4;

    /** conv1 (2 channels on 3 x 3) - norm of every step - lif - flatten - fc (5) - read-out. */
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(1, 3, 3));
        builder.add("conv1", new Layer.Conv2d(2, 3, 1, 1));
        builder.add("norm", Layer.StepNorm.standard());
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("flat", new Layer.Flatten());
        builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ChipDesign design(boolean skipEmpty) {
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(16, 16),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(2f, 40f, 16)),
                new Readout.Adc(4, 8, 99.9),
                skipEmpty,
                new LayerPlaces(Set.of("fc"), 8));
        float[] conv = new float[18];
        float[] fc = new float[90];
        Arrays.fill(conv, 0.5f);
        Arrays.fill(fc, 0.5f);
        return ChipDesign.of(network(), hardware, Map.of(CONV, new LayerWeights(conv, 0), FC, new LayerWeights(fc, 0)));
    }

    /** Conv of 7 non-zero pixels in every step; fc of 4 events in every step. */
    private static LayerActivity[] activity(Network network) {
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        Arrays.setAll(activity, _ -> new LayerActivity(STEPS));
        for (int t = 0; t < STEPS; t++) {
            activity[CONV].events[t] = 7 * RUNNING[t];
            activity[CONV].effectiveMacs[t] = 80 * RUNNING[t];
            activity[LIF].spikes[t] = 4 * RUNNING[t];
            activity[FC].events[t] = 4 * RUNNING[t];
            activity[FC].effectiveAcs[t] = 20 * RUNNING[t];
            activity[FC].rowDrives[t] = 4 * RUNNING[t];
            activity[FC].tileReads[t] = RUNNING[t];
            activity[FC].activePositions[t] = RUNNING[t];
        }
        return activity;
    }

    private static ActivityProjector projector(ChipDesign design, LatchedLayers once) {
        return new ActivityProjector(design, DIRECT, WIDTHS, INPUT_BITS).withLatched(once);
    }

    @Test
    void theLayerThatSeesTheImageComputesOnceUnderDirectCodingAlone() {
        Network network = network();
        assertThat(LatchedLayers.of(network, DIRECT)).isEqualTo(new LatchedLayers(Set.of(CONV), Set.of(CONV)));
        assertThat(LatchedLayers.of(network, new Encoder.Poisson(2f))).isEqualTo(LatchedLayers.NONE);
        assertThat(LatchedLayers.of(network, new Encoder.DirectFrames())).isEqualTo(LatchedLayers.NONE);
    }

    @Test
    void poolingAndSynapsesBeforeTheFirstNeuronsComputeOnceAndOnlyTheLastIsLatched() {
        NetworkBuilder builder = new NetworkBuilder("deep", new Shape(1, 4, 4));
        builder.add("pool", new Layer.AvgPool(2));
        builder.add("conv1", new Layer.Conv2d(2, 1, 1, 0));
        builder.add("conv2", new Layer.Conv2d(2, 1, 1, 0));
        builder.add("norm", Layer.StepNorm.standard());
        builder.add("conv3", new Layer.Conv2d(2, 1, 1, 0));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("flat", new Layer.Flatten());
        builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        // conv3 reads what the norm of every step makes, so that its input changes.
        assertThat(LatchedLayers.of(builder.build(), DIRECT)).isEqualTo(new LatchedLayers(Set.of(1, 2), Set.of(2)));
    }

    @Test
    void everyStepAfterTheFirstCostsTheReadOfALatch() {
        ChipDesign design = design(true);
        LayerActivity[] activity = activity(design.network());
        PhysicalActivity counts = projector(design, LatchedLayers.of(design.network(), DIRECT))
                .project(activity, RUNNING)
                .get(CONV);
        assertThat(counts.of(ActivityCount.SRAM_MACS)).isEqualTo(80.0 * SAMPLES * INPUT_BITS);
        // Written for ten images, read in 10 + 10 + 6 + 3 steps, 18 currents of 16 bits.
        assertThat(counts.of(ActivityCount.LATCH_BITS)).isEqualTo((10 + 29) * 18 * 16.0);
    }

    @Test
    void anImageIsBufferedAsWordsOfEightBits() {
        ChipDesign design = design(true);
        PhysicalActivity counts = projector(design, LatchedLayers.of(design.network(), DIRECT))
                .project(activity(design.network()), RUNNING)
                .get(CONV);
        assertThat(counts.of(ActivityCount.INPUT_BUFFER_BITS)).isEqualTo(9.0 * INPUT_BITS * SAMPLES);
    }

    @Test
    void repeatedLayersAreCountedAsBefore() {
        ChipDesign design = design(true);
        PhysicalActivity counts = projector(design, LatchedLayers.NONE)
                .project(activity(design.network()), RUNNING)
                .get(CONV);
        assertThat(counts.of(ActivityCount.SRAM_MACS)).isEqualTo(80.0 * 29 * INPUT_BITS);
        assertThat(counts.of(ActivityCount.LATCH_BITS)).isZero();
        assertThat(counts.of(ActivityCount.INPUT_BUFFER_BITS)).isEqualTo(7.0 * 29 * 4);
    }

    @Test
    void otherLayersAndNeuronsAreCountedInEveryStep() {
        for (boolean skipEmpty : new boolean[] {true, false}) {
            ChipDesign design = design(skipEmpty);
            LayerActivity[] activity = activity(design.network());
            Map<Integer, PhysicalActivity> latched = projector(design, LatchedLayers.of(design.network(), DIRECT))
                    .project(activity, RUNNING);
            Map<Integer, PhysicalActivity> repeated =
                    projector(design, LatchedLayers.NONE).project(activity, RUNNING);
            assertThat(latched.get(FC)).isEqualTo(repeated.get(FC));
            assertThat(latched.get(LIF)).isEqualTo(repeated.get(LIF));
        }
    }

    @Test
    void onlyTheFirstStepWaitsForALatchedLayer() {
        ChipDesign design = design(true);
        LayerActivity[] activity = activity(design.network());
        ChipTiming timing = ChipTiming.profile("isaac32", 8, 4);
        ChipLatency latched =
                projector(design, LatchedLayers.of(design.network(), DIRECT)).latency(activity, RUNNING, timing);
        ChipLatency repeated = projector(design, LatchedLayers.NONE).latency(activity, RUNNING, timing);
        // 80 multiplications of 8 bits in 2 channels at 1 ns; 29 steps ran in all.
        double once = 80 * INPUT_BITS / 2.0;
        assertThat(repeated.sequential() - latched.sequential()).isCloseTo(once * 19 / 10, againstClosedForm(1e-9));
        assertThat(latched.layerPipeline()).isCloseTo(once + 100 * 29 / 10.0, againstClosedForm(1e-9));
        assertThat(latched.imageInterval()).isCloseTo(once + 100 * 19 / 10.0, againstClosedForm(1e-9));
    }

    @Test
    void latchesAreMemoryThatTakesAreaAndLeaks() {
        ChipDesign design = design(true);
        double latched = projector(design, LatchedLayers.of(design.network(), DIRECT))
                .parts()
                .get(CONV)
                .get(AreaComponent.MEMORY_BIT);
        double repeated =
                projector(design, LatchedLayers.NONE).parts().get(CONV).get(AreaComponent.MEMORY_BIT);
        assertThat(latched - repeated).isEqualTo(18 * 16.0);
        assertThat(projector(design, LatchedLayers.of(design.network(), DIRECT))
                        .powered(2)
                        .get(CONV)
                        .of(ActivityCount.MEMORY_BIT_NANOSECONDS))
                .isEqualTo(2 * latched);
    }

    @Test
    void metricsCountALayerThatIsCalledOnceOnce() {
        ChipDesign design = design(true);
        LayerActivity[] activity = activity(design.network());
        LatchedLayers once = LatchedLayers.of(design.network(), DIRECT);
        NeuroBenchMetrics latched = NeuroBenchMetrics.of(design, once, activity, RUNNING);
        NeuroBenchMetrics repeated = NeuroBenchMetrics.of(design, activity, RUNNING);
        assertThat(latched.effMacs()).isEqualTo(80);
        assertThat(repeated.effMacs()).isEqualTo(80 * 2.9);
        assertThat(latched.effAcs()).isEqualTo(repeated.effAcs());
        // 49 taps inside a map of 3 x 3, for two channels; 90 weights of fc.
        assertThat(latched.synopsDense()).isCloseTo(98 + 90 * 2.9, againstClosedForm(1e-9));
        assertThat(repeated.synopsDense()).isCloseTo((98 + 90) * 2.9, againstClosedForm(1e-9));
        assertThat(ArithmeticOperations.of(design.network(), DIRECT, once, activity, RUNNING)
                        .macs())
                .isEqualTo(98);
        assertThat(ArithmeticOperations.of(design.network(), DIRECT, LatchedLayers.NONE, activity, RUNNING)
                        .macs())
                .isCloseTo(98 * 2.9, againstClosedForm(1e-9));
    }

    @Test
    void theArtificialNetworkIsNotTouched() {
        ChipDesign design = design(true);
        QuantisedBaseline latched =
                new QuantisedBaseline(projector(design, LatchedLayers.of(design.network(), DIRECT)), 3);
        QuantisedBaseline repeated = new QuantisedBaseline(projector(design, LatchedLayers.NONE), 3);
        assertThat(latched.artificial()).isEqualTo(repeated.artificial());
    }

    @Test
    void whatIsExecutedDoesNotChangeWhatWasMeasured() {
        Network network = network();
        LayerActivity[] activity = activity(network);
        LayerActivity[] executed = LatchedLayers.of(network, DIRECT).executed(activity);
        assertThat(executed[CONV].effectiveMacs).containsExactly(800, 0, 0, 0);
        assertThat(activity[CONV].effectiveMacs).containsExactly(800, 800, 480, 240);
        assertThat(executed[FC]).isSameAs(activity[FC]);
    }

    @Test
    void aLatchWithoutALayerThatFillsItIsRefused() {
        assertThatThrownBy(() -> new LatchedLayers(Set.of(1), Set.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2]")
                .hasMessageContaining("[1]");
    }
}
