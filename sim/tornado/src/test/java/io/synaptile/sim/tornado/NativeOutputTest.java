/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TornadoVM's native layers print as an error is one. */
final class NativeOutputTest {
    /** Past the buffers of Java, as native code prints. */
    private static void print(String line) throws IOException {
        @SuppressWarnings("resource") // the descriptor is the process's
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[TornadoVM-OCL-JNI] ERROR : clEnqueueNDRangeKernel -> Returned: -54",
                "[TornadoVM-OCL-JNI] ERROR : clCreateBuffer -> Returned: -61",
                "[TornadoVM-CUDA-JNI] ERROR : cuLaunchKernel -> Returned: 1",
                "\t[TornadoVM-PTX-JNI] ERROR : cuLaunchKernel -> Returned: 701",
                "PTX to cubin JIT compilation failed! (218)",
                "OpenCL off-heap memory allocation (posix_memalign) failed. Error value: 12.",
                "[TornadoVM OCL] Warning: TornadoVM changed the user-defined local size to null. Now, the OpenCL driver"
                        + " will select the best configuration."
            })
    void whatTheNativeLayersPrintOfAFailureIsAnError(String line) throws IOException {
        assertThat(NativeOutput.errorIn("something else\n" + line + "\n")).contains(line.strip());
        assumeThat(NativeOutput.available()).isTrue();
        try (NativeOutput _ = NativeOutput.listen()) {
            assertThatCode(NativeOutput::requireNoError).doesNotThrowAnyException();
            print(line);
            assertThatThrownBy(NativeOutput::requireNoError)
                    .isInstanceOf(DeviceFailure.class)
                    .hasMessageMatching(
                            "the driver of the device refused a call, c[lu][A-Z]\\w+ returned -?\\d+; what is"
                                    + " computed after it would be wrong|TornadoVM reports: .*");
        }
        assertThatCode(NativeOutput::requireNoError).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[TornadoVM-OCL-NVML-JNI] ERROR : nvmlInit -> Returned: 9",
                "[TornadoVM-OCL-JNI] ERROR : clGetDeviceInfo -> Returned: -30",
                "[TornadoVM-OCL-JNI] ERROR : clReleaseMemObject -> Returned: -38",
                "[TornadoVM-OCL-JNI] Calling : clFlush -> Status: 0",
                "accuracy 97.1 %"
            })
    void whatChangesNoResultIsNone(String line) {
        assertThat(NativeOutput.errorIn(line)).isEmpty();
    }

    @Test
    void anErrorOfTheListenerBeforeIsForgotten() throws IOException {
        assumeThat(NativeOutput.available()).isTrue();
        try (NativeOutput _ = NativeOutput.listen()) {
            print("[TornadoVM-OCL-JNI] ERROR : clFinish -> Returned: -5");
        }
        try (NativeOutput _ = NativeOutput.listen()) {
            assertThatCode(NativeOutput::requireNoError).doesNotThrowAnyException();
        }
    }
}
