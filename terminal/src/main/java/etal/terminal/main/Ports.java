package etal.terminal.main;

import etal.port.CardReader;
import etal.port.Clock;
import etal.port.Database;
import etal.port.Entropy;
import etal.port.Link;
import etal.port.Loop;
import etal.port.Medium;
import etal.port.Signal;
import etal.port.printer.Printer;

/** The outside world of one till: real in the process, faked in the simulation. The signer comes with the identity. */
public record Ports(
        Clock clock,
        Entropy entropy,
        Loop loop,
        Database database,
        Medium medium,
        CardReader reader,
        Printer printer,
        Link link,
        Signal signal) {}
