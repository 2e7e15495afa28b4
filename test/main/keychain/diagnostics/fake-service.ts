import { Message, sessionBus, Variant } from '@jellybrick/dbus-next'
import { secrets } from '../fixtures/own-session.ts'

const path = '/org/freedesktop/secrets'
const keyring = `${path}/collection/login`
const prompt = `${path}/prompt/1`

/** The reply to a call: a signature and its values, or the name of an error. */
type Answer = [string, unknown[]] | string
type Answers = Record<string, (question: Message) => Answer>

/** A Secret Service that is running and open. */
const open: Answers = {
  // Like old versions: libsecret then asks again for an unencrypted session.
  OpenSession: ({ body }) =>
    body[0] === 'plain' ? ['vo', [new Variant('s', ''), `${path}/session/1`]] : 'org.freedesktop.DBus.Error.NotSupported',
  ReadAlias: () => ['o', [keyring]],
  SearchItems: () => ['aoao', [[], []]],
  GetAll: () => ['a{sv}', [{}]],
  Get: () => ['v', [new Variant('b', false)]],
}

/** The service's faults by name. */
const faults: Record<string, Answers> = {
  refuses: { ...open, CreateItem: () => 'org.freedesktop.DBus.Error.AccessDenied' },
  'asks a person, who says no': { ...open, CreateItem: () => ['oo', ['/', prompt]], Prompt: () => ['', []] },
  'breaks off at the first question': {},
  'is something else': { OpenSession: () => 'org.freedesktop.DBus.Error.UnknownMethod' },
}

/** Provides the Secret Service in this process, with one of `faults`. */
export async function startFakeService(fault: string): Promise<void> {
  const answers = faults[fault]
  if (answers === undefined) throw new Error('no such fault')
  const bus = sessionBus()
  bus.addMethodHandler((question: Message) => {
    const answer = answers[question.member]?.(question) ?? 'org.freedesktop.DBus.Error.UnknownMethod'
    if (fault === 'breaks off at the first question') bus.disconnect()
    else if (typeof answer === 'string') bus.send(Message.newError(question, answer, 'not for you'))
    else bus.send(Message.newMethodReturn(question, ...answer))
    if (question.member === 'Prompt') {
      const body = [true, new Variant('o', '/')]
      bus.send(Message.newSignal(prompt, 'org.freedesktop.Secret.Prompt', 'Completed', 'bv', body))
    }
    return true
  })
  await bus.requestName(secrets)
}
