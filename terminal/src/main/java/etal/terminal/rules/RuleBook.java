package etal.terminal.rules;

import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.WantedRecords;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.TerminalStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fund's documents as the terminal holds them: of each kind the version that holds, those that will, and the last two
 * before. At a time holds the highest version whose date has come.
 * Used from the loop only.
 */
public final class RuleBook {
    /** Before the first period a card can name the clock has lost its battery. */
    private static final LocalDate EARLIEST = LocalDate.of(2020, 1, 1);

    private final VouchedDocuments documents;
    private final List<Held<Scheme>> schemes = new ArrayList<>();
    private final List<Held<Catalogue>> catalogues = new ArrayList<>();
    private final List<Held<PeriodToken>> tokens = new ArrayList<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private DenyList denied = DenyList.empty();

    private RuleBook(VouchedDocuments documents) {
        this.documents = documents;
    }

    /** Reads what is in store, and trusts what the fund has signed. */
    public static RuleBook open(TerminalStore store, TrustFile trust) throws StorageFailed {
        RuleBook book = new RuleBook(new VouchedDocuments(store, trust));
        book.reload();
        return book;
    }

    /**
     * Reads the store again after a document came.
     *
     * @throws StorageFailed when the store cannot be read, or one of them is not what was signed: then those of before stay
     */
    public void reload() throws StorageFailed {
        var found = new ArrayList<Document>();
        for (String kind : List.of(Document.CATALOGUE, Document.DENY, Document.PERIOD, Document.SCHEME)) {
            found.addAll(documents.of(kind));
        }
        schemes.clear();
        catalogues.clear();
        tokens.clear();
        denied = DenyList.empty();
        for (Document document : found) {
            try {
                hold(document);
            } catch (Malformed malformed) {
                throw new StorageFailed("a document in store is damaged", malformed);
            }
        }
        List.copyOf(watchers).forEach(Runnable::run);
    }

    /** Runs after each document that came, on the loop. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    private void hold(Document document) throws Malformed {
        switch (document.kind()) {
            case Document.SCHEME -> schemes.add(held(document, readScheme(document.content())));
            case Document.CATALOGUE -> catalogues.add(held(document, Catalogue.decode(document.content())));
            case Document.PERIOD -> tokens.add(held(document, PeriodToken.decode(document.content())));
            case Document.DENY -> denied = DenyList.decode(document.content());
            default -> {}
        }
    }

    /** Refuses a content that its kind cannot have, or that is another fund's. */
    public static void check(Document document, long fund) throws Malformed {
        long of = switch (document.kind()) {
            case Document.SCHEME -> readScheme(document.content()).fund();
            case Document.PERIOD -> PeriodToken.decode(document.content()).fund();
            case Document.CATALOGUE -> {
                Catalogue.decode(document.content());
                yield fund;
            }
            case Document.DENY -> {
                DenyList.decode(document.content());
                yield fund;
            }
            case Document.WANTED -> {
                WantedRecords.decode(document.content());
                yield fund;
            }
            case Document.KEYS ->
                KeyUpdates.decode(document.content()).updates().stream()
                        .mapToLong(KeyUpdate::fund)
                        .findFirst()
                        .orElse(fund);
            default -> {
                CardOrders orders =
                        CardOrders.decode(Document.ordersShard(document.kind()).orElseThrow(), document.content());
                yield orders.orders().stream()
                        .mapToLong(order -> order.head().fund())
                        .filter(other -> other != fund)
                        .findFirst()
                        .orElse(fund);
            }
        };
        if (of != fund) {
            throw new Malformed("a document of another fund");
        }
    }

    private static Scheme readScheme(byte[] content) throws Malformed {
        return switch (SchemeFile.read(new String(content, StandardCharsets.UTF_8), "scheme")) {
            case SchemeReading.Read read -> read.scheme();
            case SchemeReading.Faulty faulty ->
                throw new Malformed(faulty.faults().getFirst().toString());
        };
    }

    /** Scheme and catalogue that hold at a time; empty while either is missing. */
    public Optional<Rules> at(long timeMillis) {
        Held<Scheme> scheme = newest(schemes, timeMillis);
        Held<Catalogue> catalogue = newest(catalogues, timeMillis);
        return scheme == null || catalogue == null
                ? Optional.empty()
                : Optional.of(new Rules(scheme.content(), scheme.hash(), catalogue.content(), catalogue.hash()));
    }

    /** Whether a version of the scheme is here, whenever it holds. */
    public boolean knows(long version) {
        return schemes.stream().anyMatch(held -> held.content().version() == version);
    }

    /** When the next scheme or catalogue begins to hold, milliseconds since 1970; empty while none is to come. */
    public OptionalLong nextBeginMillis(long timeMillis) {
        return Stream.concat(
                        schemes.stream().map(Held::holdsFromMillis),
                        catalogues.stream().map(Held::holdsFromMillis))
                .mapToLong(Long::longValue)
                .filter(beginMillis -> beginMillis > timeMillis)
                .min();
    }

    /** How long any scheme held here lets a till be without the hub, milliseconds; 0 while there is none. */
    public long offlineWindowMillis() {
        long days = schemes.stream()
                .mapToLong(held -> held.content().card().offlineDaysMost())
                .max()
                .orElse(0);
        return Duration.ofDays(days).toMillis();
    }

    /** The month the hub has opened last. */
    public Optional<PeriodToken> token(long timeMillis) {
        return Optional.ofNullable(newest(tokens, timeMillis)).map(Held::content);
    }

    /**
     * The cards that pay no more: the newest list, from its arrival on, because a terminal whose clock lags must not take
     * them longer than others. Empty before the first list.
     */
    public DenyList denied() {
        return denied;
    }

    /** The month it is: the newest the hub has opened, else the calendar's in the fund's zone. */
    public int period(long timeMillis) {
        ZoneId zone = at(timeMillis).map(now -> now.scheme().zone()).orElse(ZoneId.of("UTC"));
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(timeMillis), zone);
        return token(timeMillis)
                .map(PeriodToken::period)
                .orElseGet(() -> Period.of(day.isBefore(EARLIEST) ? EARLIEST : day));
    }

    private static <T> @Nullable Held<T> newest(List<Held<T>> ascending, long timeMillis) {
        for (Held<T> held : ascending.reversed()) {
            if (held.holdsFromMillis() <= timeMillis) {
                return held;
            }
        }
        return null;
    }

    private static <T> Held<T> held(Document document, T content) {
        return new Held<>(document.holdsFromMillis(), Hash.sha256(document.content()), content);
    }

    private record Held<T>(long holdsFromMillis, byte[] hash, T content) {}
}
