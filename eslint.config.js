import js from '@eslint/js'
import * as regexp from 'eslint-plugin-regexp'
import security from 'eslint-plugin-security'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** A selector of `no-restricted-syntax` for each thing that may not stand in a folder. A later entry for the same file replaces an earlier one. */
function refuse(...restrictions) {
  return { 'no-restricted-syntax': ['error', ...restrictions] }
}

const electronsDoors = [
  {
    selector: "ImportSpecifier[imported.name='ipcMain']",
    message: 'Only main/ipc/serve.ts listens to windows: it checks the sender and parses both ways.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(contextBridge|ipcRenderer)$/]',
    message: 'Only preload/expose.ts exposes anything to a page: calls by name, and never a way to name a channel.',
  },
]
const dangerousInSdk = [
  'MemberExpression > Identifier.property',
  'MemberExpression > Literal.property',
  'ObjectPattern > Property > .key',
].flatMap((place) =>
  ['name', 'value'].map((field) => ({
    selector: `${place}[${field}=/^(switchUser|removeUser|allUsers|profile|customData)$/]`,
    message: 'These members of the SDK end other sessions, or the process.',
  })),
)
const askingMain = {
  selector: "MemberExpression[object.name='window'][property.name=/^latchkey/]",
  message: 'Only bridge.ts of each window asks main.',
}

/** Product names, texts that are typed literally, and selectors: they are the same in every language. */
const sameEverywhere =
  'Latchkey|Google Chrome|Microsoft Edge|GNOME Keyring|KDE Wallet \\d|https:\\S*|latchkey-\\w+|latchkey quick|input, button\\S*'
const [aWord, aSentence] = ['\\p{L}{2}', '\\p{L}{2,}[,.…]? \\p{L}{2,}'].map((text) => `/^(?!\\s*(?:${sameEverywhere})\\s*$).*${text}/su`)
const textsOutsideCatalogues = [
  // Words in the markup, and in attributes that a person sees or hears.
  `:not(SvelteStyleElement) > SvelteText[value=${aWord}]`,
  `SvelteAttribute[key.name=/^(alt|aria-label|effect|hint|label|noun|placeholder|question|text|title|word)$/] > SvelteLiteral[value=${aWord}]`,
  // Words in properties with the name of a text.
  `Property[key.name=/^(word|text|title|label)$/] > Literal[value=${aWord}]`,
  `Property[key.name=/^(word|text|title|label)$/] > TemplateLiteral > TemplateElement[value.cooked=${aWord}]`,
  // Sentences anywhere: names of keys, classes and codes are single words.
  `:not(TSLiteralType) > Literal[value=${aSentence}]:not(SvelteAttribute[key.name='class'] *)`,
  `TemplateElement[value.cooked=${aSentence}]`,
]
/** The message of a thrown error is for developers. */
const textsInModules = textsOutsideCatalogues.map((selector) => `${selector}:not(ThrowStatement *)`)
const refuseTexts = (selectors) => selectors.map((selector) => ({ selector, message: 'Texts stand in renderer/i18n, in every language.' }))

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
      'no-control-regex': 'off', // patterns for names and addresses list the characters that these may not contain
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
    // The rules of the security plugin that are right everywhere. Those that guess about paths, properties and comparisons are left out.
    files: ['shared/**', 'main/**', 'preload/**', 'renderer/**', 'backend/**', 'clients/**', 'scripts/**'],
    plugins: { regexp, security },
    rules: {
      'regexp/no-super-linear-backtracking': 'error', // a text from outside must not be able to make a match take arbitrarily long
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
  { files: ['main/**/*.ts', 'preload/**/*.ts'], ignores: ['main/ipc/serve.ts', 'preload/expose.ts'], rules: refuse(...electronsDoors) },
  { files: ['main/realm/server/*.ts'], rules: refuse(...electronsDoors, ...dangerousInSdk) },
  { files: ['renderer/**/*.svelte'], rules: refuse(askingMain, ...refuseTexts(textsOutsideCatalogues)) },
  { files: ['renderer/**/*.ts'], rules: refuse(askingMain, ...refuseTexts(textsInModules)) },
  { files: ['renderer/bridge.ts', 'renderer/windows/*/bridge.ts'], rules: refuse(...refuseTexts(textsInModules)) },
  { files: ['renderer/i18n/**'], rules: refuse(askingMain) },
)
