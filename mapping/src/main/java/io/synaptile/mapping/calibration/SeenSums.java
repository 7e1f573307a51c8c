/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import io.synaptile.devices.converter.RangeCalibration;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.ColumnProbe;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects the column sums of all layers on tiles as they reach the converters. Planes of digital words, which follow those of the
 * cells, are not converted and not seen.
 */
final class SeenSums implements ColumnProbe {
    private final Map<Integer, Layer> layers = new TreeMap<>();

    /** @param signed whether both signs of a sum count, since pairs share a column */
    private record Layer(RangeCalibration[] planes, LayerArrays arrays, boolean signed) {
        static Layer of(LayerTiles tiles, LayerArrays arrays) {
            RangeCalibration[] planes = new RangeCalibration[tiles.planes()];
            Arrays.setAll(planes, _ -> new RangeCalibration());
            return new Layer(planes, arrays, tiles.pairsOnColumns());
        }

        /** A telegraph signal or a bent curve leaves a column of cells near Gmin below 0, which the converter reads as 0. */
        synchronized void add(int tile, ArrayReads reads, float[] sums) {
            int outputs = arrays.outputs();
            int[] columns = arrays.grid().noiseOf(tile, 0);
            for (int read = 0; read < reads.count(); read++) {
                float inputs = 0f;
                for (int entry = reads.start()[read]; entry < reads.start()[read + 1]; entry++) {
                    inputs += reads.input()[entry];
                }
                for (int plane = 0; plane < planes.length; plane++) {
                    int first = (read * arrays.cells().count() + plane) * outputs;
                    for (int output = 0; output < outputs; output++) {
                        if (columns[output] < 0) {
                            continue;
                        }
                        float sum = limited(plane, output, inputs, sums[first + output]);
                        planes[plane].add(signed ? Math.abs(sum) : Math.max(0f, sum));
                    }
                }
            }
        }

        private float limited(int plane, int output, float inputs, float sum) {
            Optional<ColumnLimits> limits = arrays.circuit().limits();
            return limits.isEmpty() || limits.get().limit()[plane] == null
                    ? sum
                    : limits.get().clipped(plane, output, inputs, sum);
        }
    }

    /** @param plan of the design */
    SeenSums(ChipDesign design, NetworkPlan plan) {
        for (LayerTiles tiles : design.tiles().layers()) {
            if (!design.cells(tiles.layer()).codec().digital()) {
                LayerArrays arrays = plan.synapses()
                        .get(tiles.layer())
                        .arrays()
                        .orElseThrow()
                        .first();
                layers.put(tiles.layer(), Layer.of(tiles, arrays));
            }
        }
    }

    @Override
    public boolean wants(int node) {
        return layers.containsKey(node);
    }

    @Override
    public void see(int node, int tile, ArrayReads reads, float[] sums) {
        layers.get(node).add(tile, reads, sums);
    }

    /** What was seen of each plane, by node id. */
    Map<Integer, RangeCalibration[]> byNode() {
        Map<Integer, RangeCalibration[]> planes = new TreeMap<>();
        layers.forEach((node, layer) -> planes.put(node, layer.planes()));
        return planes;
    }
}
