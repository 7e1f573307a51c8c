/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    @Test
    void withinAStageALineComesAtMostEveryFiveSeconds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicLong seconds = new AtomicLong();
        LineProgress progress = new LineProgress(new PrintStream(bytes, true), () -> seconds.get() * 1_000_000_000L);

        progress.begin("train", 20);
        for (int epoch = 0; epoch < 20; epoch++) {
            seconds.incrementAndGet();
            progress.advance(1, "loss 0.5");
        }
        progress.end("accuracy 97 %");

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "train 5/20  loss 0.5  about 15 s left",
                        "train 10/20  loss 0.5  about 10 s left",
                        "train 15/20  loss 0.5  about 5 s left",
                        "train done in 20.0 s: accuracy 97 %");
    }
}
