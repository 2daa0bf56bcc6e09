package etal.fleet.bench;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.protocol.card.CardRecord;
import etal.protocol.card.PeriodToken;
import etal.terminal.card.CardAccess;
import etal.terminal.card.CardSession;
import etal.terminal.card.LoadResult;
import etal.terminal.card.Meeting;

/** What happened to a card before the tap that is measured: the terminal's own session, without a till around it. */
final class ByHand {
    private ByHand() {}

    /** The card gets to know the terminal. */
    static CardSession introduce(BenchCard card, CardAccess access) throws CardGone, ReaderBroken {
        if (!(CardSession.meet(card.channel(), access, BenchFund.PERIOD) instanceof Meeting.Met met)) {
            throw new IllegalStateException("the card was refused");
        }
        var refusal = met.session().readState();
        if (refusal != null) {
            throw new IllegalStateException("the card was refused: " + refusal);
        }
        return met.session();
    }

    /** The month is loaded at that terminal. */
    static CardRecord load(BenchCard card, CardAccess access, PeriodToken token) throws CardGone, ReaderBroken {
        CardSession session = introduce(card, access);
        if (!(session.load(token, token.issuedAtSeconds()) instanceof LoadResult.Loaded loaded)) {
            throw new IllegalStateException("the month was not loaded");
        }
        card.chip().powerOff();
        return loaded.record();
    }
}
