package etal.terminal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;

/** What is written for the inspector: how the archive is made and how to check it by hand, in French and in English. */
final class Description {
    private Description() {}

    static void put(Map<String, byte[]> files, String ledger, String days, ZoneId zone, Archive.By by) {
        files.put("LISEZMOI.txt", filled("lisezmoi.txt", ledger, days, zone, by));
        files.put("README.txt", filled("readme.txt", ledger, days, zone, by));
        files.put("etal.cddl", resource("etal.cddl"));
        files.put("details.cddl", resource("details.cddl"));
    }

    private static byte[] filled(String name, String ledger, String days, ZoneId zone, Archive.By by) {
        return new String(resource(name), StandardCharsets.UTF_8)
                .replace("{ledger}", ledger)
                .replace("{from}", days.substring(0, days.indexOf('_')))
                .replace("{to}", days.substring(days.indexOf('_') + 1))
                .replace("{zone}", zone.getId())
                .replace("{siren}", by.seller().pointOfSale().seller())
                .replace("{seller}", by.seller().name())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Description.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("built without " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + name, unreadable);
        }
    }
}
