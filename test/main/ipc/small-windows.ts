import type { paletteCalls } from '../../../preload/palette-contract.ts'
import type { promptCalls } from '../../../preload/prompt-contract.ts'

const keyId = 'a'.repeat(24)
const accountId = '0123456789abcdef'
const promptId = 'b'.repeat(16)

const program = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/someone', terminal: 'pts/3', session: '7:8' } as const
export const prompt = {
  ...{
    kind: 'release',
    id: promptId,
    keys: [{ name: 'build', account: 'This computer' }],
    purpose: 'run',
    requester: program,
    answers: ['once', 'for-a-while'],
    minutes: 15,
  },
  ...{ detail: 'node serve.js', expiresAt: 60_000, waiting: 0 },
} as const
/** A good input and a good answer for every call of the prompt. */
export const promptExamples: { [N in keyof typeof promptCalls]: [input: unknown, output: unknown] } = {
  'prompt.current': [null, { theme: 'dark', prompt }],
  'prompt.drawn': [{ id: promptId, height: 320 }, null],
  'prompt.answer': [{ id: promptId, answer: 'once' }, null],
}

export const paletteState = {
  ...{ theme: 'dark', closed: null, unavailable: 'target-browser', target: { program: '/usr/bin/xterm', title: 'vim' } },
  keys: [{ accountId, id: keyId, name: 'build', account: 'This computer', enabled: true, lastFour: null, usedAt: null }],
}
/** The same for the palette. */
export const paletteExamples: { [N in keyof typeof paletteCalls]: [input: unknown, output: unknown] } = {
  'palette.state': [null, paletteState],
  'palette.type': [{ accountId, id: keyId }, null],
  'palette.copy': [{ accountId, id: keyId }, { clearsAt: 1 }],
  'palette.close': [null, null],
}
