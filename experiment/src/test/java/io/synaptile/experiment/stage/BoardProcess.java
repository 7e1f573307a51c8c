/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.board.server.BoardServer;
import io.synaptile.experiment.board.VirtualBoard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The board of a {@link TinyRun} in a process of its own, which can be killed. */
final class BoardProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private BoardProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a board with the settings of a run. */
    static BoardProcess start(String... settings) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BoardProcess.class.getName()));
        words.addAll(List.of(settings));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).as("port of the board").isNotNull();
        return new BoardProcess(process, Integer.parseInt(line));
    }

    public static void main(String[] settings) throws Exception {
        try (BoardServer server = VirtualBoard.serve(
                TinyRun.file(settings), VirtualBoard.of(TinyRun.file(settings), "test"), Optional.empty())) {
            System.out.println(server.port());
            server.await();
        }
    }

    int port() {
        return port;
    }

    /** Ends it at once, as the loss of power does. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
