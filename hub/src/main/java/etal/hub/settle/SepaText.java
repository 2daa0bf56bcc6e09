package etal.hub.settle;

import java.text.Normalizer;
import java.util.Map;

/** Texts in the character set that every SEPA bank takes (EPC217-08): what is outside it is written as near as it goes. */
final class SepaText {
    private static final Map<String, String> SPELT = Map.ofEntries(
            Map.entry("œ", "oe"),
            Map.entry("Œ", "OE"),
            Map.entry("æ", "ae"),
            Map.entry("Æ", "AE"),
            Map.entry("ß", "ss"),
            Map.entry("ø", "o"),
            Map.entry("Ø", "O"),
            Map.entry("ł", "l"),
            Map.entry("Ł", "L"),
            Map.entry("&", "+"),
            Map.entry("€", "EUR"),
            Map.entry("’", "'"),
            Map.entry("–", "-"),
            Map.entry("—", "-"));

    private SepaText() {}

    /** {@code text} in the set, at most {@code lengthMax} characters; a dot if nothing of it remains. */
    static String of(String text, int lengthMax) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            plain.append(SPELT.getOrDefault(character, character));
        });
        String written = Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9/?:().,'+ -]", " ")
                .replaceAll("/{2,}", "/")
                .replaceAll(" {2,}", " ")
                .replaceAll("^[ /]+|[ /]+$", "");
        String cut =
                written.length() > lengthMax ? written.substring(0, lengthMax).strip() : written;
        return cut.isEmpty() ? "." : cut;
    }
}
