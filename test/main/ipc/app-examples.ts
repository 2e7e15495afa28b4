/** An account and the app's state as the contract has them. */
export const account = {
  id: '0123456789abcdef',
  kind: 'local',
  server: null,
  method: 'local',
  email: null,
  userId: 'u',
  signedIn: true,
  managesKeys: true,
  label: 'Work',
  colour: 'teal',
} as const

export const state = {
  version: '1',
  platform: 'linux',
  theme: 'dark',
  language: 'en',
  keyView: { scope: 'all', grouping: 'service' },
  vault: { status: 'open', keychain: 'os', readOnly: null, leftBehind: false },
  accounts: [account],
  current: account.id,
} as const
