package etal.protocol.catalogue;

import etal.protocol.reading.Fault;
import java.util.List;

/** What reading a product list gave. */
public sealed interface CatalogueReading {
    /** A catalogue that can be used. */
    record Read(Catalogue catalogue) implements CatalogueReading {}

    /** What is wrong with the file, at least one fault, in the order of the lines. */
    record Faulty(List<Fault> faults) implements CatalogueReading {}
}
