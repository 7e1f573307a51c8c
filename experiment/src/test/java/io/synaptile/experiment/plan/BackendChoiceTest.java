/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {
    private static final ComputeBackend CPU = Backends.open("cpu");

    @Test
    void aGraphicsProcessorIsPreferred() {
        ComputeBackend gpu = new Stub("tornado", () -> true, List.of("0: a"));

        BackendChoice choice = BackendChoice.automatic(CPU, List.of(dense(), gpu), Optional.empty());

        assertThat(choice.backend()).isSameAs(gpu);
        assertThat(choice.notice()).hasValue("run.backend auto chooses tornado (stub): it has a graphics processor");
    }

    @Test
    void withoutOneItIsTheProcessorAndTheReasonIsSaid() {
        ComputeBackend slow = new Stub("tornado", () -> false, List.of("0: a"));
        ComputeBackend none = new Stub(
                "tornado",
                () -> {
                    throw new IllegalStateException("no device; install a driver");
                },
                List.of());

        assertThat(reason(List.of(slow), Optional.empty())).isEqualTo("no device of tornado is a graphics processor");
        assertThat(reason(List.of(none), Optional.empty())).isEqualTo("no device; install a driver");
        assertThat(reason(List.of(dense()), Optional.of("TORNADOVM_HOME is not set")))
                .isEqualTo("TORNADOVM_HOME is not set");
        assertThat(reason(List.of(), Optional.empty())).isEqualTo("no backend for graphics processors is installed");
    }

    @Test
    void aNamedBackendNeedsNoReason() {
        BackendChoice choice = BackendChoice.of("cpu", Optional.empty());

        assertThat(choice.backend().id()).isEqualTo("cpu");
        assertThat(choice.notice()).isEmpty();
        assertThatThrownBy(() -> BackendChoice.of("cpu:1", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String reason(List<ComputeBackend> others, Optional<String> withoutTornado) {
        BackendChoice choice = BackendChoice.automatic(CPU, others, withoutTornado);
        assertThat(choice.backend()).isSameAs(CPU);
        return choice.reason().orElseThrow();
    }

    private static ComputeBackend dense() {
        return new Stub("nd4j", () -> false, List.of());
    }

    private record Stub(String id, BooleanSupplier graphics, List<String> devices) implements ComputeBackend {
        @Override
        public String description() {
            return "stub";
        }

        @Override
        public boolean accelerated() {
            return graphics.getAsBoolean();
        }

        @Override
        public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
            throw new UnsupportedOperationException();
        }
    }
}
