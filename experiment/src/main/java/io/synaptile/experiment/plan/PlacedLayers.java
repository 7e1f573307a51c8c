/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.devices.CellModels;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.PropertyKeys;
import io.synaptile.experiment.file.TrainBlock.Layers;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.NPairs;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.tile.InputKind;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which layers are on tiles, and what holds their weights, by name.
 *
 * <p>Layers with a ternary quantiser are held by ternary pairs of ternary cells where the experiment has differential pairs
 * for the others and says nothing of them.
 */
public record PlacedLayers(Map<String, Cells> byName) {
    private static final String KEY = "hardware.per_layer";
    private static final String TERNARY = "ternary";

    public PlacedLayers {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Codec and cell of a layer, the cell still as it was described. */
    public record Cells(HardwareBlock.Cell cell, WeightCodecProvider codec, int weightBits) {
        LayerCells made(CellModels installed) {
            return new LayerCells(codec, weightBits, installed.create(cell.kind(), cell.options()));
        }
    }

    /** Kinds of their cells, each once, in the order of the layers. */
    public String cellKinds() {
        return byName.values().stream()
                .map(cells -> cells.cell().kind())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    /** Ids of the layers whose RRAM weights have SRAM words beside them. */
    Set<Integer> hybrid(Network network) {
        Set<Integer> ids = new TreeSet<>();
        for (Network.Node node : network.synapses()) {
            Cells cells = byName.get(node.name());
            if (cells != null && cells.codec() == CodecKind.RRAM_PLUS_SHIFTED_SRAM) {
                ids.add(node.id());
            }
        }
        return ids;
    }

    /** @throws io.synaptile.experiment.file.ConfigException if a layer cannot be on tiles or none is left there */
    static PlacedLayers of(ExperimentFile file, Network network, Encoder encoder, LayerQuantisers quantisers) {
        HardwareBlock block = file.experiment().hardware();
        Map<String, LayerPatterns.Entry<HardwareBlock.OfLayer>> own =
                LayerPatterns.resolve(file, KEY, block.perLayer(), network);
        Set<String> tiled = tiled(file, network, encoder, own);
        own.values().forEach(entry -> {
            boolean idle = own.entrySet().stream()
                    .noneMatch(other -> other.getValue() == entry && tiled.contains(other.getKey()));
            if (entry.value().hasCells() && idle) {
                throw file.problem(
                        entry.key(),
                        entry.key() + " describes cells of layers that stay digital; set " + entry.key()
                                + ".place to tiles");
            }
        });
        Map<String, Cells> cells = new LinkedHashMap<>();
        for (Network.Node node : network.synapses()) {
            if (tiled.contains(node.name())) {
                Optional<LayerPatterns.Entry<HardwareBlock.OfLayer>> entry = Optional.ofNullable(own.get(node.name()));
                WeightGrid grid = quantisers.grid(node.id());
                Cells held =
                        cells(file, block, entry.map(LayerPatterns.Entry::value), grid instanceof WeightGrid.Ternary);
                entry.ifPresent(said -> requireFit(file, said.key(), held, grid));
                cells.put(node.name(), held);
            }
        }
        return new PlacedLayers(cells);
    }

    /** Asks the codec of a layer before any weights are at hand whether the cell suits it. */
    private static void requireFit(ExperimentFile file, String key, Cells held, WeightGrid grid) {
        LayerCells made = held.made(file.cells());
        try {
            made.codec().codec(new LayerWeights(new float[0], grid), made.cell(), made.weightBits());
        } catch (IllegalArgumentException e) {
            throw file.problem(key, key + ": " + PropertyKeys.message(e));
        }
    }

    private static Cells cells(
            ExperimentFile file, HardwareBlock block, Optional<HardwareBlock.OfLayer> own, boolean ternary) {
        Optional<String> codec = own.flatMap(HardwareBlock.OfLayer::codec);
        boolean pairs = ternary && codec.isEmpty() && block.codec().equals(CodecKind.DIFFERENTIAL_PAIR.id());
        HardwareBlock.Cell usual = pairs && !block.cell().kind().equals(TERNARY)
                ? new HardwareBlock.Cell(TERNARY, Map.of())
                : block.cell();
        HardwareBlock.Cell cell = own.map(HardwareBlock.OfLayer::cell)
                .filter(HardwareBlock.OfLayer.OwnCell::isGiven)
                .map(block::cell)
                .orElse(usual);
        WeightCodecProvider kind = pairs ? CodecKind.TERNARY_PAIR : codec(file, codec.orElse(block.codec()));
        return new Cells(
                cell, kind, own.flatMap(HardwareBlock.OfLayer::weightBits).orElse(block.weightBits()));
    }

    /** The codec of a name, with its options. */
    static WeightCodecProvider codec(ExperimentFile file, String name) {
        return name.equals(NPairs.ID)
                ? file.experiment().hardware().pairs().codec()
                : file.plugIns().codec(name);
    }

    private static Set<String> tiled(
            ExperimentFile file,
            Network network,
            Encoder encoder,
            Map<String, LayerPatterns.Entry<HardwareBlock.OfLayer>> own) {
        Layers layers = file.experiment().hardware().layers();
        Set<String> names = ExperimentHardware.selected(layers, network);
        List<String> tileable = InputKind.tileable(network, encoder);
        if (layers == Layers.AUTO) {
            names.retainAll(tileable);
        }
        own.forEach((name, entry) -> {
            if (entry.value().place().equals(Optional.of(HardwareBlock.OfLayer.Place.DIGITAL))) {
                names.remove(name);
            }
        });
        requireTileable(file, network, names, encoder, "hardware.layers");
        own.forEach((name, entry) -> {
            if (entry.value().place().equals(Optional.of(HardwareBlock.OfLayer.Place.TILES))) {
                requireTileable(file, network, Set.of(name), encoder, entry.key() + ".place");
                names.add(name);
            }
        });
        if (names.isEmpty() && tileable.isEmpty()) {
            throw file.problem(
                    "hardware.layers",
                    "hardware.layers leaves no layer on tiles, because none can be there: "
                            + InputKind.obstacles(network, encoder)
                            + "; tiles are driven by spikes: put a layer with weights behind neurons, or set network.coding to"
                            + " poisson");
        }
        if (names.isEmpty()) {
            String key = own.isEmpty() ? "hardware.layers" : KEY;
            throw file.problem(
                    key,
                    key + " leaves no layer on tiles; layers that can be on tiles: " + String.join(", ", tileable));
        }
        return new LinkedHashSet<>(names);
    }

    private static void requireTileable(
            ExperimentFile file, Network network, Set<String> names, Encoder encoder, String key) {
        try {
            InputKind.requireTileable(network, names, encoder);
        } catch (IllegalArgumentException e) {
            throw file.problem(key, key + ": " + PropertyKeys.message(e));
        }
    }
}
