/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.TileSize;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChipPlacementTest {
    private static ChipSpec chip(int arraysPerPe, int pesPerTile, int tiles, ChipSpec.Packing packing) {
        return ChipSpec.of(new ChipSpec.Room(arraysPerPe, pesPerTile, tiles), packing);
    }

    private static ChipSpec with(ChipSpec chip, boolean fill, Map<String, Integer> copies) {
        return chip.with(new ChipSpec.Copies(fill, copies));
    }

    /** Two convolutions and a dense layer: 4x4 positions, 3 x 9 rows; 2x2 positions, 4 x 4 rows; 1 position, 20 rows. */
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("three", new Shape(3, 4, 4));
        builder.add("conv1", new Layer.Conv2d(4, 3, 1, 1));
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("pool", new Layer.AvgPool(2));
        builder.add("conv2", new Layer.Conv2d(5, 2, 1, 1));
        builder.add("lif2", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("pool2", new Layer.AvgPool(3));
        builder.add("fc", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    /** Tiles of 8 rows and 4 columns, one column per weight: 4 arrays of conv1, 2 x 2 of conv2, 1 of fc. */
    private static TilePlan plan(ChipSpec chip) {
        Network network = network();
        Map<Integer, Columns> columns = new TreeMap<>();
        network.synapses().forEach(node -> columns.put(node.id(), new Columns(1, 0)));
        return Mapper.plan(network, new TileSize(8, 4), columns, chip);
    }

    private static List<Integer> tiles(TilePlan plan) {
        return plan.placement().places().stream().map(ChipPlacement.Place::tile).toList();
    }

    private static List<Integer> pes(TilePlan plan) {
        return plan.placement().places().stream().map(ChipPlacement.Place::pe).toList();
    }

    @Test
    void layersShareWhatPackingAllows() {
        TilePlan apart = plan(chip(2, 2, 0, ChipSpec.Packing.NONE));
        assertThat(tiles(apart)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2);
        assertThat(pes(apart)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4);
        TilePlan tile = plan(chip(3, 3, 0, ChipSpec.Packing.TILE));
        assertThat(pes(tile)).containsExactly(0, 0, 0, 1, 2, 2, 2, 3, 4);
        assertThat(tiles(tile)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1);
        TilePlan pe = plan(chip(3, 3, 0, ChipSpec.Packing.PE));
        assertThat(pes(pe)).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(tiles(pe)).containsOnly(0);
        assertThat(tiles(plan(ChipSpec.unlimited()))).containsOnly(0);
    }

    @Test
    void neighboursInTheSnakeAreOneHopApart() {
        ChipPlacement placement = new ChipPlacement(List.of(), 12, 4, 3, Map.of());
        for (int tile = 0; tile + 1 < 12; tile++) {
            assertThat(placement.hops(tile, tile + 1)).isEqualTo(1);
        }
        assertThat(placement.x(4)).isEqualTo(3);
        assertThat(placement.y(4)).isEqualTo(1);
        assertThat(placement.hops(0, 7)).isEqualTo(1);
        assertThat(placement.hops(0, 11)).isEqualTo(5);
    }

    @Test
    void aChipThatIsTooSmallSaysHowManyTilesAreMissing() {
        assertThatThrownBy(() -> plan(chip(1, 2, 3, ChipSpec.Packing.TILE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network takes 5 chip tiles, the chip has 3; 2 are missing; raise"
                        + " the chip tiles or the mesh, the PEs of a chip tile or the arrays of a PE");
        assertThat(plan(chip(1, 2, 5, ChipSpec.Packing.TILE)).placement().tiles())
                .isEqualTo(5);
        ChipSpec mesh = chip(1, 2, 0, ChipSpec.Packing.TILE).with(new ChipSpec.Mesh(2, 2));
        assertThatThrownBy(() -> plan(mesh)).hasMessageContaining("5 chip tiles, the chip has 4; 1 is missing");
    }

    @Test
    void copiesAreDealtLikeLayersAndCounted() {
        TilePlan plan = plan(with(chip(4, 1, 0, ChipSpec.Packing.NONE), false, Map.of("conv1", 2)));
        assertThat(tiles(plan)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3);
        assertThat(plan.tiles()).isEqualTo(13);
        assertThat(plan.copies(0)).isEqualTo(2);
        assertThat(plan.cellsUsed()).isEqualTo(2 * 27 * 4 + 16 * 5 + 5 * 2);
        assertThatThrownBy(() -> plan(with(chip(4, 1, 0, ChipSpec.Packing.NONE), false, Map.of("fc", 2))))
                .hasMessageContaining("the copies of a layer must be at least 1 and at most its 1 positions, got 2");
    }

    @Test
    void whatIsLeftOfAChipGoesToTheSlowestLayer() {
        // conv1 has 16 positions, conv2 9, fc 1; a copy of conv1 or conv2 takes a chip tile of 4 arrays.
        ChipSpec room = chip(4, 1, 7, ChipSpec.Packing.NONE);
        TilePlan plan = plan(with(room, true, Map.of()));
        // 16 9 -> 8 9 -> 8 4.5 -> 5.3 4.5 -> 4 4.5: three more of conv1 and one of conv2 would take 7 + 1 chip tiles.
        assertThat(plan.copies(0)).isEqualTo(4);
        assertThat(plan.copies(network().find("conv2").orElseThrow().id())).isEqualTo(2);
        assertThat(plan.placement().tiles()).isEqualTo(7);
        assertThat(plan(with(room, true, Map.of("conv1", 1))).copies(0)).isEqualTo(1);
        assertThatThrownBy(() -> with(chip(4, 0, 7, ChipSpec.Packing.NONE), true, Map.of()))
                .hasMessageContaining("filling a chip with copies needs a chip of a known size");
    }

    @Test
    void handWorkedHops() {
        // One array per chip tile, in a row: conv1 on 0 to 3, conv2 on 4 to 7 (row tiles 4 5 | 6 7), fc on 8.
        ChipSpec row = chip(1, 1, 0, ChipSpec.Packing.PE).with(new ChipSpec.Mesh(9, 1));
        TilePlan plan = plan(row);
        ChipPlacement hops = plan.placement();
        // 27 rows in tiles of 8: channel c drives rows c, c + 3, ... of all four tiles, 0 + 1 + 2 + 3 hops.
        assertThat(hops.hopsPerEvent(0)).isEqualTo(6);
        // From 0 to 4, 5, 6 and 7: every channel drives rows of both row tiles.
        assertThat(hops.hopsPerEvent(network().find("conv2").orElseThrow().id()))
                .isEqualTo(4 + 5 + 6 + 7);
        assertThat(hops.hopsPerEvent(network().find("fc").orElseThrow().id())).isEqualTo(4);
    }

    @Test
    void layersThatAreNotOnTilesAreAtTileNought() {
        Network network = network();
        int conv2 = network.find("conv2").orElseThrow().id();
        int fc = network.find("fc").orElseThrow().id();
        ChipSpec row = chip(1, 1, 0, ChipSpec.Packing.PE).with(new ChipSpec.Mesh(9, 1));
        // conv1 on 0 to 3; conv2 digital, fc on 4.
        ChipPlacement hops = Mapper.plan(
                        network, new TileSize(8, 4), Map.of(0, new Columns(1, 0), fc, new Columns(1, 0)), row)
                .placement();
        assertThat(hops.hopsPerEvent(conv2)).isZero();
        assertThat(hops.hopsPerEvent(fc)).isEqualTo(4);
        assertThat(hops.ways()).containsOnlyKeys(0, conv2, fc);
    }

    @Test
    void bandsOfPositionsStayTogether() {
        // Two copies each of conv1 (tiles 0, 1) and conv2 (2, 3): halves go from 0 to 2 and from 1 to 3.
        ChipSpec row = with(chip(4, 1, 0, ChipSpec.Packing.NONE), false, Map.of("conv1", 2, "conv2", 2))
                .with(new ChipSpec.Mesh(9, 1));
        ChipPlacement hops = plan(row).placement();
        assertThat(hops.hopsPerEvent(0)).isEqualTo(0.5);
        assertThat(hops.hopsPerEvent(network().find("conv2").orElseThrow().id()))
                .isEqualTo(2);
    }

    /** A block whose shortcut has weights, then one whose shortcut hands spikes on; one array per chip tile, in a row. */
    @Test
    void whatComesByAShortcutKeepsItsSource() {
        NetworkBuilder builder = new NetworkBuilder("blocks", Shape.features(4));
        builder.add("stem", new Layer.Dense(4));
        int first = builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        int main = builder.add("main", new Layer.Dense(4));
        int side = builder.add("side", new Layer.Dense(4), first);
        int sum = builder.add("sum", Layer.Join.sum(), main, side);
        int second = builder.add("lif2", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)), sum);
        int third = builder.add("third", new Layer.Dense(4));
        int behind = builder.add("lif3", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        int spikes = builder.add("spikes", Layer.Join.sum(), second, behind);
        int last = builder.add("last", new Layer.Dense(2), spikes);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Map<Integer, Columns> columns = new TreeMap<>();
        network.synapses().forEach(node -> columns.put(node.id(), new Columns(1, 0)));
        // stem on 0, main on 1, side on 2, third on 3, last on 4.
        ChipPlacement placed = Mapper.plan(
                        network,
                        new TileSize(4, 4),
                        columns,
                        chip(1, 1, 0, ChipSpec.Packing.PE).with(new ChipSpec.Mesh(5, 1)))
                .placement();
        assertThat(placed.hopsPerEvent(side)).isEqualTo(2);
        assertThat(placed.ways().get(sum))
                .containsExactly(new ChipPlacement.Way(main, 1), new ChipPlacement.Way(side, 0));
        // The neurons behind the sum fire beside the branch that is computed last.
        assertThat(placed.ways().get(third)).containsExactly(new ChipPlacement.Way(second, 1));
        assertThat(placed.ways().get(last))
                .containsExactly(new ChipPlacement.Way(second, 2), new ChipPlacement.Way(behind, 1));
        assertThat(placed.hopsPerEvent(last)).isEqualTo(1.5);
        assertThat(placed.hopsPerEvent(last, source -> source == second ? 30 : 10))
                .isEqualTo(1.75);
        assertThat(placed.hopsPerEvent(last, _ -> 0)).isEqualTo(1.5);
        assertThat(placed.hopsPerEvent(spikes)).isEqualTo(0.5);
    }

    /** Recurrent neurons: what they get from themselves comes from where their sums are joined. */
    @Test
    void recurrentNeuronsAreBesideTheirOwnWeights() {
        NetworkBuilder builder = new NetworkBuilder("loop", Shape.features(4));
        int forward = builder.add("forward", new Layer.Dense(4));
        int delay = builder.delay("before", Shape.features(4));
        int recurrent = builder.add("recurrent", new Layer.Dense(4), delay);
        int sum = builder.add("sum", Layer.Join.sum(), forward, recurrent);
        int neurons = builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)), sum);
        builder.connect(delay, neurons);
        int last = builder.add("last", new Layer.Dense(2), neurons);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Map<Integer, Columns> columns = new TreeMap<>();
        network.synapses().forEach(node -> columns.put(node.id(), new Columns(1, 0)));
        ChipPlacement placed = Mapper.plan(
                        network,
                        new TileSize(4, 4),
                        columns,
                        chip(1, 1, 0, ChipSpec.Packing.PE).with(new ChipSpec.Mesh(3, 1)))
                .placement();
        assertThat(placed.ways().get(recurrent)).containsExactly(new ChipPlacement.Way(neurons, 0));
        assertThat(placed.ways().get(sum))
                .containsExactly(new ChipPlacement.Way(forward, 1), new ChipPlacement.Way(recurrent, 0));
        assertThat(placed.ways().get(last)).containsExactly(new ChipPlacement.Way(neurons, 1));
    }

    /** Every kernel position begins a tile, and every weight is in exactly one. */
    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void splitKernelsHoldEveryWeightOnce(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        Map<Integer, Columns> columns = new TreeMap<>();
        network.synapses().forEach(node -> columns.put(node.id(), new Columns(1 + random.nextInt(3), 0)));
        ChipSpec split = ChipSpec.unlimited().splittingKernels();
        int tileRows = 1 + random.nextInt(6);
        TilePlan plan = Mapper.plan(network, new TileSize(tileRows, 3 + random.nextInt(9)), columns, split);
        for (LayerTiles layer : plan.layers()) {
            Layer kind = network.node(layer.layer()).layer();
            int channels = network.node(layer.layer()).in().channels();
            int taps = kind instanceof Layer.Conv2d conv ? conv.kernel().area() : 1;
            int perTap = Math.ceilDiv(layer.rows() / taps, tileRows);
            assertThat(layer.rowTiles()).as("seed %d", seed).isEqualTo(taps * perTap);
            int[] held = new int[layer.rows()];
            for (TileAssignment tile : layer.assignments()) {
                assertThat(tile.rows()).isBetween(1, tileRows);
                if (taps > 1) {
                    assertThat(tile.firstRow() / channels).isEqualTo((tile.firstRow() + tile.rows() - 1) / channels);
                }
                if (tile.array().columnTile() == 0) {
                    for (int row = tile.firstRow(); row < tile.firstRow() + tile.rows(); row++) {
                        held[row]++;
                    }
                }
            }
            assertThat(held).as("seed %d, %s", seed, layer.name()).containsOnly(1);
        }
    }

    @Test
    void settingsThatContradictAreRefused() {
        assertThatThrownBy(() -> chip(0, 0, 5, ChipSpec.Packing.PE).with(new ChipSpec.Mesh(2, 2)))
                .hasMessageContaining("the mesh of 2 x 2 has room for 4 tiles, the chip tiles must not be more, got 5");
        assertThatThrownBy(() -> new ChipSpec.Mesh(2, 0)).hasMessageContaining("the mesh must be two numbers");
        assertThatThrownBy(() -> new ChipSpec.Room(-1, 0, 0)).hasMessageContaining("the arrays of a PE");
        assertThat(plan(chip(1, 1, 0, ChipSpec.Packing.PE)).placement().meshX()).isEqualTo(3);
        assertThat(plan(ChipSpec.unlimited()).utilisation())
                .isEqualTo((108 + 80 + 10) / (9 * 32.0), againstClosedForm(1e-12));
    }
}
