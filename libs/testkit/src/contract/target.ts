import assert from 'node:assert/strict';
import { OPERATING_SYSTEMS } from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';
import { assertData, partChecks } from './assertions.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

/** What every target must be. */
export function targetContract(target: Target): readonly Check[] {
  const { id, os, arch, libc, aliases = [] } = target;
  return [
    ...partChecks(target),
    { name: 'is plain data', run: () => assertData(target, id) },
    { name: 'names a known operating system', run: () => assert.ok(OPERATING_SYSTEMS.includes(os), os) },
    { name: 'names an architecture', run: () => assert.match(arch, /^[a-z0-9_]+$/) },
    {
      name: 'has any architecture if and only if it has any system',
      run: () => assert.equal(arch === 'any', os === 'any'),
    },
    {
      name: 'names a C library only on linux',
      run: () => assert.ok(libc === undefined || (os === 'linux' && ['gnu', 'musl'].includes(libc)), libc),
    },
    {
      name: 'has aliases that are names, each once and none its own',
      run: () => {
        for (const alias of aliases) assert.match(alias, /^[A-Za-z0-9][A-Za-z0-9._-]*$/);
        assert.equal(new Set([id, ...aliases]).size, aliases.length + 1);
      },
    },
  ];
}

/** Registers the contract of a target with the test runner. */
export function describeTarget(target: Target, api?: TestApi): void {
  registerContract(`target ${target.id}`, targetContract(target), api);
}
