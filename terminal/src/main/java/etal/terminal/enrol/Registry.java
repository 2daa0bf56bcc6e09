package etal.terminal.enrol;

import etal.port.PeerUnreachable;

/** The registrar as a terminal sees it: two questions. One connection; used by one thread. */
interface Registry extends AutoCloseable {
    /** Asks for the authorities. */
    Reply crts() throws PeerUnreachable;

    /** Asks for a certificate. */
    Reply sen(byte[] pkcs10) throws PeerUnreachable;

    @Override
    void close();

    /** Opens connections, a new one for each attempt. */
    @FunctionalInterface
    interface Line {
        /** A connection not yet used. */
        Registry open() throws PeerUnreachable;
    }

    /**
     * What came back; outside bytes.
     *
     * @param code the CoAP response code as people write it, such as {@code 2.05}
     * @param contentFormat -1 if none was said
     */
    record Reply(String code, int contentFormat, byte[] payload) {}
}
