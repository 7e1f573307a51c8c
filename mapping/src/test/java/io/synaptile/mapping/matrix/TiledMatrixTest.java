/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.TileSize;
import io.synaptile.sim.compute.Backends;
import org.junit.jupiter.api.Test;

class TiledMatrixTest {
    /** Magnitudes of 0 to 3, which two bits and cells of four levels hold exactly. */
    private static final float[] MATRIX = {3, -1, 2, 0, 1, -3};

    private static TiledMatrix program(int rows) {
        LayerCells cells = LayerCells.pairs(new ExactCell(0f, 3f, 4), 2);
        return TiledMatrix.program(MATRIX, 3, new TileSize(rows, 8), cells, Backends.open("cpu"), 1);
    }

    @Test
    void exactCellsGiveTheProductOnAnyNumberOfTiles() {
        for (int rows = 1; rows <= 3; rows++) {
            TiledMatrix.Product product = program(rows).multiply(new float[] {1, 0, -1});
            assertThat(product.exact()).containsExactly(1, 3);
            assertThat(product.read()).containsExactly(1f, 3f);
            assertThat(product.relativeError()).isZero();
            assertThat(product.picojoules("isaac32")).isPositive();
        }
    }

    @Test
    void errorIsThatOfTheCells() {
        // One bit leaves the magnitudes 0 and 3: 2 is written as 3, and 3 + 2 and -3 are read as 6 and -3.
        LayerCells coarse = LayerCells.pairs(new ExactCell(0f, 1f, 2), 1);
        TiledMatrix.Product product = TiledMatrix.program(
                        MATRIX, 3, new TileSize(4, 8), coarse, Backends.open("cpu"), 1)
                .multiply(new float[] {1, 0, 1});
        assertThat(product.read()).containsExactly(6f, -3f);
        assertThat(product.relativeError()).isEqualTo(Math.sqrt(1.0 / (5 * 5 + 3 * 3)));
    }

    @Test
    void whatIsNoMatrixOrNoSpikeIsRefused() {
        LayerCells cells = LayerCells.pairs(new ExactCell(0f, 3f, 4), 2);
        assertThatThrownBy(
                        () -> TiledMatrix.program(new float[7], 3, new TileSize(4, 8), cells, Backends.open("cpu"), 1))
                .hasMessageContaining("7 values for 3 inputs");
        TiledMatrix tiles = program(3);
        assertThatThrownBy(() -> tiles.multiply(new float[] {1, 0.5f, 0})).hasMessageContaining("0.5");
        assertThatThrownBy(() -> tiles.multiply(new float[] {1, 0})).hasMessageContaining("2");
    }
}
