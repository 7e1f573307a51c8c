/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.synaptile.board.trace.TraceFile;
import io.synaptile.board.trace.TraceWriter;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ProgramReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings, and messages, whole and damaged. */
class TracesTest {
    private static final int MUTATED = 20_000;

    @TempDir
    Path folder;

    private Path recorded() {
        Path file = folder.resolve("calls.trace");
        try (TraceWriter writer = new TraceWriter(file, "test")) {
            ArrayPort port = writer.recording("conv1.0.0.0", SmallArray.port("a"));
            port.program(SmallArray.order());
            port.multiply(SmallArray.COLUMNS, SmallArray.reads());
            port.calibrate();
            port.multiply(SmallArray.COLUMNS, SmallArray.reads());
            port.age(5, 300);
            port.read(2, 2, 3);
            port.telemetry();
            assertThat(file).doesNotExist();
            writer.finish();
        }
        return file;
    }

    @Test
    void answersAsTheArrayDid() {
        Path file = recorded();
        ArrayPort real = SmallArray.port("a");
        try (TraceFile trace = TraceFile.open(file);
                ArrayPort port = trace.replay("conv1.0.0.0")) {
            assertThat(port.facts()).isEqualTo(real.facts());
            assertThat(port.program(SmallArray.order()).reached())
                    .containsExactly(real.program(SmallArray.order()).reached());
            for (int turn = 0; turn < 2; turn++) {
                assertThat(port.multiply(SmallArray.COLUMNS, SmallArray.reads()).microsiemens())
                        .containsExactly(real.multiply(SmallArray.COLUMNS, SmallArray.reads())
                                .microsiemens());
                if (turn == 0) {
                    assertThat(port.calibrate().gain())
                            .containsExactly(real.calibrate().gain());
                    assertThat(port.facts().calibration())
                            .isEqualTo(real.facts().calibration());
                }
            }
            port.age(5, 300);
            real.age(5, 300);
            assertThat(port.read(2, 2, 3).mean())
                    .containsExactly(real.read(2, 2, 3).mean());
            assertThat(port.telemetry()).isEqualTo(real.telemetry());
        }
    }

    @Test
    void refusesCallsThatWereNotMade() {
        try (TraceFile trace = TraceFile.open(recorded());
                ArrayPort port = trace.replay("conv1.0.0.0")) {
            List<RowReads> once = SmallArray.reads().subList(0, 1);
            assertThatThrownBy(() -> port.multiply(SmallArray.COLUMNS, once))
                    .hasMessageContaining("tile conv1.0.0.0, multiply: no such call was recorded");
            port.program(SmallArray.order());
            assertThatThrownBy(() -> port.program(SmallArray.order()))
                    .hasMessageContaining("the call was recorded less often than it is made");
            assertThatThrownBy(() -> trace.replay("conv2.0.0.0")).hasMessageContaining("tile conv2.0.0.0, open");
        }
    }

    @Test
    void aRecordingThatIsNotFinishedLeavesNothing() {
        try (TraceWriter writer = new TraceWriter(folder.resolve("calls.trace"), "test")) {
            writer.recording("conv1.0.0.0", SmallArray.port("a")).program(SmallArray.order());
        }
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> new TraceWriter(folder.resolve("none/calls.trace"), "test"))
                .hasMessageContaining("cannot be written there");
    }

    @Test
    void damagedRecordingsAreRefusedInALine() throws IOException {
        byte[] whole = Files.readAllBytes(recorded());
        Path damaged = folder.resolve("damaged.trace");
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        int refused = 0;
        for (int i = 0; i < MUTATED; i++) {
            Files.write(damaged, Mutations.of(whole, random));
            try (TraceFile trace = TraceFile.open(damaged);
                    ArrayPort port = trace.replay("conv1.0.0.0")) {
                port.program(SmallArray.order());
                port.multiply(SmallArray.COLUMNS, SmallArray.reads());
                port.read(2, 2, 3);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(MUTATED / 3);
    }

    @Test
    void damagedMessagesAreRefusedInALine() {
        byte[] program =
                Messages.request(SmallArray.order()).setSession(1).build().toByteArray();
        byte[] multiply = Messages.request(SmallArray.COLUMNS, SmallArray.reads())
                .setSession(1)
                .build()
                .toByteArray();
        ArrayPort port = SmallArray.port("a");
        ProgramReport report = port.program(SmallArray.order());
        byte[] reported = Messages.reply(report).toByteArray();
        byte[] currents = Messages.reply(port.multiply(SmallArray.COLUMNS, SmallArray.reads()))
                .toByteArray();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        int refused = 0;
        for (int i = 0; i < MUTATED; i++) {
            try {
                port.program(Messages.order(ProgramRequest.parseFrom(Mutations.of(program, random))));
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
            try {
                MultiplyRequest request = MultiplyRequest.parseFrom(Mutations.of(multiply, random));
                port.multiply(request.getColumns(), Messages.reads(request));
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
            try {
                Messages.report(ProgramReply.parseFrom(Mutations.of(reported, random)), report.reached().length);
                Messages.readings(MultiplyReply.parseFrom(Mutations.of(currents, random)), 3 * SmallArray.COLUMNS);
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).isGreaterThan(MUTATED);
    }

    /** Flips bits, cuts, doubles and overwrites parts. */
    private static final class Mutations {
        static byte[] of(byte[] whole, RandomGenerator random) {
            byte[] bytes = whole.clone();
            int times = 1 + random.nextInt(3);
            for (int n = 0; n < times && bytes.length > 0; n++) {
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                    case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                    case 2 -> bytes = Arrays.copyOf(bytes, at);
                    default -> {
                        int length = random.nextInt(bytes.length - at + 1);
                        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                        bytes = longer;
                    }
                }
            }
            return bytes;
        }
    }
}
