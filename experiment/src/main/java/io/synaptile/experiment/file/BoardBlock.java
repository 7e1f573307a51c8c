/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code board}: what {@code synaptile board serve} serves. Its arrays have the tile and the cell of the hardware block. */
public record BoardBlock(
        @Key(value = "Serial number that the board tells.", otherwise = "simulated", addedLater = true)
        String serialNumber,

        @Key(value = "Number of arrays: array0, array1, ...", otherwise = "1", range = "[1, 4096]", addedLater = true)
        int arrays,

        @Key(
                value = "Address that it listens on. One that other machines reach needs certificate, key and token.",
                otherwise = "127.0.0.1",
                addedLater = true)
        String host,

        @Key(
                value = "Port that it listens on.",
                otherwise = "7447",
                range = "[0, 65535]",
                zero = "any",
                addedLater = true)
        int port,

        @Key(
                value = "Standard deviation of the gain of columns, hidden from clients.",
                otherwise = "0",
                range = "[0, 1)",
                addedLater = true)
        double gainSd,

        @Key(
                value = "Standard deviation of the offset of columns, hidden from clients.",
                otherwise = "0",
                range = "[0, 1e6]",
                unit = "uS",
                addedLater = true,
                name = "offset_sd_uS")
        double offsetSdMicrosiemens,

        @Key(
                value = "Standard deviation of every reading of a column.",
                otherwise = "0",
                range = "[0, 1e6]",
                unit = "uS",
                addedLater = true,
                name = "noise_uS")
        double noiseMicrosiemens,

        @Key(
                value = "Read voltage of a fully driven row.",
                otherwise = "0.2",
                range = "(0, 100]",
                unit = "V",
                addedLater = true,
                name = "read_voltage_V")
        double readVoltageVolts,

        @Key(
                value = "Largest share of the read voltage on a row; more is refused.",
                otherwise = "any",
                range = "[0, 1e6]",
                zero = "any",
                addedLater = true)
        double drive,

        @Key(
                value = "Largest current of a column, at which it saturates.",
                otherwise = "any",
                range = "[0, 1e9]",
                zero = "any",
                unit = "uA",
                addedLater = true,
                name = "column_current_uA")
        double columnCurrentMicroamperes,

        @Key(
                value = "Write pulses that a cell may get in all its life; further ones are refused.",
                otherwise = "any",
                range = "[0, 1000000000]",
                zero = "any",
                addedLater = true)
        int pulsesPerCell,

        @Key(value = "Reads in one call.", otherwise = "65536", range = "[1, 16777216]", addedLater = true)
        int readsPerCall,

        @Key(
                value = "How long a second client waits for an array that another has; 0 to refuse it at once.",
                otherwise = "0",
                range = "[0, 86400]",
                unit = "s",
                addedLater = true)
        double waitS,

        @Key(value = "Calls that may wait.", otherwise = "64", range = "[1, 65536]", addedLater = true)
        int queueDepth,

        @Key(
                value = "Every such answer is lost on purpose, after the work is done; 0 for none.",
                otherwise = "0",
                range = "[0, inf)",
                addedLater = true)
        int dropEvery,

        @Key(
                value = "Time by which every answer is late on purpose.",
                otherwise = "0",
                range = "[0, 1e6]",
                unit = "ms",
                addedLater = true)
        double delayMs,

        @Key(value = "Certificate of the server in PEM form, for TLS.", otherwise = "none", addedLater = true)
        String certificate,

        @Key(value = "Key of the certificate in PEM form.", otherwise = "none", addedLater = true)
        String key) {
    private static final String NONE = "none";

    public BoardBlock {
        Interval.check("arrays", arrays, "[1, 4096]");
        Interval.check("port", port, "[0, 65535]");
        Interval.check("gain_sd", gainSd, "[0, 1)");
        Interval.check("offset_sd_uS", offsetSdMicrosiemens, "[0, 1e6]");
        Interval.check("noise_uS", noiseMicrosiemens, "[0, 1e6]");
        Interval.check("read_voltage_V", readVoltageVolts, "(0, 100]");
        Interval.check("drive", drive, "[0, 1e6]");
        Interval.check("column_current_uA", columnCurrentMicroamperes, "[0, 1e9]");
        Interval.check("pulses_per_cell", pulsesPerCell, "[0, 1000000000]");
        Interval.check("reads_per_call", readsPerCall, "[1, 16777216]");
        Interval.check("wait_s", waitS, "[0, 86400]");
        Interval.check("queue_depth", queueDepth, "[1, 65536]");
        Interval.check("drop_every", dropEvery, "[0, inf)");
        Interval.check("delay_ms", delayMs, "[0, 1e6]");
        if (certificate.equals(NONE) != key.equals(NONE)) {
            throw new InvalidSetting(
                    certificate.equals(NONE) ? "certificate" : "key", "must be named where the other of the two is");
        }
    }

    /** Files of the certificate and its key. */
    public record Files(String certificate, String key) {}

    /** Files for TLS; empty for none. */
    public Optional<Files> tls() {
        return certificate.equals(NONE) ? Optional.empty() : Optional.of(new Files(certificate, key));
    }
}
