/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.ProgrammedLayer;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.text.limit.FileLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Programmed chips of a run folder, one npz file each.
 *
 * <p>A file holds {@code format} (2), {@code instance}, {@code seed}, {@code design_sha256}, the names of the {@code layers} on
 * tiles, and per layer LAYER: {@code LAYER.target_uS} and {@code LAYER.programmed_uS} of shape {@code [planes, rows, outputs]},
 * {@code LAYER.fault} of the same shape (-1 stuck at the minimum, 1 at the maximum, else 0),
 * {@code LAYER.tile} (rows and columns of a tile), {@code LAYER.error_rms_uS} and {@code LAYER.write_pulses}. Columns that a
 * tile has once stand at all its outputs. What differs between copies of a layer is in arrays {@code LAYER.copy1.…} for the
 * second, and so on.
 *
 * @param run run folder
 */
public record ChipStore(Path run) {
    private static final String FOLDER = "chips";
    private static final int FORMAT = 2;

    /** Of all arrays of a chip together, some hundred bytes each. */
    private static final int ROOM_OF_HEADERS = 1 << 20;

    /** The file of one chip. */
    public Path file(int instance) {
        return run.resolve(name(instance));
    }

    /** Name of the file of one chip within the run folder. */
    public static String name(int instance) {
        return FOLDER + "/" + String.format(Locale.ROOT, "chip-%04d.npz", instance);
    }

    /** What the file of a chip holds. */
    public static Npz content(ChipDesign design, ChipInstance chip) {
        Map<String, NpyArray> arrays = new TreeMap<>();
        arrays.put("format", scalar(FORMAT));
        arrays.put("instance", scalar(chip.instance()));
        arrays.put("seed", scalar(chip.seed()));
        arrays.put("design_sha256", NpyArray.of(new String[] {hash(design)}));
        String[] names = design.tiles().layers().stream().map(LayerTiles::name).toArray(String[]::new);
        arrays.put("layers", NpyArray.of(names, names.length));
        for (LayerTiles tiles : design.tiles().layers()) {
            String name = tiles.name();
            arrays.put(name + ".target_uS", planes(design.targets(tiles.layer()), tiles));
            arrays.put(
                    name + ".tile",
                    NpyArray.of(new long[] {tiles.tile().rows(), tiles.tile().columns()}, 2));
            for (int copy = 0; copy < tiles.copies(); copy++) {
                put(arrays, prefix(name, copy), chip.cells(tiles.layer(), copy), tiles);
            }
        }
        return Npz.of(arrays);
    }

    private static void put(Map<String, NpyArray> arrays, String prefix, ProgrammedLayer layer, LayerTiles tiles) {
        arrays.put(prefix + ".programmed_uS", planes(layer.conductances(), tiles));
        arrays.put(prefix + ".fault", faults(layer.faults(), tiles));
        arrays.put(prefix + ".error_rms_uS", NpyArray.of(new double[] {layer.errorRmsMicrosiemens()}));
        arrays.put(prefix + ".write_pulses", scalar(layer.writePulses()));
    }

    /** What the names of the arrays of a copy begin with. */
    private static String prefix(String layer, int copy) {
        return copy == 0 ? layer : layer + ".copy" + copy;
    }

    /** Names of the chips that are there and not among the first {@code count}. */
    public List<String> beyond(int count) {
        Path folder = run.resolve(FOLDER);
        TreeSet<String> beyond = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> chips = Files.newDirectoryStream(folder, "chip-*.npz")) {
                chips.forEach(chip -> beyond.add(FOLDER + "/" + chip.getFileName()));
            } catch (IOException e) {
                throw new DataFileException(folder, e);
            }
        }
        for (int instance = 0; instance < count; instance++) {
            beyond.remove(name(instance));
        }
        return List.copyOf(beyond);
    }

    /**
     * Reads a chip of a design.
     *
     * @throws DataFileException if there is no such chip, its file is damaged, or it is a chip of another design
     */
    public ChipInstance read(ChipDesign design, int instance) {
        if (instance < 0) {
            throw new IllegalArgumentException("--instance must be at least 0, got " + instance);
        }
        Path file = file(instance);
        if (!Files.exists(file)) {
            throw new DataFileException(
                    file,
                    "no such chip; write it with 'synaptile map " + run + " --instances " + (instance + 1L) + "'");
        }
        Npz arrays = Npz.read(file, FileLimit.current().atLeast(bytes(design)));
        try {
            long format = number(arrays, "format");
            if (format != FORMAT) {
                throw new IllegalArgumentException("has format " + format + ", only " + FORMAT
                        + " can be read; write the chip again with 'synaptile map " + run + " --instances "
                        + (instance + 1L) + "'");
            }
            if (number(arrays, "instance") != instance) {
                throw new IllegalArgumentException(
                        "has instance " + number(arrays, "instance") + ", expected " + instance);
            }
            requireLayers(design, arrays.array("layers").texts());
            Map<Integer, ProgrammedLayer> layers = new TreeMap<>();
            for (LayerTiles tiles : design.tiles().layers()) {
                layers.put(tiles.layer(), layer(design, arrays, tiles));
            }
            if (!Arrays.equals(arrays.array("design_sha256").texts(), new String[] {hash(design)})) {
                throw new IllegalArgumentException("has a design_sha256 that is not that of its targets and topology");
            }
            ChipInstance chip = new ChipInstance(instance, number(arrays, "seed"), layers);
            // Last, for what was read says better what is wrong.
            RunManifest.read(run).requireIntact(run, name(instance), Sha256.of(file));
            return chip;
        } catch (IllegalArgumentException e) {
            String said = e.getMessage();
            throw new DataFileException(
                    file,
                    said.startsWith(file + " ") ? said.substring(file.toString().length() + 1) : said);
        }
    }

    /** Room that the arrays of a chip of that design take: targets once, conductances and faults of every copy. */
    private static long bytes(ChipDesign design) {
        long bytes = ROOM_OF_HEADERS;
        for (LayerTiles tiles : design.tiles().layers()) {
            long cells = (long) design.codecs().get(tiles.layer()).planes() * tiles.rows() * tiles.outputs();
            bytes += cells * (Float.BYTES + tiles.copies() * (Float.BYTES + Byte.BYTES));
        }
        return bytes;
    }

    private static void requireLayers(ChipDesign design, String[] written) {
        String[] expected =
                design.tiles().layers().stream().map(LayerTiles::name).toArray(String[]::new);
        int different = Arrays.mismatch(expected, written);
        if (different >= 0) {
            throw new IllegalArgumentException("is a chip of another design: layer " + (different + 1) + " on tiles is "
                    + (different < written.length ? written[different] : "none") + ", here it is "
                    + (different < expected.length ? expected[different] : "none"));
        }
    }

    private static ProgrammedLayer layer(ChipDesign design, Npz arrays, LayerTiles tiles) {
        String name = tiles.name();
        float[][] targets = design.targets(tiles.layer());
        requireCopies(arrays, tiles);
        NpyArray target = arrays.array(name + ".target_uS");
        NpyArray programmed = arrays.array(name + ".programmed_uS");
        long[] tile = arrays.array(name + ".tile").longs();
        int[] shape = {targets.length, tiles.rows(), tiles.outputs()};
        long[] expectedTile = {tiles.tile().rows(), tiles.tile().columns()};
        if (!Arrays.equals(target.shape(), shape)
                || !Arrays.equals(programmed.shape(), shape)
                || !Arrays.equals(tile, expectedTile)) {
            throw new IllegalArgumentException(
                    "is a chip of another design: layer " + name + " has planes, rows, outputs "
                            + Arrays.toString(programmed.shape()) + " on tiles of " + Arrays.toString(tile) + ", here "
                            + Arrays.toString(shape) + " on tiles of " + Arrays.toString(expectedTile));
        }
        if (!Arrays.deepEquals(split(target.floats(), targets.length), targets)) {
            throw new IllegalArgumentException("is a chip of another design: the targets of layer " + name
                    + " are not those of the weights, codec and cell here, both of shape " + Arrays.toString(shape));
        }
        List<ProgrammedLayer> copies = new ArrayList<>();
        for (int copy = 0; copy < tiles.copies(); copy++) {
            copies.add(copy(arrays, prefix(name, copy), shape));
        }
        return copies.getFirst().with(copies.subList(1, copies.size()));
    }

    private static void requireCopies(Npz arrays, LayerTiles tiles) {
        int copies = 1;
        while (arrays.arrays().containsKey(prefix(tiles.name(), copies) + ".programmed_uS")) {
            copies++;
        }
        if (copies != tiles.copies()) {
            throw new IllegalArgumentException("is a chip of another design: it has " + copies + " of layer "
                    + tiles.name() + ", here " + (tiles.copies() == 1 ? "is 1" : "are " + tiles.copies()));
        }
    }

    /** @param name what the names of its arrays begin with */
    private static ProgrammedLayer copy(Npz arrays, String name, int[] shape) {
        NpyArray programmed = arrays.array(name + ".programmed_uS");
        if (!Arrays.equals(programmed.shape(), shape)) {
            throw new IllegalArgumentException("has conductances " + name + ".programmed_uS of shape "
                    + Arrays.toString(programmed.shape()) + ", expected " + Arrays.toString(shape));
        }
        float[][] conductances = split(programmed.floats(), shape[0]);
        for (float[] plane : conductances) {
            for (float microsiemens : plane) {
                if (!(microsiemens >= 0f) || Float.isInfinite(microsiemens)) {
                    throw new IllegalArgumentException("layer " + name + " has a conductance of " + microsiemens
                            + " uS; it must be finite and at least 0");
                }
            }
        }
        NpyArray fault = arrays.array(name + ".fault");
        if (!Arrays.equals(fault.shape(), shape)) {
            throw new IllegalArgumentException("has a fault map of layer " + name + " of shape "
                    + Arrays.toString(fault.shape()) + ", expected " + Arrays.toString(shape));
        }
        double[] error = arrays.array(name + ".error_rms_uS").doubles();
        if (error.length != 1) {
            throw new IllegalArgumentException("has more or less than one " + name + ".error_rms_uS");
        }
        long writePulses = number(arrays, name + ".write_pulses");
        if (writePulses < 0) {
            throw new IllegalArgumentException(name + ".write_pulses must be at least 0, got " + writePulses);
        }
        return new ProgrammedLayer(conductances, faults(name, fault.longs(), shape[0]), error[0], writePulses);
    }

    private static byte[][] faults(String name, long[] values, int planes) {
        int cells = values.length / planes;
        byte[][] faults = new byte[planes][cells];
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > 1) {
                throw new IllegalArgumentException(
                        "layer " + name + " has a fault of " + values[i] + "; it must be -1, 0 or 1");
            }
            faults[i / cells][i % cells] = (byte) values[i];
        }
        return faults;
    }

    private static NpyArray faults(byte[][] planes, LayerTiles tiles) {
        byte[] values = new byte[Math.multiplyExact(planes.length, planes[0].length)];
        for (int p = 0; p < planes.length; p++) {
            System.arraycopy(planes[p], 0, values, p * planes[p].length, planes[p].length);
        }
        return NpyArray.of(values, planes.length, tiles.rows(), tiles.outputs());
    }

    private static float[][] split(float[] values, int planes) {
        float[][] split = new float[planes][];
        int cells = values.length / planes;
        Arrays.setAll(split, p -> Arrays.copyOfRange(values, p * cells, (p + 1) * cells));
        return split;
    }

    private static NpyArray planes(float[][] planes, LayerTiles tiles) {
        float[] values = new float[Math.multiplyExact(planes.length, planes[0].length)];
        for (int p = 0; p < planes.length; p++) {
            System.arraycopy(planes[p], 0, values, p * planes[p].length, planes[p].length);
        }
        return NpyArray.of(values, planes.length, tiles.rows(), tiles.outputs());
    }

    private static NpyArray scalar(long value) {
        return NpyArray.of(new long[] {value});
    }

    private static long number(Npz arrays, String name) {
        long[] values = arrays.array(name).longs();
        if (values.length != 1) {
            throw new IllegalArgumentException("has more or less than one " + name);
        }
        return values[0];
    }

    /** SHA-256 of what is written to the tiles of a design: layers, their tiles and targets; hexadecimal. */
    private static String hash(ChipDesign design) {
        Sha256 hash = new Sha256();
        for (LayerTiles tiles : design.tiles().layers()) {
            String crossings = tiles.pairsOnColumns() ? " pairs" : "";
            hash.add((tiles.name() + " " + tiles.tile().rows() + " "
                            + tiles.tile().columns() + crossings + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            if (tiles.pattern().isPresent()) {
                hash.add(places(tiles).getBytes(StandardCharsets.UTF_8));
            }
            for (float[] plane : design.targets(tiles.layer())) {
                ByteBuffer bytes = ByteBuffer.allocate(plane.length * Float.BYTES);
                bytes.asFloatBuffer().put(plane);
                hash.add(bytes.array());
            }
        }
        return hash.hex();
    }

    /** Rows and outputs of every tile. */
    private static String places(LayerTiles tiles) {
        StringBuilder places = new StringBuilder();
        for (TileAssignment part : tiles.assignments()) {
            int[] rows = IntStream.range(part.firstRow(), part.firstRow() + part.rows())
                    .map(tiles::source)
                    .toArray();
            int[] outputs = tiles.outputsOn(part.array().rowTile(), part.array().columnTile());
            places.append(Arrays.toString(rows))
                    .append(Arrays.toString(outputs))
                    .append('\n');
        }
        return places.toString();
    }
}
