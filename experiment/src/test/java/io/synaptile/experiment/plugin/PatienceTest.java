/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final PlugInJar JAR = new PlugInJar(Path.of("slow.jar"), "", new TreeMap<>(), Patience.USUAL);

    @Test
    void aJarThatNeverComesBackIsLeftAndNamed() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> new Patience(Duration.ofMillis(20)).load(JAR, () -> {
                    never.await();
                    return 1;
                }))
                .isInstanceOf(PlugInException.class)
                .hasMessage(
                        "plug-in slow.jar cannot be loaded: it is not ready after 0.02 s; --plugin-seconds sets the limit");
    }

    @Test
    void whatAJarGivesOrThrowsIsHandedOn() {
        assertThat(Patience.USUAL.<Integer>load(JAR, () -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> Patience.USUAL.load(JAR, () -> {
                    throw new OutOfMemoryError("full");
                }))
                .isInstanceOf(PlugInException.class)
                .hasMessage("plug-in slow.jar cannot be loaded: OutOfMemoryError (full)");
    }
}
