#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bench behind the wire form of a board: NumPy stands for the instruments. Lines marked INSTRUMENT are those to replace."""
import argparse, pathlib, secrets, subprocess, sys, tempfile, threading, time
from concurrent import futures
import grpc
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
PROTO = HERE.parents[1] / "board/wire/src/main/protobuf/synaptile_board.proto"
ROWS, COLUMNS, MIN_US, MAX_US = 128, 128, 2.0, 40.0
DRIVE, READS, CURRENT_UA, VOLTS, MESSAGE = 2.0, 65536, 1000.0, 0.2, 64 << 20
WAIT_S, LEASE_S = 0.0, 600.0  # a second client waits so long; a first one that is silent for so long has gone
CODE = grpc.StatusCode


def messages():
    """Has protoc make the classes of the messages; no other generated code is needed."""
    made = tempfile.TemporaryDirectory()
    subprocess.run(["protoc", f"-I{PROTO.parent}", f"--python_out={made.name}", PROTO.name], check=True)
    sys.path.insert(0, made.name)
    import synaptile_board_pb2
    made.cleanup()
    return synaptile_board_pb2


class Refused(Exception):
    """A call that is not done: a status code and what to say."""
    def __init__(self, code, said):
        super().__init__(said)
        self.code = code


def need(kept, said, code=CODE.INVALID_ARGUMENT):
    if not kept:
        raise Refused(code, said)


class Array:
    """One array of cells, and what a client may ask of it."""

    def __init__(self, name, seed):
        self.name, self.random = name, np.random.default_rng(seed)
        self.cells = np.full((ROWS, COLUMNS), MIN_US)
        self.worn = np.zeros((ROWS, COLUMNS), dtype=np.int64)
        self.gain, self.offset = np.ones(COLUMNS), np.zeros(COLUMNS)
        self.bad = self.random.normal(1, 0.02, COLUMNS), self.random.normal(0, 0.5, COLUMNS)
        self.calibration, self.programmed = "", False
        self.lock, self.session, self.opening, self.last, self.heard = threading.RLock(), 0, 0, (0, None, None), 0.0

    # ---- INSTRUMENT: from here on, NumPy stands for what is wired to the cells -------------------------------------------

    def pulse(self, where, target):
        """Gives a write pulse to every cell of a mask [ROWS][COLUMNS], towards targets in uS."""
        self.cells[where] = np.clip(target[where] * self.random.lognormal(0, 0.05, where.sum()), MIN_US, MAX_US)

    def look(self, rows, columns):
        """Reads cells one by one once, uS."""
        return self.cells[:rows, :columns] * self.random.normal(1, 0.01, (rows, columns))

    def measure(self, drives):
        """Currents of all columns over the read voltage, uS, for shares of it on all rows [reads][ROWS]."""
        currents = drives @ self.cells * self.bad[0] + self.bad[1]
        return currents + self.random.normal(0, 0.05, currents.shape)

    def gauges(self):
        """Name, value and unit of what the bench's own instruments show."""
        return [("temperature", 298.0, "K"), ("most_pulses", float(self.worn.max()), "")]

    # ---- INSTRUMENT: up to here -------------------------------------------------------------------------------------------

    def part(self, rows, columns):
        need(0 < rows <= ROWS and 0 < columns <= COLUMNS, f"{rows} x {columns} of {ROWS} x {COLUMNS} cells")

    def ready(self):
        need(self.programmed, "cells were never programmed", CODE.FAILED_PRECONDITION)

    def program(self, ask, pb):
        rows, columns = ask.rows, ask.columns
        self.part(rows, columns)
        target = np.array(ask.target_uS)
        need(target.size == rows * columns, f"{target.size} targets for {rows} x {columns} cells")
        need(np.isfinite(target).all(), "a target is no number")
        need(ask.tolerance_uS >= 0, f"a tolerance of {ask.tolerance_uS} uS")
        entries = np.array(ask.cells, dtype=np.int64) if ask.cells else np.arange(target.size)
        need((entries < target.size).all(), "a cell that is not there is to be written")
        asked = target[entries]
        need((asked >= MIN_US).all() and (asked <= MAX_US).all(),
             f"a target lies outside {MIN_US} to {MAX_US} uS; nothing was written", CODE.OUT_OF_RANGE)
        wanted, left = np.zeros((ROWS, COLUMNS)), np.zeros((ROWS, COLUMNS), dtype=bool)
        wanted[:rows, :columns] = target.reshape(rows, columns)
        left[entries // columns, entries % columns] = True
        written, pulses = left.copy(), np.zeros((ROWS, COLUMNS), dtype=np.int64)
        for _ in range(min(ask.max_pulses or 10, 100)):
            self.pulse(left, wanted)
            pulses[left] += 1
            seen = np.zeros((ROWS, COLUMNS))
            seen[:rows, :columns] = self.look(rows, columns)
            left = written & (abs(seen - wanted) > (ask.tolerance_uS or np.inf))
            if not left.any():
                break
        self.worn += pulses
        self.programmed = True
        reached = np.mean([self.look(rows, columns) for _ in range(16)], axis=0)
        off = abs(reached - wanted[:rows, :columns]) > (ask.tolerance_uS or np.inf)
        missed = (written[:rows, :columns] & off).ravel()
        return pb.ProgramReply(reached_uS=reached.ravel(), pulses=pulses[:rows, :columns].ravel(),
                               status=[pb.MISSED if cell else pb.REACHED for cell in missed])

    def read(self, ask, pb):
        self.part(ask.rows, ask.columns)
        need(ask.times > 0, "no read of a cell")
        need(ask.times <= READS, f"{ask.times} reads of a cell, at most {READS}", CODE.OUT_OF_RANGE)
        self.ready()
        total, squares = np.zeros((ask.rows, ask.columns)), np.zeros((ask.rows, ask.columns))
        for _ in range(ask.times):
            seen = self.look(ask.rows, ask.columns)
            total, squares = total + seen, squares + seen * seen
        mean = total / ask.times
        spread = np.sqrt(np.maximum(0, squares - ask.times * mean * mean) / max(1, ask.times - 1)) * (ask.times > 1)
        return pb.ReadReply(mean_uS=mean.ravel(), deviation_uS=spread.ravel())

    def multiply(self, ask, pb):
        self.part(1, ask.columns)
        count = sum(len(own.driven) for own in ask.reads)
        need(count <= READS, f"{count} reads in one call, at most {READS}", CODE.OUT_OF_RANGE)
        self.ready()
        drives, at = np.zeros((count, ROWS)), 0
        for own in ask.reads:
            driven, row, drive = np.array(own.driven, dtype=np.int64), np.array(own.row), np.array(own.drive)
            drive = drive if drive.size else np.ones(row.size)
            need(len(own.step) == len(own.key) == driven.size, "steps, keys and driven rows do not go together")
            need(driven.sum() == row.size == drive.size, "rows and drives do not go together")
            need((row < ROWS).all(), "a row that is not there is driven")
            need(np.isfinite(drive).all() and (drive > 0).all(), "a drive is not above 0 and finite")
            need((drive <= DRIVE).all(), f"a drive exceeds {DRIVE} times the read voltage", CODE.OUT_OF_RANGE)
            of = np.repeat(np.arange(driven.size), driven)
            need(((np.diff(row.astype(np.int64)) > 0) | (np.diff(of) > 0)).all(), "rows of a read do not ascend")
            drives[at + of, row.astype(np.int64)] = drive
            at += driven.size
        currents = self.measure(drives)[:, :ask.columns] if count else np.zeros((0, ask.columns))
        end = CURRENT_UA / VOLTS
        saturated = np.flatnonzero(currents > end)
        currents = (np.minimum(currents, end) - self.offset[:ask.columns]) / self.gain[:ask.columns]
        return pb.MultiplyReply(column_uS=currents.ravel(), saturated=saturated)

    def calibrate(self, ask, pb):
        none, some = np.zeros((256, ROWS)), np.zeros((256, ROWS))
        some[:, :16] = 1.0
        reference = np.mean([self.look(16, COLUMNS) for _ in range(256)], axis=0).sum(axis=0)
        self.offset = self.measure(none).mean(axis=0)
        self.gain = (self.measure(some).mean(axis=0) - self.offset) / reference
        self.calibration = f"{self.name}-{time.time_ns()}"
        return pb.CalibrateReply(calibration=self.calibration, column_gain=self.gain, column_offset_uS=self.offset)

    def age(self, ask, pb):
        need(False, "this bench lets no time pass", CODE.UNIMPLEMENTED)

    def telemetry(self, ask, pb):
        return pb.TelemetryReply(readings=[dict(name=n, value=v, unit=u) for n, v, u in self.gauges()])


class Board:
    """The calls of the wire form: who holds an array, and numbers of calls. Nothing here is about instruments."""

    def __init__(self, pb, count):
        self.pb, self.guard, self.ended, self.free = pb, threading.Condition(), {}, secrets.randbits(60)
        self.arrays = {f"array{i}": Array(f"array{i}", i) for i in range(count)}

    def hello(self, ask, context):
        need(ask.protocol_version == 1, f"version {ask.protocol_version}; this bench speaks 1", CODE.UNIMPLEMENTED)
        return self.pb.HelloReply(protocol_version=1, board="python-bench", serial_number="NP-1", firmware="bench.py",
                                  arrays=list(self.arrays), max_message_bytes=MESSAGE, queue_depth=16)

    def open(self, ask, context):
        need(ask.array in self.arrays, f"no array '{ask.array}'", CODE.NOT_FOUND)
        array, end = self.arrays[ask.array], time.monotonic() + WAIT_S
        with self.guard:
            while (array.session and (array.opening != ask.opening or not ask.opening)
                   and time.monotonic() < array.heard + LEASE_S):
                need(context.is_active() and time.monotonic() < end, f"array {array.name} is in use",
                     CODE.FAILED_PRECONDITION)
                self.guard.wait(0.05)
            need(context.is_active(), "the caller has gone", CODE.CANCELLED)
            if not (array.session and ask.opening and array.opening == ask.opening):
                self.free += 1
                array.session, array.opening, array.last = self.free, ask.opening, (0, None, None)
            session, array.heard = array.session, time.monotonic()
        with array.lock:
            limits = dict(read_voltage_V=VOLTS, column_current_uA=CURRENT_UA, reads_per_call=READS, drive=DRIVE)
            return self.pb.OpenReply(session=session, rows=ROWS, columns=COLUMNS, min_uS=MIN_US, max_uS=MAX_US,
                                     limits=limits, can_calibrate=True, worn_pulses=int(array.worn.max()),
                                     calibration=array.calibration)

    def of_session(self, ask, work):
        """Does a call of a session once, whatever number of times it comes."""
        array = next((own for own in self.arrays.values() if own.session == ask.session and own.session), None)
        need(array, f"session {ask.session} has ended or never began", CODE.FAILED_PRECONDITION)
        with array.lock:
            need(array.session == ask.session, f"session {ask.session} has ended", CODE.FAILED_PRECONDITION)
            array.heard, (number, request, reply) = time.monotonic(), array.last
            if request is not None and ask.call == number:
                need(ask == request, f"call {number} was another")
                return reply
            need(ask.call == number + 1, f"call {ask.call}; the next is {number + 1}")
            reply = work(array)
            array.last = ask.call, ask, reply
            return reply

    def close(self, ask, context):
        if self.ended.get(ask.session) == ask:
            return self.pb.CloseReply()

        def work(array):
            with self.guard:
                self.ended[ask.session], array.session = ask, 0
                self.guard.notify_all()
            return self.pb.CloseReply()
        return self.of_session(ask, work)

    def handler(self, name):
        """Reads a message, answers it, and makes a refusal a status code."""
        kind = getattr(self.pb, name + "Request")

        def answer(raw, context):
            try:
                ask = kind.FromString(raw)
            except Exception:
                context.abort(CODE.INVALID_ARGUMENT, "the bytes of this request are no message")
            try:
                own = getattr(self, name.lower(), None)
                if own:
                    return own(ask, context)
                return self.of_session(ask, lambda array: getattr(array, name.lower())(ask, self.pb))
            except Refused as no:
                context.abort(no.code, str(no))
        return grpc.unary_unary_rpc_method_handler(answer, None, lambda reply: reply.SerializeToString())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=7447, help="0 for any that is free")
    options.add_argument("--arrays", type=int, default=16)
    given = options.parse_args()
    board = Board(messages(), given.arrays)
    names = "Hello Open Close Program Read Multiply Calibrate Age Telemetry".split()
    sizes = [("grpc.max_receive_message_length", MESSAGE), ("grpc.max_send_message_length", MESSAGE)]
    server = grpc.server(futures.ThreadPoolExecutor(16), options=sizes)
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(
        "synaptile.board.v1.ArrayBoard", {name: board.handler(name) for name in names})])
    port = server.add_insecure_port(f"127.0.0.1:{given.port}")
    server.start()
    print(f"board python-bench listening on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
