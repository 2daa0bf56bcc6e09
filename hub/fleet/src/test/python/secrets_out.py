"""No secret where none belongs: secrets_out.py DIR [FILE...]

Gathers every secret of a market day's folder (private keys, claim tickets, the seeds that software cards' keys come from)
and looks for each in every other file below DIR and in the FILEs (what the processes said), as bytes, in hexadecimal,
base64 and base64url at each alignment, as a decimal number, and as the text it is stored in. Then the modes of the files
that hold them. One line for each secret that is found, or for a file that others may read; exit code 1 if there is one.
"""
import base64
import os
import re
import stat
import sys

HOLDERS = re.compile(r"\.key$|\.ticket$|(^|/)cards\.journal$")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What a PKCS#8 key of P-256 has before its scalar (SEC 1, C.4): version 1 and an octet string of 32 bytes.
SCALAR = bytes.fromhex("0201010420")


def files_below(top):
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield path


def scalar(pem):
    der = base64.b64decode("".join(line for line in pem.splitlines() if not line.startswith("-")))
    at = der.find(SCALAR)
    return der[at + len(SCALAR) : at + len(SCALAR) + 32] if at >= 0 else None


def ticket(text):
    """The secret of a claim ticket: a byte string of 16 or more in its CBOR, and the text itself."""
    digits = text.split("T1:", 1)[1]
    value = 0
    for digit in digits:
        value = value * 32 + CROCKFORD.index(digit)
    spare = len(digits) * 5 % 8
    return (value >> spare).to_bytes((len(digits) * 5 - spare) // 8, "big")


def secrets_of(path):
    """Pairs of a name and the secret's bytes, and texts that must not be seen as they are."""
    with open(path, encoding="utf-8", errors="replace") as opened:
        text = opened.read()
    if path.endswith(".key"):
        found = scalar(text)
        if found is None:
            raise SystemExit(f"{path}: no private key of P-256 is in it")
        return [(path, found)]
    if path.endswith(".ticket"):
        line = text.splitlines()[0]
        inner = ticket(line)
        # The last 20 bytes are the secret and a checksum, whatever comes before.
        return [(path, line.encode()), (path, inner[-20:-4])]
    seeds = re.findall(r" made (\S+) ([0-9a-f]{64})\b", text)
    return [(f"{path}: {card}", bytes.fromhex(seed)) for card, seed in seeds]


def forms(secret):
    """All the ways in which it might have got into a text or a file."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    yield " ".join(f"{byte:02x}" for byte in secret).encode()
    yield ":".join(f"{byte:02x}" for byte in secret).encode()
    yield str(int.from_bytes(secret, "big")).encode()
    for shift in range(3):
        # Without the digits that depend on what stands before and after it.
        digits = base64.b64encode(bytes(shift) + secret)[(0, 2, 3)[shift] : -4]
        yield digits
        yield digits.replace(b"+", b"-").replace(b"/", b"_")


def open_to_others(path):
    """A key file for its owner alone, and the folder of keys as well; the cards' journal lies in a folder that may be read."""
    folder = os.path.dirname(path)
    modes = [os.stat(path).st_mode] + ([] if path.endswith("cards.journal") else [os.stat(folder).st_mode])
    return any(stat.S_IMODE(mode) & 0o077 for mode in modes)


def main(top, said):
    holders = [path for path in files_below(top) if HOLDERS.search(path)]
    others = [path for path in files_below(top) if path not in set(holders)] + said
    secrets = [secret for path in holders for secret in secrets_of(path)]
    needles = [(name, form) for name, secret in secrets for form in sorted(set(forms(secret)))]
    wrong = [f"{path} can be read by others" for path in holders if open_to_others(path)]
    size = 0
    for path in others:
        with open(path, "rb") as opened:
            content = opened.read()
        size += len(content)
        wrong += sorted({f"the secret of {name} is in {path}" for name, form in needles if form in content})
    for line in wrong:
        print(line)
    print(f"{len(secrets)} secrets of {len(holders)} files looked for in {len(others)} files of {size} bytes: {len(wrong)} found")
    return 1 if wrong or not secrets else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
