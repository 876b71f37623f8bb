/**
 * How Stryker runs our tests: mocha in its own process, files loaded once, then run again for each mutant. Stryker's own
 * runner reaches into files of mocha that version 12 no longer has (`lib/cli/run-helpers`, now `.cjs`).
 */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  INSTRUMENTER_CONSTANTS,
  type InstrumenterContext,
  type StrykerOptions,
} from "@stryker-mutator/api/core";
import { commonTokens, declareClassPlugin, type Plugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type CompleteDryRunResult,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import Mocha from "mocha";

/** What the instrumented code reads (which mutant is on) and writes (which mutants a test reached). */
const context: InstrumenterContext = (() => {
  const host = globalThis as { [name: string]: unknown };
  host[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  return host[INSTRUMENTER_CONSTANTS.NAMESPACE] as InstrumenterContext;
})();

/** Tests of speed say nothing of a change, and fail while other tests run beside them. */
const notOfSpeed = /^(?!.*(\d ms\b|milliseconds))/;

let results: TestResult[] = [];

/** A reporter that keeps what each test said. */
class Results {
  constructor(runner: Mocha.Runner) {
    results = [];
    runner.on("pass", (test) => results.push({ ...named(test), status: TestStatus.Success }));
    runner.on("fail", (test, error: Error) => {
      // A hook that fails is counted for the test before which, or after which, it ran.
      const failed = test.ctx?.currentTest ?? test;
      results.push({
        ...named(failed),
        status: TestStatus.Failed,
        failureMessage: error?.message ?? String(error),
      });
    });
  }
}

/** The file is named so that a test that was changed is run again. */
function named(test: Mocha.Runnable): { id: string; name: string; timeSpentMs: number; fileName?: string } {
  const name = test.fullTitle();
  return { id: name, name, timeSpentMs: test.duration ?? 0, fileName: test.file };
}

export class MochaRunner implements TestRunner {
  static readonly inject: [typeof commonTokens.options] = [commonTokens.options];
  readonly #mocha = new Mocha({ reporter: Results as never, timeout: 0 });
  #isLoaded = false;
  #isCounting = false;
  #isRunning = false;

  constructor(private readonly options: StrykerOptions) {}

  /** Modules are loaded once: a mutant of what runs while they load needs a process of its own. */
  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    const { require = [] } = JSON.parse(readFileSync(".mocharc.json", "utf8")) as { require?: string[] };
    for (const file of require) {
      const { mochaHooks } = await import(pathToFileURL(resolve(file)).href);
      if (mochaHooks) this.#mocha.rootHooks(mochaHooks);
    }
    for (const file of this.options.testFiles) this.#mocha.addFile(resolve(file));
    this.#mocha.cleanReferencesAfterRun(false);
    const isCounting = () => this.#isCounting;
    this.#mocha.suite.beforeEach(function (this: Mocha.Context) {
      if (isCounting()) context.currentTestId = this.currentTest?.fullTitle();
    });
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    this.#isCounting = coverageAnalysis === "perTest";
    this.#mocha.grep(notOfSpeed);
    const found = await this.#run(disableBail);
    this.#isCounting = false;
    return { ...found, mutantCoverage: context.mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, disableBail, hitLimit, mutantActivation } = options;
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit ? 0 : undefined;
    this.#mocha.grep(testFilter ? anyOf(testFilter) : notOfSpeed);
    if (mutantActivation === "static") context.activeMutant = activeMutant.id;
    const found = await this.#run(disableBail, activeMutant.id);
    return toMutantRunResult(determineHitLimitReached(context.hitCount, hitLimit) ?? found);
  }

  async dispose(): Promise<void> {
    if (!this.#isRunning) this.#mocha.dispose(); // a run that hangs is ended with its process
  }

  async #run(disableBail: boolean, mutant?: string): Promise<CompleteDryRunResult> {
    if (!this.#isLoaded) await this.#mocha.loadFilesAsync();
    this.#isLoaded = true;
    setBail(this.#mocha.suite, !disableBail);
    context.activeMutant = mutant;
    this.#isRunning = true;
    await new Promise<void>((resolve) => this.#mocha.run(() => resolve()));
    this.#isRunning = false;
    return { status: DryRunStatus.Complete, tests: results };
  }
}

function anyOf(titles: readonly string[]): RegExp {
  const escaped = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(escaped.map((title) => `^${title}$`).join("|"));
}

function setBail(suite: Mocha.Suite, isOn: boolean): void {
  suite.bail(isOn);
  for (const inner of suite.suites) setBail(inner, isOn);
}

/** What Stryker asks a plugin for. */
export const strykerPlugins: readonly Plugin<PluginKind>[] = [
  declareClassPlugin(PluginKind.TestRunner, "mocha12", MochaRunner),
];
