import * as v from 'valibot'
import { keychainKinds } from '../../../shared/lists/keychain.ts'
import { shownValueStates } from '../../../shared/lists/keys.ts'
import type { CommandHello, CommandInput, CommandName, CommandOutput } from '../../../clients/shared/protocol/command.ts'

/**
 * The schemas of the command's requests and answers. Unknown fields are refused in both directions. Lengths are limited here; whether a key
 * exists is for the vault to say.
 */
type Schemas = {
  readonly [N in CommandName]: {
    readonly input: v.GenericSchema<unknown, CommandInput<N>>
    readonly output: v.GenericSchema<unknown, CommandOutput<N>>
  }
}

const text = (length: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(length))
const nothing = v.null()
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const reference = v.strictObject({ account: v.nullable(text(512)), key: text(256) })
const references = v.pipe(v.array(reference), v.minLength(1), v.maxLength(64))
const values = v.strictObject({ values: v.array(v.string()) })

export const commandHello = v.strictObject({ kind: v.literal('command'), version: v.literal(1) }) satisfies v.GenericSchema<
  unknown,
  CommandHello
>

/** The envelope of every request. Its input is parsed by the schema of its call. */
export const commandRequest = v.strictObject({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  call: v.string(),
  input: v.unknown(),
})

export const commandSchemas: Schemas = {
  status: {
    input: nothing,
    output: v.strictObject({
      version: v.string(),
      vault: v.picklist(['open', 'closed']),
      code: v.nullable(v.string()),
      account: v.nullable(v.string()),
      keys: v.number(),
    }),
  },
  list: {
    input: nothing,
    output: v.strictObject({
      keys: v.array(
        v.strictObject({
          account: v.string(),
          accountId: v.string(),
          id: v.string(),
          name: v.string(),
          enabled: v.boolean(),
          value: v.picklist(shownValueStates),
          createdAt: time,
        }),
      ),
    }),
  },
  get: { input: v.strictObject({ reference }), output: v.strictObject({ value: v.string() }) },
  run: { input: v.strictObject({ references, command: text(1024) }), output: values },
  inject: { input: v.strictObject({ references, file: text(4096) }), output: values },
  login: { input: v.strictObject({ url: text(4096) }), output: v.strictObject({ value: v.string() }) },
  copy: { input: v.strictObject({ reference }), output: v.strictObject({ clearsAt: time }) },
  add: {
    input: v.strictObject({ name: text(512), value: v.pipe(v.string(), v.maxLength(16_384)) }),
    output: v.strictObject({ account: v.string(), name: v.string() }),
  },
  quick: { input: nothing, output: nothing },
  doctor: {
    input: nothing,
    output: v.strictObject({
      keychain: v.picklist(keychainKinds),
      provider: v.nullable(v.string()),
      desktop: v.string(),
      findings: v.array(v.string()),
      keys: v.array(v.strictObject({ name: v.string(), finding: v.string() })),
    }),
  },
}
