package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.ledger.Body.Closing.Undone;

/** Bodies to CBOR, key by key as {@code etal.cddl} has them. {@link BodyReader} is the way back. */
final class BodyWriter {
    private BodyWriter() {}

    static CBORObject write(Body body) {
        return switch (body) {
            case Body.Genesis genesis -> genesis(genesis);
            case Body.CheckpointReceived received -> map().Add(1, received.checkpoint());
            case Body.Sale sale -> sale(sale);
            case Body.Cancellation cancellation -> cancellation(cancellation);
            case Body.RefundRequest request -> map().Add(1, request.sale()).Add(2, Parts.proof(request.card()));
            case Body.Abandoned abandoned ->
                marked(map().Add(1, abandoned.sale()).Add(2, abandoned.reason()), 3, abandoned.cancelling());
            case Body.InDoubt inDoubt -> inDoubt(inDoubt);
            case Body.RecordCarried carried -> carried(carried);
            case Body.Closing closing -> closing(closing);
            case Body.TechnicalEvent event -> event(event);
            case Body.RulesApplied rules ->
                map().Add(1, rules.scheme())
                        .Add(2, rules.version())
                        .Add(3, rules.schemeHash())
                        .Add(4, rules.catalogueHash());
            case Body.ClockAdjusted clock -> map().Add(1, clock.fromMillis()).Add(2, clock.toMillis());
            case Body.TrainingSale training ->
                map().Add(1, training.practice())
                        .Add(2, training.totalCents())
                        .Add(3, training.cardCents())
                        .Add(4, training.detailsHash());
            case Body.Retirement retirement -> map().Add(1, retirement.reason());
        };
    }

    private static CBORObject map() {
        return CBORObject.NewMap();
    }

    private static CBORObject genesis(Body.Genesis genesis) {
        CBORObject hashes = CBORObject.NewArray();
        for (byte[] hash : genesis.certificateHashes()) hashes.Add(hash);
        CBORObject map = map().Add(1, genesis.fund())
                .Add(2, hashes)
                .Add(3, genesis.seller())
                .Add(4, genesis.software());
        Succession succession = genesis.succession();
        return succession == null ? map : map.Add(5, Parts.succession(succession));
    }

    private static CBORObject sale(Body.Sale sale) {
        CBORObject map = map().Add(1, sale.sale())
                .Add(2, sale.seller())
                .Add(3, Parts.scheme(sale.scheme()))
                .Add(4, Parts.lines(sale.lines()))
                .Add(5, sale.detailsHash());
        CardProof card = sale.card();
        if (card != null) map.Add(6, Parts.proof(card));
        byte[] before = sale.before();
        if (before != null) map.Add(7, before);
        PriceChosen price = sale.price();
        if (price != null) map.Add(8, Parts.price(price));
        Long most = sale.cardMostCents();
        if (most != null) map.Add(9, most.longValue());
        return map;
    }

    private static CBORObject cancellation(Body.Cancellation cancellation) {
        CBORObject map = map().Add(1, cancellation.sale())
                .Add(2, cancellation.saleHash())
                .Add(3, cancellation.reason())
                .Add(4, cancellation.detailsHash());
        CardProof card = cancellation.card();
        if (card != null) map.Add(5, Parts.proof(card));
        byte[] before = cancellation.before();
        return before == null ? map : map.Add(6, before);
    }

    /** What is not so is left out. */
    private static CBORObject marked(CBORObject map, int key, boolean so) {
        return so ? map.Add(key, true) : map;
    }

    private static CBORObject inDoubt(Body.InDoubt inDoubt) {
        CBORObject map = map().Add(1, inDoubt.sale())
                .Add(2, inDoubt.cardId())
                .Add(3, inDoubt.counterSeen())
                .Add(4, Parts.deltas(inDoubt.deltas()))
                .Add(5, inDoubt.intentHash());
        byte[] answer = inDoubt.answer();
        return marked(answer == null ? map : map.Add(6, answer), 7, inDoubt.cancelling());
    }

    private static CBORObject carried(Body.RecordCarried carried) {
        CardProof card = carried.card();
        return card != null ? map().Add(1, Parts.proof(card)) : map().Add(2, carried.sealed());
    }

    private static CBORObject closing(Body.Closing closing) {
        CBORObject map = map().Add(1, closing.period())
                .Add(2, closing.day())
                .Add(3, closing.sales())
                .Add(4, closing.cardCents())
                .Add(5, closing.perpetualCardCents())
                .Add(6, closing.detailsHash());
        // Left out as ever until something is cancelled, because the bytes of past closings are signed.
        return closing.undone().equals(Undone.NONE) ? map : map.Add(7, Parts.undone(closing.undone()));
    }

    private static CBORObject event(Body.TechnicalEvent event) {
        CBORObject map = map().Add(1, event.code());
        String note = event.note();
        return note == null ? map : map.Add(2, note);
    }
}
