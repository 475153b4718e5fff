import { Command, CommanderError, Option } from 'commander';
import type { ExitStatus } from '../verify/exit-status.js';
import { EXIT } from '../verify/exit-status.js';
import type { ExploreCommandOptions } from './explore-command.js';
import type { Solver } from '../encoding/index.js';
import { DEFAULTS, nonEmpty, parseJobs, type ProverOptions, seconds, wholeNumber } from './options.js';
import type { ShowCommandOptions } from './show-command.js';
import { toolVersions } from './tool.js';
import type { TraceCommandOptions } from './trace-command.js';
import { UsageError } from './usage-error.js';
import type { VerifyCommandOptions } from './verify-command.js';

/**
 * Runs one command line (without the interpreter and the script) and gives its exit status. Whatever is the user's to
 * repair is reported on standard error; only bugs of this tool are thrown. Commands are loaded when they are needed.
 */
export async function runCommandLine(words: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.internal;
  const program = buildProgram((result) => {
    status = result;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.input;
    if (!(error instanceof UsageError)) throw error;
    const hint = error.hint === null ? '' : `\n  help: ${error.hint}`;
    process.stderr.write(`error: ${error.message}${hint}\n`);
    return EXIT.input;
  }
}

function buildProgram(finish: (status: ExitStatus) => void): Command {
  const { name, version } = toolVersions();
  const program = new Command(name)
    .description('Verifies concurrent, crash-safe storage code in annotated Go.')
    .version(version)
    .showHelpAfterError('(--help lists commands and options)')
    .exitOverride();
  addVerify(program, finish);
  addExplore(program, finish);
  addShow(program, finish);
  addTrace(program, finish);
  return program;
}

const PATHS_ARGUMENT = '[path...]';
const PATHS_HELP = 'folders that hold annotated packages (default: here)';

function addVerify(program: Command, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('verify')
    .description('prove every annotated package under the paths')
    .argument(PATHS_ARGUMENT, PATHS_HELP);
  addFormat(command);
  addProver(command);
  command
    .option(
      '--explore <seconds>',
      'search this long for an execution when a proof fails',
      seconds(0),
      DEFAULTS.exploreSeconds,
    )
    .option(
      '--cross-check',
      'search packages that are proved as well: warns of threads that wait for ever; finding anything else is an internal error',
    );
  addReport(command);
  command.action(async (paths: string[], options: VerifyCommandOptions) => {
    const status = await withSolver(options, async (solver) => {
      const { verifyCommand } = await import('./verify-command.js');
      return verifyCommand(orHere(paths), options, solver);
    });
    finish(status);
  });
}

function addExplore(program: Command, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('explore')
    .description(
      'search the executions of every package within growing bounds; needs no annotations but the specification',
    )
    .argument(PATHS_ARGUMENT, PATHS_HELP)
    .option('--budget <seconds>', 'search this long in each package', seconds(0.1), DEFAULTS.exploreSeconds);
  addFormat(command);
  addReport(command);
  command.action(async (paths: string[], options: ExploreCommandOptions) => {
    const { exploreCommand } = await import('./explore-command.js');
    finish(await exploreCommand(orHere(paths), options));
  });
}

function addShow(program: Command, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('show')
    .description('print layers, steps and obligations as understood')
    .argument(PATHS_ARGUMENT, PATHS_HELP)
    .option('--smt', 'print every query as SMT-LIB 2 instead');
  addProver(command);
  addReport(command);
  command.action(async (paths: string[], options: ShowCommandOptions) => {
    const status = await withSolver(options, async (solver) => {
      const { showCommand } = await import('./show-command.js');
      return showCommand(orHere(paths), options, solver);
    });
    finish(status);
  });
}

function addTrace(program: Command, finish: (status: ExitStatus) => void): void {
  const command = program
    .command('trace')
    .description('show the counterexamples of the last run, or of a JSON report')
    .argument('[report]', 'a report of `verify --format json` (default: the last run in this directory)')
    .argument('[id]', 'an obligation id, or a part of one')
    .option(
      '--replay',
      'run the execution again on the code as it is now (exit 1: it happens, 2: it does not)',
    )
    .option('--json', 'print the executions as JSON');
  addReport(command);
  command.action(async (report: string | undefined, id: string | undefined, options: TraceCommandOptions) => {
    const { traceCommand } = await import('./trace-command.js');
    const positional = [report, id].filter((word) => word !== undefined);
    finish(await traceCommand(positional, options));
  });
}

/** Runs a command with a solver, which gets ready while the rest of the command is loaded. */
async function withSolver(
  options: ProverOptions,
  command: (solver: Solver) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const { openSolver } = await import('./open-solver.js');
  const solver = openSolver(options);
  try {
    return await command(solver);
  } finally {
    await solver.close();
  }
}

function addFormat(command: Command): void {
  command.addOption(
    new Option('--format <format>', 'how to print the result').choices(['pretty', 'json']).default('pretty'),
  );
}

function addReport(command: Command): void {
  command
    .option('--output <file>', 'write the result to a file', nonEmpty)
    .addOption(new Option('--quiet', 'print failures only').conflicts('verbose'))
    .option('--verbose', 'print every obligation')
    .option('--no-color', 'print without colours (so does NO_COLOR)');
}

function addProver(command: Command): void {
  command
    .option('--jobs <n>', 'number of solvers at work at once', parseJobs, DEFAULTS.jobs)
    .option(
      '--filter <op-or-id>',
      'only the obligations of this op, or those whose id contains this',
      nonEmpty,
    )
    .option('--rlimit <n>', "solver's resource units for each query", wholeNumber(1), DEFAULTS.rlimit)
    .option('--timeout <seconds>', 'wall time for each query', seconds(0.1), DEFAULTS.timeoutSeconds)
    .option('--seed <n>', "solver's random seed", wholeNumber(0), DEFAULTS.seed);
}

function orHere(paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? ['.'] : paths;
}
