import { describe, expect, it } from '@jest/globals';
import type { Release } from '@cliparity/plugin-api';
import { decideWatch, type WatchQuestion } from './watch-policy.js';

const NOW = new Date('2026-03-10T12:00:00Z');
const release = (version: string, more: Partial<Release> = {}): Release => ({
  version,
  tag: `v${version}`,
  draft: false,
  prerelease: version.includes('-'),
  yanked: false,
  ...more,
});
function decide(versions: readonly (string | Release)[], more: Partial<WatchQuestion> = {}) {
  const releases = versions.map((one) => (typeof one === 'string' ? release(one) : one));
  const { candidate, held, older } = decideWatch({ releases, newestLocked: '1.0.0', policy: {}, now: NOW, ...more });
  return { candidate: candidate?.version, held: held.map(({ version, reason }) => `${version} ${reason}`), older };
}

describe('decideWatch', () => {
  it('takes the newest release that is newer than what is locked, whatever order the source has', () => {
    expect(decide(['1.2.0', '1.10.0', '0.9.0', '1.0.0'])).toEqual({
      candidate: '1.10.0',
      held: ['1.2.0 superseded'],
      older: 2,
    });
    expect(decide(['1.0.0', '0.9.0'])).toEqual({ candidate: undefined, held: [], older: 2 });
  });
  it('takes anything when nothing is locked', () => {
    expect(decide(['0.1.0'], { newestLocked: undefined }).candidate).toBe('0.1.0');
    expect(decide([], { newestLocked: undefined })).toEqual({ candidate: undefined, held: [], older: 0 });
  });
  it('holds back drafts, pre-releases and what was withdrawn', () => {
    const releases = ['1.4.0-rc.1', release('1.3.0', { draft: true }), release('1.2.0', { yanked: true }), '1.1.0'];
    expect(decide(releases)).toEqual({
      candidate: '1.1.0',
      held: ['1.4.0-rc.1 prerelease', '1.3.0 draft', '1.2.0 yanked'],
      older: 0,
    });
  });
  it('leaves the newest to others when the policy says so', () => {
    const policy = { policy: 'latest_stable_minus_one' } as const;
    expect(decide(['1.3.0', '1.2.0', '1.1.0'], { policy })).toMatchObject({
      candidate: '1.2.0',
      held: ['1.3.0 policy', '1.1.0 superseded'],
    });
    expect(decide(['1.1.0', '1.0.0'], { policy })).toMatchObject({ candidate: undefined, held: ['1.1.0 policy'] });
    expect(decide(['1.0.0', '0.9.0'], { policy })).toMatchObject({ candidate: undefined, held: [] });
    // A withdrawn release is not the newest.
    expect(decide([release('1.3.0', { yanked: true }), '1.2.0', '1.1.0'], { policy }).candidate).toBe('1.1.0');
  });
  it('waits until a release has been out long enough, to the minute', () => {
    const policy = { soak_days: 3 };
    const at = (publishedAt: string) => decide([release('1.2.0', { publishedAt })], { policy });
    expect(at('2026-03-07T12:00:00Z').candidate).toBe('1.2.0');
    expect(at('2026-03-07T12:01:00Z')).toMatchObject({ candidate: undefined, held: ['1.2.0 soaking'] });
    const old = release('1.1.0', { publishedAt: '2026-01-01T00:00:00Z' });
    expect(decide([release('1.2.0', { publishedAt: '2026-03-09T00:00:00Z' }), old], { policy })).toMatchObject({
      candidate: '1.1.0',
      held: ['1.2.0 soaking'],
    });
  });
  it('cannot count the days of a release without a time, and says so', () => {
    expect(decide(['1.2.0'], { policy: { soak_days: 1 } })).toMatchObject({ held: ['1.2.0 undated'] });
    expect(decide(['1.2.0'], { policy: { soak_days: 0 } }).candidate).toBe('1.2.0');
  });
});
