package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.hub.members.Fund.Stolen;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's word on stolen terminals, in hub.yaml:
 *
 * <pre>
 * stolenTerminals:
 *   - { ledger: t3-e1, from: "2025-04-02T16:00:00Z" }          # nothing of it is paid out
 *   - { ledger: t5-e2, fromEntry: 57, payable: true }          # looked at: what cards have signed is paid out
 * </pre>
 */
final class StolenTerminals {
    private StolenTerminals() {}

    static List<Stolen> read(List<YamlConfig> sections) throws ConfigFault {
        List<Stolen> stolen = new ArrayList<>();
        for (YamlConfig section : sections) {
            section.onlyFields("ledger", "from", "fromEntry", "payable");
            if (section.has("from") == section.has("fromEntry")) {
                throw section.fault(
                        "from",
                        section.has("from") ? "from and fromEntry" : "neither from nor fromEntry",
                        "one of them: the moment of the theft, or the first entry after it");
            }
            LedgerId ledger = ledger(section);
            if (stolen.stream().anyMatch(one -> one.ledger().equals(ledger))) {
                throw section.fault("ledger", ledger.toString(), "a ledger that is not named twice");
            }
            stolen.add(new Stolen(
                    ledger,
                    section.has("from") ? moment(section) : Long.MAX_VALUE,
                    section.has("fromEntry") ? section.number("fromEntry", 1, 1L << 52) : Long.MAX_VALUE,
                    section.flag("payable", false)));
        }
        return stolen;
    }

    private static LedgerId ledger(YamlConfig section) throws ConfigFault {
        try {
            return LedgerId.parse(section.text("ledger"));
        } catch (Malformed e) {
            throw section.fault("ledger", section.text("ledger"), "a terminal with its epoch, such as t3-e1");
        }
    }

    private static long moment(YamlConfig section) throws ConfigFault {
        try {
            return Instant.parse(section.text("from")).toEpochMilli();
        } catch (DateTimeException e) {
            throw section.fault("from", section.text("from"), "a moment such as 2025-04-02T16:00:00Z");
        }
    }
}
