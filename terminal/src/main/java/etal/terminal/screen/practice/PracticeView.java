package etal.terminal.screen.practice;

import java.util.Optional;

/**
 * Whether the till practises, and what can be done about it. All texts are in the reader's language. Immutable.
 *
 * @param word what came of the last touch; empty for nothing
 * @param hindrance why no training can begin now
 * @param since since when the till practises; empty while it sells
 * @param sales how often something was sold for practice, in all trainings
 */
public record PracticeView(String word, Optional<String> hindrance, Optional<String> since, String sales) {}
