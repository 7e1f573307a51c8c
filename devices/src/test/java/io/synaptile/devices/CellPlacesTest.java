/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellPlacesTest {
    @Test
    void theLastColumnsOfAnArrayComeAfterAllOthers() {
        CellPlaces.Array array = new CellPlaces.Array(2, 5, 2);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < array.cells(); i++) {
            places.add(array.row(i) + "" + array.column(i));
            assertThat(array.array(i)).isZero();
        }
        assertThat(places).containsExactly("00", "01", "02", "10", "11", "12", "03", "04", "13", "14");
    }

    @Test
    void withoutLastColumnsItIsRowByRow() {
        CellPlaces.Array array = new CellPlaces.Array(3, 4, 0);
        for (int i = 0; i < array.cells(); i++) {
            assertThat(array.row(i) * 4 + array.column(i)).isEqualTo(i);
        }
    }

    @Test
    void cellsOfOneCrossingAreNeighbours() {
        CellPlaces.Array array = new CellPlaces.Array(2, 2, 0, 2);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < array.cells(); i++) {
            places.add(array.row(i) + "" + array.column(i));
        }
        assertThat(places).containsExactly("00", "00", "01", "01", "10", "10", "11", "11");
        assertThatThrownBy(() -> new CellPlaces.Array(2, 3, 1, 2))
                .hasMessage("no array of 2 cells per crossing and 1 last columns");
    }

    @Test
    void noArrayConsistsOfLastColumnsAlone() {
        assertThatThrownBy(() -> new CellPlaces.Array(2, 3, 3))
                .hasMessage("no array of 2 rows and 3 columns, 3 of them last");
    }
}
