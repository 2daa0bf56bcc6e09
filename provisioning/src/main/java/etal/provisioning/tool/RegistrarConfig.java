package etal.provisioning.tool;

import etal.edge.config.ConfigFault;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.edge.config.YamlConfig;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.provisioning.ca.Authority;
import etal.provisioning.cards.CardList;
import etal.provisioning.ticket.TicketOffice;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What {@code registrar.yaml} says. A driven clock stands at {@code now}, for a market day that is not today.
 *
 * @param listen where the registrar listens, on loopback
 */
record RegistrarConfig(
        long fund, Path authority, Path tickets, Path cards, InetSocketAddress listen, Clock clock, Entropy entropy) {
    private static final long UINT32_MAX = 0xffff_ffffL;
    private static final InetSocketAddress DEFAULT_LISTEN = new InetSocketAddress("127.0.0.1", 5684);

    static RegistrarConfig read(Path file) throws ConfigFault {
        YamlConfig yaml = YamlConfig.read(file);
        yaml.onlyFields("fund", "authority", "tickets", "cards", "listen", "clock", "now");
        return new RegistrarConfig(
                yaml.number("fund", 0, UINT32_MAX),
                yaml.path("authority"),
                yaml.path("tickets"),
                yaml.path("cards"),
                yaml.has("listen") ? yaml.loopback("listen") : DEFAULT_LISTEN,
                clock(yaml),
                new SystemEntropy());
    }

    private static Clock clock(YamlConfig yaml) throws ConfigFault {
        if (yaml.oneOf("clock", "system", "driven").equals("system")) {
            return new SystemClock();
        }
        String now = yaml.text("now");
        try {
            return new DrivenClock(Instant.parse(now));
        } catch (DateTimeException e) {
            throw yaml.fault("now", now, "a time such as 2025-04-02T05:00:00Z");
        }
    }

    Authority open() throws StorageFailed {
        return Authority.open(authority, clock, entropy);
    }

    TicketOffice office() {
        return new TicketOffice(tickets, clock, entropy);
    }

    CardList cardList() throws StorageFailed {
        return CardList.open(cards.resolve("cards.log"));
    }
}
