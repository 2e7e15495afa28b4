import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Line } from '../fixtures/line.ts'
import { type Running, startAgent } from '../fixtures/running.ts'

let running: Running
beforeEach(async () => {
  running = await startAgent()
})
afterEach(() => {
  running.stop()
  expect(running.faults).toEqual([])
})

const refused = { code: 'request-invalid' }
const command = (): Line => Line.ofCommand(running.path)

describe('a request of the command', () => {
  it.each([
    ['again', 1],
    ['one too many', 3],
    ['none', 0],
    ['a negative one', -2],
    ['a broken one', 2.5],
    ['one in words', '2'],
    ['one beyond all counting', 2 ** 60],
  ])('with a wrong number, %s, ends the connection: no answer could say which it is for', async (_what, id) => {
    const line = command()
    expect(await line.ask('status')).toMatchObject({ id: 1 })
    line.say({ id, call: 'status', input: null })
    expect(await line.rest()).toEqual([refused])
  })

  it('with more in it than it has, or less, ends the connection', async () => {
    for (const message of [{ id: 1, call: 'status', input: null, more: 1 }, { id: 1, call: 'status' }, { id: 1 }, {}, [], 'x', null]) {
      const line = command()
      line.say(message)
      expect(await line.rest()).toEqual([refused])
    }
  })

  it.each(['none', '', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'x'.repeat(60_000)])(
    'for a call that there is not is refused, and the next one is heard: %s',
    async (call) => {
      const line = command()
      line.say({ id: 1, call, input: null })
      expect(await line.next()).toEqual({ id: 1, ok: false, code: 'request-invalid' })
      line.say({ id: 2, call: 'status', input: null })
      expect(await line.next()).toMatchObject({ id: 2, ok: true })
      line.leave()
    },
  )

  const reference = { account: null, key: 'ci' }
  it.each([
    ['status', {}],
    ['list', { all: true }],
    ['get', null],
    ['get', {}],
    ['get', { reference: 'ci' }],
    ['get', { reference: { key: 'ci' } }],
    ['get', { reference: { ...reference, field: 'value' } }],
    ['get', { reference, purpose: 'reveal' }],
    ['get', { reference, requester: { kind: 'person' } }],
    ['get', { reference: { account: null, key: '' } }],
    ['get', { reference: { account: null, key: 'x'.repeat(257) } }],
    ['get', { reference: { account: 'x'.repeat(60_000), key: 'ci' } }],
    ['get', { reference: { account: null, key: { toString: 'ci' } } }],
    ['get', { reference: [null, 'ci'] }],
    ['run', { references: [], command: 'make' }],
    ['run', { references: Array(65).fill(reference), command: 'make' }],
    ['run', { references: { 0: reference, length: 1 }, command: 'make' }],
    ['run', { references: [reference] }],
    ['run', { references: [reference], command: 'x'.repeat(1025) }],
    ['inject', { references: [reference], file: 7 }],
    ['copy', { reference, keep: true }],
    ['add', { name: 'x' }],
    ['add', { name: '', value: 'x' }],
    ['add', { name: 'x', value: 'x'.repeat(16_385) }],
    ['add', { name: 'x', value: 'x', replace: true }],
    ['quick', 'now'],
    ['doctor', {}],
  ] as const)('of %s with %j is refused before anybody is asked', async (call, input) => {
    const line = command()
    expect(await line.ask(call, input)).toEqual({ id: 1, ok: false, code: 'request-invalid' })
    expect([running.fixture.approver.asked, running.fixture.approver.stores]).toEqual([[], []])
    line.leave()
  })

  it.each([
    '{"id":1,"call":"get","input":{"reference":{"account":null,"key":"ci","__proto__":{"polluted":1}}}}',
    '{"id":1,"call":"get","input":{"reference":{"account":null,"key":"ci"},"constructor":{"prototype":{"polluted":1}}}}',
  ])('with the names of what every object has is refused, and changes none: %s', async (json) => {
    const line = command()
    const body = Buffer.from(json)
    line.socket.write(Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]))
    expect(await line.next()).toEqual({ id: 1, ok: false, code: 'request-invalid' })
    expect('polluted' in {}).toBe(false)
    line.leave()
  })
})
