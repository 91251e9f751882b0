/** The two functions of a test runner that a contract needs; jest, vitest (with globals) and mocha have them. */
export interface TestApi {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => void | Promise<void>) => void;
}

/** One thing that every part of a kind must do. `run` throws an AssertionError when it does not. */
export interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

/**
 * Registers checks with the test runner.
 * @param api the runner's functions; its globals unless given, so that this package depends on no runner
 */
export function registerContract(title: string, checks: readonly Check[], api?: TestApi): void {
  const { describe, it } = api ?? (globalThis as unknown as Partial<TestApi>);
  if (describe === undefined || it === undefined) {
    throw new Error('no global describe and it: pass your test runner’s own as the last argument');
  }
  describe(title, () => {
    for (const { name, run } of checks) it(name, run);
  });
}
