import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { Part } from '@cliparity/plugin-api';
import type { Check } from './test-api.js';

/** Fails unless the schema accepts the value; the message names the place. */
export function assertSchema(schema: object, value: unknown, what: string): void {
  const ajv = new Ajv({ strict: false, logger: false });
  if (ajv.validate(schema, value)) return;
  assert.fail(`${what}: ${ajv.errorsText(ajv.errors, { dataVar: '' })}`);
}

/** The value, made unchangeable all the way down, so that a part that changes its input throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Fails when a value is more than data: not the same after a round through JSON. */
export function assertData(value: unknown, what: string): void {
  assert.deepEqual(JSON.parse(JSON.stringify(value)), value, `${what} is not plain data`);
}

/** What every part owes, whatever its kind. */
export function partChecks(part: Part): readonly Check[] {
  return [
    {
      name: 'has an id that can be a folder name',
      run: () => assert.match(part.id, /^[A-Za-z0-9][A-Za-z0-9._-]*$/),
    },
    {
      name: 'has a whole number from 1 as revision',
      run: () => assert.ok(Number.isInteger(part.revision) && part.revision >= 1, `revision is ${part.revision}`),
    },
  ];
}
