import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Arrows of the house: what each kind of room may import. Printed in CONTRIBUTING.md. */
const arrows = {
  'type:model': [],
  'type:api': ['type:model'],
  'type:lib': ['type:model', 'type:api', 'type:lib'],
  'type:kernel': ['type:model', 'type:api', 'type:lib', 'type:plugin'],
  'type:steps': ['type:model', 'type:api', 'type:lib', 'type:kernel'],
  // An extended lib, too: plugin authors test with the scripted model server.
  'type:testkit': ['type:model', 'type:api', 'type:extended-lib'],
  'type:plugin': ['type:model', 'type:api', 'type:extended-lib', 'type:testkit'],
  'type:app': ['type:model', 'type:api', 'type:lib', 'type:kernel', 'type:steps', 'type:testkit'],
  'type:tool': [
    'type:model',
    'type:api',
    'type:lib',
    'type:kernel',
    'type:steps',
    'type:plugin',
    'type:testkit',
    'type:app',
  ],
  'type:e2e': [
    'type:model',
    'type:api',
    'type:lib',
    'type:kernel',
    'type:steps',
    'type:plugin',
    'type:testkit',
    'type:app',
    'type:tool',
  ],
};

/** The module-boundary rule with those arrows, and what tests may import on top. */
const boundaries = (extra = []) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    depConstraints: Object.entries(arrows).map(([sourceTag, tags]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...tags, ...extra],
    })),
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/cases/**', '.nx/**', '.cliparity/**', '**/*.generated.*'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 450, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 100, skipComments: true }],
      complexity: ['error', 14],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only; a plugin’s entry and a tool’s configuration are the exceptions.',
        },
        {
          selector: "CallExpression[callee.property.name='localeCompare']",
          message: 'Order must not depend on the locale: use compareBytes of @cliparity/model.',
        },
        {
          selector: "CallExpression[callee.object.name='container'][callee.property.name='resolve']",
          message: 'Only libs/kernel sees the container.',
        },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.bench.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      // A row of `it.each` is what a test is about, however long.
      'max-params': 'off',
      '@nx/enforce-module-boundaries': boundaries(['type:testkit']),
    },
  },
  { files: ['libs/kernel/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['plugins/*/src/*/**/*.ts', '**/*.config.js', 'jest.preset.js', 'eslint.config.js', 'tools/repo/jest/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly', module: 'writable', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
