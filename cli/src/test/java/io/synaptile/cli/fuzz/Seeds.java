/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.cli.CommandOutcome;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.validation.ReferenceTable;
import io.synaptile.sim.io.model.Checkpoint;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.model.SramTensor;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small good files of every format. */
final class Seeds {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path BOARD = EXAMPLES.resolve("board.yaml");
    private static final int IMAGES = 12;

    private static final String TINY = """
            name: tiny
            seed: 3
            data: {set: digits, dir: %s, train_samples: 60, test_samples: 10, batch: 20, validation: 0.2}
            network: {arch: mlp, hidden: [4], time_steps: 2}
            train: {method: rate-norm, rate_norm: {epochs: 1, validate_every: 2}, epochs: 1, seeds: 2, quantise: {bits: 4}, variation: {device: rram}}
            hardware: {tile: {rows: 32, columns: 32}, cell: {kind: rram, range_uS: [2, 40]}, per_layer: {fc2: {weight_bits: 3}}}
            simulate: {instances: 1, samples: 4}
            """;

    private final Path folder;
    private final List<String> caseFiles = List.of(
            "validation_event_model.csv",
            "validation_irdrop.csv",
            "validation_noise_functions.csv",
            "validation_sata.csv",
            "validation_spikesim_ela.csv");
    private Path run;
    private Path tinyImageNet;

    Seeds(Path folder) {
        this.folder = folder;
    }

    private static String tiny() {
        return TINY.formatted(EXAMPLES.resolve("data").toAbsolutePath().normalize());
    }

    List<byte[]> experiments() throws IOException {
        List<byte[]> all = new ArrayList<>(List.of(utf8(tiny()), utf8(tiny() + """
                sweep:
                  hardware.cell.programming.scale: [0.5, 1]
                  seed: [1, 2, 3]
                run: {threads: 2}
                """)));
        try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml") && !f.equals(BOARD))
                    .sorted()
                    .toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    /** Files of boards, which need no data and no network. */
    List<byte[]> boards() throws IOException {
        return List.of(Files.readAllBytes(BOARD));
    }

    /** A finished run with one chip. */
    Path run() throws IOException {
        if (run == null) {
            Path file = Files.writeString(folder.resolve("tiny.yaml"), tiny());
            run = folder.resolve("run");
            good("run", file.toString(), "--out", run.toString(), "--quiet");
            good("map", run.toString(), "--instances", "1", "--quiet");
            good("simulate", run.toString(), "--quiet");
        }
        return run;
    }

    private static void good(String... line) {
        CommandOutcome outcome = CommandOutcome.of(line);
        if (outcome.code() != 0) {
            throw new IllegalStateException(String.join(" ", line) + ": " + outcome.err());
        }
    }

    List<byte[]> tensors() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.of(
                        Map.of(
                                "fc.weight", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                                "fc.bias", Tensor.of(new float[] {1, 2}, 2),
                                "scale", Tensor.of(new float[] {0.5f}, 1)),
                        Map.of("format", "pt"))
                .write(file);
        String mixed =
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"I64\",\"shape\":[1,1],"
                        + "\"data_offsets\":[4,12]},\"c\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[12,13]}}";
        ByteBuffer header = ByteBuffer.allocate(8 + mixed.length() + 13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(mixed.length())
                .put(utf8(mixed));
        return List.of(Files.readAllBytes(file), header.array());
    }

    List<byte[]> model() throws IOException {
        Path file = folder.resolve("model.safetensors");
        trained().write(file);
        return List.of(Files.readAllBytes(file));
    }

    List<byte[]> checkpoint() throws IOException {
        ModelFile model = trained();
        Path file = folder.resolve("checkpoint.safetensors");
        new Checkpoint(
                        model,
                        new TreeMap<>(Map.of("velocity", model.parameters().trainable())),
                        9,
                        Optional.of(new Checkpoint.Best(0, model.parameters())),
                        Optional.of(new Checkpoint.Begun(2, 1.5, 7)),
                        List.of(new Checkpoint.Epoch(0.1f, 2.3, 0.4, 0.3), new Checkpoint.Epoch(0.05f, 1.9, 0.5, 0.2)))
                .write(file);
        return List.of(Files.readAllBytes(file));
    }

    private static ModelFile trained() {
        NetworkBuilder builder = new NetworkBuilder("small", new Shape(1, 4, 4));
        builder.add("conv1", new Layer.Conv2d(2, 3, 1, 1));
        builder.add("bn1", Layer.StepNorm.standard());
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("pool1", new Layer.AvgPool(2));
        builder.add("flatten", new Layer.Flatten());
        builder.add("fc1", new Layer.Dense(3));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Map<Integer, float[]> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = new float[node.weightCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 0.125f - 1;
            }
            weights.put(node.id(), values);
        }
        int fc = network.find("fc1").orElseThrow().id();
        SramTensor sram = new SramTensor(weights.get(fc).clone(), 4, 2, 0, 2, false, 0);
        return ModelFile.of(network, Parameters.initial(network, 2).withWeights(weights), Map.of("time_steps", "2"))
                .withSram(Map.of(fc, sram));
    }

    List<byte[]> arrays() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.of(Map.of(
                        "a", NpyArray.of(new float[] {1, 2, 3, 4}, 2, 2),
                        "b", NpyArray.of(new double[] {1.5}, 1),
                        "c", NpyArray.of(new long[] {1, -2, 3}, 3),
                        "d", NpyArray.of(new byte[] {1, 0, -1}, 3),
                        "e", NpyArray.of(new String[] {"conv1", "fc"}, 2)))
                .write(file);
        return List.of(
                Files.readAllBytes(file), npz("<f4', 'fortran_order': True"), npz(">i2', 'fortran_order': False"));
    }

    /** What other writers make: version 2, deflated. */
    private static byte[] npz(String type) throws IOException {
        String text = "{'descr': '" + type + ", 'shape': (2, 3), }\n";
        byte[] header = utf8(text);
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) header.length, 0, 0, 0});
        npy.writeBytes(header);
        npy.writeBytes(new byte[type.contains("f4") ? 24 : 12]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy.toByteArray());
        }
        return out.toByteArray();
    }

    List<byte[]> idxImages() {
        ByteBuffer bytes = ByteBuffer.allocate(16 + IMAGES * 784);
        bytes.putInt(2051).putInt(IMAGES).putInt(28).putInt(28);
        return plainAndPacked(bytes.array());
    }

    List<byte[]> idxLabels() {
        ByteBuffer bytes = ByteBuffer.allocate(8 + IMAGES);
        bytes.putInt(2049).putInt(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            bytes.put((byte) (i % 10));
        }
        return plainAndPacked(bytes.array());
    }

    /** @param labels bytes of label per record */
    List<byte[]> cifar(int labels) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (labels + 3072));
        for (int i = 0; i < 4; i++) {
            bytes.position(i * (labels + 3072));
            for (int j = 0; j < labels; j++) {
                bytes.put((byte) (i + j));
            }
        }
        return plainAndPacked(bytes.array());
    }

    List<byte[]> digits() throws IOException {
        byte[] packed = Files.readAllBytes(EXAMPLES.resolve("data/digits.csv.gz"));
        String all;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return plainAndPacked(utf8(String.join("\n", all.lines().limit(20).toList()) + "\n"));
    }

    List<byte[]> jpegs() throws IOException {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt());
        }
        BufferedImage gray = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage large = new BufferedImage(3000, 3000, BufferedImage.TYPE_BYTE_GRAY);
        return List.of(encoded(image, "jpeg"), encoded(gray, "jpeg"), encoded(large, "jpeg"), encoded(image, "png"));
    }

    /** Images and labels of two classes. */
    List<byte[]> ownArrays() throws IOException {
        Path file = folder.resolve("own.npz");
        Npz.of(Map.of(
                        "x_train", NpyArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 1, 1, 2),
                        "y_train", NpyArray.of(new long[] {0, 1, 0, 1}, 4)))
                .write(file);
        byte[] numbers = Files.readAllBytes(file);
        Npz.of(Map.of(
                        "x_train", NpyArray.of(new double[] {1, 2, 3, 4}, 4, 1),
                        "y_train", NpyArray.of(new String[] {"a", "b", "b", "a"}, 4)))
                .write(file);
        return List.of(numbers, Files.readAllBytes(file));
    }

    /** Features and labels of two classes in three dialects. */
    List<byte[]> ownTables() {
        return List.of(
                utf8("1,2.5,a\n3,4.5,b\n5,6.5,a\n7,8.5,b\n"),
                utf8("x;y;kind\n1;2,5;0\n3;4,5;1\n5;6,5;0\n7;8,5;1\n"),
                utf8("# made\n\"x\"\t\"kind\"\n1\ta\n2\tb\n3\ta\n4\tb\n"));
    }

    /** Gray, colour and palette, of one size. */
    List<byte[]> pictures() throws IOException {
        return List.of(
                encoded(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY), "png"),
                encoded(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "png"),
                encoded(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_BINARY), "png"),
                encoded(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY), "jpeg"));
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** The smallest folder that is whole: 200 classes with one image each, and one test image, {@code val_0.JPEG}. */
    Path tinyImageNet() throws IOException {
        if (tinyImageNet == null) {
            Path data = folder.resolve("tiny-imagenet-200");
            byte[] image = jpegs().getFirst();
            StringBuilder classes = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                String wnid = String.format(Locale.ROOT, "n%08d", i);
                classes.append(wnid).append('\n');
                Path images = Files.createDirectories(
                        data.resolve("train").resolve(wnid).resolve("images"));
                Files.write(images.resolve(wnid + "_0.JPEG"), image);
            }
            Files.writeString(data.resolve("wnids.txt"), classes);
            Files.createDirectories(data.resolve("val/images"));
            Files.writeString(data.resolve("val/val_annotations.txt"), "val_0.JPEG\tn00000000\t0\t0\t62\t57\n");
            tinyImageNet = data;
        }
        return tinyImageNet;
    }

    List<byte[]> states() {
        return List.of(
                utf8("state,mean,std\n0,2.1,0.1\n1,11,0.45\n2,20.2,0.5\n3,30,0.9\n"),
                utf8("# measured\nlevel,q05_uS,q50_uS,q95_uS\n0,1.9,2.1,2.5\n1,10,11,12.5\n2,19,20.2,22\n3,28,30,33\n"),
                utf8(
                        "\ufeffstate;mean_nS;std_nS\r\n0;2100,5;100,5\r\n1;11000,1;450\r\n2;20200,1;500\r\n3;30000,2;900\r\n"),
                "State\tMean (\u00b5S)\tStd (\u00b5S)\n0\t2.1\t0.1\n1\t11.0\t0.45\n2\t20.2\t0.5\n3\t30.1\t0.9\n"
                        .getBytes(StandardCharsets.UTF_16));
    }

    List<byte[]> relaxation() {
        StringBuilder quantiles = new StringBuilder("level,time_s,q05,q50,q95,correlation\n");
        StringBuilder spreads = new StringBuilder("state,time_s,shift_uS,spread_uS\n");
        for (int state = 0; state < 4; state++) {
            for (int time = 1; time <= 100; time *= 10) {
                spreads.append(String.format(Locale.ROOT, "%d,%d,%.2f,0.2%n", state, time, -0.1 * state));
                quantiles.append(String.format(Locale.ROOT, "%d,%d,-0.5,%.2f,0.4,0.9%n", state, time, -0.1 * state));
            }
        }
        return List.of(utf8(spreads.toString()), utf8(quantiles.toString()));
    }

    List<byte[]> pulses() {
        StringBuilder plain = new StringBuilder();
        StringBuilder named = new StringBuilder("pulse,up,down\n");
        for (int n = 0; n < 32; n++) {
            double up = 2 + 38 * (1 - Math.exp(-n / 10.0));
            double down = 40 - 38 * (1 - Math.exp(-n / 10.0));
            plain.append(String.format(Locale.ROOT, "%.4f,%.4f%n", up, down));
            named.append(String.format(Locale.ROOT, "%d,%.4f,%.4f%n", n, up, down));
        }
        return List.of(utf8(plain.toString()), utf8(named.toString()));
    }

    List<byte[]> reads() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(2);
        for (int cell = 0; cell < 420; cell++) {
            int level = cell % 2;
            double programmed = (5 + 8 * level + 0.3 * random.nextGaussian()) * 1e-6;
            for (int time = 0; time <= 100; time += 100) {
                double later = programmed + (time == 0 ? 0 : 0.2e-6 * random.nextGaussian());
                text.append(String.format(
                        Locale.ROOT,
                        "%d\t%d.0\t%.1f\t%.6e\t%.6e\t%d\t%d%n",
                        cell,
                        time,
                        1 / later,
                        later,
                        programmed,
                        level,
                        time));
            }
        }
        return plainAndPacked(utf8(text.toString()));
    }

    List<byte[]> energy() throws IOException {
        List<byte[]> tables = new ArrayList<>();
        for (String name : List.of("isaac32.csv", "spikesim65.csv", "digital-sram65.csv")) {
            try (InputStream in = Objects.requireNonNull(EnergyTable.class.getResourceAsStream(name), name)) {
                tables.add(in.readAllBytes());
            }
        }
        return tables;
    }

    List<byte[]> cases() throws IOException {
        List<byte[]> tables = new ArrayList<>();
        for (String name : caseFiles) {
            try (InputStream in = Objects.requireNonNull(ReferenceTable.class.getResourceAsStream(name), name)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                tables.add(utf8(String.join("\n", text.lines().limit(6).toList()) + "\n"));
            }
        }
        return tables;
    }

    /** Name that a damaged file of cases is given: that of its seed, which the name of the mutant ends in. */
    String casesName(Path mutant) {
        String number = mutant.getFileName().toString().replaceAll(".*seed(\\d+).*", "$1");
        return caseFiles.get(Integer.parseInt(number));
    }

    private static List<byte[]> plainAndPacked(byte[] plain) {
        return List.of(plain, Mutator.packed(plain));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
