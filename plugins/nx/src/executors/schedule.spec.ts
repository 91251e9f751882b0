import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schedule } from './schedule.js';

interface Plan {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly bad?: readonly string[];
  readonly lanes?: number;
  readonly first?: Readonly<Record<string, readonly string[]>>;
}

async function runPlan({ needs, bad = [], lanes = 1, first = {} }: Plan) {
  const ids = Object.keys(needs);
  const busy = new Set<string>();
  const laneOf = (id: string): string => String(ids.indexOf(id) % lanes);
  const run = async (id: string): Promise<boolean> => {
    expect([...busy].map(laneOf)).not.toContain(laneOf(id));
    busy.add(id);
    await new Promise(setImmediate);
    busy.delete(id);
    return !bad.includes(id);
  };
  const order: string[] = [];
  const dependenciesOf = (id: string): readonly string[] => needs[id] ?? [];
  const rather = (id: string): readonly string[] => first[id] ?? [];
  for await (const [id] of schedule({ ids, dependenciesOf, rather, run, succeeded: (ok) => ok, laneOf }))
    order.push(id);
  return order;
}

describe('schedule', () => {
  it('runs what is ready, after what it needs', async () => {
    expect(await runPlan({ needs: { c: ['b'], b: ['a'], a: [] } })).toEqual(['a', 'b', 'c']);
  });

  it('counts what is not in the batch as done', async () => {
    expect(await runPlan({ needs: { b: ['elsewhere'], a: [] } })).toEqual(['b', 'a']);
  });

  it('leaves out what waits for a failed task, and nothing else', async () => {
    const needs = { a: [], b: ['a'], c: ['b'], d: [] };
    expect(await runPlan({ needs, bad: ['a'] })).toEqual(['a', 'd']);
  });

  it('lets go first what should, and does not wait for what never runs', async () => {
    const needs = { b: [], u: ['a'], a: [] };
    expect(await runPlan({ needs, first: { b: ['u'] } })).toEqual(['a', 'u', 'b']);
    expect(await runPlan({ needs, first: { b: ['u'] }, bad: ['a'] })).toEqual(['a', 'b']);
    expect(await runPlan({ needs, first: { b: ['u', 'elsewhere'], u: ['b'] } })).toHaveLength(3);
  });

  it('ends, runs each task once and never before its dependencies, whatever the graph', async () => {
    const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (rows, lanes) => {
        const needs = Object.fromEntries(
          rows.map((row, at) => [`t${at}`, row.filter((other) => other < at).map((other) => `t${other}`)]),
        );
        const order = await runPlan({ needs, lanes });
        expect([...order].sort()).toEqual(Object.keys(needs).sort());
        order.forEach((id, at) => {
          for (const need of needs[id] ?? []) expect(order.indexOf(need)).toBeLessThan(at);
        });
      }),
      { numRuns: 50 },
    );
  });
});
