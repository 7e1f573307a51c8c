/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.experiment.file.TrainBlock.Layers;
import io.synaptile.mapping.codec.CodecKind;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Block {@code hardware}. */
public record HardwareBlock(
        @Key("Size of a crossbar tile.") Tile tile,

        @Key("The memory cell; further keys belong to its kind.")
        Cell cell,

        @Key(
                value =
                        "How a weight becomes conductances: differential-pair, differential-two-sided, bit-sliced, offset-column, unit-column, dummy-column, binary-planes, ternary-pair, shifted-sram, rram-plus-shifted-sram (a differential pair with an SRAM word beside it), n-pairs, or a codec of a plug-in.",
                otherwise = "differential-pair")
        String codec,

        @Key("Pairs of codec n-pairs.") PairsBlock pairs,

        @Key("SRAM words of codec rram-plus-shifted-sram.") Recovery recovery,

        @Key("How a column current becomes a number.") Readout readout,

        @Key("Resistance of the wires of every tile.") WireBlock wire,

        @Key("How tiles are grouped on the chip: processing elements, chip tiles, mesh.")
        ChipBlock chip,

        @Key(
                value =
                        "Copies of a layer, which share its output positions: none, or as many copies of the slowest layers as the chip has room for (auto). hardware.per_layer.LAYER.copies overrides it.",
                otherwise = "none")
        Duplicate duplicate,

        @Key(
                value =
                        "A convolution as one matrix (unrolled), or as one matrix of its input channels for every position of its kernel (kernel-split), which begins a tile of its own.",
                otherwise = "unrolled",
                source = "kernel-split: the mapping of NeuroSim and SpikeSim")
        Convolution convolution,

        @Key(
                value =
                        "What tiles leave out where weights are written as 0: nothing (none); inputs and outputs of a layer without a weight, and"
                                + " tiles without one (skip); or besides, with inputs in an order in which those of a tile have weights at the same"
                                + " outputs, the columns of every row of tiles without a weight (permute). Not with codec rram-plus-shifted-sram.",
                otherwise = "none",
                addedLater = true)
        SparseMapping sparseMapping,

        @Key(
                value =
                        "The bias of a layer on tiles: added to its sums at every output and step (digital), or held by the cells of"
                                + " further rows of its matrix that are driven with a pulse at every step (row). Layers that are not on"
                                + " tiles, or hold digital words there, and the offsets of norms, are added digitally in either case.",
                otherwise = "digital",
                addedLater = true)
        Bias bias,

        @Key(
                value =
                        "Layers placed on tiles; the others stay digital. auto: the convolutions, or all layers if there are none, except those whose inputs are not spikes.",
                otherwise = "auto")
        Layers layers,

        @Key(
                value = "Bits of the magnitude of weights on tiles that train.quantise has not quantised.",
                otherwise = "4",
                range = "[1, 16]")
        int weightBits,

        @Key(
                value = "Bits of a weight in a digital layer, at least 2.",
                otherwise = "8",
                range = "[0, 32]",
                zero = "float")
        int digitalBits,

        @Key(value = "Do not read tiles without a driven row.", otherwise = "true")
        boolean skipEmpty,

        @Key(
                value =
                        "Layers whose input does not change over the steps (network.coding direct): computed once, in the first step, with their currents latched for all steps (latched), or computed in every step (repeated). repeated counts as versions without this key did, including inputs buffered by address.",
                otherwise = "latched")
        DirectLayer directLayer,

        @Key(
                value = "Arrays that are real: which layers or tiles are on boards, and how these are called.",
                addedLater = true)
        BoardsBlock boards,

        @Key("Layers with a place, cells or a codec of their own. A name overrides a pattern with * and ?.")
        Map<String, OfLayer> perLayer,

        @Key(value = "What events cost: a table, and prices that override it for single events.", alone = "table")
        Energy energy,

        @Key("What energy, latency and area are computed from besides the energy table.")
        CostBlock cost) {

    /** Values of {@code hardware.direct_layer}. */
    public enum DirectLayer {
        LATCHED,
        REPEATED
    }

    /** Values of {@code hardware.duplicate}. */
    public enum Duplicate {
        NONE,
        AUTO
    }

    /** Values of {@code hardware.bias}. */
    public enum Bias {
        DIGITAL,
        ROW
    }

    /** Values of {@code hardware.sparse_mapping}. */
    public enum SparseMapping {
        NONE,
        SKIP,
        PERMUTE
    }

    /** Values of {@code hardware.convolution}. */
    public enum Convolution {
        UNROLLED,
        KERNEL_SPLIT
    }

    /**
     * Block {@code hardware.energy}.
     *
     * @param prices pJ by key, {@code adc_conversion_pJ} for the event {@code adc_conversion}
     */
    public record Energy(
            @Key(
                    value =
                            "Energy table: isaac32, spikesim65, neurosim22, neurram130, digital-sram65, reference-event, a table of a plug-in, or your own CSV file, relative to the experiment file. Further keys override its prices; they are named after the events that 'synaptile energy show' lists, for example adc_conversion_pJ.",
                    otherwise = "isaac32",
                    source = "every entry of the table names its own",
                    file = true)
            String table,

            @Key(value = "Prices of events over those of the table.", name = Key.OPTIONS)
            Map<String, Object> prices) {
        /** Ends the keys of prices. */
        static final String UNIT = "_pJ";

        public Energy {
            prices = Collections.unmodifiableMap(new TreeMap<>(prices));
        }

        /** Prices over those of the table, pJ, by the key of their event. */
        public Map<String, Double> picojoules() {
            Map<String, Double> byEvent = new TreeMap<>();
            prices.forEach((key, price) ->
                    byEvent.put(key.substring(0, key.length() - UNIT.length()), ((Number) price).doubleValue()));
            return byEvent;
        }
    }

    /** Block {@code hardware.recovery}. */
    public record Recovery(
            @Key(value = "Bits of a word.", otherwise = "2", range = "[0, 16]", zero = "float")
            int sramBits,

            @Key(
                    value =
                            "Power of two applied to the sum of the words: positive towards the most significant bit, at most the length of the word either way.",
                    otherwise = "0",
                    range = "[-16, 16]",
                    source = "Krishnan et al., IEEE TCAD 2022")
            int shift,

            @Key(
                    value =
                            "What a right shift makes of the sum of every macro: the sum times a power of two (exact), or a whole"
                                    + " number, towards minus infinity (floor) or to the nearest, halves upwards (nearest).",
                    otherwise = "exact")
            Rounding rounding) {
        /** Values of {@code hardware.recovery.rounding}. */
        public enum Rounding {
            EXACT,
            FLOOR,
            NEAREST
        }

        public Recovery {
            if (sramBits == 0 && rounding != Rounding.EXACT) {
                throw new InvalidSetting(
                        "rounding",
                        "must be exact for words of floats (sram_bits), got "
                                + rounding.name().toLowerCase(Locale.ROOT));
            }
            Interval.check("sram_bits", sramBits, "[0, 16]");
            Interval.check("shift", shift, "[-16, 16]");
        }
    }

    /** Block {@code hardware.tile}. */
    public record Tile(
            @Key(value = "Input lines of a tile.", otherwise = "128", range = "[1, 65536]")
            int rows,

            @Key(value = "Output lines of a tile.", otherwise = "128", range = "[1, 65536]")
            int columns) {
        public Tile {
            Interval.check("rows", rows, "[1, 65536]");
            Interval.check("columns", columns, "[1, 65536]");
        }
    }

    /**
     * Block {@code hardware.cell}.
     *
     * @param options by name, nested keys with dots; Boolean, Long, Double, String or a list of these, or the Path of a file
     */
    public record Cell(
            @Key(value = "Kind of cell; 'synaptile device list' shows those installed.", otherwise = Cell.DEFAULT_KIND)
            String kind,

            @Key(value = "Options of that kind; 'synaptile device show KIND' lists them.", name = Key.OPTIONS)
            Map<String, Object> options) {
        /** The kind where none is named. */
        public static final String DEFAULT_KIND = "rram";

        public Cell {
            options = Collections.unmodifiableMap(new TreeMap<>(options));
        }
    }

    /** Block of {@code hardware.per_layer}. */
    public record OfLayer(
            @Key(value = "Whether these layers are placed on tiles or stay digital.", otherwise = "inherited")
            Optional<Place> place,

            @Key("Cell of these layers.") OwnCell cell,

            @Key(value = "How a weight of these layers becomes conductances.", otherwise = "inherited")
            Optional<String> codec,

            @Key(
                    value = "Bits of the magnitude of weights of these layers that are not quantised.",
                    otherwise = "inherited",
                    range = "[1, 16]")
            Optional<Integer> weightBits,

            @Key(
                    value = "Number of copies of these layers on the chip, at most one per output position.",
                    otherwise = "inherited",
                    range = "[1, 1000000]")
            Optional<Integer> copies) {

        /** Values of {@code hardware.per_layer.LAYER.place}. */
        public enum Place {
            TILES,
            DIGITAL
        }

        /**
         * Block {@code hardware.per_layer.LAYER.cell}.
         *
         * @param options as those of {@link Cell}
         */
        public record OwnCell(
                @Key(
                        value =
                                "Kind of cell of these layers; further keys override options of hardware.cell, or are options of the other kind.",
                        otherwise = "inherited")
                Optional<String> kind,

                @Key(value = "Options of that kind.", name = Key.OPTIONS)
                Map<String, Object> options) {
            public OwnCell {
                options = Collections.unmodifiableMap(new TreeMap<>(options));
            }

            /** Whether the block says anything. */
            public boolean isGiven() {
                return kind.isPresent() || !options.isEmpty();
            }
        }

        public OfLayer {
            weightBits.ifPresent(bits -> Interval.check("weight_bits", bits, "[1, 16]"));
            copies.ifPresent(count -> Interval.check("copies", count, "[1, 1000000]"));
            boolean cells = cell.isGiven() || codec.isPresent() || weightBits.isPresent() || copies.isPresent();
            if (cells && place.equals(Optional.of(Place.DIGITAL))) {
                throw new InvalidSetting(
                        "place", "must be tiles for layers with a cell, codec, weight_bits or copies, got digital");
            }
        }

        /** Whether it says what holds weights on tiles. */
        public boolean hasCells() {
            return cell.isGiven() || codec.isPresent() || weightBits.isPresent() || copies.isPresent();
        }
    }

    /** Block {@code hardware.readout}. */
    public record Readout(
            @Key(
                    value =
                            "An analogue-to-digital converter (adc); membranes charged by the column currents (lif-direct), with exact sums and no energy for converters and adders; or exact sums (ideal).",
                    otherwise = "adc")
            Kind kind,

            @Key(value = "Resolution of the converter.", otherwise = "6", range = "[1, 16]", unit = "bits")
            int bits,

            @Key(value = "Columns that share one converter.", otherwise = "8", range = "[1, 65536]")
            int columnsPerAdc,

            @Key(
                    value =
                            "Where the converter's range ends: at a percentile of the column sums of training images, where their"
                                    + " mean squared error is smallest (mse), at all rows of a tile with the highest conductance, or where a code is one level of a cell.",
                    otherwise = "calibrated")
            Range range,

            @Key(
                    value = "Share of the column sums seen in calibration that a calibrated range covers.",
                    otherwise = "99.9",
                    range = "(50, 100]",
                    unit = "%")
            double percentile,

            @Key(
                    value =
                            "Number of training images used to calibrate the converter's range; all if there are fewer.",
                    otherwise = "64",
                    range = "[1, inf)")
            int calibrationSamples,

            @Key(value = "Standard deviation of the gain of a chip's converters.", otherwise = "0", range = "[0, 10]")
            double gainSd,

            @Key(
                    value = "Standard deviation of the offset of a chip's converters.",
                    otherwise = "0",
                    range = "[0, 65536]",
                    unit = "codes")
            double offsetSd,

            @Key(
                    value =
                            "Probability of each code of a converter to be missing, so that the code below comes out instead.",
                    otherwise = "0",
                    range = "[0, 1]")
            double missingCodes,

            @Key(
                    value =
                            "Largest current of a column, in either direction; anything above is clipped before conversion. Cells must"
                                    + " have a read voltage (hardware.cell.read.voltage_V).",
                    name = "column_limit_uA",
                    otherwise = "none",
                    range = "[0, 1e9]",
                    unit = "uA",
                    source = "CrossSim, Icol_max",
                    zero = "none")
            double columnLimitMicroamperes,

            @Key(
                    value = "Convert only the bits that the driven rows of a tile can produce, which saves energy.",
                    otherwise = "false")
            boolean adaptive,

            @Key(
                    "How single converters differ besides gain_sd, offset_sd and missing_codes; further keys belong to its kind.")
            Adc adc,

            @Key("How the cells of an array make the currents of its columns; further keys belong to its kind.")
            Array array) {

        /**
         * Block {@code hardware.readout.adc}.
         *
         * @param options by name
         */
        public record Adc(
                @Key(
                        value = "Model of the converters; 'synaptile device list' shows those installed.",
                        otherwise = Adc.NONE)
                String kind,

                @Key(value = "Options of that kind.", name = Key.OPTIONS)
                Map<String, Object> options) {
            /** The kind of converters that do not differ. */
            static final String NONE = "ideal";

            public Adc {
                options = Collections.unmodifiableMap(new TreeMap<>(options));
            }

            /** Whether converters do not differ. */
            public boolean isNone() {
                return kind.equals(NONE);
            }
        }

        /**
         * Block {@code hardware.readout.array}.
         *
         * @param options by name
         */
        public record Array(
                @Key(
                        value =
                                "How arrays are read: as the sum of their cells, with hardware.wire (cells), or by an array read-out;"
                                        + " 'synaptile device list' shows those installed.",
                        otherwise = Array.NONE)
                String kind,

                @Key(value = "Options of that kind.", name = Key.OPTIONS)
                Map<String, Object> options) {
            /** The kind that is none. */
            static final String NONE = "cells";

            public Array {
                options = Collections.unmodifiableMap(new TreeMap<>(options));
            }

            /** Whether the sum of the cells is all there is to it. */
            public boolean isNone() {
                return kind.equals(NONE);
            }
        }

        /** Values of {@code hardware.readout.kind}. */
        public enum Kind {
            ADC,
            LIF_DIRECT,
            IDEAL
        }

        /** Values of {@code hardware.readout.range}. */
        public enum Range {
            CALIBRATED,
            MSE,
            FULL,
            GRANULAR
        }

        public Readout {
            Interval.check("bits", bits, "[1, 16]");
            Interval.check("columns_per_adc", columnsPerAdc, "[1, 65536]");
            Interval.check("percentile", percentile, "(50, 100]");
            Interval.check("calibration_samples", calibrationSamples, "[1, inf)");
            Interval.check("gain_sd", gainSd, "[0, 10]");
            Interval.check("offset_sd", offsetSd, "[0, 65536]");
            Interval.check("column_limit_uA", columnLimitMicroamperes, "[0, 1e9]");
            Interval.check("missing_codes", missingCodes, "[0, 1]");
        }
    }

    public HardwareBlock {
        perLayer = Collections.unmodifiableMap(new TreeMap<>(perLayer));
        Interval.check("weight_bits", weightBits, "[1, 16]");
        Interval.check("digital_bits", digitalBits, "[0, 32]");
        if (digitalBits == 1) {
            throw new InvalidSetting("digital_bits", "must be at least 2, or 'float', got 1");
        }
    }

    /** The cell of layers of {@code per_layer}. */
    public Cell cell(OfLayer.OwnCell own) {
        String kind = own.kind().orElse(cell.kind());
        Map<String, Object> options = new TreeMap<>(kind.equals(cell.kind()) ? cell.options() : Map.of());
        options.putAll(own.options());
        return new Cell(kind, options);
    }

    /** The same with the energy table of another place. */
    public HardwareBlock withEnergy(String table) {
        return new HardwareBlock(
                tile,
                cell,
                codec,
                pairs,
                recovery,
                readout,
                wire,
                chip,
                duplicate,
                convolution,
                sparseMapping,
                bias,
                layers,
                weightBits,
                digitalBits,
                skipEmpty,
                directLayer,
                boards,
                perLayer,
                new Energy(table, energy.prices()),
                cost);
    }

    /** Every cell that the block describes. */
    public List<Cell> cells() {
        return Stream.concat(Stream.of(cell), perLayer.values().stream().map(own -> cell(own.cell())))
                .toList();
    }

    /** Every codec that the block names, by its dotted key. */
    public Map<String, String> codecs() {
        Map<String, String> named = new TreeMap<>(Map.of("hardware.codec", codec));
        perLayer.forEach((layer, own) ->
                own.codec().ifPresent(name -> named.put("hardware.per_layer." + layer + ".codec", name)));
        return named;
    }

    /** Whether any layer may have SRAM words beside its cells. */
    public boolean isHybrid() {
        return codec.equals(CodecKind.RRAM_PLUS_SHIFTED_SRAM.id())
                || perLayer.values().stream()
                        .anyMatch(own -> own.codec().equals(Optional.of(CodecKind.RRAM_PLUS_SHIFTED_SRAM.id())));
    }
}
