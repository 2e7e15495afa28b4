import { describe, expect, it } from 'vitest'
import { parseFuzz } from '../fuzz/arguments.ts'

describe('npm run fuzz', () => {
  it('fuzzes everything unless a part is named, each with its own number of messages', () => {
    expect(parseFuzz([])).toMatchObject({ parts: ['frames', 'ipc', 'backend', 'app'], messages: null, through: 'both' })
    expect(parseFuzz(['ipc', 'app', '--messages', '50', '--seed', '7'])).toMatchObject({ parts: ['ipc', 'app'], messages: 50, seed: 7 })
    expect(parseFuzz(['--frames', '100'])).toMatchObject({ parts: ['frames'], messages: 100 })
    expect(parseFuzz(['--through', 'host'])).toMatchObject({ parts: ['frames'], through: 'host' })
  })

  it.each([['nothing'], ['--messages', 'many'], ['--seed', '-1'], ['--frames', '1', 'ipc'], ['--through', 'window'], ['--other']])(
    'refuses the arguments %s %s',
    (...args) => {
      expect(() => parseFuzz(args.filter((one) => typeof one === 'string'))).toThrow()
    },
  )
})
