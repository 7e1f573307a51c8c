/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TornadoVM's native layers print. An allocation, a transfer or a launch that the driver refuses is only printed there, on
 * standard output, and the run goes on with wrong results; here such a line is an error.
 *
 * <p>While anybody listens, descriptor 1 of the process is a file. What is found there and is no error goes to the standard
 * output when the last one stops listening. Where the platform has no {@code dup2}, or native access is not allowed, nothing is
 * heard.
 */
final class NativeOutput implements AutoCloseable {
    /** Calls that only ask or give back, and those that measure power, change no result. */
    private static final Pattern ERROR =
            Pattern.compile("\\[TornadoVM-(?!\\S*NVML)\\S*JNI\\] *ERROR *:(?! *(?:clGet|clRelease|cuDeviceGet))"
                    + "|^\\[ERROR\\]|off-heap memory allocation .*failed|compilation .*failed"
                    + "|TornadoVM changed the user-defined local size");

    private static final Pattern TORNADO_LINE = Pattern.compile("\\[TornadoVM-\\S*JNI\\]|" + ERROR.pattern());
    private static final Pattern CALL = Pattern.compile("ERROR *: *(\\w+) -> Returned: *(-?\\d+)");
    private static final int STANDARD_OUTPUT = 1;
    private static final int READ_AND_WRITE = 2;

    private static final Optional<Redirection> REDIRECTION = Redirection.open();
    private static int listeners;

    private NativeOutput() {}

    /** Begins to listen; {@link #close} ends it. */
    static synchronized NativeOutput listen() {
        if (listeners++ == 0) {
            REDIRECTION.ifPresent(Redirection::begin);
        }
        return new NativeOutput();
    }

    /**
     * Looks for an error since somebody began to listen.
     *
     * @throws DeviceFailure with the line, if there is one
     */
    static synchronized void requireNoError() {
        if (listeners > 0 && REDIRECTION.isPresent()) {
            REDIRECTION.get().error().ifPresent(line -> {
                throw new DeviceFailure(told(line));
            });
        }
    }

    private static String told(String line) {
        Matcher call = CALL.matcher(line);
        return call.find()
                ? "the driver of the device refused a call, " + call.group(1) + " returned " + call.group(2)
                        + "; what is computed after it would be wrong"
                : "TornadoVM reports: " + line;
    }

    /** Whether anything can be heard here. */
    static boolean available() {
        return REDIRECTION.isPresent();
    }

    /** Writes out what is still in the buffers of the C library, so that it is found. */
    static synchronized void flush() {
        REDIRECTION.ifPresent(Redirection::flush);
    }

    @Override
    public void close() {
        synchronized (NativeOutput.class) {
            if (--listeners == 0) {
                REDIRECTION.ifPresent(Redirection::end);
            }
        }
    }

    /** The first line that tells of an error. */
    static Optional<String> errorIn(String printed) {
        return printed.lines()
                .map(String::strip)
                .filter(line -> ERROR.matcher(line).find())
                .findFirst();
    }

    /** The file in place of the standard output, and the functions that put it there. */
    private static final class Redirection {
        private final MethodHandle duplicateTo;
        private final MethodHandle flush;
        private final FileChannel read;
        private final int file;
        private final int output;
        /** Up to where the file has been looked at for errors. */
        private long seen;
        /** Up to where it has been passed on. */
        private long passed;

        private Redirection(MethodHandle duplicateTo, MethodHandle flush, FileChannel read, int file, int output) {
            this.duplicateTo = duplicateTo;
            this.flush = flush;
            this.read = read;
            this.file = file;
            this.output = output;
        }

        static Optional<Redirection> open() {
            Path path = null;
            try (Arena arena = Arena.ofConfined()) {
                path = Files.createTempFile("synaptile", ".out");
                FileChannel read = FileChannel.open(path, StandardOpenOption.READ);
                FunctionDescriptor open =
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
                int file = (int) function("open", open, Linker.Option.firstVariadicArg(2))
                        .invokeExact(arena.allocateFrom(path.toString()), READ_AND_WRITE);
                int output = (int) function("dup", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                        .invokeExact(STANDARD_OUTPUT);
                if (file < 0 || output < 0) {
                    return Optional.empty();
                }
                MethodHandle duplicateTo = function(
                        "dup2",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                MethodHandle flush =
                        function("fflush", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
                return Optional.of(new Redirection(duplicateTo, flush, read, file, output));
            } catch (Throwable e) {
                // Not on this platform, or not allowed: the guard words of the graphs remain.
                return Optional.empty();
            } finally {
                delete(path);
            }
        }

        @SuppressWarnings("restricted") // native access is what this is for
        private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            SymbolLookup lookup = linker.defaultLookup();
            return linker.downcallHandle(lookup.findOrThrow(name), type, options);
        }

        private static void delete(Path path) {
            if (path != null) {
                try {
                    Files.delete(path);
                } catch (IOException _) {
                    // An empty file is left among the temporary ones.
                }
            }
        }

        void begin() {
            System.out.flush();
            flush();
            pointOutputTo(file);
            seen = passed;
        }

        void end() {
            System.out.flush();
            flush();
            pointOutputTo(output);
            String rest = textFrom(passed);
            passed += rest.length();
            StringBuilder others = new StringBuilder();
            for (String line : rest.split("(?<=\n)")) {
                if (!TORNADO_LINE.matcher(line).find()) {
                    others.append(line);
                }
            }
            byte[] bytes = others.toString().getBytes(StandardCharsets.ISO_8859_1);
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
        }

        Optional<String> error() {
            String text = textFrom(seen);
            seen += text.length();
            return errorIn(text);
        }

        void flush() {
            try {
                int _ = (int) flush.invokeExact(MemorySegment.NULL);
            } catch (Throwable e) {
                throw new IllegalStateException("the C library does not write out its buffers", e);
            }
        }

        private void pointOutputTo(int descriptor) {
            try {
                int _ = (int) duplicateTo.invokeExact(descriptor, STANDARD_OUTPUT);
            } catch (Throwable e) {
                throw new IllegalStateException("the standard output cannot be redirected", e);
            }
        }

        /** One character per byte: what is passed on must not change. */
        private String textFrom(long start) {
            try {
                int size = Math.toIntExact(read.size() - start);
                if (size <= 0) {
                    return "";
                }
                ByteBuffer bytes = ByteBuffer.allocate(size);
                while (bytes.hasRemaining() && read.read(bytes, start + bytes.position()) > 0) {}
                return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new IllegalStateException("what TornadoVM printed cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
