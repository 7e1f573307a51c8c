/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.board.BoardPorts;
import io.synaptile.experiment.file.LoopBlock;
import io.synaptile.experiment.folder.LoopFacts;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.loop.LoopArrays;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The boards of an experiment in its training. A layer is written as chip 0 of the experiment is, so that what training has seen
 * is what is simulated.
 */
final class TrainingArrays implements LoopArrays, AutoCloseable {
    private static final String TRACE = ".training";
    private static final int INSTANCE = 0;

    private final Inputs inputs;
    private final Plan plan;
    private final Map<Integer, Written> written = new TreeMap<>();
    private Optional<BoardPorts> boards = Optional.empty();
    private ChipDesign whole;
    private long writings;
    private long pulses;

    private record Written(float[] weights, Held held) {}

    /** Nothing is asked of the boards before {@link #open}. */
    TrainingArrays(Inputs inputs) {
        this.inputs = inputs;
        this.plan = inputs.plan();
    }

    /**
     * Takes the boards.
     *
     * @param network parameters before the first step, whose layers have the tiles that they will have after the last
     * @param writings of every cell that are to come in training, at most
     * @throws io.synaptile.experiment.file.ConfigException if cells may not be written as often as that and as often as the chips of
     *     the experiment are
     * @throws io.synaptile.mapping.port.PortException if a board does not answer, or has too few arrays
     */
    void open(Parameters network, long writings) {
        Set<String> layers = plan.onBoards().stream()
                .map(layer -> plan.network().node(layer).name())
                .collect(Collectors.toSet());
        whole = plan.design(layers, network);
        BoardPorts opened = BoardPorts.open(plan.file(), whole, TRACE);
        boards = Optional.of(opened);
        opened.requirePulses(plan.file(), writings, plan.experiment().simulate().instances());
    }

    @Override
    public Held write(int layer, Parameters network) {
        float[] weights = network.weights().get(layer);
        Written before = written.get(layer);
        if (before != null && Arrays.equals(before.weights(), weights)) {
            return before.held();
        }
        Network.Node node = plan.network().node(layer);
        ChipDesign design = plan.design(Set.of(node.name()), network);
        Map<ArrayAddress, ArrayPort> ports = boards.orElseThrow(
                        () -> new IllegalStateException("boards are written before they are opened"))
                .ports(layer);
        ChipInstance chip = TileProgrammer.program(design, plan.experiment().seed(), INSTANCE, ports);
        if (before == null) {
            boards.get().calibrate(layer);
        }
        writings++;
        pulses += chip.layers().get(layer).writePulses();
        ChipInstance aged = ChipSimulation.aged(plan, design, chip);
        SynapsePlan arrays = DeployedNetwork.of(
                        design,
                        aged,
                        network,
                        ConverterRanges.of(plan, design, network, inputs.data().train()))
                .plan()
                .synapses()
                .get(layer);
        Held held = new Held(
                arrays.arrays().orElseThrow(), EffectiveWeights.of(design, aged).get(layer));
        written.put(layer, new Written(weights.clone(), held));
        return held;
    }

    /** What a run records; empty if no board was opened. */
    Optional<LoopFacts> facts() {
        LoopBlock loop = plan.experiment().train().loop();
        List<String> layers = plan.onBoards().stream()
                .map(layer -> plan.network().node(layer).name())
                .toList();
        return boards.map(own -> new LoopFacts(loop.word(), layers, writings, pulses, own.records(whole)));
    }

    /** Ends a recording, and gives its file its name. */
    void finish() {
        boards.ifPresent(BoardPorts::finish);
    }

    @Override
    public void close() {
        boards.ifPresent(BoardPorts::close);
    }
}
