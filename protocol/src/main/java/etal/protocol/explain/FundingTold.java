package etal.protocol.explain;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Scheme;

/** Money beside the contributions. Stateless. */
final class FundingTold {
    private FundingTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        Funding funding = scheme.funding();
        for (Funding.Funder funder : funding.funders()) {
            String key = funder.pays() == Funding.Pays.BONUS ? "funding.bonus" : "funding.allocation";
            telling.say("funding.funders", key, funder.name(), funder.percent(), funder.id());
        }
        funding.payback().ifPresent(payback -> telling.say("funding.payback", "funding.payback", payback.percent()));
        funding.attendance().ifPresent(attendance -> {
            for (Funding.Attendance.Meeting meeting : attendance.meetings()) {
                telling.say(
                        "funding.attendance.meetings",
                        "funding.meeting",
                        meeting.name(),
                        meeting.amountCents(),
                        meeting.id());
            }
            telling.say("funding.attendance.onCard", attendance.onCard() ? "funding.onCard" : "funding.counted");
        });
        for (Funding.Sister sister : funding.sisters()) {
            boolean bounded = sister.saleMostCents() < Balances.PURSE_MAX;
            telling.say(
                    "funding.sisters",
                    bounded ? "funding.sister.most" : "funding.sister",
                    sister.name(),
                    String.valueOf(sister.fund()),
                    sister.saleMostCents());
        }
        return telling.under("funding");
    }
}
