package etal.fleet.market;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.reading.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Basket files: one receipt a line, items separated by commas, an item that holds a comma or a quote in double quotes
 * (RFC 4180). Reading is total: any text gives receipts or faults, never an exception.
 */
public final class BasketFile {
    private static final int ITEMS_MAX = 500;
    private static final int FAULTS_MAX = 20;

    private BasketFile() {}

    /** What reading gives. */
    public sealed interface Reading {
        /** All receipts, in the order of the file. */
        record Read(List<Receipt> receipts) implements Reading {}

        /** What is wrong, at most the first {@value BasketFile#FAULTS_MAX} faults. */
        record Faulty(List<Fault> faults) implements Reading {}
    }

    /** Reads the text of a basket file; {@code fileName} is for the faults. */
    public static Reading read(String text, String fileName, Catalogue catalogue, String catalogueName) {
        var receipts = new ArrayList<Receipt>();
        var faults = new ArrayList<Fault>();
        String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1);
        int end = lines.length > 0 && lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        for (int i = 0; i < end && faults.size() < FAULTS_MAX; i++) {
            String line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            readLine(line, i + 1, fileName, catalogue, catalogueName, receipts, faults);
        }
        if (faults.isEmpty() && receipts.isEmpty()) {
            faults.add(new Fault(
                    fileName, 1, "receipt", "an empty file", "one receipt a line, items separated by commas"));
        }
        return faults.isEmpty() ? new Reading.Read(List.copyOf(receipts)) : new Reading.Faulty(List.copyOf(faults));
    }

    private static void readLine(
            String line,
            int number,
            String fileName,
            Catalogue catalogue,
            String catalogueName,
            List<Receipt> receipts,
            List<Fault> faults) {
        switch (BasketLine.split(line)) {
            case BasketLine.Broken broken ->
                faults.add(new Fault(fileName, number, "line", broken.found(), broken.allowed()));
            case BasketLine.Items(List<String> items)
            when items.size() > ITEMS_MAX ->
                faults.add(new Fault(fileName, number, "line", items.size() + " items", "at most " + ITEMS_MAX));
            case BasketLine.Items(List<String> items) -> {
                int before = faults.size();
                for (String item : items) {
                    if (catalogue.find(item).isEmpty()) {
                        faults.add(
                                new Fault(fileName, number, "item", "\"" + item + "\"", "an item of " + catalogueName));
                    }
                }
                if (faults.size() == before) {
                    receipts.add(new Receipt(number, items));
                }
            }
        }
    }
}
