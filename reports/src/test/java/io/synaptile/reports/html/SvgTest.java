/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTest {
    @Test
    void whatHasNoFinitePlaceIsLeftOut() {
        List<Axis> axes = List.of(
                Axis.fromZero(Double.NaN, 0, 100),
                Axis.fromZero(Double.MIN_VALUE, 0, 100),
                Axis.around(Double.NaN, Double.NaN, 0, 100, 0, 100),
                Axis.around(-50, -50, 0, 100, 0, 100),
                Axis.around(1e30, 1e30, 0, 100, 0, 100),
                Axis.around(50, 1e30, 0, 100, 0, 100));
        for (Axis axis : axes) {
            Svg svg = new Svg(100, "a drawing");
            axis.draw(svg, 0, 10, "across");
            axis.drawUpright(svg, 0, 10, "upright");
            for (double value : new double[] {50, Double.NaN, -1e90}) {
                double place = axis.position(value);
                svg.circle(place, 5, 1, "dot", "").rectangle(place, 0, 1, 1, "s0", 1, "");
                svg.polyline(new double[] {place, 0, 1, 1}, "line");
            }
            assertThat(svg.finish(10)).as(axis.toString()).doesNotContain("NaN", "Infinity");
        }
        assertThat(new Svg(100, "a line")
                        .polyline(new double[] {1, 2, Double.NaN, 3, 4, 5}, "line")
                        .finish(10))
                .contains("points='1 2 4 5'");
    }
}
