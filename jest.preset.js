// One configuration for every project: `nx test <project>` runs jest in the project's folder with this file.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = dirname(fileURLToPath(import.meta.url));

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      `${workspace}/node_modules/@swc/jest`,
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@cliparity/plugin-api$': `${workspace}/libs/plugin-api/src/index.ts`,
    '^@cliparity/nx$': `${workspace}/plugins/nx/src/index.ts`,
    '^@cliparity/plugin-([a-z-]+)$': `${workspace}/plugins/$1/src/index.ts`,
    '^@cliparity/tool-([a-z-]+)$': `${workspace}/tools/$1/src/index.ts`,
    '^@cliparity/([a-z-]+)$': `${workspace}/libs/$1/src/index.ts`,
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFilesAfterEnv: [`${workspace}/tools/repo/jest/loopback-guard-setup.mjs`],
  reporters: ['default', `${workspace}/tools/repo/jest/count-reporter.mjs`],
  // Against what hangs, not against a busy machine.
  testTimeout: 180_000,
};
