package etal.terminal.screen;

import etal.edge.speech.Speech;
import etal.port.scale.Scale;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.money.Unit;
import etal.protocol.split.BasketLine;
import etal.terminal.basket.Goods;
import etal.terminal.basket.Tender;
import etal.terminal.basket.TillBasket;
import etal.terminal.rules.Rules;
import etal.terminal.screen.PadView.Field;
import etal.terminal.screen.PadView.Send;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Draws a pad, in one language. Stateless but for what it is made of. */
final class PadDrawing {
    private static final String FIRST = "first";
    private static final String PLAIN = "plain";

    private final Speech speech;
    private final Rules rules;
    private final Optional<TillBasket> basket;
    private final Scale scale;

    PadDrawing(Speech speech, Rules rules, Optional<TillBasket> basket, Scale scale) {
        this.speech = speech;
        this.rules = rules;
        this.basket = basket;
        this.scale = scale;
    }

    /** The pad, about a product or a line where it is about one; empty if that is not there. */
    Optional<PadView> draw(Pad pad, String product, int line) {
        return switch (pad) {
            case WEIGHT ->
                rules.catalogue().find(product).filter(Product::byWeight).map(this::weight);
            case LINE -> lines().skip(Math.max(0, line)).findFirst().map(found -> line(found, line));
            case AMOUNT -> Optional.of(amount());
            case ARTICLE -> Optional.of(article());
            case DISCOUNT -> basket.map(open -> discount());
            case CARD -> basket.map(open -> card());
            case TENDER -> basket.map(this::tender);
            case CHANGE -> basket.map(this::change);
            case CARD_ALONE -> Optional.of(cardAlone());
        };
    }

    private Stream<BasketLine> lines() {
        return basket.stream().flatMap(open -> open.basket().lines().stream());
    }

    /** What lies on the scale stands there already; whoever types begins anew. */
    private PadView weight(Product product) {
        OptionalLong grams = scale.grams();
        String price = speech.say("pad-per-kilo", product.unitPriceCents());
        return new PadView(
                Pad.WEIGHT.word(),
                product.name(),
                grams.isPresent() ? speech.say("pad-from-scale", price) : price,
                "g",
                grams.isPresent() ? String.valueOf(grams.getAsLong()) : "",
                Map.of("product", product.id()),
                List.of(),
                List.of(new Send("/till/weigh", "", speech.word("pad-add"), FIRST)));
    }

    private PadView line(BasketLine line, int place) {
        String quantity = speech.word(line.weighed() ? "pad-weight" : "pad-quantity");
        String price = speech.word(line.weighed() ? "pad-price-kilo" : "pad-price-unit");
        String count = String.valueOf(line.quantity());
        return new PadView(
                Pad.LINE.word(),
                line.name(),
                speech.say(line.weighed() ? "pad-line-weighed" : "pad-line", count, line.fairCents()),
                "",
                "",
                Map.of("line", String.valueOf(place), "product", line.productId()),
                List.of(),
                List.of(
                        new Send("/till/line", "quantity", quantity, FIRST),
                        new Send("/till/line", "price", price, ""),
                        new Send("/till/line", "remove", speech.word("pad-remove"), PLAIN)));
    }

    private PadView amount() {
        List<Send> sends = new ArrayList<>();
        for (String family : families(rules.catalogue())) {
            boolean covered = Goods.coveragePercent(family, rules.catalogue()) > 0;
            sends.add(new Send("/till/amount", family, familyName(family), covered ? "fund" : "rest"));
        }
        sends.add(new Send("/till/deposit", "", speech.word("deposit"), "rest"));
        return new PadView(
                Pad.AMOUNT.word(),
                speech.word("pad-amount"),
                speech.word("pad-amount-hint"),
                symbol(),
                "",
                Map.of(),
                List.of(),
                sends);
    }

    private PadView article() {
        List<String> names =
                families(rules.catalogue()).stream().map(this::familyName).toList();
        return new PadView(
                Pad.ARTICLE.word(),
                speech.word("pad-article"),
                speech.word("pad-article-hint"),
                symbol(),
                "",
                Map.of(),
                List.of(
                        new Field("name", speech.word("pad-article-name"), "", false, List.of()),
                        new Field("family", speech.word("pad-article-family"), "", false, names),
                        new Field("vat", speech.word("pad-article-vat"), "5,5", true, List.of("5,5", "10", "20"))),
                List.of(new Send("/till/article", "", speech.word("pad-add"), FIRST)));
    }

    private PadView discount() {
        return new PadView(
                Pad.DISCOUNT.word(),
                speech.word("pad-discount"),
                "",
                "",
                "",
                Map.of(),
                List.of(),
                List.of(
                        new Send("/till/discount", "amount", symbol(), FIRST),
                        new Send("/till/discount", "percent", "%", ""),
                        new Send("/till/discount", "none", speech.word("pad-discount-none"), PLAIN)));
    }

    private PadView card() {
        return new PadView(
                Pad.CARD.word(),
                speech.word("pad-card"),
                speech.word("pad-card-hint"),
                symbol(),
                "",
                Map.of(),
                List.of(),
                List.of(
                        new Send("/till/most", "most", speech.word("pad-card-most"), FIRST),
                        new Send("/till/most", "none", speech.word("pad-card-none"), PLAIN)));
    }

    private PadView tender(TillBasket open) {
        List<Send> sends = new ArrayList<>(Arrays.stream(Tender.Means.values())
                .map(means -> new Send("/till/tender", means.word(), speech.word("tender-" + means.word()), ""))
                .toList());
        sends.add(new Send("/till/tender", "none", speech.word("pad-tender-none"), PLAIN));
        return new PadView(
                Pad.TENDER.word(),
                speech.word("pad-tender"),
                speech.say(
                        "pad-tender-hint",
                        open.basket().totalCents() - open.paying().tenderedCents()),
                symbol(),
                "",
                Map.of(),
                List.of(),
                sends);
    }

    private PadView change(TillBasket paid) {
        return new PadView(
                Pad.CHANGE.word(),
                speech.word("pad-change"),
                speech.say("pad-change-hint", paid.cashCents() - paid.paying().tenderedCents()),
                symbol(),
                "",
                Map.of(),
                List.of(),
                List.of(new Send("/till/change", "", speech.word("pad-change-reckon"), FIRST)));
    }

    private PadView cardAlone() {
        return new PadView(
                Pad.CARD_ALONE.word(),
                speech.word("pad-conventioned"),
                speech.word("pad-card-alone-hint"),
                symbol(),
                "",
                Map.of(),
                List.of(new Field("other", speech.word("pad-other"), "", true, List.of())),
                List.of(new Send("/till/card-alone", "", speech.word("screen-pay-card"), FIRST)));
    }

    private String symbol() {
        Unit unit = rules.scheme().unit();
        return unit.symbol();
    }

    /** The families of the list, in its order. */
    static List<String> families(Catalogue catalogue) {
        return catalogue.products().stream().map(Product::family).distinct().toList();
    }

    /** As people read it; a family without a word of its own is read as it stands. */
    String familyName(String family) {
        String key = "family-" + family;
        return speech.knows(key)
                ? speech.word(key)
                : family.substring(0, 1).toUpperCase(speech.locale()) + family.substring(1);
    }

    /** A weight as a ticket says it. */
    static String kilos(long grams, boolean french) {
        String kilos = BigDecimal.valueOf(grams, 3).toPlainString();
        return (french ? kilos.replace('.', ',') : kilos) + "\u00A0kg";
    }
}
