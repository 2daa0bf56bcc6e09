package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.port.Signer;
import etal.port.StorageFailed;
import etal.protocol.card.PeriodToken;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import java.util.List;

/** What strangers say to a till, and cards that it must not take. */
final class TillForgeries {
    private TillForgeries() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("an acknowledgement with another signature", TillForgeries::strangersCheckpoint),
                new Attempt("an acknowledgement of another entry", TillForgeries::otherEntry),
                new Attempt("an acknowledgement from before the restoration", TillForgeries::oldGeneration),
                new Attempt("a document with another signature", TillForgeries::strangersDocument),
                new Attempt("a list of denied cards", TillForgeries::denied),
                new Attempt("an old list of denied cards", TillForgeries::oldDocument),
                new Attempt("a month under another signature", TillForgeries::strangersMonth),
                new Attempt("a key update that the root has not signed", TillForgeries::strangersKey),
                new Attempt("a stranger's card", TillForgeries::strangersCard),
                new Attempt("a card that has ended", TillForgeries::endedCard),
                new Attempt("a card that was rolled back", TillForgeries::rolledBack),
                new Attempt("what lies on the stick", TillForgeries::stick));
    }

    private static void acknowledge(SmallMarket market, long number, byte[] head, long generation, Signer signer) {
        long nowMillis = market.clock().now().toEpochMilli();
        var checkpoint = new Checkpoint(1, 1, number, head, nowMillis, generation);
        byte[] kid = market.fund().keys().hubKeys().acknowledgingKid();
        market.cable(false);
        market.buy("unsent");
        market.cable(true);
        market.say(Topics.ack(ForgersFund.FUND, 1), Checkpoint.sign(checkpoint, kid, signer::sign));
    }

    private static void strangersCheckpoint(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Signer stranger = fund.strangersKeys().hubKeys().acknowledging();
            long number = market.till().uplink().acknowledged();
            acknowledge(market, number, new byte[32], 1, stranger);
            unless(market.till().ledger().disowned() == 0, "the till believes an acknowledgement of a stranger");
        }
    }

    private static void otherEntry(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Signer hub = fund.keys().hubKeys().acknowledging();
            long number = market.till().uplink().acknowledged();
            acknowledge(market, number, new byte[32], 1, hub);
            unless(
                    market.till().ledger().disowned() == number,
                    "the till does not notice that the hub has acknowledged another entry");
        }
    }

    private static void oldGeneration(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Signer hub = fund.keys().hubKeys().acknowledging();
            long number = market.till().uplink().acknowledged();
            byte[] head = market.till().ledger().hashOf(number).orElseThrow();
            acknowledge(market, number, head, 7, hub);
            byte[] later = market.till().ledger().head().hash();
            acknowledge(market, market.till().ledger().head().number(), later, 1, hub);
            unless(
                    market.till().uplink().acknowledged() == number,
                    "the till believes what a hub has signed before it was restored");
        }
    }

    private static byte[] document(ForgersFund fund, String kind, long version, byte[] content, Signer signer) {
        var document = new Document(kind, kind, version, 0, content);
        return SignedDocument.sign(document, fund.keys().hubKeys().documentsKid(), signer::sign)
                .bytes();
    }

    private static void deny(SmallMarket market, long version, boolean denies, Signer signer) {
        List<byte[]> cards = denies ? List.of(market.fund().card().certificate().cardId()) : List.of();
        byte[] content = DenyList.of(cards).encode();
        market.say(
                Topics.doc(ForgersFund.FUND, Document.DENY, version),
                document(market.fund(), Document.DENY, version, content, signer));
    }

    private static boolean pays(SmallMarket market, String key) {
        return market.buy(key).state() == BasketState.PAID;
    }

    private static void strangersDocument(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            deny(market, 50, true, fund.strangersKeys().hubKeys().documents());
            unless(pays(market, "b1"), "the till obeys a document that its fund has not signed");
            // Unread it must not lie in store either: its high version would hide what the fund says afterwards.
            deny(market, 49, true, fund.keys().hubKeys().documents());
            unless(
                    !pays(market, "b2"),
                    "the till keeps a document that its fund has not signed in place of the fund's");
        }
    }

    private static void denied(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            deny(market, 50, true, fund.keys().hubKeys().documents());
            unless(!pays(market, "b1"), "a denied card has paid");
        }
    }

    private static void oldDocument(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Signer hub = fund.keys().hubKeys().documents();
            deny(market, 50, true, hub);
            deny(market, 49, false, hub);
            unless(!pays(market, "b1"), "an old list of denied cards has taken the place of the newest");
        }
    }

    private static void strangersMonth(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Signer stranger = fund.strangersKeys().hubKeys().documents();
            var token = PeriodToken.sign(ForgersFund.FUND, ForgersFund.MONTH + 1, 0, 1, stranger::sign);
            Signer hub = fund.keys().hubKeys().documents();
            market.say(
                    Topics.doc(ForgersFund.FUND, Document.PERIOD, 5_000),
                    document(fund, Document.PERIOD, 5_000, token.encode(), hub));
            unless(
                    market.till().stall().period() == ForgersFund.MONTH,
                    "the till opens a month whose token the issuing key has not signed");
        }
    }

    private static void strangersKey(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            byte[] content = new KeyUpdates(fund.strangersUpdates().updates()).encode();
            Signer hub = fund.keys().hubKeys().documents();
            market.say(
                    Topics.doc(ForgersFund.FUND, Document.KEYS, 50), document(fund, Document.KEYS, 50, content, hub));
            unless(
                    SmallMarket.rows(
                                    market.tillStore(),
                                    "SELECT version FROM document WHERE kind = 'keys' AND version = 50 ORDER BY version")
                            .isEmpty(),
                    "the till keeps a key update that the root has not signed");
        }
    }

    private static void strangersCard(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            var unused = market.buy("b1", fund.strangersCard().chip());
            unless(
                    market.till().stall().look("b1") instanceof etal.terminal.sale.Answer.Basket basket
                            && basket.basket().said().key().contains("genuine"),
                    "the till does not say that a stranger's card is not genuine");
        }
    }

    private static void endedCard(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            unless(pays(market, "b0"), "an honest sale is not paid");
            Signer hub = fund.keys().hubKeys().documents();
            int month = fund.card().certificate().lastPeriod() + 1;
            var token = PeriodToken.sign(ForgersFund.FUND, month, 0, 1, hub::sign);
            market.say(
                    Topics.doc(ForgersFund.FUND, Document.PERIOD, 5_000),
                    document(fund, Document.PERIOD, 5_000, token.encode(), hub));
            unless(!pays(market, "b1"), "a card has paid whose certificate has ended");
        }
    }

    /** A copy of the card as it left the desk. */
    private static void rolledBack(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            unless(pays(market, "b1"), "an honest sale is not paid");
            unless(
                    market.buy("b2", fund.card().chip()).state() != BasketState.PAID,
                    "a card has paid that is older than it was");
        }
    }

    private static void stick(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            unless(pays(market, "b1"), "an honest sale is not paid");
            unless(
                    market.medium().size() == market.till().ledger().head().number(),
                    "the stick holds " + market.medium().size() + " entries of "
                            + market.till().ledger().head().number());
        }
    }
}
