import js from '@eslint/js'
import * as regexp from 'eslint-plugin-regexp'
import security from 'eslint-plugin-security'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { builtinModules } from 'node:module'
import tseslint from 'typescript-eslint'

/** The walls between the folders. `test/walls.test.ts` reads the whole import graph; these say it where one types. */
function wall(files, message, { patterns = [], packages = [], regex }) {
  const group = [...patterns, ...packages.flatMap((name) => [name, `${name}/*`])]
  const banned = [...(group.length > 0 ? [{ group, message }] : []), ...(regex ? [{ regex, message }] : [])]
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: banned }] } }
}
/** Out of main, but to what both sides share. */
const outside = '^\\.\\./\\.\\./(?!shared/)'
const node = [...builtinModules, 'node:*']

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node }, ecmaVersion: 2022 },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      'no-control-regex': 'off', // names and addresses are parsed by what they may not hold
    },
  },
  {
    files: ['renderer/**/*.{ts,svelte}', 'clients/extension/**/*.{ts,svelte}', 'test/pages/**/*.svelte'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    rules: { 'svelte/no-at-html-tags': 'error', 'no-undef': 'off' },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  { files: ['test/**'], rules: { 'max-lines': ['error', { max: 380, skipBlankLines: true, skipComments: true }] } }, // tables of cases
  {
    // Of what the security plugin knows, that which is a fault wherever it stands. What it guesses of paths, properties and comparisons is none here.
    files: ['shared/**', 'main/**', 'preload/**', 'renderer/**', 'backend/**', 'clients/**', 'scripts/**'],
    plugins: { regexp, security },
    rules: {
      'regexp/no-super-linear-backtracking': 'error', // whoever sends a text must not be able to say how long it is looked at
      'security/detect-bidi-characters': 'error',
      'security/detect-buffer-noassert': 'error',
      'security/detect-eval-with-expression': 'error',
      'security/detect-new-buffer': 'error',
      'security/detect-pseudoRandomBytes': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
    },
  },
  { files: ['shared/**', 'main/**', 'preload/**', 'renderer/**', 'backend/**', 'clients/**'], rules: { 'no-console': 'error' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  wall(
    ['renderer/**'],
    'The window knows main by its contract only: take types from preload/contract.ts and ask through renderer/bridge.ts.',
    {
      patterns: ['**/main/**', '**/backend/**', '**/clients/**', '**/preload/index*', '**/preload/expose*'],
      packages: ['electron', 'realm', 'keytar', ...node],
    },
  ),
  wall(
    ['preload/index.ts', 'preload/prompt.ts', 'preload/palette.ts', 'preload/expose.ts'],
    'A preload is made of its contract and electron.',
    {
      patterns: ['../*'],
      packages: ['realm', 'keytar', ...node],
    },
  ),
  wall(
    ['preload/*contract.ts', 'preload/*shapes.ts', 'preload/bridge.ts'],
    'The contract depends on the schema library alone: both sides must be able to read it.',
    {
      patterns: ['./index*', './expose*'],
      regex: '^\\.\\./(?!shared/)',
      packages: ['electron', 'realm', 'keytar', ...node],
    },
  ),
  wall(['shared/*.ts'], 'Both sides of an import boundary import this folder: it imports itself alone.', { regex: '^(?!\\./[^/]+$)' }),
  wall(['shared/files/*.ts'], 'What works on files knows node’s modules alone.', { regex: '^(?!\\./[^/]+$|node:(?:crypto|fs|path)$)' }),
  wall(['main/vault/**'], 'The vault is pure: it imports its own folder, shared and node:crypto, and asks the world through ports.ts.', {
    regex: '^(?!\\./|\\.\\./\\.\\./shared/[^/]+$|node:crypto$)',
  }),
  wall(['main/realm/**'], 'The SDK adapter implements the vault’s ports: it knows the vault’s types and realm, no other adapter.', {
    patterns: ['../keychain/*', '../ipc/*', '../outlets/*'],
    regex: outside,
    packages: ['electron', 'keytar'],
  }),
  wall(['main/keychain/**'], 'The keychain adapter implements the vault’s port: it knows the vault’s types and keytar, no other adapter.', {
    patterns: ['../realm/*', '../ipc/*', '../outlets/*'],
    regex: outside,
    packages: ['electron', 'realm'],
  }),
  wall(['main/ipc/**'], 'Calls go to the vault and the outlets; which adapter is behind them is for compose.ts.', {
    patterns: ['../realm/*', '../keychain/*', '**/backend/**'],
    packages: ['realm', 'keytar'],
  }),
  wall(
    ['main/agent/**'],
    'The agent hands what programs and browsers ask on to the vault and the outlets: it knows no adapter and no window.',
    {
      patterns: ['**/main/realm/*', '**/keychain/*', '**/ipc/*', '**/preload/**', '**/renderer/**', '**/backend/**'],
      packages: ['electron', 'realm', 'keytar'],
    },
  ),
  wall(['main/browsers/**'], 'Where browsers look for the native messaging host: files and, on Windows, the registry.', {
    patterns: ['../realm/*', '../keychain/*', '../ipc/*', '../outlets/*', '../agent/*', '**/preload/**', '**/renderer/**', '**/backend/**'],
    packages: ['electron', 'realm', 'keytar'],
  }),
  wall(['main/windows/**'], 'A window shows what it is given and passes answers on: what is behind them is for compose.ts.', {
    patterns: ['../realm/*', '../keychain/*', '**/backend/**', '../vault/vault*'],
    packages: ['realm', 'keytar'],
  }),
  wall(
    ['main/doctor.ts', 'main/doctor/**'],
    'The doctor is a program beside the app: it knows keychain, cache, profile and words, and runs without Electron.',
    {
      patterns: ['**/ipc/*', '**/outlets/*', '**/backend/**', '**/compose*'],
      packages: ['electron', 'realm', 'keytar'],
    },
  ),
  wall(['clients/**'], 'Programs outside the app know it by clients/shared/protocol alone: they are trusted less than the window.', {
    patterns: ['**/main/**', '**/preload/**', '**/renderer/*', '!**/renderer/words', '**/backend/**'],
    packages: ['electron', 'realm', 'keytar'],
  }),
  wall(['backend/**'], 'The backend runs without the desktop app.', {
    patterns: ['**/main/**', '**/preload/**', '**/renderer/**'],
    packages: ['electron', 'realm', 'keytar'],
  }),
  {
    files: ['main/**/*.ts', 'preload/**/*.ts'],
    ignores: ['main/ipc/serve.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportSpecifier[imported.name='ipcMain']",
          message: 'Only main/ipc/serve.ts listens to windows: it checks the sender and parses both ways.',
        },
      ],
    },
  },
)
