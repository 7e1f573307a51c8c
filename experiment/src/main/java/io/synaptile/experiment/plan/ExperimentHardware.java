/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.devices.wire.WireNode;
import io.synaptile.experiment.file.ChipBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.experiment.file.TrainBlock.Layers;
import io.synaptile.experiment.file.WireBlock;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.mapping.ArrayCircuit;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.chip.DriftCompensation;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Makes the hardware that an experiment's hardware block describes. */
public final class ExperimentHardware {
    private ExperimentHardware() {}

    /**
     * The hardware for a network.
     *
     * @throws io.synaptile.experiment.file.ConfigException if the network cannot be placed on it as asked
     */
    static HardwareSpec spec(ExperimentFile file, Network network, PlacedLayers placed) {
        HardwareBlock block = file.experiment().hardware();
        PlacedLayers.Cells usual =
                new PlacedLayers.Cells(block.cell(), PlacedLayers.codec(file, block.codec()), block.weightBits());
        Map<String, LayerCells> own = new TreeMap<>();
        placed.byName().forEach((layer, cells) -> {
            if (!cells.equals(usual)) {
                own.put(layer, cells.made(file.cells()));
            }
        });
        try {
            return new HardwareSpec(
                    new TileSize(block.tile().rows(), block.tile().columns()),
                    usual.made(file.cells()),
                    readout(block.readout(), file.plugIns()),
                    block.skipEmpty(),
                    new LayerPlaces(
                            placed.byName().keySet(), own, block.digitalBits(), block.bias() == HardwareBlock.Bias.ROW),
                    new ArrayCircuit(
                            wires(file),
                            arrays(block.readout().array(), file.plugIns()),
                            columnLimit(block.readout().columnLimitMicroamperes())),
                    chip(file, network));
        } catch (IllegalArgumentException e) {
            throw file.refused("hardware", e);
        }
    }

    private static OptionalDouble columnLimit(double microamperes) {
        return microamperes == 0 ? OptionalDouble.empty() : OptionalDouble.of(microamperes);
    }

    private static ChipSpec chip(ExperimentFile file, Network network) {
        HardwareBlock block = file.experiment().hardware();
        Map<String, Integer> copies = new TreeMap<>();
        LayerPatterns.resolve(file, "hardware.per_layer", block.perLayer(), network)
                .forEach((layer, own) -> own.value().copies().ifPresent(count -> copies.put(layer, count)));
        ChipBlock chip = block.chip();
        return new ChipSpec(
                new ChipSpec.Room(chip.arraysPerPe(), chip.pesPerTile(), chip.tiles()),
                new ChipSpec.Mesh(chip.meshX(), chip.meshY()),
                switch (chip.packing()) {
                    case NONE -> ChipSpec.Packing.NONE;
                    case TILE -> ChipSpec.Packing.TILE;
                    case PE -> ChipSpec.Packing.PE;
                },
                new ChipSpec.Copies(block.duplicate() == HardwareBlock.Duplicate.AUTO, copies),
                block.convolution() == HardwareBlock.Convolution.KERNEL_SPLIT,
                switch (block.sparseMapping()) {
                    case NONE -> SparseMapping.NONE;
                    case SKIP -> SparseMapping.SKIP;
                    case PERMUTE -> SparseMapping.PERMUTE;
                });
    }

    /** How long ago chips were programmed, and how warm they are. */
    public static Age age(SimulateBlock block) {
        return new Age(block.ageS(), block.temperatureK());
    }

    public static DriftCompensation compensation(SimulateBlock block) {
        return switch (block.driftCompensation()) {
            case NONE -> DriftCompensation.NONE;
            case GLOBAL -> DriftCompensation.GLOBAL;
            case PER_COLUMN -> DriftCompensation.PER_COLUMN;
        };
    }

    /** Word widths that the energy of a run and the constants in its report are taken at. */
    static WordWidths widths(HardwareBlock block) {
        int word = block.digitalBits() == 0 ? Float.SIZE : block.digitalBits();
        return new WordWidths(
                block.readout().bits(), block.cost().sumBits(), block.cost().membraneBits(), word);
    }

    private static Readout readout(HardwareBlock.Readout readout, PlugIns plugIns) {
        return switch (readout.kind()) {
            case ADC ->
                new Readout.Adc(
                        readout.bits(),
                        readout.columnsPerAdc(),
                        switch (readout.range()) {
                            case CALIBRATED -> Readout.Adc.Range.CALIBRATED;
                            case MSE -> Readout.Adc.Range.MSE;
                            case FULL -> Readout.Adc.Range.FULL;
                            case GRANULAR -> Readout.Adc.Range.GRANULAR;
                        },
                        readout.percentile(),
                        new ConverterSpread(readout.gainSd(), readout.offsetSd(), readout.missingCodes()),
                        readout.adaptive(),
                        adc(readout.adc(), plugIns));
            case LIF_DIRECT -> new Readout.LifDirect();
            case IDEAL -> new Readout.Ideal();
        };
    }

    private static Optional<AdcModel> adc(HardwareBlock.Readout.Adc adc, PlugIns plugIns) {
        return adc.isNone()
                ? Optional.empty()
                : Optional.of(plugIns.adc(adc.kind()).create(adc.options()));
    }

    /** The usual cell. */
    public static CellModel cell(ExperimentFile file) {
        HardwareBlock.Cell cell = file.experiment().hardware().cell();
        return file.cells().create(cell.kind(), cell.options());
    }

    /** What reads arrays, where that is not the sum of their cells. */
    public static Optional<ArrayReadout> arrays(ExperimentFile file) {
        return arrays(file.experiment().hardware().readout().array(), file.plugIns());
    }

    private static Optional<ArrayReadout> arrays(HardwareBlock.Readout.Array array, PlugIns plugIns) {
        return array.isNone()
                ? Optional.empty()
                : Optional.of(plugIns.arrayReadout(array.kind()).create(array.options()));
    }

    private static WireSpec wires(ExperimentFile file) {
        WireBlock block = file.experiment().hardware().wire();
        if (block.rowOhm() != 0 && block.topology() != WireBlock.Topology.A) {
            throw file.problem(
                    "hardware.wire.row_ohm",
                    "hardware.wire.row_ohm must be 0 unless hardware.wire.topology is a, whose rows carry current, got "
                            + block.rowOhm());
        }
        boolean rowsCarryCurrent = block.topology() == WireBlock.Topology.A || block.topology() == WireBlock.Topology.Z;
        if (block.driverOhm() != 0 && !rowsCarryCurrent) {
            throw file.problem(
                    "hardware.wire.driver_ohm",
                    "hardware.wire.driver_ohm must be 0 unless hardware.wire.topology is a or z, whose rows carry current,"
                            + " got " + block.driverOhm());
        }
        Topology topology = switch (block.topology()) {
            case A -> Topology.A;
            case Z -> Topology.Z;
            case B -> Topology.B;
            case C -> Topology.C;
        };
        WireSpec.Solver solver = switch (block.solver()) {
            case EXACT -> WireSpec.Solver.EXACT;
            case ONE_PASS -> WireSpec.Solver.ONE_PASS;
            case EFFECTIVE -> WireSpec.Solver.EFFECTIVE;
        };
        Optional<Double> metal = block.nodeNm().map(node -> WireNode.of(node).segmentOhm(block.cellWidths()));
        WireModel model = new WireModel(
                topology,
                metal.orElse(block.rowOhm()),
                metal.orElse(block.columnOhm()),
                block.driverOhm(),
                block.senseOhm());
        double kelvin = file.experiment().simulate().temperatureK();
        return new WireSpec(model.at(kelvin), solver, block.activity());
    }

    /** Names of the layers that a {@code layers} key selects: convolutions, all, or convolutions if there are any. */
    static Set<String> selected(Layers layers, Network network) {
        boolean convolutions = switch (layers) {
            case ALL -> false;
            case CONV -> true;
            case AUTO -> network.hasConvolution();
        };
        Set<String> names = new LinkedHashSet<>();
        for (Network.Node node : network.synapses()) {
            if (!convolutions || node.layer() instanceof Layer.Conv2d) {
                names.add(node.name());
            }
        }
        return names;
    }
}
