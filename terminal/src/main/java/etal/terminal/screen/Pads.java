package etal.terminal.screen;

import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.money.Rounding;
import etal.protocol.money.Unit;
import etal.protocol.split.Basket;
import etal.terminal.basket.Change;
import etal.terminal.basket.Goods;
import etal.terminal.basket.Paying;
import etal.terminal.basket.Tender;
import etal.terminal.basket.TillBasket;
import etal.terminal.main.Till;
import etal.terminal.rules.Rules;
import etal.terminal.sale.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Takes what is typed on the pads. Every handler runs on the loop. */
final class Pads {
    private static final String DIGITS = "digits";
    private static final String AS = "as";
    private static final int PERCENT_MAX = 100;
    /** What a deposit is rung up as: nothing the fund pays for, and outside VAT until the glass is lost. */
    private static final String DEPOSIT = "consigne";

    private static final int COMMON_VAT_PERMILLE = 55;

    private final Till till;
    private final Counter counter;
    private final Optional<String> family;
    private final Shown shown;

    /** Shows the till after a touch. */
    interface Shown {
        /** What the till answered; the pad gives way to the tiles if it was done. */
        WebAnswer answered(WebRequest request, Answer answer) throws StorageFailed;

        /** A sentence of kind good or warn; after a good one the pad gives way. */
        WebAnswer said(WebRequest request, String kind, Said said) throws StorageFailed;
    }

    /** {@code family} is that of amounts without articles, where the settings name one. */
    Pads(Till till, Counter counter, Optional<String> family, Shown shown) {
        this.till = till;
        this.counter = counter;
        this.family = family;
        this.shown = shown;
    }

    void routes(WebRoutes routes) {
        routes.post("/till/weigh", this::weigh)
                .post("/till/line", this::line)
                .post("/till/amount", this::amount)
                .post("/till/deposit", this::deposit)
                .post("/till/article", this::article)
                .post("/till/discount", this::discount)
                .post("/till/most", this::most)
                .post("/till/tender", this::tender)
                .post("/till/change", this::change)
                .post("/till/card-alone", this::cardAlone);
    }

    private WebAnswer weigh(WebRequest request) throws StorageFailed {
        OptionalLong grams = Typed.grams(request, DIGITS);
        String product = request.form("product").orElse("");
        return grams.isEmpty()
                ? unread(request, "typed-weight")
                : ring(request, new Change.Weighed(product, grams.getAsLong()));
    }

    private WebAnswer line(WebRequest request) throws StorageFailed, WebRefusal {
        Optional<TillBasket> basket = counter.hand().basket();
        int line = (int) Typed.count(request, "line").orElse(Integer.MAX_VALUE);
        if (basket.isEmpty()
                || !is(basket.get().basket(), line, request.form("product").orElse(""))) {
            return shown.said(request, "warn", Said.of("no-such-line"));
        }
        boolean weighed = basket.get().basket().lines().get(line).weighed();
        return switch (request.form(AS).orElse("")) {
            case "remove" -> wish(request, new Change.Quantity(line, 0));
            case "quantity" -> {
                OptionalLong quantity = weighed ? Typed.grams(request, DIGITS) : Typed.count(request, DIGITS);
                yield quantity.isEmpty()
                        ? unread(request, weighed ? "typed-weight" : "typed-count")
                        : wish(request, new Change.Quantity(line, quantity.getAsLong()));
            }
            case "price" -> {
                OptionalLong cents = amountCents(request, DIGITS);
                yield cents.isEmpty()
                        ? unread(request, "typed-amount")
                        : wish(request, new Change.Price(line, cents.getAsLong()));
            }
            default -> throw new WebRefusal(400, "malformed", "The field as is missing.");
        };
    }

    /** A line's place moves when another is taken out: whoever touched it meant the goods, not the place. */
    private static boolean is(Basket basket, int line, String product) {
        return line < basket.lines().size()
                && basket.lines().get(line).productId().equals(product);
    }

    private WebAnswer amount(WebRequest request) throws StorageFailed {
        OptionalLong cents = amountCents(request, DIGITS);
        return cents.isEmpty()
                ? unread(request, "typed-amount")
                : ring(request, free(request.form(AS).orElse(""), cents.getAsLong()));
    }

    /** The line bears the family's name in the till's own language, as its receipt does. */
    private Change.Free free(String wanted, long amountCents) {
        String key = "family-" + wanted;
        String name = till.speech().knows(key) ? till.speech().word(key) : wanted;
        return new Change.Free(wanted, name, amountCents);
    }

    private WebAnswer deposit(WebRequest request) throws StorageFailed {
        OptionalLong cents = amountCents(request, DIGITS);
        return cents.isEmpty()
                ? unread(request, "typed-amount")
                : ring(request, new Change.Article("Consigne", DEPOSIT, 1, cents.getAsLong(), 0));
    }

    private WebAnswer article(WebRequest request) throws StorageFailed {
        OptionalLong cents = amountCents(request, DIGITS);
        OptionalInt vatPermille = Typed.permille(request, "vat");
        if (cents.isEmpty() || vatPermille.isEmpty()) {
            return unread(request, cents.isEmpty() ? "typed-amount" : "typed-vat");
        }
        String name = request.form("name").orElse("").strip();
        String typed = request.form("family").orElse("").strip();
        return ring(request, new Change.Article(name, familyOf(typed), 1, cents.getAsLong(), vatPermille.getAsInt()));
    }

    /** The list's own word for what people call a family, or what they typed. */
    private String familyOf(String typed) {
        return rules().flatMap(now -> PadDrawing.families(now.catalogue()).stream()
                        .filter(known -> known.equalsIgnoreCase(typed)
                                || shownName(known, true).equalsIgnoreCase(typed)
                                || shownName(known, false).equalsIgnoreCase(typed))
                        .findFirst())
                .orElse(typed);
    }

    private String shownName(String known, boolean french) {
        var speech =
                etal.terminal.speech.TillSpeech.in(french ? java.util.Locale.FRENCH : java.util.Locale.ENGLISH, unit());
        return speech.knows("family-" + known) ? speech.word("family-" + known) : known;
    }

    private WebAnswer discount(WebRequest request) throws StorageFailed, WebRefusal {
        Optional<TillBasket> basket = counter.hand().basket();
        if (basket.isEmpty()) {
            return shown.said(request, "warn", Said.of("no-such-line"));
        }
        String key = basket.get().key();
        return switch (request.form(AS).orElse("")) {
            case "none" -> shown.answered(request, counter.desk().discount(key, 0));
            case "percent" -> {
                OptionalLong percent = Typed.count(request, DIGITS);
                Basket goods = basket.get().basket();
                long askedCents = goods.totalCents() + goods.discountCents();
                yield percent.isEmpty() || percent.getAsLong() > PERCENT_MAX
                        ? unread(request, "typed-percent")
                        : shown.answered(
                                request, counter.desk().discount(key, Rounding.percentHalfEven(askedCents, (int)
                                        percent.getAsLong())));
            }
            case "amount" -> {
                OptionalLong cents = amountCents(request, DIGITS);
                yield cents.isEmpty()
                        ? unread(request, "typed-amount")
                        : shown.answered(request, counter.desk().discount(key, cents.getAsLong()));
            }
            default -> throw new WebRefusal(400, "malformed", "The field as is missing.");
        };
    }

    private WebAnswer most(WebRequest request) throws StorageFailed {
        boolean none = request.form(AS).filter("none"::equals).isPresent();
        OptionalLong cents = none ? OptionalLong.empty() : amountCents(request, DIGITS);
        return cents.isEmpty() && !none ? unread(request, "typed-amount") : paying(request, said -> said.upTo(cents));
    }

    private WebAnswer tender(WebRequest request) throws StorageFailed {
        Optional<TillBasket> basket = counter.hand().basket();
        String word = request.form(AS).orElse("");
        if (word.equals("none")) {
            return paying(request, said -> said.by(List.of()));
        }
        Optional<Tender.Means> means = Arrays.stream(Tender.Means.values())
                .filter(one -> one.word().equals(word))
                .findFirst();
        boolean nothingTyped = request.form(DIGITS).orElse("").isBlank();
        OptionalLong cents = nothingTyped && basket.isPresent() ? left(basket.get()) : amountCents(request, DIGITS);
        if (means.isEmpty() || cents.isEmpty()) {
            return unread(request, "typed-amount");
        }
        return paying(request, said -> said.by(with(said, new Tender(means.get(), cents.getAsLong()))));
    }

    /** All that is left beside the card, or if the card is to pay all of it, all. */
    private OptionalLong left(TillBasket basket) {
        long totalCents = basket.basket().totalCents() - basket.paying().tenderedCents();
        long coveredCents =
                rules().map(now -> counter.desk().coveredCents(basket, now)).orElse(0L);
        long leftCents = totalCents > coveredCents ? totalCents - coveredCents : totalCents;
        return leftCents > 0 ? OptionalLong.of(leftCents) : OptionalLong.empty();
    }

    private static List<Tender> with(Paying said, Tender tender) {
        List<Tender> tenders = new ArrayList<>(said.tenders().stream()
                .filter(other -> other.means() != tender.means())
                .toList());
        tenders.add(tender);
        tenders.sort(Comparator.comparing(Tender::means));
        return tenders;
    }

    private WebAnswer change(WebRequest request) throws StorageFailed {
        Optional<TillBasket> paid = counter.hand().basket();
        OptionalLong given = amountCents(request, DIGITS);
        if (paid.isEmpty() || given.isEmpty()) {
            return unread(request, "typed-amount");
        }
        long owedCents = paid.get().cashCents() - paid.get().paying().tenderedCents();
        return given.getAsLong() < owedCents
                ? shown.said(request, "warn", Said.of("change-lacks", owedCents - given.getAsLong()))
                : shown.said(request, "good", Said.of("change-back", given.getAsLong() - owedCents));
    }

    /** Two amounts in the place of whatever was rung up, and the card is awaited at once. */
    private WebAnswer cardAlone(WebRequest request) throws StorageFailed {
        boolean otherTyped = !request.form("other").orElse("").isBlank();
        OptionalLong conventioned = amountCents(request, DIGITS);
        OptionalLong other = amountCents(request, "other");
        Optional<String> ofFamily = family.or(() -> rules().flatMap(Pads::usualFamily));
        if (conventioned.isEmpty() || otherTyped && other.isEmpty()) {
            return unread(request, "typed-amount");
        }
        if (ofFamily.isEmpty()) {
            return shown.said(request, "warn", Said.of("unknown-family"));
        }
        Optional<Answer> refused = emptied();
        if (refused.isPresent()) {
            return shown.answered(request, refused.get());
        }
        String key = counter.hand().keyForRinging();
        Answer answer = counter.desk().change(key, free(ofFamily.get(), conventioned.getAsLong()));
        if (other.isPresent() && answer instanceof Answer.Basket) {
            answer = counter.desk()
                    .change(
                            key,
                            new Change.Article("Hors convention", "autre", 1, other.getAsLong(), COMMON_VAT_PERMILLE));
        }
        counter.hand().take(key);
        return shown.answered(
                request, answer instanceof Answer.Basket ? counter.desk().awaitCard(key) : answer);
    }

    /** Takes line after line out of the basket in hand; why it cannot, as with a payment under way. */
    private Optional<Answer> emptied() throws StorageFailed {
        Optional<TillBasket> basket =
                counter.hand().basket().filter(open -> !open.state().over());
        int lines = basket.map(open -> open.basket().lines().size()).orElse(0);
        for (int line = 0; line < lines; line++) {
            Answer answer = counter.desk().change(basket.orElseThrow().key(), new Change.Quantity(0, 0));
            if (answer instanceof Answer.Refused) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /** That of most products which the fund pays for. */
    private static Optional<String> usualFamily(Rules now) {
        return PadDrawing.families(now.catalogue()).stream()
                .filter(name -> Goods.coveragePercent(name, now.catalogue()) > 0)
                .max(Comparator.comparingLong(name -> now.catalogue().products().stream()
                        .filter(product -> product.family().equals(name))
                        .count()));
    }

    private WebAnswer ring(WebRequest request, Change change) throws StorageFailed {
        String key = counter.hand().keyForRinging();
        Answer answer = counter.desk().change(key, change);
        counter.hand().take(key);
        return shown.answered(request, answer);
    }

    private WebAnswer wish(WebRequest request, Change change) throws StorageFailed {
        return shown.answered(
                request,
                counter.desk().change(counter.hand().basket().orElseThrow().key(), change));
    }

    private WebAnswer paying(WebRequest request, UnaryOperator<Paying> otherwise) throws StorageFailed {
        Optional<TillBasket> basket = counter.hand().basket();
        return basket.isEmpty()
                ? shown.said(request, "warn", Said.of("screen-empty"))
                : shown.answered(request, counter.desk().paying(basket.get().key(), otherwise));
    }

    private WebAnswer unread(WebRequest request, String key) throws StorageFailed {
        return shown.said(request, "warn", Said.of(key));
    }

    private OptionalLong amountCents(WebRequest request, String field) {
        return Typed.amountCents(request, field, unit());
    }

    private Unit unit() {
        return rules().map(now -> now.scheme().unit()).orElse(Unit.EURO);
    }

    private Optional<Rules> rules() {
        return counter.desk().rulesNow();
    }
}
