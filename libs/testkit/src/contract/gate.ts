import assert from 'node:assert/strict';
import { FindingSchema } from '@cliparity/model';
import type { Change, Gate, Io } from '@cliparity/plugin-api';
import { assertSchema, deepFreeze, partChecks } from './assertions.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

/** A change that a gate must pass and one that it must not. Called when the checks run. */
export interface GateCase {
  readonly io: () => Io;
  readonly clean: () => Change | Promise<Change>;
  readonly dirty: () => Change | Promise<Change>;
}

/** What every gate must do. */
export function gateContract(gate: Gate, { io, clean, dirty }: GateCase): readonly Check[] {
  return [
    ...partChecks(gate),
    {
      name: 'says which files it looks at, relative to the workspace',
      run: () => {
        assert.ok(gate.inputs.length > 0, 'no inputs');
        for (const glob of gate.inputs) assert.doesNotMatch(glob, /^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)|\\/);
      },
    },
    {
      name: 'says of each tool it needs how to get it',
      run: () => {
        for (const { name, remedy } of gate.needs ?? []) assert.ok(name.length > 0 && remedy.length > 0, name);
      },
    },
    {
      name: 'finds nothing in a clean change',
      run: async () => assert.deepEqual(await gate.run(deepFreeze(await clean()), io()), []),
    },
    {
      name: 'finds something in a dirty change, the same each time',
      run: async () => {
        const change = deepFreeze(await dirty());
        const findings = await gate.run(change, io());
        assert.ok(findings.length > 0, 'found nothing');
        for (const finding of findings) assertSchema(FindingSchema, finding, 'finding');
        assert.deepEqual(await gate.run(change, io()), findings);
      },
    },
  ];
}

/** Registers the contract of a gate with the test runner. */
export function describeGate(gate: Gate, example: GateCase, api?: TestApi): void {
  registerContract(`gate ${gate.id}`, gateContract(gate, example), api);
}
