/** Messages about a `latchkey://` link to a key. */
export const links = {
  anotherAccount: 'Show a key of another account?',
  leave: 'Leave this to show a key?',
  leads: (key: string, account: string) => `A link leads to the key ${key} of ${account}. Nothing else happens: its value stays hidden.`,
  stay: 'Stay here',
  show: 'Show the key',
  shown: (key: string) => `A link led to ${key}`,
}
