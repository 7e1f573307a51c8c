/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * The memory of the devices as their drivers tell it. TornadoVM counts what it allocates on a device against a limit that is
 * read once, before it looks for devices, and is 4 GB unless set.
 */
final class DriverMemory {
    private static final String LIMIT = "tornado.device.memory";
    private static final long ALL_DEVICES = 0xFFFFFFFFL;
    private static final int GLOBAL_MEMORY_SIZE = 0x101F;
    private static final int MOST = 64;

    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final ValueLayout LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;

    private DriverMemory() {}

    /**
     * Sets TornadoVM's limit to the memory of the largest device, unless the user has set one. Where no driver tells, as on
     * machines whose devices use the memory of the processor, it is that memory.
     */
    static void limitTornado() {
        if (System.getProperty(LIMIT) == null) {
            long largest = Math.max(openCl(), cuda());
            System.setProperty(LIMIT, (largest > 0 ? largest : ofTheMachine()) + "B");
        }
    }

    private static long ofTheMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    /** Bytes of the largest OpenCL device; 0 if there is none. */
    static long openCl() {
        try (Arena arena = Arena.ofConfined()) {
            Library driver = new Library(arena, "libOpenCL.so.1", "libOpenCL.so", "OpenCL");
            MemorySegment count = arena.allocate(INT);
            MemorySegment platforms = arena.allocate(POINTER, MOST);
            MemorySegment devices = arena.allocate(POINTER, MOST);
            MemorySegment size = arena.allocate(LONG);
            driver.call("clGetPlatformIDs", new MemoryLayout[] {INT, POINTER, POINTER}, MOST, platforms, count);
            int platformCount = count.get(ValueLayout.JAVA_INT, 0);
            long largest = 0;
            for (int p = 0; p < Math.min(platformCount, MOST); p++) {
                MemorySegment platform = platforms.getAtIndex(ValueLayout.ADDRESS, p);
                count.set(ValueLayout.JAVA_INT, 0, 0);
                driver.call(
                        "clGetDeviceIDs",
                        new MemoryLayout[] {POINTER, LONG, INT, POINTER, POINTER},
                        platform,
                        ALL_DEVICES,
                        MOST,
                        devices,
                        count);
                for (int d = 0; d < Math.min(count.get(ValueLayout.JAVA_INT, 0), MOST); d++) {
                    size.set(ValueLayout.JAVA_LONG, 0, 0);
                    driver.call(
                            "clGetDeviceInfo",
                            new MemoryLayout[] {POINTER, INT, LONG, POINTER, POINTER},
                            devices.getAtIndex(ValueLayout.ADDRESS, d),
                            GLOBAL_MEMORY_SIZE,
                            (long) Long.BYTES,
                            size,
                            MemorySegment.NULL);
                    largest = Math.max(largest, size.get(ValueLayout.JAVA_LONG, 0));
                }
            }
            return largest;
        } catch (Throwable e) {
            // No such library or function, or native access is not allowed.
            return 0;
        }
    }

    /** Bytes of the largest CUDA device; 0 if there is none. */
    static long cuda() {
        try (Arena arena = Arena.ofConfined()) {
            Library driver = new Library(arena, "libcuda.so.1", "nvcuda");
            MemorySegment number = arena.allocate(INT);
            MemorySegment size = arena.allocate(LONG);
            driver.call("cuInit", new MemoryLayout[] {INT}, 0);
            driver.call("cuDeviceGetCount", new MemoryLayout[] {POINTER}, number);
            int devices = number.get(ValueLayout.JAVA_INT, 0);
            long largest = 0;
            for (int d = 0; d < devices; d++) {
                driver.call("cuDeviceGet", new MemoryLayout[] {POINTER, INT}, number, d);
                driver.call(
                        "cuDeviceTotalMem_v2",
                        new MemoryLayout[] {POINTER, INT},
                        size,
                        number.get(ValueLayout.JAVA_INT, 0));
                largest = Math.max(largest, size.get(ValueLayout.JAVA_LONG, 0));
            }
            return largest;
        } catch (Throwable e) {
            return 0;
        }
    }

    /** Functions of a driver's library that return a status. */
    @SuppressWarnings("restricted") // native access is what this is for
    private record Library(SymbolLookup symbols) {
        Library(Arena arena, String... names) {
            this(Arrays.stream(names)
                    .map(name -> find(name, arena))
                    .filter(lookup -> lookup != null)
                    .findFirst()
                    .orElseThrow());
        }

        private static SymbolLookup find(String name, Arena arena) {
            try {
                return SymbolLookup.libraryLookup(name, arena);
            } catch (IllegalArgumentException _) {
                return null;
            }
        }

        void call(String name, MemoryLayout[] types, Object... arguments) throws Throwable {
            FunctionDescriptor type = FunctionDescriptor.of(INT, types);
            int status = (int) Linker.nativeLinker()
                    .downcallHandle(symbols.findOrThrow(name), type)
                    .invokeWithArguments(arguments);
            if (status != 0) {
                throw new IllegalStateException(name + " returned " + status);
            }
        }
    }
}
