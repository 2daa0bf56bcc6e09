package etal.provisioning.tool;

import picocli.CommandLine.Command;

/** {@code card}: the commands about cards. */
@Command(name = "card", description = "Cards.", mixinStandardHelpOptions = true, subcommands = PersonaliseCommand.class)
final class CardCommand {}
