/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.Ungrouped;
import io.synaptile.sim.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The dense backend {@code nd4j}: inference with ideal weights or crossbar tiles, and training.
 *
 * <p>Inference shares the samples among the given threads. Training runs on the calling thread; the libraries underneath
 * take theirs from {@code OMP_NUM_THREADS}, which must be 1 for results that repeat bit by bit between machines. On a
 * processor with AVX-512 the environment should also say {@code OPENBLAS_CORETYPE=SKYLAKEX}, because the bundled OpenBLAS
 * does not know newer ones. Both have to be set before the virtual machine starts.
 */
public final class Nd4jBackend implements ComputeBackend {
    static final String ID = "nd4j";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        // Nd4j initialises itself first; its native holder fails when it is asked before
        String backend = Nd4j.getBackend().getClass().getSimpleName();
        String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
        return "ND4J " + version() + " on " + backend + ", "
                + (build.contains("HAVE_ONEDNN") ? "oneDNN" : "no oneDNN") + ", OpenBLAS core "
                + environment("OPENBLAS_CORETYPE") + ", OpenMP threads " + environment("OMP_NUM_THREADS");
    }

    /** Its jar has no version in the manifest. */
    private static String version() {
        String resource = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
        return properties.getProperty("version", "of unknown version");
    }

    private static String environment(String key) {
        return System.getenv().getOrDefault(key, "default");
    }

    @Override
    public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
        return new Nd4jExecutable(Ungrouped.plan(plan), threads);
    }

    @Override
    public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
        return train(network, Set.of(), timeSteps, maxSamples, threads);
    }

    @Override
    public TrainableNetwork train(Network network, Set<Integer> onArrays, int timeSteps, int maxSamples, int threads) {
        return Ungrouped.train(network, ungrouped -> new Nd4jTrainable(ungrouped, onArrays, timeSteps));
    }
}
