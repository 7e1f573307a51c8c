/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.TileKernels;
import io.synaptile.sim.tornado.kernel.WireKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer on crossbar tiles. */
final class Tiles {
    final Network.Node node;
    final IntArray g;
    /** Tile reads by class and active positions of each map. */
    final IntArray counts;

    private final Signal input;
    private final EventList list;
    private final FloatArray cells;
    private final FloatArray variance;
    /** Loads of cells on wires with resistance; null where there are none. */
    private final FloatArray loads;

    private final FloatArray planes;
    private final IntArray noise;
    private final IntArray places;

    Tiles(Network.Node node, SynapsePlan.ArrayPlan plan, Signal input, EventList list, Pass pass) {
        this.node = node;
        this.input = input;
        this.list = list;
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        Shape shape = Shape.of(plan);
        g.set(G.PLANES, shape.planes());
        ArrayGrid grid = plan.first().grid();
        g.set(G.ROWS, grid.rows());
        g.set(G.ALWAYS, grid.always());
        int count = shape.copies() * shape.planes();
        int size = grid.size();
        cells = Memory.floats(Math.multiplyExact(count, size));
        variance = Memory.floats(shape.noisy() ? count * size : 1);
        loads = shape.wires() ? Memory.floats(count * size) : null;
        planes = Memory.floats(shape.planesSize() + shape.limitSize() + shape.errorSize());
        noise = new IntArray(4);
        places = new IntArray(2 * grid.rows() + 1 + shape.rowTiles() + shape.columns());
        counts = new IntArray((TileKernels.CLASSES + 1) * pass.memory.maps(false));
        install(plan);
        pass.refresh(g, cells, variance, planes, noise, places);
        if (loads != null) {
            pass.refresh(loads);
        }
    }

    /**
     * What the size of the arrays and the choice of kernels depend on.
     *
     * @param always rows that are always driven
     * @param columns of all copies, row tiles and planes
     * @param errors 0 for ideal converters, 1 for gains and offsets, 2 for missing codes too
     */
    record Shape(
            int copies,
            int planes,
            boolean noisy,
            int rowTiles,
            int always,
            int columns,
            boolean wires,
            boolean limits,
            int errors,
            int tables,
            int codes) {
        static Shape of(SynapsePlan.ArrayPlan plan) {
            LayerArrays first = plan.first();
            boolean errors = first.conversion().errors().isPresent();
            boolean missing = first.conversion().missesCodes();
            List<int[]> tables = missing ? tables(plan) : List.of();
            int copies = plan.copies().size();
            int planes = first.cells().count();
            return new Shape(
                    copies,
                    planes,
                    plan.copies().stream().anyMatch(copy -> copy.cells().hasReadNoise()),
                    first.grid().rowTiles(),
                    first.grid().always(),
                    copies * first.grid().rowTiles() * planes * first.outputs(),
                    first.circuit().wires().isPresent(),
                    first.circuit().limits().isPresent(),
                    errors ? missing ? 2 : 1 : 0,
                    tables.size(),
                    tables.stream().mapToInt(codes -> codes.length).max().orElse(0));
        }

        private static List<int[]> tables(SynapsePlan.ArrayPlan plan) {
            return plan.copies().stream()
                    .flatMap(copy -> copy.conversion().errors().stream())
                    .flatMap(errors -> Arrays.stream(errors.codes()))
                    .toList();
        }

        int planesSize() {
            return copies * planes * TileKernels.PLANE_SIZE;
        }

        int limitSize() {
            return limits ? columns / rowTiles : 0;
        }

        int errorSize() {
            return errors == 0 ? 0 : 2 * columns + tables * codes;
        }
    }

    /** Writes the numbers of a plan of the same shape as the first. */
    void install(SynapsePlan.ArrayPlan plan) {
        LayerArrays first = plan.first();
        Shape shape = Shape.of(plan);
        g.set(G.COPIES, shape.copies());
        g.set(G.ROW_TILES, shape.rowTiles());
        g.set(G.EXACT_WIRES, first.circuit().wires().filter(ColumnWires::exact).isPresent() ? 1 : 0);
        g.set(G.LIMITED, shape.limits() ? 1 : 0);
        g.set(G.CONVERTER_ERRORS, shape.errors());
        g.set(G.CODES, shape.codes());
        installPlaces(first.grid(), first.costs());
        int tables = 0;
        for (int copy = 0; copy < shape.copies(); copy++) {
            LayerArrays own = plan.copy(copy);
            installPlanes(own, copy * shape.planes());
            Optional<ConverterErrors> errors = own.conversion().errors();
            if (errors.isPresent()) {
                installErrors(errors.get(), copy, tables, shape);
                tables += errors.get().table() == null ? 0 : errors.get().codes().length;
            }
            Optional<ColumnLimits> limits = own.circuit().limits();
            if (limits.isPresent()) {
                installLimits(limits.get(), copy * shape.planes(), own.outputs(), shape);
            }
        }
        SynapsePlan.NoiseKey key = first.noise();
        noise.set(0, (int) key.seed());
        noise.set(1, (int) (key.seed() >>> 32));
        noise.set(2, key.instance());
        noise.set(3, Purpose.READ_NOISE.code() << 24 | key.layer());
    }

    /** @param first plane of the copy among those of all copies */
    private void installPlanes(LayerArrays own, int first) {
        int size = own.grid().size();
        Optional<ColumnWires> wires = own.circuit().wires();
        Optional<ColumnLimits> limits = own.circuit().limits();
        for (int p = 0; p < own.cells().count(); p++) {
            copy(own.cells().values()[p], cells, (first + p) * size);
            float offset = wires.isPresent() ? wires.get().offset(p) : 0f;
            if (wires.isPresent()) {
                installWires(wires.get().load()[p], offset, (first + p) * size, size);
            }
            boolean noisy = own.cells().isNoisy(p);
            if (noisy) {
                copy(own.cells().variance()[p], variance, (first + p) * size);
            }
            Optional<SynapsePlan.Converter> converter = own.conversion().converter(p);
            int at = (first + p) * TileKernels.PLANE_SIZE;
            planes.set(at + TileKernels.GAIN, own.cells().gain()[p]);
            planes.set(
                    at + TileKernels.LOW,
                    converter.map(SynapsePlan.Converter::low).orElse(0f));
            planes.set(
                    at + TileKernels.STEP,
                    converter.map(SynapsePlan.Converter::step).orElse(1f));
            planes.set(
                    at + TileKernels.HIGHEST,
                    converter.map(highest -> highest.codes() - 1f).orElse(-1f));
            planes.set(at + TileKernels.NOISY, noisy ? 1f : 0f);
            planes.set(at + TileKernels.OFFSET, offset);
            planes.set(at + TileKernels.SHARED, own.grid().shared(p));
            planes.set(at + TileKernels.SEGMENT, wires.map(ColumnWires::segment).orElse(0f));
            planes.set(
                    at + TileKernels.NO_CURRENT,
                    limits.isPresent() ? limits.get().offset()[p] : 0f);
            planes.set(at + TileKernels.SENSE, wires.map(ColumnWires::sense).orElse(0f));
        }
    }

    private void installPlaces(ArrayGrid grid, RowCosts costs) {
        int[] tileOf = grid.tileOfRow();
        for (int row = 0; row < grid.rows(); row++) {
            places.set(row, tileOf[row]);
        }
        int classes = grid.rows() + grid.rowTiles();
        for (int tile = 0; tile < grid.rowTiles(); tile++) {
            places.set(grid.rows() + tile, grid.endRow(tile));
            for (int driven = 0; driven <= grid.endRow(tile) - grid.firstRow(tile); driven++) {
                places.set(classes + driven, costs.readClass(driven));
            }
        }
    }

    /** Columns without limit get one that no current reaches. */
    private void installLimits(ColumnLimits limits, int first, int outputs, Shape shape) {
        float[] none = new float[outputs];
        Arrays.fill(none, Float.MAX_VALUE);
        for (int p = 0; p < shape.planes(); p++) {
            float[] own = limits.limit()[p];
            copy(own == null ? none : own, planes, shape.planesSize() + (first + p) * outputs);
        }
    }

    /** @param firstTable number of tables of the copies before */
    private void installErrors(ConverterErrors errors, int copy, int firstTable, Shape shape) {
        int at = shape.planesSize() + shape.limitSize();
        int columns = shape.columns() / shape.copies();
        copy(errors.gain(), planes, at + copy * columns);
        copy(errors.offset(), planes, at + shape.columns() + copy * columns);
        if (errors.table() == null) {
            return;
        }
        for (int t = 0; t < errors.codes().length; t++) {
            int table = at + 2 * shape.columns() + (firstTable + t) * shape.codes();
            for (int code = 0; code < errors.codes()[t].length; code++) {
                planes.set(table + code, errors.codes()[t][code]);
            }
        }
        for (int i = 0; i < columns; i++) {
            places.set(places.getSize() - shape.columns() + copy * columns + i, firstTable + errors.table()[i]);
        }
    }

    private void installWires(float[] load, float offset, int at, int size) {
        for (int i = 0; i < size; i++) {
            cells.set(at + i, cells.get(at + i) - offset);
            loads.set(at + i, load == null ? 0f : load[i]);
        }
    }

    private static void copy(float[] from, FloatArray to, int at) {
        for (int i = 0; i < from.length; i++) {
            to.set(at + i, from[i]);
        }
    }

    /** Adds the reads of all tiles and their counts. */
    Signal forward(Pass pass, IntArray ids) {
        Graph graph = pass.graph;
        Signal out = pass.memory.signal(node.out(), false, false);
        int maps = pass.memory.maps(false);
        Graph.Grid threads = graph.positions(
                "tiles", (long) maps * node.out().positions(), node.out().channels());
        if (loads == null) {
            graph.task(
                    threads,
                    TileKernels::read,
                    input.single(),
                    input.halves(),
                    list.count(),
                    list.channel(),
                    cells,
                    variance,
                    planes,
                    out.single(),
                    out.halves(),
                    ids,
                    noise,
                    places,
                    g,
                    pass.run,
                    pass.sixteen);
        } else {
            graph.task(
                    threads,
                    WireKernels::read,
                    input.single(),
                    input.halves(),
                    list.count(),
                    list.channel(),
                    cells,
                    loads,
                    variance,
                    planes,
                    out.single(),
                    out.halves(),
                    ids,
                    noise,
                    places,
                    g,
                    pass.run,
                    pass.sixteen);
        }
        graph.task(
                graph.groups("tileCounts", maps, TileKernels.GROUP).with(TileKernels.LOCAL_BYTES),
                TileKernels::count,
                input.single(),
                input.halves(),
                list.count(),
                list.channel(),
                counts,
                places,
                g,
                pass.run,
                pass.sixteen);
        return out;
    }
}
