import { describe, expect, it } from '@jest/globals';
import { memberAmong } from './init-member.js';
import { guessNpm, programsOf } from './init-npm.js';
import { newestOf } from './init-registry.js';

describe('programsOf', () => {
  it('reads both shapes, and nothing from a wrong one', () => {
    expect([...programsOf({ name: '@a/tool', bin: './cli.js' })]).toEqual([['tool', './cli.js']]);
    expect([...programsOf({ name: 'x', bin: { one: 'a.js', two: 3 } })]).toEqual([['one', 'a.js']]);
    expect([...programsOf({ name: 'x', bin: 7 })]).toEqual([]);
  });
});

describe('guessNpm', () => {
  it('reads platform versions of one package, as aliases name them', () => {
    const facts = {
      name: '@a/tool',
      version: '1.2.3',
      bin: { tool: 'bin/tool.js' },
      optionalDependencies: {
        '@a/tool-linux-x64': 'npm:@a/tool@1.2.3-linux-x64',
        '@a/tool-win32-arm64': 'npm:@a/tool@1.2.3-win32-arm64',
      },
    };
    expect(guessNpm(facts, 'tool')).toMatchObject({
      targets: ['linux-x64', 'win32-arm64'],
      layouts: [{ fits: '*', spec: '{version}-{npm}', kind: 'file', member: 'bin/{binary}{exe}' }],
      notes: [expect.stringContaining('bin/tool')],
    });
    expect(guessNpm(facts, 'tool').layouts[0]).not.toHaveProperty('package');
  });
  it('reads a package per platform, beside the main one or in a scope of its own', () => {
    const of = (name: string, optionalDependencies: Record<string, string>) =>
      guessNpm({ name, version: '1.0.0', optionalDependencies }, 'tool', 'tool');
    expect(of('tool', { 'tool-linux-x64': '1.0.0', 'tool-darwin-arm64': '1.0.0' })).toEqual({
      targets: ['linux-x64', 'darwin-arm64'],
      layouts: [{ fits: '*', package: '{package}-{npm}', spec: '{version}', kind: 'file', member: 'tool' }],
      notes: [],
    });
    expect(of('tool', { '@tool/linux-x64': '^1.0.0' }).layouts).toMatchObject([
      { package: '@tool/{npm}', spec: '{version}' },
    ]);
  });
  it('says what it leaves out', () => {
    const optionalDependencies = {
      'tool-linux-x64': '1.0.0',
      '@tool/linux-arm64': '1.0.0',
      'tool-freebsd-x64': '1.0.0',
      fsevents: '2',
    };
    const { targets, notes } = guessNpm({ name: 'tool', version: '1.0.0', optionalDependencies }, 'tool', 'tool');
    expect(targets).toEqual(['linux-x64', 'linux-arm64']);
    expect(notes).toEqual([expect.stringMatching(/^1 platform package/), expect.stringContaining('tool-freebsd-x64')]);
  });
  it('does not take the platforms of an addon for its own', () => {
    const optionalDependencies = { '@else/pty-linux-x64': '1.0.0', 'pty-linux-arm64': '1.0.0' };
    const facts = { name: '@me/tool-cli', version: '1.0.0', bin: { tool: 'tool.js' }, optionalDependencies };
    expect(guessNpm(facts, 'tool').targets).toEqual(['any']);
  });
  it('takes a package without platforms for a script', () => {
    const facts = { name: 'tool', version: '1.0.0', bin: './cli.js', dependencies: { a: '1' } };
    expect(guessNpm(facts, 'tool')).toEqual({
      targets: ['any'],
      layouts: [{ fits: '*', spec: '{version}', kind: 'tree', member: '.', entry: 'cli.js' }],
      notes: [expect.stringContaining('1 dependencies')],
    });
  });
});

describe('memberAmong', () => {
  it('finds the one file of the program’s name', () => {
    expect(memberAmong(['package.json', 'vendor/x/tool/tool'], 'tool')).toBe('vendor/x/tool/{binary}{exe}');
    expect(memberAmong(['bin/tool.exe'], 'tool')).toBe('bin/{binary}{exe}');
    expect(memberAmong(['a/tool', 'b/tool'], 'tool')).toBeUndefined();
    expect(memberAmong(['tool.js'], 'tool')).toBeUndefined();
  });
});

describe('newestOf', () => {
  it('is the newest stable version, else the newest', () => {
    const versions = { '1.0.0': {}, '1.10.0': { bin: 'x' }, '1.9.0': {}, '2.0.0-rc.1': {}, 'no version': {} };
    expect(newestOf('t', versions)).toEqual({ name: 't', version: '1.10.0', bin: 'x' });
    expect(newestOf('t', { '2.0.0-rc.1': {} })?.version).toBe('2.0.0-rc.1');
    expect(newestOf('t', {})).toBeUndefined();
  });
});
