package etal.protocol.draw;

import etal.protocol.reading.Fault;
import java.util.List;

/** What reading a list of candidates gave. */
public sealed interface CandidatesReading {
    /** Candidates that can be drawn, in the order of the file. */
    record Read(List<Candidate> candidates) implements CandidatesReading {}

    /** What is wrong with the file, at least one fault, in the order of the reading. */
    record Faulty(List<Fault> faults) implements CandidatesReading {}
}
