/** The colours by which a person tells accounts apart, in the order in which they are offered. The window has a light and a dark tone for each. */
export const colours = ['teal', 'blue', 'violet', 'pink', 'red', 'orange', 'yellow', 'green', 'grey'] as const
export type Colour = (typeof colours)[number]

/** Accounts whose server has no address. `local`: the vault on this computer, in the embedded backend. `values`: stored values from elsewhere. */
export const accountsWithoutServer = ['local', 'values'] as const
export type AccountWithoutServer = (typeof accountsWithoutServer)[number]

export const accountKinds = [...accountsWithoutServer, 'server'] as const
export type AccountKind = (typeof accountKinds)[number]

/** How a person signs in to a server. */
export const serverSignInMethods = ['email', 'api-key', 'custom-token', 'anonymous'] as const

export const signInMethods = [...accountsWithoutServer, ...serverSignInMethods] as const
export type SignInMethod = (typeof signInMethods)[number]

/** What the link in a server's mail is for: to confirm an address, or to choose a new password. */
export const mailPurposes = ['confirm', 'reset'] as const
export type MailPurpose = (typeof mailPurposes)[number]
