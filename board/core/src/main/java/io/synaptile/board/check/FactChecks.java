/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Status;
import io.synaptile.board.Wire;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.HelloRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.OpenRequest;
import java.util.HashSet;

/** What a board and an array say of themselves. */
final class FactChecks {
    private static final int SHORTEST_MESSAGE_BYTES = 1 << 16;

    private final Suite suite;
    private final Bench bench;

    FactChecks(Suite suite, Bench bench) {
        this.suite = suite;
        this.bench = bench;
    }

    static HelloReply hello(Bench bench) {
        return bench.stub()
                .hello(HelloRequest.newBuilder()
                        .setProtocolVersion(Wire.VERSION)
                        .setClient("synaptile check")
                        .build());
    }

    void ofTheBoard() {
        suite.check("hello: version, names and bounds make sense", () -> {
            HelloReply hello = hello(bench);
            Broken.unless(
                    hello.getProtocolVersion() == Wire.VERSION,
                    "the board speaks version " + hello.getProtocolVersion() + ", expected " + Wire.VERSION);
            Broken.unless(!hello.getBoard().isBlank(), "the board has no name");
            Broken.unless(!hello.getSerialNumber().isBlank(), "the board has no serial number");
            Broken.unless(
                    hello.getArraysList().contains(bench.array()),
                    "array '" + bench.array() + "' is not among " + hello.getArraysList());
            Broken.unless(
                    new HashSet<>(hello.getArraysList()).size() == hello.getArraysCount(),
                    "two arrays have one name: " + hello.getArraysList());
            Broken.unless(
                    hello.getArraysList().stream().noneMatch(name -> name.isBlank() || name.contains("/")),
                    "an array has no name, or one with a slash: " + hello.getArraysList());
            Broken.unless(
                    Integer.toUnsignedLong(hello.getMaxMessageBytes()) >= SHORTEST_MESSAGE_BYTES,
                    "messages of " + Integer.toUnsignedString(hello.getMaxMessageBytes()) + " bytes at most; "
                            + SHORTEST_MESSAGE_BYTES + " are needed");
            Broken.unless(hello.getQueueDepth() != 0, "no call may wait");
            return hello.getBoard() + ", serial number " + hello.getSerialNumber() + ", " + hello.getArraysCount()
                    + " arrays";
        });
        suite.check("hello: the same when asked again", () -> {
            HelloReply first = hello(bench);
            HelloReply second = hello(bench);
            Broken.unless(first.equals(second), "two answers differ");
            return "";
        });
        suite.check(
                "hello: another version is refused",
                () -> Held.refusal(
                        () -> bench.stub()
                                .hello(HelloRequest.newBuilder()
                                        .setProtocolVersion(Wire.VERSION + 1)
                                        .setClient("synaptile check")
                                        .build()),
                        Status.Code.UNIMPLEMENTED));
        suite.check(
                "open: an array that is not there is refused",
                () -> Held.refusal(
                        () -> bench.stub()
                                .open(bench.opening().toBuilder()
                                        .setArray(bench.array() + " that is not there")
                                        .build()),
                        Status.Code.NOT_FOUND));
    }

    /** Whether the array can be opened. */
    boolean ofTheArray() {
        boolean opens = suite.check(
                "open: size, range and limits make sense",
                () -> bench.with(held -> {
                    OpenReply opened = held.opened();
                    Broken.unless(
                            opened.getRows() > 0 && opened.getColumns() > 0,
                            "the array has " + opened.getRows() + " rows and " + opened.getColumns() + " columns");
                    Broken.unless(
                            opened.getMinUS() >= 0
                                    && opened.getMinUS() < opened.getMaxUS()
                                    && Double.isFinite(opened.getMaxUS()),
                            "cells are written between " + opened.getMinUS() + " and " + opened.getMaxUS() + " uS");
                    Broken.unless(
                            sensible(opened.getLimits().getReadVoltageV())
                                    && sensible(opened.getLimits().getColumnCurrentUA())
                                    && sensible(opened.getLimits().getDrive()),
                            "limits are below 0 or no numbers: " + opened.getLimits());
                    Broken.unless(opened.getLimits().getReadsPerCall() > 0, "no read is allowed in a call");
                    return opened.getRows() + " x " + opened.getColumns() + " cells, " + opened.getMinUS() + " to "
                            + opened.getMaxUS() + " uS";
                }));
        if (!opens) {
            return false;
        }
        suite.check("open: the same facts when opened again", () -> {
            OpenReply first = facts();
            OpenReply second = facts();
            Broken.unless(first.equals(second), "two openings differ");
            return "";
        });
        suite.check("open: the same number of an opening gives the same session", () -> {
            OpenRequest opening = bench.opening();
            try (Held first = new Held(bench::stub, bench.stub().open(opening))) {
                OpenReply second = bench.stub().open(opening);
                Broken.unless(
                        first.session() == second.getSession(),
                        "sessions " + Long.toUnsignedString(first.session()) + " and "
                                + Long.toUnsignedString(second.getSession()));
                first.telemetry();
                return "";
            }
        });
        return true;
    }

    private OpenReply facts() {
        try (Held held = bench.open()) {
            return held.opened().toBuilder().clearSession().build();
        }
    }

    private static boolean sensible(double limit) {
        return limit >= 0 && Double.isFinite(limit);
    }
}
