"""A food card seen by a stranger: written from protocol/docs/card.md alone, with Python's own cryptography."""

import hashlib
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

AID = bytes.fromhex("F04554414C0101")
SELECT = bytes.fromhex("00A40400") + bytes([len(AID)]) + AID + b"\0"
STATE, INTRODUCE, DEBIT, READ_LOG, LOAD, CANCEL, VOUCHER, BLOCK, KEY_UPDATE = range(0x10, 0x22, 2)
LENGTHS = {STATE: [8], INTRODUCE: [154], DEBIT: [72], READ_LOG: [20], LOAD: [97], CANCEL: [72],
           VOUCHER: [122, 126], BLOCK: [103], KEY_UPDATE: [153]}
PERSONALISATION = [0xE0, 0xE2, 0xE4, 0xE6, 0xE8]
DONE = 0x9000


def command(ins, data):
    return bytes([0x80, ins, 0, 0]) + (bytes([len(data)]) + data if data else b"") + b"\0"


def status(answer):
    return int.from_bytes(answer[-2:], "big")


def signature_der(raw):
    return utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))


def signed(public, message, raw):
    try:
        public.verify(signature_der(raw), message, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def openssl_signed(public, message, raw):
    """The same by a third hand: the openssl program."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "key.pem").write_bytes(public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
        (at / "message").write_bytes(message)
        (at / "signature").write_bytes(signature_der(raw))
        said = subprocess.run(
            ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "message"],
            cwd=at, capture_output=True, text=True, check=False)
        return said.returncode == 0 and "Verified OK" in said.stdout


@dataclass(frozen=True)
class Record:
    tag: bytes
    counter: int
    terminal: int
    epoch: int
    sale: int
    deltas: tuple
    after: tuple
    period: int
    time: int
    hash: bytes

    FORM = ">2sIIII3i3IHI32s"

    def encode(self):
        return struct.pack(self.FORM, self.tag, self.counter, self.terminal, self.epoch, self.sale, *self.deltas,
                           *self.after, self.period, self.time, self.hash)

    @staticmethod
    def decode(raw):
        v = struct.unpack(Record.FORM, raw)
        return Record(*v[:5], v[5:8], v[8:11], *v[11:])


@dataclass(frozen=True)
class Entitlement:
    amount: int
    earnable: int
    keep: int
    place: int
    first: int
    last: int
    catch_up: int
    version: int

    @staticmethod
    def decode(raw):
        return Entitlement(*struct.unpack(">4IHHBH", raw))


class Selected:
    """What SELECT tells anyone."""

    def __init__(self, answer, card_ca):
        assert status(answer) == DONE and len(answer) == 127, answer.hex()
        self.version, self.flags, self.generation = answer[0], answer[1], answer[2]
        self.certificate, self.challenge = answer[3:117], answer[117:125]
        self.card_id = self.certificate[6:14]
        self.public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.certificate[14:47])
        assert self.version == 1 and self.certificate[0] == 1
        assert signed(card_ca, self.certificate[:50], self.certificate[50:]), "the certificate is not the card CA's"


class Terminal:
    """A terminal with its key agreement key."""

    def __init__(self, fund, number):
        self.number, self.epoch = number, 1
        self.certificate = (fund / f"terminal-{number}.cert").read_bytes()
        self.private = serialization.load_pem_private_key((fund / f"terminal-{number}.key").read_bytes(), None)

    def name(self):
        return struct.pack(">II", self.number, self.epoch)

    def meet(self, selected):
        shared = hashlib.sha1(self.private.exchange(ec.ECDH(), selected.public)).digest()
        return Pair(hashlib.sha256(b"ETALPAIR" + shared + selected.card_id + self.name()).digest()[:16],
                    selected.challenge, self)


class Pair:
    """Terminal and card under one key and one challenge."""

    def __init__(self, key, challenge, terminal):
        self.key, self.challenge, self.terminal = key, challenge, terminal

    def cmac(self, message):
        mac = CMAC(algorithms.AES(self.key))
        mac.update(message)
        return mac.finalize()[:8]

    def sealed(self, ins, data):
        header = bytes([0x80, ins, 0, 0, len(data) + 8])
        return header + data + self.cmac(self.challenge + header + data) + b"\0"

    def open(self, ins, counter, data):
        block = self.challenge + bytes([ins]) + struct.pack(">I", counter) + b"\0\0\0"
        decryptor = Cipher(algorithms.AES(self.key), modes.CTR(block)).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def introduce(self, certificate):
        return self.sealed(INTRODUCE, certificate)

    def confirmed(self, answer):
        return answer[:-2] == self.cmac(b"I" + self.challenge)

    def state(self, answer):
        assert len(answer) == 125, answer.hex()
        assert answer[115:123] == self.cmac(b"S" + self.challenge + answer[:115]), "STATE's MAC is wrong"
        plain = self.open(STATE, 0, answer[:115])
        return Record.decode(plain[:80]), Entitlement.decode(plain[80:103]), plain[103:115]

    def debit(self, ins, sale, seen, deltas, intent, time):
        return self.sealed(ins, self.terminal.name() + struct.pack(">II3i", sale, seen, *deltas) + intent
                           + struct.pack(">I", time))

    def order(self, ins, time, order):
        return self.sealed(ins, self.terminal.name() + struct.pack(">I", time) + order)

    def read_log(self, counter):
        return self.sealed(READ_LOG, self.terminal.name() + struct.pack(">I", counter))

    def key_update(self, update):
        return self.sealed(KEY_UPDATE, self.terminal.name() + update)

    def log(self, counter, answer):
        plain = self.open(READ_LOG, counter, answer[:144])
        return Record.decode(plain[:80]), plain[80:]
