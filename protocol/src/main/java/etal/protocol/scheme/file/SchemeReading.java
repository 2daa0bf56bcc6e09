package etal.protocol.scheme.file;

import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import java.util.List;

/** What reading a scheme file gave. */
public sealed interface SchemeReading {
    /** A scheme that can be used. */
    record Read(Scheme scheme) implements SchemeReading {}

    /** What is wrong with the file, at least one fault, in the order of the lines. */
    record Faulty(List<Fault> faults) implements SchemeReading {}
}
