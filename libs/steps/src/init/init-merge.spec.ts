import { describe, expect, it } from '@jest/globals';
import { tomlName } from './init-detect.js';
import { withDevDependencies, withLines, withNxPlugin } from './init-merge.js';

describe('withLines', () => {
  it('adds what is not there, and only that', () => {
    expect(withLines('', ['.cliparity/'])).toBe('.cliparity/\n');
    expect(withLines('dist', ['.cliparity/', 'dist/'])).toBe('dist\n.cliparity/\n');
    expect(withLines('/.cliparity\n', ['.cliparity/'])).toBe('/.cliparity\n');
    // A line that says the opposite is no line that says it.
    expect(withLines('!.cliparity/\n', ['.cliparity/'])).toBe('!.cliparity/\n.cliparity/\n');
  });
});

describe('withNxPlugin', () => {
  it('makes a file, or adds to one as it is indented', () => {
    expect(JSON.parse(withNxPlugin(undefined, 'p') ?? '')).toMatchObject({ plugins: ['p'], analytics: false });
    expect(withNxPlugin('{\n\t"x": 1\n}\n', 'p')).toBe('{\n\t"x": 1,\n\t"plugins": [\n\t\t"p"\n\t]\n}\n');
  });
  it('leaves one alone that has it, however it is named', () => {
    for (const entry of ['"p"', '{"plugin": "p", "options": {}}']) {
      const text = `{"plugins": ["q", ${entry}]}`;
      expect(withNxPlugin(text, 'p')).toBe(text);
    }
  });
  it('tells it where the roots are, where that is not the usual folder', () => {
    const entry = { plugin: 'p', options: { manifests: 'roots' } };
    expect(JSON.parse(withNxPlugin(undefined, 'p', 'roots') ?? '')).toMatchObject({ plugins: [entry] });
    const text = withNxPlugin('{ "plugins": ["p"] }', 'p', 'roots') ?? '';
    expect(JSON.parse(text)).toEqual({ plugins: ['p', entry] });
    expect(withNxPlugin(text, 'p', 'roots')).toBe(text);
    expect(withNxPlugin(text, 'p')).toBe(text);
  });
  it('does not rewrite what it cannot read', () => {
    expect(withNxPlugin('{ // comment\n}', 'p')).toBeUndefined();
    expect(withNxPlugin('[]', 'p')).toBeUndefined();
  });
});

describe('withDevDependencies', () => {
  it('adds what is in neither list, sorted', () => {
    const text = '{\n  "name": "x",\n  "dependencies": { "b": "1" },\n  "devDependencies": { "z": "1" }\n}\n';
    expect(JSON.parse(withDevDependencies(text, { a: '2', b: '2' }, 'n') ?? '')).toEqual({
      name: 'x',
      dependencies: { b: '1' },
      devDependencies: { a: '2', z: '1' },
    });
    expect(withDevDependencies(text, { b: '2', z: '2' }, 'n')).toBe(text);
    expect(withDevDependencies('{', { a: '1' }, 'n')).toBeUndefined();
  });
  it('makes a private package where there is none', () => {
    expect(JSON.parse(withDevDependencies(undefined, { a: '1' }, 'n') ?? '')).toEqual({
      name: 'n',
      private: true,
      devDependencies: { a: '1' },
    });
  });
});

describe('tomlName', () => {
  it('is the name in one of the tables, not in another', () => {
    const text = '[tool.other]\nname = "no"\n[project]\nversion = "1"\nname = "yes"\n';
    expect(tomlName(text, ['project'])).toBe('yes');
    expect(tomlName("[package]\nname='crate'\n", ['package'])).toBe('crate');
    expect(tomlName(text, ['package'])).toBeUndefined();
  });
});
