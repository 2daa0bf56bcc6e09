package etal.provisioning.tool;

import etal.edge.keys.PrivateFile;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.cose.Hash;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.provisioning.cards.CardIssuer;
import etal.provisioning.cards.CardList;
import etal.provisioning.cards.CardOutcome;
import etal.provisioning.cards.IssuedCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code card personalise}: a batch of cards, one after another on the reader; a line {@code i/N ID} for each, and
 * {@code cards.json} beside the list at the end.
 */
@Command(name = "personalise", description = "Personalises a batch of cards.", mixinStandardHelpOptions = true)
final class PersonaliseCommand implements Callable<Integer> {
    private static final int COUNT_MAX = 100_000;

    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = "--count", required = true, paramLabel = "N", description = "how many cards the batch has")
    private int count;

    @Option(names = "--resume", description = "go on with the batch that was cut short")
    private boolean resume;

    @Option(
            names = "--reader",
            defaultValue = "127.0.0.1:35963",
            paramLabel = "READER",
            description = "pcsc:NAME, with a part of the reader's name or none; or 127.0.0.1:PORT, where cards connect")
    private String reader = "";

    @Mixin
    private EntitlementOptions entitled = new EntitlementOptions();

    @Option(names = "--test", description = "test cards, which buy nothing")
    private boolean test;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        Entitlement entitlement = entitled.read();
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        Authority authority = read.open();
        if (authority.serviceCertificates(Role.HUB_DOCUMENTS).isEmpty()) {
            throw new BadInput("no-documents-key");
        }
        CardList list = read.cardList();
        check(list);
        try (WorkbenchReader opened = WorkbenchReader.open(reader)) {
            if (!resume) {
                list.beginBatch(count);
            }
            make(opened, list, new CardIssuer(authority, list, read.clock(), read.entropy()), entitlement);
        }
        finish(read, list);
        return 0;
    }

    /** Whether the batch may begin or go on; nothing is written before the reader is there. */
    private void check(CardList list) throws BadInput, StorageFailed {
        CardList.Progress before = list.progress();
        if (count < 1 || count > COUNT_MAX) {
            throw new BadInput("count", count);
        }
        if (!resume && before.unfinished()) {
            throw new BadInput("unfinished", before.done(), before.size());
        }
        if (resume && !before.unfinished()) {
            throw new BadInput("nothing-to-resume");
        }
        if (resume && before.size() != count) {
            throw new BadInput("other-count", before.size());
        }
    }

    private void make(WorkbenchReader opened, CardList list, CardIssuer issuer, Entitlement entitlement)
            throws ReaderBroken, StorageFailed {
        CommandSpec command = Commands.of(spec);
        while (list.progress().unfinished()) {
            Commands.progress(command, Words.say("present", list.progress().done() + 1, opened.place()));
            try (WorkbenchReader.Card card = opened.next()) {
                CardOutcome outcome = issuer.personalise(card, entitlement, entitled.lastPeriod(), test);
                say(command, outcome, list.progress());
            } catch (CardGone e) {
                Commands.progress(command, Words.say("gone"));
            }
        }
    }

    private static void say(CommandSpec command, CardOutcome outcome, CardList.Progress progress) {
        switch (outcome) {
            case CardOutcome.Issued issued ->
                Commands.result(
                        command,
                        progress.done() + "/" + progress.size() + " "
                                + issued.card().id());
            case CardOutcome.AlreadyIssued(IssuedCard card) ->
                Commands.progress(command, Words.say("already", card.id()));
            case CardOutcome.Foreign foreign ->
                Commands.progress(
                        command,
                        Words.say("foreign", Hash.hex(foreign.certificate().cardId())));
            case CardOutcome.Refused(String step, int statusWord) ->
                Commands.progress(command, Words.say("refused", step, String.format(Locale.ROOT, "%04X", statusWord)));
            case CardOutcome.Unsound(String step, String reason) ->
                Commands.progress(command, Words.say("unsound", step, reason));
        }
    }

    private void finish(RegistrarConfig read, CardList list) throws StorageFailed {
        String entries =
                list.issued().stream().map(IssuedCard::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        PrivateFile.write(read.cards().resolve("cards.json"), entries.getBytes(StandardCharsets.UTF_8));
        CommandSpec command = Commands.of(spec);
        String pending = list.pending().stream().map(IssuedCard::id).collect(Collectors.joining(", "));
        if (!pending.isEmpty()) {
            Commands.progress(command, Words.say("pending", pending));
        }
        Commands.result(command, "done " + list.progress().size());
    }
}
