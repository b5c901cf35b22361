package org.monna.simulation;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * The command line: {@code monna train}, {@code monna report} and {@code monna aggregate}. Wrong use is told in one sentence on the error
 * stream, with exit status 2.
 */
@Command(
    name = "monna",
    description = "Robust aggregation of vectors, up to f of which are arbitrary.",
    mixinStandardHelpOptions = true,
    version = "monna 0.1.0",
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TrainCommand.class, ReportCommand.class, AggregateCommand.class})
final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (e, args) -> {
              String command = e.getCommandLine().getCommandSpec().qualifiedName();
              e.getCommandLine().getErr().printf("%s: %s (see %s --help)%n", command, e.getMessage(), command);
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (!(e instanceof IOException)) {
                throw e;
              }
              command.getErr().printf("%s: %s%n", command.getCommandSpec().qualifiedName(), e.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }
}
