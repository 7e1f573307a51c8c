/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.mapping.tile.Columns;
import io.synaptile.mapping.tile.InputKind;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.Mapper;
import io.synaptile.mapping.tile.SramMacros;
import io.synaptile.mapping.tile.TilePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A trained network laid out on hardware, before any cell is programmed; all chip instances share it.
 *
 * @param weights of every synapse layer, by node id
 * @param codecs of the layers on tiles, by node id
 * @param sram words beside the cells of layers on tiles, by node id; empty unless the codec is
 *     {@link CodecKind#RRAM_PLUS_SHIFTED_SRAM}
 * @param biases rows that biases take, by node id of the layers whose tiles have them
 */
public record ChipDesign(
        Network network,
        HardwareSpec hardware,
        Map<Integer, LayerWeights> weights,
        Map<Integer, WeightCodec> codecs,
        Map<Integer, SramBranch> sram,
        Map<Integer, BiasRows> biases,
        TilePlan tiles) {
    public ChipDesign {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        codecs = Collections.unmodifiableMap(new TreeMap<>(codecs));
        sram = Collections.unmodifiableMap(new TreeMap<>(sram));
        biases = Collections.unmodifiableMap(new TreeMap<>(biases));
    }

    /** Lays out a network without SRAM words; see {@link #of(Network, HardwareSpec, Map, Map)}. */
    public static ChipDesign of(Network network, HardwareSpec hardware, Map<Integer, LayerWeights> weights) {
        return of(network, hardware, weights, Map.of());
    }

    /** Lays out a network whose biases are not on tiles; see {@link #of(Network, HardwareSpec, Map, Map, Parameters)}. */
    public static ChipDesign of(
            Network network, HardwareSpec hardware, Map<Integer, LayerWeights> weights, Map<Integer, SramBranch> sram) {
        return of(network, hardware, weights, sram, Parameters.none());
    }

    /**
     * Lays out a network.
     *
     * @param weights of every synapse layer, by node id
     * @param sram words beside the cells, by node id of the layers on tiles that have them
     * @param parameters biases among them; only looked at where biases are rows
     * @throws IllegalArgumentException if a layer has no weights, SRAM words do not fit layer, codec or macro, a named layer
     *     does not exist, the cell does not suit the codec, the codec has no 0 that groups or rows of a bias need, biases cannot be rows
     *     as asked or one output does not fit a tile
     */
    public static ChipDesign of(
            Network network,
            HardwareSpec hardware,
            Map<Integer, LayerWeights> weights,
            Map<Integer, SramBranch> sram,
            Parameters parameters) {
        for (Network.Node node : network.synapses()) {
            LayerWeights own = weights.get(node.id());
            if (own == null || own.values().length != node.weightCount()) {
                throw new IllegalArgumentException("layer " + node.name() + ": "
                        + (own == null ? "no" : own.values().length) + " weights, expected " + node.weightCount());
            }
        }
        Map<Integer, BiasRows> biases =
                hardware.layers().biasRows() ? BiasRows.of(network, hardware, weights, parameters) : Map.of();
        Map<Integer, WeightCodec> codecs = new TreeMap<>();
        Map<Integer, Columns> columns = new TreeMap<>();
        for (String name : hardware.layers().tiled()) {
            Network.Node node = InputKind.requireSynapse(network, name);
            LayerCells cells = hardware.cells(name);
            WeightCodec codec = codec(name, cells, weights.get(node.id()));
            if (node.isGrouped()) {
                requireZero(
                        node,
                        codec,
                        weights.get(node.id()),
                        "has its channels in groups, and cells between groups hold the weight 0");
            }
            if (biases.containsKey(node.id()) && biases.get(node.id()).count() > 1) {
                requireZero(
                        node,
                        codec,
                        weights.get(node.id()),
                        "has biases beyond its full scale, and rows that some do not need hold the weight 0");
            }
            codecs.put(node.id(), codec);
            int atCrossing =
                    hardware.circuit().wires().pairsOnColumns() && cells.codec().pairs() ? 2 : 1;
            columns.put(
                    node.id(), new Columns(codec.columnsPerWeight() / atCrossing, codec.columnsPerTile(), atCrossing));
        }
        TilePlan tiles = Mapper.plan(
                network,
                hardware.tile(),
                columns,
                hardware.chip(),
                node -> biases.containsKey(node) ? biases.get(node).count() : 0,
                node -> EffectiveWeights.written(
                        matrix(network.node(node), weights.get(node), biases.get(node)),
                        codecs.get(node),
                        weights.get(node).fullScale()));
        requireFit(network, hardware, sram, codecs.keySet());
        ChipDesign design = new ChipDesign(network, hardware, weights, codecs, sram, biases, tiles);
        sram.forEach((id, branch) -> {
            design.macros(id);
            if (branch.losesBits()) {
                MacroShifter.of(branch, tiles.layer(id).orElseThrow().largestRows());
            }
        });
        return design;
    }

    /** Some cells hold the weight 0, which odd steps do not have in every codec. */
    private static void requireZero(Network.Node node, WeightCodec codec, LayerWeights weights, String why) {
        float[] zero = new float[1];
        float[] read = new float[1];
        float[][] targets = new float[codec.planes()][1];
        codec.encode(zero, targets);
        codec.decode(targets, zero, read);
        if (Math.abs(read[0]) > EffectiveWeights.ROUNDING * weights.fullScale()) {
            throw RefusedException.of(
                    "layer " + node.name() + " " + why + ", which ",
                    HardwareProperty.CODEC,
                    " " + codec.id() + " does not have on the steps of this layer's weights");
        }
    }

    private static void requireFit(
            Network network, HardwareSpec hardware, Map<Integer, SramBranch> sram, Set<Integer> tiled) {
        sram.forEach((id, branch) -> {
            Network.Node node = network.node(id);
            if (!tiled.contains(id) || hardware.cells(node.name()).codec() != CodecKind.RRAM_PLUS_SHIFTED_SRAM) {
                throw RefusedException.of(
                        "layer " + node.name() + " has SRAM words, which need ",
                        HardwareProperty.CODEC,
                        " " + CodecKind.RRAM_PLUS_SHIFTED_SRAM.id() + " and a layer on tiles");
            }
            if (branch.words().length != node.weightCount()) {
                throw new IllegalArgumentException("layer " + node.name() + ": " + branch.words().length
                        + " SRAM words, expected " + node.weightCount());
            }
        });
    }

    /**
     * How the SRAM words of a layer are cut into macros, which have the rows of a tile and its columns as bit columns; a
     * macro that stores no word is not built.
     *
     * @throws IllegalArgumentException if the layer has no SRAM words or a word does not fit a macro
     */
    public SramMacros macros(int node) {
        SramBranch branch = sram.get(node);
        if (branch == null) {
            throw new IllegalArgumentException("layer " + network.node(node).name() + " has no SRAM words");
        }
        return SramMacros.of(network.node(node), branch, hardware.tile());
    }

    /** Bits that the memory of a layer holds: those of its cells and masks or digital words, and of its SRAM words. */
    public double storageBits(int node) {
        SramBranch branch = sram.get(node);
        double words = branch == null ? 0 : branch.storageBits();
        double cells = tiles.layer(node)
                .map(own -> own.cellsUsed() * bitsPerCell(node)
                        + (double) own.weights() * codecs.get(node).maskBits())
                .orElseGet(() -> (double) network.node(node).weightCount() * digitalBits(node));
        return tiles.copies(node) * (words + cells);
    }

    private double bitsPerCell(int node) {
        return Math.log(cells(node).cell().levels()) / Math.log(2);
    }

    /** Width of a weight of a layer that is not on tiles; one that a quantiser has put on a smaller grid is stored on that. */
    public int digitalBits(int node) {
        int stored = hardware.layers().exactDigitalWeights()
                ? Float.SIZE
                : hardware.layers().digitalBits();
        int quantised = weights.get(node).quantiserBits();
        return quantised > 0 ? Math.min(quantised, stored) : stored;
    }

    private static WeightCodec codec(String layer, LayerCells cells, LayerWeights weights) {
        try {
            return cells.codec().codec(weights, cells.cell(), cells.weightBits());
        } catch (RefusedException e) {
            throw e.in("layer", layer);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + layer + ": " + e.getMessage(), e);
        }
    }

    /** Weights of a layer on tiles as its cells hold them, {@code [rows, outputs]}: those of the inputs, then biases; a new array. */
    float[] matrix(int layer) {
        float[] whole = matrix(network.node(layer), weights.get(layer), biases.get(layer));
        LayerTiles own = tiles.layer(layer).orElseThrow();
        if (own.pattern().isEmpty()) {
            return whole;
        }
        int outputs = own.outputs();
        float[] matrix = new float[own.rows() * outputs];
        for (int row = 0; row < own.rows(); row++) {
            System.arraycopy(whole, own.source(row) * outputs, matrix, row * outputs, outputs);
        }
        return matrix;
    }

    /** The same with the rows that tiles leave out, in the order of the matrix. */
    private static float[] matrix(Network.Node node, LayerWeights weights, BiasRows bias) {
        float[] ofInputs = CrossbarLayout.of(node).toMatrix(weights.values());
        if (bias == null) {
            return ofInputs;
        }
        int outputs = bias.values()[0].length;
        float[] matrix = Arrays.copyOf(ofInputs, ofInputs.length + bias.count() * outputs);
        for (int i = 0; i < bias.count(); i++) {
            System.arraycopy(bias.values()[i], 0, matrix, ofInputs.length + i * outputs, outputs);
        }
        return matrix;
    }

    /** Target conductances of a layer on tiles, by node id, uS, {@code [plane][rows * outputs]}; a new array. */
    public float[][] targets(int layer) {
        WeightCodec codec = codecs.get(layer);
        float[] matrix = matrix(layer);
        float[][] targets = new float[codec.planes()][matrix.length];
        codec.encode(matrix, targets);
        return targets;
    }

    /** What reads the arrays of a layer on tiles, by node id, where cells and wires are not all there is to it. */
    public Optional<ArrayReadout> arrayReadout(int layer) {
        return hardware.circuit().readout().filter(_ -> !cells(layer).codec().digital());
    }

    /** Codec and cell of a layer on tiles, by node id. */
    public LayerCells cells(int layer) {
        return hardware.cells(network.node(layer).name());
    }
}
