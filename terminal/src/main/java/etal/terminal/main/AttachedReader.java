package etal.terminal.main;

import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import etal.terminal.hardware.TcpCardReader;
import etal.terminal.hardware.pcsc.PcscReader;
import etal.terminal.hardware.pn532.Pn532Reader;
import etal.terminal.hardware.pn532.Pn532Settings;
import java.time.Duration;

/**
 * The reader of this stall, open.
 *
 * @param reader where cards are laid
 * @param place how the status names it, such as {@code 127.0.0.1:35963} or {@code /dev/ttyAMA0}
 * @param closing lets it go
 */
record AttachedReader(CardReader reader, String place, AutoCloseable closing) implements AutoCloseable {
    private static final Duration CARD_ANSWERS_WITHIN = Duration.ofSeconds(5);

    /**
     * Opens it.
     *
     * @throws ReaderBroken when it cannot be had at all; one that may still be plugged in later is opened all the same
     */
    static AttachedReader open(ReaderSettings settings, Loop loop) throws ReaderBroken {
        return switch (settings) {
            case ReaderSettings.Tcp tcp -> {
                TcpCardReader reader = TcpCardReader.open(tcp.listen(), loop, CARD_ANSWERS_WITHIN);
                yield new AttachedReader(reader, "127.0.0.1:" + reader.address().getPort(), reader);
            }
            case ReaderSettings.Pcsc pcsc -> {
                PcscReader reader = new PcscReader(pcsc.name(), loop, CARD_ANSWERS_WITHIN);
                yield new AttachedReader(reader, pcsc.name().isEmpty() ? "pcsc" : "pcsc:" + pcsc.name(), reader);
            }
            case ReaderSettings.Pn532 pn532 -> {
                Pn532Reader reader = Pn532Reader.on(pn532.device(), pn532.baud(), loop, Pn532Settings.standard());
                yield new AttachedReader(reader, pn532.device().toString(), reader);
            }
        };
    }

    @Override
    public void close() throws Exception {
        closing.close();
    }
}
