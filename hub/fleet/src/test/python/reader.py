"""The card on a PC/SC reader, byte for byte: nothing here looks at what is sent or corrects it."""

import sys
import time

from smartcard import scard


class Reader:
    """Keeps all that went to and fro, in order."""

    def __init__(self, name):
        self.name, self.seen, self.count = name, [], 0
        result, self.context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        self.insist(result)
        until = time.monotonic() + 20
        while not self.present():
            if time.monotonic() > until:
                sys.exit("no card came to " + name)
        self.connect()

    @staticmethod
    def insist(result):
        if result != scard.SCARD_S_SUCCESS:
            raise RuntimeError(scard.SCardGetErrorMessage(result))

    def present(self):
        result, states = scard.SCardGetStatusChange(
            self.context, 500, [(self.name, scard.SCARD_STATE_EMPTY)])
        return result == scard.SCARD_S_SUCCESS and bool(states[0][1] & scard.SCARD_STATE_PRESENT)

    def connect(self):
        result, self.card, self.protocol = scard.SCardConnect(
            self.context, self.name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
        self.insist(result)

    def power_off_and_on(self):
        result, self.protocol = scard.SCardReconnect(
            self.card, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1, scard.SCARD_UNPOWER_CARD)
        self.insist(result)

    def transmit(self, apdu):
        """The answer; none where the service itself would not send such a thing."""
        self.count += 1
        result, answer = scard.SCardTransmit(self.card, self.protocol, list(apdu))
        if result in (scard.SCARD_E_INVALID_PARAMETER, scard.SCARD_E_INSUFFICIENT_BUFFER):
            return None
        self.insist(result)
        answer = bytes(answer)
        self.seen.append((bytes(apdu), answer))
        return answer

    def close(self):
        scard.SCardDisconnect(self.card, scard.SCARD_LEAVE_CARD)
        scard.SCardReleaseContext(self.context)
