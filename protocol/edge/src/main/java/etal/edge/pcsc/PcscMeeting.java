package etal.edge.pcsc;

/** What came of connecting to what lies in the field. */
public sealed interface PcscMeeting {
    /** A card that talks; close it when it is done. */
    record Met(PcscCard card) implements PcscMeeting {}

    /** No ISO/IEC 14443-4 card: a badge, a transit tag. */
    record Unfit() implements PcscMeeting {}

    /** Something that does not talk, or not yet: a card at the edge of the field, or one put in the wrong way round. */
    record Mute() implements PcscMeeting {}

    /** It has left, or another program holds it. */
    record Missed() implements PcscMeeting {}
}
