import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { checkout } from '../../scripts/set-up/checkout.mjs'

const eslint = new ESLint({ cwd: checkout })

/** Lints a text as a file of this path. @returns `line:column` and the first words of the message, for each breach of our restrictions */
async function breaches(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${checkout}/${path}` })
  return (result?.messages ?? [])
    .filter(({ ruleId, fatal }) => ruleId === 'no-restricted-syntax' || fatal === true)
    .map(({ message, line, column }) => `${line}:${column} ${message.split(' ', 3).join(' ')}`)
}

const component = `<script lang="ts">
  const notice = "Two words"
  const kind = 'one-word'
</script>
<p title="Name" class="one two">{\`of \${1} many words\`} Close</p>
{#if kind}<Dialog question="Sure" class={kind ? 'one two' : ''} hint={kind ? 'Say why' : kind} />{:else}Latchkey{/if}
<style>p { color: red }</style>`

const statements = `const t = { word: 'Copy', kind: 'Copy', label: \`Copy\` }
say(\`Value of \${name}\`)
throw new Error('not for people')
window.latchkey.calls`

const sdk = `app.switchUser(user); app?.['removeUser'](user)
const { customData } = app.currentUser
console.error({ profile: app.currentUser })`

describe('what eslint.config.js restricts is refused', { timeout: 60_000 }, () => {
  it.each([
    [
      'a text in a component',
      'renderer/features/keys/New.svelte',
      component,
      ['2:18', '5:11', '5:41', '5:55', '6:29', '6:78'],
      'Texts stand in',
    ],
    ['a text in a module', 'renderer/bridge.ts', statements, ['1:19', '1:48', '2:5'], 'Texts stand in'],
    ['a call to main outside the bridge', 'renderer/i18n/new.ts', statements, ['4:1'], 'Only bridge.ts of'],
    [
      'a listener that does not check senders',
      'main/ipc/new.ts',
      "import { ipcMain } from 'electron'",
      ['1:10'],
      'Only main/ipc/serve.ts listens',
    ],
    [
      'a channel to a page outside the preload’s own file',
      'preload/new.ts',
      "import { ipcRenderer as i } from 'electron'",
      ['1:10'],
      'Only preload/expose.ts exposes',
    ],
    [
      'a listener in an adapter',
      'main/realm/server/new.ts',
      "import { ipcMain } from 'electron'",
      ['1:10'],
      'Only main/ipc/serve.ts listens',
    ],
    [
      'a member of the SDK that ends other sessions or the process',
      'main/realm/server/new.ts',
      sdk,
      ['1:5', '1:29', '2:9'],
      'These members of',
    ],
  ])('%s', async (_, path, text, places, sentence) => {
    expect(await breaches(path, text)).toEqual(places.map((place) => `${place} ${sentence}`))
  })

  it('several breaches in one file', async () => {
    const found = await breaches('renderer/features/new.ts', statements)
    expect(found.map((one) => one.split(' ', 2).join(' '))).toEqual(['1:19 Texts', '1:48 Texts', '2:5 Texts', '4:1 Only'])
  })
})
