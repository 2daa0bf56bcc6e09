package etal.fsck.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The receipts at hand.
 *
 * @param codes what they say
 * @param unreadable receipts with a code that cannot be read, for people
 */
public record Receipts(List<ReceiptCode> codes, List<String> unreadable) {
    /** None yet. */
    public Receipts() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Adds the codes on a printed receipt; a receipt without a code, such as of a closing, adds none. */
    public void add(Path file) {
        try {
            for (String text : ReceiptFile.codes(file)) {
                Optional<ReceiptCode> code = ReceiptCode.parse(text, file.toString());
                code.ifPresentOrElse(codes::add, () -> unreadable.add(file + ": a code that cannot be read"));
            }
        } catch (IOException failure) {
            unreadable.add(file + ": cannot be read");
        }
    }
}
