import type { CommandCalls, CommandName, DoctorAnswer, ListedKey } from '../../shared/protocol/command.ts'

type Check<T> = (value: unknown) => value is T
type Shape<T> = { readonly [K in keyof T]-?: Check<T[K]> }

/** The exact shape of each answer, to the last field: an app of another version is detected here, and not by a later error. */
export const answers: { readonly [N in CommandName]: Check<CommandCalls[N]['output']> } = {
  status: shape<CommandCalls['status']['output']>({
    version: text,
    vault: oneOf('open', 'closed'),
    code: orNull(text),
    account: orNull(text),
    keys: number,
  }),
  list: shape<CommandCalls['list']['output']>({
    keys: listOf(
      shape<ListedKey>({
        account: text,
        accountId: text,
        id: text,
        name: text,
        enabled: boolean,
        value: oneOf('here', 'locked', 'sealed', 'elsewhere', 'missing', 'changed', 'lost'),
        createdAt: number,
      }),
    ),
  }),
  get: shape<CommandCalls['get']['output']>({ value: text }),
  run: shape<CommandCalls['run']['output']>({ values: listOf(text) }),
  inject: shape<CommandCalls['inject']['output']>({ values: listOf(text) }),
  login: shape<CommandCalls['login']['output']>({ value: text }),
  copy: shape<CommandCalls['copy']['output']>({ clearsAt: number }),
  add: shape<CommandCalls['add']['output']>({ account: text, name: text }),
  quick: (value) => value === null,
  doctor: shape<DoctorAnswer>({
    keychain: oneOf('os', 'passphrase', 'guarded'),
    provider: orNull(text),
    desktop: text,
    findings: listOf(text),
    keys: listOf(shape<DoctorAnswer['keys'][number]>({ name: text, finding: text })),
  }),
}

export type Envelope = { readonly id: number; readonly value: unknown } | { readonly id: number | null; readonly code: string }

/** @returns null if it is not an answer. An envelope without id is the connection's last message. */
export function parseEnvelope(message: unknown): Envelope | null {
  if (isAnswer(message)) return { id: message.id, value: message.value }
  if (isRefusal(message)) return { id: message.id, code: message.code }
  return isEnd(message) ? { id: null, code: message.code } : null
}

const isAnswer = shape<{ id: number; ok: true; value: unknown }>({
  id: number,
  ok: (value) => value === true,
  value: (_): _ is unknown => true,
})
const isRefusal = shape<{ id: number; ok: false; code: string }>({ id: number, ok: (value) => value === false, code: text })
const isEnd = shape<{ code: string }>({ code: text })

function text(value: unknown): value is string {
  return typeof value === 'string'
}

function number(value: unknown): value is number {
  return typeof value === 'number'
}

function boolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

function oneOf<T extends string>(...choices: readonly T[]): Check<T> {
  return (value): value is T => choices.some((choice) => choice === value)
}

function listOf<T>(check: Check<T>): Check<readonly T[]> & Check<T[]> {
  return ((value: unknown) => Array.isArray(value) && value.every(check)) as Check<readonly T[]> & Check<T[]>
}

/** Accepts an object with exactly these fields. */
function shape<T>(fields: Shape<T>): Check<T> {
  const names = Object.keys(fields) as (keyof T & string)[]
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== names.length) return false
    return names.every((name) => Object.hasOwn(value, name) && fields[name]((value as Record<string, unknown>)[name]))
  }
}
