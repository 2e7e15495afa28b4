/** How long a person approves a release for. */
export const approvals = ['once', 'for-a-while', 'always'] as const
export type Approval = (typeof approvals)[number]

/** What is sent to a server once the person confirms it: what they typed, a key's stored value, or nothing secret yet. */
export const secretsSent = ['password', 'email', 'api-key', 'custom-token', 'stored-value', 'nothing'] as const
export type SecretSent = (typeof secretsSent)[number]
