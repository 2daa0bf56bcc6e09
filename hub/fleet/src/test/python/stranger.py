"""A stranger judges a food card: pays with it, maltreats it, robs it, and counts what is left.

usage: stranger.py FUND-DIRECTORY READER-NAME [--random N] [--seed S] [--thorough]
The directory is what "etal card lay --demo" makes; its card lies on the reader. Ends with 1 at the first thing that is not
as protocol/docs/card.md says. For the last step the card is blocked for good.
"""

import argparse
import hashlib
import random
import struct
import sys
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

import foodcard as fc
from foodcard import (BLOCK, CANCEL, DEBIT, DONE, INTRODUCE, KEY_UPDATE, LENGTHS, LOAD, PERSONALISATION, READ_LOG, SELECT,
                      STATE, VOUCHER, Record, command, openssl_signed, signed, status)
from reader import Reader

NOON = 1_743_595_200
DOCUMENTED = {0x9000, 0x6700, 0x6982, 0x6985, 0x69C1, 0x69C2, 0x69C4, 0x69C5, 0x69C6, 0x69C7, 0x69C8, 0x69C9, 0x6A80,
              0x6A82, 0x6A83, 0x6A86, 0x6A88, 0x6D00, 0x6E00}
# Before SELECT it is the chip's own system that answers, each in its way.
NOBODY_SELECTED = {0x6985, 0x6986, 0x6999, 0x6D00, 0x6E00}
MONEY = [DEBIT, LOAD, CANCEL, VOUCHER, BLOCK, KEY_UPDATE]


class Judge:
    def __init__(self, fund, reader, seed, count, thorough):
        self.fund, self.reader, self.count, self.thorough = fund, reader, count, thorough
        self.chance = random.Random(seed)
        self.card_ca = serialization.load_pem_public_key((fund / "card-ca.pem").read_bytes())
        self.known, self.other = fc.Terminal(fund, 3), fc.Terminal(fund, 4)
        self.records, self.challenges, self.public = {}, set(), None

    def file(self, name):
        return (self.fund / name).read_bytes()

    def expect(self, word, apdu, why):
        answer = self.reader.transmit(apdu)
        got = status(answer) if answer is not None else None
        if got != word:
            fail(f"{why}: expected {word:04X}, got {'nothing' if got is None else f'{got:04X}'}, for {apdu.hex()}")
        return answer

    def select(self):
        selected = fc.Selected(self.expect(DONE, SELECT, "SELECT"), self.card_ca)
        check(selected.challenge not in self.challenges, "a challenge came twice")
        self.challenges.add(selected.challenge)
        self.public = selected.public
        return selected

    def meet(self, terminal):
        """SELECT and STATE of a terminal that the card knows."""
        pair = terminal.meet(self.select())
        pair.record, pair.entitlement, pair.window = pair.state(
            self.expect(DONE, command(STATE, terminal.name()), "STATE"))
        return pair

    def ring(self, pair):
        """All records that the card still has, newest first, each with its signature."""
        newest, found = pair.record.counter, []
        for counter in range(newest, max(newest - 16, -1), -1):
            record, raw = pair.log(counter, self.expect(DONE, pair.read_log(counter), "READ LOG"))
            check(record.counter == counter, "another record than asked for")
            check(signed(self.public, record.encode(), raw), f"record {counter} is not signed by the card")
            self.records[counter] = (record, raw)
            found.append((record, raw))
        return found

    def snapshot(self):
        """Everything that anyone can learn of the card; ends in a fresh session of the known terminal."""
        for terminal in (self.other, self.known):
            pair = self.meet(terminal)
        selected = self.select()
        pair = self.known.meet(selected)
        seen = pair.state(self.expect(DONE, command(STATE, self.known.name()), "STATE"))
        pair.record = seen[0]
        return selected.certificate, selected.flags, selected.generation, seen, self.ring(pair)

    def changed(self, pair, ins, sale, deltas, intent_or_token, apdu, why):
        """Sends what changes value, and checks the record that the card says it has signed."""
        before = pair.record
        answer = self.expect(DONE, apdu, why)
        counter, *after, period = struct.unpack(">I3IH", answer[:18])
        tag = {DEBIT: b"ED", CANCEL: b"EC", LOAD: b"EL", BLOCK: b"EB"}.get(ins) or b"E" + intent_or_token[1:2]
        digest = intent_or_token if ins in (DEBIT, CANCEL) else hashlib.sha256(intent_or_token).digest()
        deltas = deltas or tuple(a - b for a, b in zip(after, before.after))
        record = Record(tag, counter, pair.terminal.number, 1, sale, deltas, tuple(after), period, NOON, digest)
        check(counter == before.counter + 1, f"{why}: the counter went from {before.counter} to {counter}")
        check(tuple(a - b for a, b in zip(after, before.after)) == deltas, f"{why}: balances are not before plus deltas")
        check(signed(self.public, record.encode(), answer[18:82]), f"{why}: the answer's signature")
        check(answer[82:146] == self.ring(pair)[0][1], f"{why}: the signature before")
        check(self.expect(DONE, apdu, why + " again") == answer, why + ": a repeat has another answer")
        pair.record = record
        return record

    def debit(self, pair, sale, deltas, why="DEBIT"):
        intent = hashlib.sha256(f"intent {sale}".encode()).digest()
        return self.changed(pair, DEBIT, sale, deltas, intent, pair.debit(
            DEBIT, sale, pair.record.counter, deltas, intent, NOON), why)

    # ---- what a terminal may do

    def pays(self):
        pair = self.meet(self.known)
        check(pair.record.tag == b"EL" and pair.record.after == (20_000, 0, 2_500), f"as loaded: {pair.record}")
        pair = self.other.meet(self.select())
        self.expect(0x6A88, command(STATE, self.other.name()), "STATE of a stranger")
        check(pair.confirmed(self.expect(DONE, pair.introduce(self.other.certificate), "INTRODUCE")), "confirmation")
        pair = self.meet(self.other)
        debit = self.debit(pair, 1, (-1_800, 300, -500))
        intent = hashlib.sha256(b"intent 9").digest()
        seen = debit.counter
        self.expect(0x69C1, pair.debit(DEBIT, 9, seen - 1, (-1, 0, 0), intent, NOON), "a counter of before")
        self.expect(0x69C2, pair.debit(DEBIT, 9, seen, (-18_201, 0, 0), intent, NOON), "more than there is")
        for deltas in ((0, 0, 0), (1, 0, 0), (0, 0, 1), (0, 501, -500), (-1, 1, 0)):
            self.expect(0x6A80, pair.debit(DEBIT, 9, seen, deltas, intent, NOON), f"deltas {deltas}")
        back = hashlib.sha256(b"cancel 1").digest()
        self.expect(0x69C8, pair.debit(CANCEL, 2, seen, (1, 0, 0), back, NOON), "CANCEL of no debit")
        self.expect(0x6A80, pair.debit(CANCEL, 1, seen, (1_801, 0, 0), back, NOON), "CANCEL of too much")
        self.changed(pair, CANCEL, 1, (600, -100, 167), back,
                     pair.debit(CANCEL, 1, seen, (600, -100, 167), back, NOON), "CANCEL")
        self.expect(0x69C8, pair.debit(CANCEL, 1, seen + 1, (1, 0, 0), back[::-1], NOON), "a second CANCEL")

    def takes_orders(self):
        pair = self.meet(self.other)
        self.expect(0x69C4, pair.order(LOAD, NOON, self.file("month.token")), "a month that was loaded")
        month = self.file("next-month.token")
        self.changed(pair, LOAD, 0, None, month, pair.order(LOAD, NOON, month), "LOAD")
        add, setting = self.file("add.voucher"), self.file("set.voucher")
        self.changed(pair, VOUCHER, 1, (0, 500, 0), add, pair.order(VOUCHER, NOON, add), "ADD voucher")
        self.changed(pair, VOUCHER, 2, (0, 0, 0), setting, pair.order(VOUCHER, NOON, setting), "SET voucher")
        self.expect(0x69C4, pair.order(VOUCHER, NOON, add), "the ADD voucher once more")
        self.expect(0x69C5, pair.order(VOUCHER, NOON, add[:-1] + bytes([add[-1] ^ 1])), "a forged voucher")
        update = pair.key_update(self.file("key.update"))
        check(self.expect(DONE, update, "KEY UPDATE")[0] == 2, "the generation")
        self.expect(DONE, update, "KEY UPDATE again")
        pair = self.meet(self.other)
        check(pair.entitlement.amount == 25_000 and pair.window == bytes(7) + b"\1" + struct.pack(">I", 1), "vouchers taken")

    # ---- what nobody should do

    def unpowered(self):
        for ins in [*LENGTHS, *PERSONALISATION]:
            self.reader.power_off_and_on()
            answer = self.reader.transmit(command(ins, bytes(LENGTHS.get(ins, [0])[0])))
            check(len(answer) == 2 and status(answer) in NOBODY_SELECTED, f"INS {ins:02X} before SELECT: {answer.hex()}")
        self.select()
        self.expect(DONE, command(STATE, self.known.name()), "STATE")
        self.expect(0x6985, command(STATE, self.known.name()), "a second STATE")
        for ins in PERSONALISATION:
            self.expect(0x6985, command(ins, b""), f"personalisation {ins:02X} of a locked card")

    def misformed(self):
        self.select()
        step = 1 if self.thorough else 7
        for ins, right in LENGTHS.items():
            lengths = set(range(0, 256, step)) | {n + d for n in right for d in (-1, 1)} | {0, 1, 255}
            for length in sorted(lengths - set(right)):
                data = self.chance.randbytes(length)
                self.expect(0x6700, command(ins, data), f"INS {ins:02X} with {length} bytes")
            for p1, p2 in ((1, 0), (0, 1), (0xFF, 0xFF)):
                apdu = bytearray(command(ins, bytes(right[0])))
                apdu[2:4] = bytes([p1, p2])
                self.expect(0x6A86, bytes(apdu), f"INS {ins:02X} with P1 {p1} and P2 {p2}")
            good = command(ins, bytes(right[0]))
            crooked = [good[:-1], good[:-2], good[:5], good[:4], good[:3], good[:1], b"", good + b"\0", good + bytes(200),
                       good[:4] + bytes([right[0] + 1]) + good[5:], good[:4] + bytes([right[0] - 1]) + good[5:],
                       good[:4] + b"\0" + struct.pack(">H", right[0]) + good[5:-1] + b"\0\0",
                       good[:4] + b"\0\0\0", good[:4] + b"\0" + struct.pack(">H", 300) + bytes(300)]
            for apdu in crooked:
                self.harmless(apdu)
        for apdu in (SELECT[:-1], SELECT[:-2], SELECT[:5], SELECT + b"\0", SELECT[:4] + b"\x06" + SELECT[5:]):
            self.harmless(apdu)

    def harmless(self, apdu):
        """Any answer that the document knows, and none that says that money moved."""
        answer = self.reader.transmit(apdu)
        if answer is None or len(answer) < 2:
            return
        word = status(answer)
        money = len(apdu) > 1 and apdu[0] == 0x80 and apdu[1] in MONEY
        check(word in DOCUMENTED or apdu[:1] != b"\x80" and word >> 8 in (0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F),
              f"an answer that the document does not know: {answer.hex()} to {apdu.hex()}")
        check(not (money and word == DONE), f"money moved: {answer.hex()} to {apdu.hex()}")

    def unknown(self):
        self.select()
        for cla in range(256):
            if cla != 0x80:
                answer = self.reader.transmit(bytes([cla, DEBIT, 0, 0, 72]) + bytes(72) + b"\0")
                check(len(answer) == 2 and status(answer) in (0x6E00, 0x6881, 0x6882),
                      f"class {cla:02X}: {answer.hex()}")
        self.select()
        for ins in range(256):
            if ins not in LENGTHS and ins not in PERSONALISATION:
                answer = self.reader.transmit(bytes([0x80, ins, 0, 0, 0]))
                check(len(answer) == 2 and status(answer) == 0x6D00, f"instruction {ins:02X}: {answer.hex()}")

    def at_random(self):
        good = [apdu for apdu, answer in self.reader.seen if len(apdu) > 5 and status(answer) == DONE]
        for turn in range(self.count):
            kind = self.chance.randrange(4)
            if kind == 0:
                apdu = self.chance.randbytes(self.chance.randint(4, 261))
            elif kind == 1:
                data = self.chance.randbytes(self.chance.randrange(256))
                apdu = bytes([0x80, self.chance.randrange(256), 0, 0, len(data)]) + data
            elif kind == 2:
                ins = self.chance.choice(list(LENGTHS))
                apdu = command(ins, self.chance.randbytes(self.chance.choice(LENGTHS[ins])))
            else:
                apdu = bytearray(self.chance.choice(good))
                for _ in range(self.chance.randint(1, 3)):
                    apdu[self.chance.randrange(len(apdu))] ^= 1 << self.chance.randrange(8)
                apdu = bytes(apdu)
            if turn % 50 == 0:
                self.select()
            self.harmless(apdu)

    def replays(self):
        """Everything ever sent, in order, and once more under a challenge of now."""
        seen = list(dict.fromkeys(apdu for apdu, answer in self.reader.seen if status(answer) == DONE and len(apdu) > 5))
        self.reader.power_off_and_on()
        for apdu in seen:
            answer = self.reader.transmit(apdu)
            check(not (apdu[0] == 0x80 and apdu[1] in MONEY and status(answer) == DONE), f"a replay was taken: {apdu.hex()}")
        for apdu in seen:
            if apdu[0] == 0x80 and apdu[1] in [*MONEY, READ_LOG]:
                self.select()
                self.expect(0x6982, apdu, "a replay under another challenge")
        return len(seen)

    def rogue(self):
        """A reader that has certificates, tokens, vouchers, every byte ever exchanged, and no terminal's key."""
        old_macs = [apdu[-9:-1] for apdu, answer in self.reader.seen if len(apdu) > 14 and apdu[0] == 0x80]
        tries = 0
        orders = {LOAD: [self.file("month.token"), self.file("next-month.token")], BLOCK: [self.file("block.order")],
                  VOUCHER: [self.file("add.voucher"), self.file("set.voucher")]}
        bodies = [(ins, terminal.name() + struct.pack(">I", NOON) + order)
                  for ins, all_of in orders.items() for order in all_of for terminal in (self.known, self.other)]
        bodies += [(ins, terminal.name() + struct.pack(">II3i", 77, counter, *deltas) + bytes(32) + struct.pack(">I", NOON))
                   for ins, deltas in ((DEBIT, (-1, 0, 0)), (CANCEL, (600, 0, 0))) for counter in range(10)
                   for terminal in (self.known, self.other)]
        bodies += [(KEY_UPDATE, self.known.name() + self.file("key.update")), (READ_LOG, self.known.name() + bytes(4))]
        for ins, body in bodies:
            challenge = self.select().challenge
            for mac in (bytes(8), challenge, b"\xff" * 8, *self.chance.sample(old_macs, 5)):
                self.expect(0x6982, command(ins, body + mac), "a rogue reader's MAC")
                tries += 1
        self.forged_certificates()
        secret = self.meet(self.known).record.encode()
        self.select()
        told = self.expect(DONE, command(STATE, self.known.name()), "STATE as anyone may ask it")
        check(secret[:8] not in told and secret[30:42] not in told, "balances in the clear")
        return tries

    def forged_certificates(self):
        genuine = self.other.certificate
        mine = ec.generate_private_key(ec.SECP256R1())
        point = mine.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        r, s = utils.decode_dss_signature(mine.sign(genuine[:14] + point + genuine[79:82], ec.ECDSA(hashes.SHA256())))
        forged = [genuine[:14] + point + genuine[79:],
                  genuine[:14] + point + genuine[79:82] + r.to_bytes(32, "big") + s.to_bytes(32, "big"),
                  genuine[:82] + bytes(64), genuine[:82] + b"\xff" * 64]
        for at in range(0, len(genuine), 1 if self.thorough else 5):
            forged.append(genuine[:at] + bytes([genuine[at] ^ 1 << self.chance.randrange(8)]) + genuine[at + 1:])
        pair = self.other.meet(self.select())
        for certificate in forged:
            answer = self.reader.transmit(pair.introduce(certificate))
            check(status(answer) in (0x69C6, 0x6A80), f"a forged certificate: {answer.hex()}")
        for mac in (bytes(8), pair.challenge):
            self.expect(0x6982, command(INTRODUCE, genuine + mac), "a genuine certificate without its key")

    def ends(self):
        pair = self.meet(self.known)
        order = self.file("block.order")
        before = self.changed(pair, BLOCK, 0, (0, 0, 0), order, pair.order(BLOCK, NOON, order), "BLOCK")
        intent = bytes(32)
        self.expect(0x69C7, pair.debit(DEBIT, 99, before.counter, (-1, 0, 0), intent, NOON), "a blocked card")
        check(self.meet(self.known).record == before, "a blocked card still says what it holds")

    def untouched(self, what, work):
        before = self.snapshot()
        said = work()
        check(self.snapshot() == before, f"after {what} the card is not what it was")
        done(what, said)


def check(true, why):
    if not true:
        fail(why)


def fail(why):
    print("failed: " + why, flush=True)
    sys.exit(1)


def done(what, said=None):
    print(f"ok {what}" + (f": {said}" if said is not None else ""), flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("fund", type=Path)
    options.add_argument("reader")
    options.add_argument("--random", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--thorough", action="store_true")
    asked = options.parse_args()
    reader = Reader(asked.reader)
    judge = Judge(asked.fund, reader, asked.seed, asked.random, asked.thorough)
    judge.pays()
    done("pays, repeats, cancels")
    judge.takes_orders()
    done("loads, takes vouchers and keys")
    judge.untouched("wrong order", judge.unpowered)
    judge.untouched("wrong lengths", judge.misformed)
    judge.untouched("all classes and instructions", judge.unknown)
    judge.untouched(f"{asked.random} random commands, seed {asked.seed}", judge.at_random)
    judge.untouched("replays", judge.replays)
    judge.untouched("a rogue reader", judge.rogue)
    pair = judge.meet(judge.known)
    judge.debit(pair, 50, (-450, 0, 0), "a payment after all that")
    done("still pays")
    judge.ends()
    done("blocks")
    for record, raw in judge.records.values():
        check(openssl_signed(judge.public, record.encode(), raw), f"openssl: record {record.counter}")
    certificate = judge.select().certificate
    check(openssl_signed(judge.card_ca, certificate[:50], certificate[50:]), "openssl: the certificate")
    done("openssl verifies", f"{len(judge.records)} records and the certificate")
    done("commands", reader.count)
    reader.close()


if __name__ == "__main__":
    main()
