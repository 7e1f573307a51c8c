/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.synaptile.board.wire.TraceEntry;
import io.synaptile.board.wire.TraceHeader;
import io.synaptile.mapping.port.ArrayPort;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a file of calls. It has its name only once it is {@linkplain #finish finished}; until then it is {@code NAME.part}, which
 * is deleted where it never is.
 */
public final class TraceWriter implements AutoCloseable {
    /** First field of a file. */
    static final String FORMAT = "synaptile-trace";

    static final int VERSION = 1;

    private final Path file;
    private final Path part;
    private final OutputStream out;
    private boolean finished;

    /**
     * Begins a file.
     *
     * @param product that writes it
     * @throws IllegalArgumentException if it cannot be written
     */
    public TraceWriter(Path file, String product) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        try {
            this.out = new BufferedOutputStream(Files.newOutputStream(part));
            TraceHeader.newBuilder()
                    .setFormat(FORMAT)
                    .setVersion(VERSION)
                    .setProduct(product)
                    .build()
                    .writeDelimitedTo(out);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": the recording of boards cannot be written there", e);
        }
    }

    /**
     * The array, whose calls are written from now on.
     *
     * @param tile that the array is: layer.copy.row.column
     */
    public ArrayPort recording(String tile, ArrayPort array) {
        return new RecordingPort(tile, array, this);
    }

    /**
     * Writes a call.
     *
     * @param request hash of the request
     */
    synchronized void write(String tile, String call, byte[] request, MessageLite reply, long nanos) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Deflater fast = new Deflater(Deflater.BEST_SPEED);
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, fast)) {
                reply.writeTo(deflated);
            } finally {
                fast.end();
            }
            TraceEntry.newBuilder()
                    .setTile(tile)
                    .setCall(call)
                    .setRequestSha256(ByteString.copyFrom(request))
                    .setReply(ByteString.copyFrom(bytes.toByteArray()))
                    .setTimeNs(nanos)
                    .build()
                    .writeDelimitedTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": " + e.getMessage(), e);
        }
    }

    /** Ends the file and gives it its name. */
    public void finish() {
        try {
            out.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            finished = true;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            out.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": " + e.getMessage(), e);
        }
    }
}
