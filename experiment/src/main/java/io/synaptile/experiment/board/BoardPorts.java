/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.board;

import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.board.trace.TraceFile;
import io.synaptile.board.trace.TraceWriter;
import io.synaptile.experiment.file.BoardsBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.BoardFacts;
import io.synaptile.experiment.plan.BoardTiles;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ArrayAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The arrays of an experiment that are real, taken for it until they are closed. */
public final class BoardPorts implements AutoCloseable {
    /** Name of the variable of the environment with the token that boards are shown. */
    public static final String TOKEN = "SYNAPTILE_BOARD_TOKEN";

    private static final String PRODUCT = "synaptile";
    private static final int SIMULATED_READS = 1 << 16;

    /** No array is real. */
    public static final BoardPorts NONE = new BoardPorts(false);

    private final Map<ArrayAddress, ArrayPort> ports = new LinkedHashMap<>();
    /** By the address of their board. */
    private final Map<String, BoardClient> clients = new TreeMap<>();

    private final boolean calibrated;
    private Optional<TraceWriter> recording = Optional.empty();
    private Optional<TraceFile> replaying = Optional.empty();

    private BoardPorts(boolean calibrated) {
        this.calibrated = calibrated;
    }

    /**
     * Takes the arrays that an experiment names.
     *
     * @throws io.synaptile.experiment.file.ConfigException if a name is that of no layer or tile on tiles, or an address is none
     * @throws io.synaptile.mapping.port.PortException if a board does not answer, or has too few arrays
     */
    public static BoardPorts open(ExperimentFile file, ChipDesign design) {
        return open(file, design, "");
    }

    /**
     * The same for another stage than that of the chips.
     *
     * @param stage what the names of recordings end with
     */
    public static BoardPorts open(ExperimentFile file, ChipDesign design, String stage) {
        BoardsBlock block = file.experiment().hardware().boards();
        List<BoardTiles> all = BoardTiles.of(file, design);
        BoardPorts opened = new BoardPorts(block.calibrate());
        if (all.isEmpty()) {
            return opened;
        }
        try {
            opened.recording = block.recorded().map(name -> new TraceWriter(Path.of(name + stage), PRODUCT));
            opened.replaying = block.replayed().map(name -> TraceFile.open(Path.of(name + stage)));
            for (BoardTiles wanted : all) {
                opened.take(file, design, wanted);
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void take(ExperimentFile file, ChipDesign design, BoardTiles wanted) {
        List<String> arrays = List.of();
        BoardClient client = null;
        if (replaying.isEmpty() && wanted.address().isPresent()) {
            BoardAddress address = wanted.address().get();
            client = clients.get(address.board());
            if (client == null) {
                client = BoardClient.connect(
                        address, rules(file, file.experiment().hardware().boards()));
                clients.put(address.board(), client);
            }
            arrays = arrays(client, address, wanted.parts().size());
        }
        for (int i = 0; i < wanted.parts().size(); i++) {
            TileAssignment part = wanted.parts().get(i);
            String tile = name(design, part.array());
            ArrayPort port;
            if (replaying.isPresent()) {
                port = replaying.get().replay(tile);
            } else if (client == null) {
                port = simulated(file, design, wanted, part);
            } else {
                port = client.open(arrays.get(i));
            }
            ports.put(
                    part.array(),
                    recording.map(trace -> trace.recording(tile, port)).orElse(port));
        }
    }

    /** A tile as recordings and manifests name it. */
    private static String name(ChipDesign design, ArrayAddress at) {
        return design.network().node(at.layer()).name() + "." + at.copy() + "." + at.rowTile() + "." + at.columnTile();
    }

    private static CallRules rules(ExperimentFile file, BoardsBlock block) {
        return new CallRules(
                Duration.ofMillis(Math.max(1, Math.round(1000 * block.deadlineS()))),
                block.retries(),
                Duration.ofSeconds(1),
                Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank()),
                block.trusted().map(name -> Path.of(name).toFile()),
                "synaptile " + file.experiment().name());
    }

    /** The arrays from the named one on. */
    private static List<String> arrays(BoardClient client, BoardAddress address, int count) {
        int first = client.arrays().indexOf(address.array());
        if (first < 0 || first + count > client.arrays().size()) {
            throw new IllegalArgumentException("board " + client.name() + " at " + address.board() + " has "
                    + client.arrays().size() + " arrays (" + client.arrays().getFirst() + " to "
                    + client.arrays().getLast() + "), and " + count + " from " + address.array() + " on are needed");
        }
        return client.arrays().subList(first, first + count);
    }

    private static ArrayPort simulated(ExperimentFile file, ChipDesign design, BoardTiles wanted, TileAssignment part) {
        int layer = wanted.tiles().layer();
        return new SimulatedPort(new SimulatedArray(
                BoardsBlock.SIMULATED,
                BoardsBlock.SIMULATED,
                wanted.tiles().name() + "." + part.array().rowTile() + "."
                        + part.array().columnTile(),
                wanted.tiles().number(part.array()),
                design.hardware().tile().rows(),
                design.hardware().tile().columns(),
                design.cells(layer).cell(),
                design.arrayReadout(layer),
                ColumnErrors.NONE,
                new PortLimits(0, 0, 0, 0, SIMULATED_READS),
                file.experiment().seed()));
    }

    /** The arrays, by the tile that each is. */
    public Map<ArrayAddress, ArrayPort> ports() {
        return Collections.unmodifiableMap(ports);
    }

    /** Has every board measure and correct its columns, where the experiment asks for it. */
    public void calibrate() {
        if (calibrated) {
            ports.values().forEach(ArrayPort::calibrate);
        }
    }

    /** Those of one layer. */
    public Map<ArrayAddress, ArrayPort> ports(int layer) {
        Map<ArrayAddress, ArrayPort> own = new LinkedHashMap<>(ports);
        own.keySet().removeIf(at -> at.layer() != layer);
        return own;
    }

    /** Has the boards of one layer measure and correct their columns, where the experiment asks for it. */
    public void calibrate(int layer) {
        if (calibrated) {
            ports(layer).values().forEach(ArrayPort::calibrate);
        }
    }

    /**
     * Refuses what would write cells more often than their boards allow, with a pulse a writing at least.
     *
     * @param training writings of every cell in training
     * @param chips chips that are written afterwards
     * @throws io.synaptile.experiment.file.ConfigException naming the board and what is left
     */
    public void requirePulses(ExperimentFile file, long training, long chips) {
        for (ArrayPort port : ports.values()) {
            PortFacts facts = port.facts();
            long allowed = facts.limits().pulsesPerCell();
            long left = allowed - facts.wornPulses();
            if (allowed > 0 && training + chips > left) {
                String key = training > 0 ? "train.loop.policy" : "simulate.instances";
                throw file.problem(
                        key,
                        key + ": cells of board " + facts.board() + ", array " + facts.array() + ", would be written "
                                + (training > 0 ? training + " times in training and " : "") + chips
                                + " times for chips, and " + left + " of the " + allowed
                                + " pulses that a cell may get are left");
            }
        }
    }

    /** Node ids of the layers that have some of them. */
    public Set<Integer> layers() {
        return ports.keySet().stream().map(ArrayAddress::layer).collect(Collectors.toSet());
    }

    /** What a run records of the arrays. */
    public List<BoardFacts> records(ChipDesign design) {
        List<BoardFacts> records = new ArrayList<>();
        ports.forEach((at, port) -> {
            PortFacts facts = port.facts();
            records.add(new BoardFacts(
                    name(design, at), facts.board(), facts.serialNumber(), facts.array(), facts.calibration()));
        });
        return records;
    }

    /** Ends a recording, and gives its file its name. */
    public void finish() {
        recording.ifPresent(TraceWriter::finish);
    }

    /** Gives the arrays back. A recording that is not {@linkplain #finish finished} is deleted. */
    @Override
    public void close() {
        try {
            ports.values().forEach(ArrayPort::close);
        } finally {
            clients.values().forEach(BoardClient::close);
            recording.ifPresent(TraceWriter::close);
            replaying.ifPresent(TraceFile::close);
        }
    }
}
