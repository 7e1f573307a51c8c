/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.compute.VariationModel;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.sim.tornado.kernel.R;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Throughput of whole networks, trained with weights that the host prepares and with weights that stay on the device, and of
 * the two forms of a convolution, as lines {@code name,value,unit}, each printed when it has been measured.
 *
 * <p>Arguments: {@code device=N[:half]}, {@code networks=vgg5,vgg9}, {@code steps=8,20}, {@code batches=32,128}, {@code
 * width=1.0}, {@code convolution_batch=128}, {@code seconds=3} (at least, for each figure), {@code peak_gflops=N} (the device's, to print fractions of).
 */
final class TornadoBenchmark {
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final int CLASSES = 10;
    private static final Architectures.Options OPTIONS =
            new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f);

    private final Map<String, String> settings = new TreeMap<>(Map.of(
            "device", "",
            "networks", "vgg5,vgg9",
            "steps", "8,20",
            "batches", "32,128",
            "width", "1.0",
            "seconds", "3",
            "convolution_batch", "128",
            "peak_gflops", "0"));
    private final KernelTime kernelTime = new KernelTime();
    private final TornadoBackend backend;

    private TornadoBenchmark(String[] arguments) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !settings.containsKey(parts[0])) {
                throw new IllegalArgumentException("argument '" + argument + "' is none of " + settings.keySet());
            }
            settings.put(parts[0], parts[1]);
        }
        String device = settings.get("device");
        TornadoBackend chosen = device.isEmpty() ? new TornadoBackend() : new TornadoBackend().select(device);
        backend = chosen.measuring(kernelTime);
    }

    public static void main(String[] arguments) {
        TornadoBenchmark benchmark = new TornadoBenchmark(arguments);
        line("device", benchmark.backend.description().replace(',', ';'), "");
        benchmark.convolutions();
        benchmark.networks();
    }

    private static void line(String name, Object value, String unit) {
        System.out.printf(Locale.ROOT, "%s,%s,%s%n", name, value, unit);
        System.out.flush();
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.4f", value);
    }

    private double atLeast() {
        return Double.parseDouble(settings.get("seconds"));
    }

    private void fraction(String name, double gflops) {
        line(name + ".gflops", rounded(gflops), "GFLOP/s");
        double peak = Double.parseDouble(settings.get("peak_gflops"));
        if (peak > 0) {
            line(name + ".fraction_of_peak", rounded(gflops / peak), "");
        }
    }

    /** Both forms of the forward pass of one layer at several activities: where they cross is the limit for the choice. */
    private void convolutions() {
        int[][] layers = {{32, 64, 64}, {16, 128, 128}, {8, 256, 256}};
        double[] activities = {0.02, 0.05, 0.1, 0.2, 0.5};
        for (int[] layer : layers) {
            for (double activity : activities) {
                String name = String.format(
                        Locale.ROOT,
                        "conv_%dx%d_%d_%d.at_%.0f_percent",
                        layer[0],
                        layer[0],
                        layer[1],
                        layer[2],
                        100 * activity);
                line(name + ".event", rounded(convolution(layer, activity, 2f)), "image-steps/s");
                line(name + ".dense", rounded(convolution(layer, activity, -1f)), "image-steps/s");
            }
        }
    }

    private double convolution(int[] size, double activity, float limit) {
        int samples = Integer.parseInt(settings.get("convolution_batch"));
        Shape shape = new Shape(size[1], size[0], size[0]);
        Network.Node node = new Network.Node(
                0,
                "conv",
                new Layer.Conv2d(size[2], 3, 1, 1),
                List.of(-1),
                shape,
                new Shape(size[2], size[0], size[0]));
        Graph graph = new Graph("conv");
        Memory memory = new Memory(samples, 1, false);
        IntArray run = new IntArray(R.SIZE);
        run.init(0);
        run.set(R.SAMPLES, samples);
        run.set(R.STEPS, 1);
        Pass pass = new Pass(graph, memory, run, IntArray.fromElements(1, 1));
        pass.limit.set(0, limit);
        pass.upload(pass.limit, pass.choice, run);
        Signal spikes = memory.signal(shape, false, true);
        Random random = new Random(1);
        for (int i = 0; i < spikes.single().getSize(); i++) {
            spikes.single().set(i, random.nextDouble() < activity ? 1f : 0f);
        }
        pass.upload(spikes.single());
        EventList list = EventList.of(spikes, pass);
        Synapse synapse = new Synapse(node, spikes, list, pass);
        float[] weights = new float[node.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat() - 0.5f;
        }
        synapse.install(weights);
        pass.upload(synapse.packed());
        Signal out = synapse.forward(pass);
        graph.outputs(pass.choice);
        KernelTime time = new KernelTime();
        try (Plan plan = new Plan(backend.chosen(), time, List.of(graph))) {
            plan.execute(0);
            time.take();
            long runs = 0;
            long start = System.nanoTime();
            do {
                plan.execute(0);
                runs++;
            } while (System.nanoTime() - start < 0.3e9 * atLeast());
            if (out.single().getSize() < samples) {
                throw new IllegalStateException("the layer has no output");
            }
            return runs * samples / (time.take() * 1e-9);
        }
    }

    private void networks() {
        for (String name : settings.get("networks").split(",")) {
            Network network =
                    Architectures.vgg(name, INPUT, CLASSES, Double.parseDouble(settings.get("width")), OPTIONS);
            for (String steps : settings.get("steps").split(",")) {
                for (String batch : settings.get("batches").split(",")) {
                    measure(network, Integer.parseInt(steps), Integer.parseInt(batch));
                }
            }
        }
    }

    private void measure(Network network, int steps, int samples) {
        String name = network.name() + ".T" + steps + ".batch" + samples;
        InputBatch batch = batch(steps, samples);
        double perImage = 2e-9 * multiplications(network) * steps;
        Parameters parameters = Parameters.initial(network, steps).withWeights(weights(network));
        try (TrainableNetwork trainable = backend.train(network, steps, samples, 1)) {
            parameters.forEach(trainable::set);
            float[] gradient = new float[samples * CLASSES];
            Arrays.fill(gradient, 1e-3f);
            report(name + ".training", samples, 3 * perImage, () -> {
                trainable.forward(batch);
                trainable.backward(gradient);
            });
            parameters.forEach(trainable::get);
            ResidentTraining resident = trainable.resident(recipe(network)).orElseThrow();
            resident.put(new ResidentTraining.State(
                    parameters.copy(), parameters.trainable().zeros()));
            int[] labels = IntStream.range(0, samples).map(n -> n % CLASSES).toArray();
            int[] drawn = {0};
            report(
                    name + ".resident_training",
                    samples,
                    3 * perImage,
                    () -> resident.step(batch, labels, 0.01f, 0, drawn[0]++));
        } catch (IllegalArgumentException e) {
            line(name + ".training", "\"" + e.getMessage() + "\"", "");
            return;
        }
        try (ExecutableNetwork executable = backend.prepare(NetworkPlan.ideal(network, parameters), samples, 1)) {
            long spikes = 0;
            long neurons = 0;
            BatchActivity[] activity = executable.run(batch).activity();
            for (Network.Node node : network.nodes()) {
                if (node.layer() instanceof Layer.Neuron) {
                    spikes += Arrays.stream(activity[node.id()].spikes).sum();
                    neurons += (long) node.out().size() * steps * samples;
                }
            }
            line(name + ".spike_rate", rounded((double) spikes / neurons), "spikes/neuron/step");
            report(name + ".inference", samples, perImage, () -> executable.run(batch));
        }
    }

    /** 4-bit weights that vary anew in every batch, as the quickstart trains. */
    private static TrainingRecipe recipe(Network network) {
        List<WeightStage> stages = List.of(
                new WeightStage.KBit(4, true),
                new WeightStage.Varied(
                        new VariationModel.LogNormalWeight(0.1, new VariationModel.Bound.None()),
                        WeightStage.Redraw.BATCH,
                        true));
        Map<Integer, List<WeightStage>> ofLayers = new TreeMap<>();
        network.synapses().forEach(node -> ofLayers.put(node.id(), stages));
        return new TrainingRecipe(ofLayers, 0.9f, 1e-4f);
    }

    private void report(String name, int samples, double gflopPerImage, Runnable pass) {
        long first = System.nanoTime();
        pass.run();
        line(name + ".first_run", rounded((System.nanoTime() - first) * 1e-9), "s");
        kernelTime.take();
        long images = 0;
        long start = System.nanoTime();
        long passed;
        do {
            pass.run();
            images += samples;
            passed = System.nanoTime() - start;
        } while (passed < 1e9 * atLeast());
        double kernels = kernelTime.take();
        line(name, rounded(images / (passed * 1e-9)), "images/s");
        line(name + ".kernel_share", rounded(kernels / passed), "");
        fraction(name + ".dense_equivalent", images * gflopPerImage / (kernels * 1e-9));
    }

    private static InputBatch batch(int steps, int samples) {
        Random random = new Random(2);
        float[] images = new float[samples * INPUT.size()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        long[] ids = new long[samples];
        Arrays.setAll(ids, i -> i);
        return new InputBatch(images, samples, steps, new Encoder.Poisson(2f), 1, 0, ids);
    }

    private static TreeMap<Integer, float[]> weights(Network network) {
        Random random = new Random(3);
        TreeMap<Integer, float[]> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            double bound = 2 * Math.sqrt(6.0 / (node.fanIn() + node.weightShape()[0]));
            float[] values = new float[node.weightCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
            weights.put(node.id(), values);
        }
        return weights;
    }

    /** Multiplications of one image at one step if nothing were skipped. */
    private static long multiplications(Network network) {
        return network.synapses().stream()
                .mapToLong(node -> (long) node.fanIn() * node.out().size())
                .sum();
    }
}
