/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.TileSize;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapperTest {
    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void everyWeightIsInExactlyOneTile(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        int tileRows = 1 + random.nextInt(20);
        int tileColumns = 8 + random.nextInt(20);
        Map<Integer, Columns> columns = new TreeMap<>();
        network.synapses()
                .forEach(node -> columns.put(node.id(), new Columns(1 + random.nextInt(6), random.nextInt(3))));
        TilePlan plan = Mapper.plan(network, new TileSize(tileRows, tileColumns), columns);
        long cells = 0;
        for (Network.Node node : network.synapses()) {
            int outputs = node.weightShape()[0];
            int[][] held = new int[node.ungrouped().fanIn()][outputs];
            for (TileAssignment tile : plan.assignments()) {
                if (tile.array().layer() != node.id()) {
                    continue;
                }
                assertThat(tile.rows()).as("seed %d", seed).isBetween(1, tileRows);
                Columns own = columns.get(node.id());
                int used = tile.outputs() * own.perWeight() + own.perTile();
                assertThat(used).as("seed %d", seed).isBetween(1, tileColumns);
                assertThat(tile.cellsUsed()).isEqualTo((long) tile.rows() * used);
                for (int r = 0; r < tile.rows(); r++) {
                    for (int o = 0; o < tile.outputs(); o++) {
                        held[tile.firstRow() + r][tile.firstOutput() + o]++;
                    }
                }
                cells += tile.cellsUsed();
            }
            for (int[] row : held) {
                assertThat(row).as("seed %d, layer %s", seed, node.name()).containsOnly(1);
            }
        }
        double area = (double) plan.tiles() * tileRows * tileColumns;
        assertThat(plan.utilisation()).as("seed %d", seed).isEqualTo(cells / area, againstClosedForm(1e-12));
    }

    @Test
    void handWorkedLayer() {
        TilePlan plan = Mapper.plan(Cases.dense(10, 5), new TileSize(4, 9), Map.of(0, new Columns(4, 0)));
        // Two outputs of 4 columns fit 9 columns: 3 column tiles; 10 rows of 4: 3 row tiles.
        LayerTiles tiles = plan.layer(0).orElseThrow();
        assertThat(tiles.rowTiles()).isEqualTo(3);
        assertThat(tiles.columnTiles()).isEqualTo(3);
        assertThat(plan.tiles()).isEqualTo(9);
        assertThat(tiles.physicalColumns()).isEqualTo(20);
        assertThat(tiles.cellsUsed()).isEqualTo(200);
        assertThat(tiles.utilisation()).isEqualTo(200.0 / 324, againstClosedForm(1e-12));
        assertThat(plan.assignments().get(8))
                .isEqualTo(new TileAssignment(new ArrayAddress(0, 0, 2, 2), 8, 2, 4, 1, 8));
        assertThat(plan.layer(1)).isEmpty();
    }

    @Test
    void tilesOfAllCopiesAreNumberedInTurn() {
        LayerTiles tiles = Mapper.plan(Cases.dense(10, 5), new TileSize(4, 9), Map.of(0, new Columns(4, 0)))
                .layer(0)
                .orElseThrow()
                .times(3);
        assertThat(tiles.address(9 + 5)).isEqualTo(new ArrayAddress(0, 1, 1, 2));
        for (int number = 0; number < 3 * tiles.tiles(); number++) {
            ArrayAddress array = tiles.address(number);
            assertThat(tiles.number(array)).isEqualTo(number);
            assertThat(tiles.assignment(array).array()).isEqualTo(array);
        }
        assertThatThrownBy(() -> new ArrayAddress(0, 0, -1, 0)).hasMessageContaining("row tile -1");
    }

    @Test
    void columnsOfTheTileAreCountedOncePerTile() {
        LayerTiles tiles = Mapper.plan(Cases.dense(10, 5), new TileSize(4, 9), Map.of(0, new Columns(3, 2)))
                .layer(0)
                .orElseThrow();
        // Two outputs of 3 columns and 2 more fit 9 columns: 3 column tiles of 8, 8 and 5 columns.
        assertThat(tiles.columnTiles()).isEqualTo(3);
        assertThat(tiles.physicalColumns()).isEqualTo(21);
        assertThat(tiles.cellsUsed()).isEqualTo(210);
        assertThat(tiles.assignments().get(2))
                .isEqualTo(new TileAssignment(new ArrayAddress(0, 0, 0, 2), 0, 4, 4, 1, 20));
    }

    @Test
    void nothingOnTilesUsesNoTiles() {
        TilePlan plan = Mapper.plan(Cases.dense(3, 2), new TileSize(4, 4), Map.of());
        assertThat(plan.tiles()).isZero();
        assertThat(plan.utilisation()).isZero();
    }

    @Test
    void anOutputWiderThanATileIsRefused() {
        assertThatThrownBy(() -> Mapper.plan(Cases.dense(3, 2), new TileSize(4, 7), Map.of(0, new Columns(7, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer fc: one output takes 8 physical columns, a tile has 7; raise the columns of a tile");
    }
}
