import { close, open } from 'node:inspector'
import { afterEach, describe, expect, it } from 'vitest'
import { askApp } from '../../../../clients/cli/app/ask-app.ts'

describe('a command in a process with a debugger', () => {
  afterEach(() => close())

  it('does not even connect to the app', async () => {
    open(0, '127.0.0.1')
    await expect(askApp('status', null, { start: false })).rejects.toThrow('A debugger is attached to this command.')
  })
})
