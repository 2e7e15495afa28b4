import type { CallName } from '../../../preload/contract.ts'
import { account, state } from './app-examples.ts'

const ticket = 'c'.repeat(16)
const chosen = {
  ...{ outcome: 'chosen', ticket, file: 'keys.env', format: 'env', passed: [{ name: '4', why: 'unreadable' }] },
  entries: [{ name: 'STRIPE', original: 'STRIPE', lastFour: 'wxyz', same: { name: 'ci', account: 'Work' }, repeated: false }],
}
const report = {
  ...{ at: 1, backend: 'equal' },
  parts: [{ part: 'keys', equal: 2, different: [], onlyInVault: ['ci · Work'], onlyInBackup: [] }],
}

/** A good input and a good answer for every call about accounts side by side, and about files. */
export const transferExamples: { [N in Extract<CallName, `transfer.${string}` | 'accounts.list'>]: [input: unknown, output: unknown] } = {
  'accounts.list': [null, { accounts: [{ id: account.id, keys: 2, waiting: 0, connection: 'online', trouble: null }] }],
  'transfer.backUp': [
    { passphrase: 'correct horse battery' },
    { outcome: 'done', file: 'a.latchkey-backup', bytes: 900, accounts: 1, keys: 2, values: 1, missing: ['ci'] },
  ],
  'transfer.chooseBackup': [null, { outcome: 'chosen', ticket, file: 'a.latchkey-backup', bytes: 900, at: 1 }],
  'transfer.restore': [
    { ticket, passphrase: 'correct horse battery' },
    { state, unkept: 'profile-unusable' },
  ],
  'transfer.verifyBackup': [{ ticket, passphrase: 'correct horse battery' }, report],
  'transfer.authorisation': [{ scope: 'all' }, { by: 'name', account: account.id, name: 'This computer', readyAt: 5, keys: 2, without: 1 }],
  'transfer.export': [
    { format: 'env', proof: { by: 'name', name: 'This computer' } },
    { outcome: 'done', file: 'a.env', folder: '/home/ada', values: 2, leftOut: ['ci'] },
  ],
  'transfer.chooseImport': [{ format: null }, chosen],
  'transfer.openImport': [{ ticket, passphrase: 'correct horse battery' }, chosen],
  'transfer.import': [
    { ticket, chosen: [0, 2] },
    { outcome: 'done', state },
  ],
  'transfer.stop': [null, null],
  'transfer.forget': [{ ticket }, null],
}
