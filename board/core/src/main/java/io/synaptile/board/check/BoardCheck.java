/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.mapping.port.PortException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds a board against the contract of its wire form, call by call, on one of its arrays. Cells of the upper left 16 x 16 of that
 * array get about fifteen pulses, and up to thirty-five, time is made to pass on a board that can, and its columns are calibrated. Figures are held
 * against these bounds, beside six standard errors of what was read:
 *
 * <ul>
 *   <li>two readings of a cell: 5 % of the range of conductances;
 *   <li>currents against the drive, and sums of rows against their parts: 5 % of the larger;
 *   <li>a row alone against its cells: 30 % of the current and 5 % of the range, 10 % of the current after a calibration;
 *   <li>a read without rows: half the largest conductance of a cell.
 * </ul>
 */
public final class BoardCheck {
    private BoardCheck() {}

    /**
     * Checks a board. It stops early where the array cannot be opened.
     *
     * @param array name of the array, which is written to
     * @param seen hears of every finding as it comes
     * @return all findings
     * @throws PortException if the board does not answer at all, or asks for a token
     */
    public static List<Finding> of(BoardAddress address, String array, CallRules rules, Consumer<Finding> seen) {
        ManagedChannel channel = BoardClient.channel(address, rules);
        ManagedChannel other = BoardClient.channel(address, rules);
        try {
            Suite suite = new Suite(seen);
            Bench bench = new Bench(channel, rules.deadline(), array, rules.client());
            Bench second = new Bench(other, rules.deadline(), array, rules.client() + " (another)");
            requireAnswer(bench, address);
            FactChecks facts = new FactChecks(suite, bench);
            facts.ofTheBoard();
            if (facts.ofTheArray()) {
                new CellChecks(suite, bench).run();
                new ColumnChecks(suite, bench).run();
                new CallChecks(suite, bench, second).run();
                new AbilityChecks(suite, bench).run();
            }
            return suite.findings();
        } finally {
            channel.shutdownNow();
            other.shutdownNow();
        }
    }

    private static void requireAnswer(Bench bench, BoardAddress address) {
        try {
            FactChecks.hello(bench);
        } catch (StatusRuntimeException e) {
            PortException.Kind kind = switch (e.getStatus().getCode()) {
                case UNAUTHENTICATED, PERMISSION_DENIED -> PortException.Kind.TOKEN;
                case UNAVAILABLE, DEADLINE_EXCEEDED -> PortException.Kind.NO_ANSWER;
                default -> null;
            };
            if (kind != null) {
                Throwable cause = e.getStatus().getCause();
                String said = e.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
                throw new PortException(kind, "board " + address.board(), "hello", said, e);
            }
        }
    }
}
