import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { FirstLoad } from '../../../main/windows/first-load.ts'

const html = '<script src="./assets/index-1.js"></script><link rel="stylesheet" href="./assets/index-2.css"><a href="https://example.com">'

describe('the first load of a page', () => {
  it('has ended when the page and every file that its head names have been served', async () => {
    const onServed = vi.fn()
    const load = new FirstLoad(onServed)
    load.servePage(html)
    expect(onServed).not.toHaveBeenCalled() // the page is handed over first
    await turn()
    load.serveFile('/assets/index-1.js')
    load.serveFile('/assets/later-3.js')
    await turn()
    expect(onServed.mock.calls).toEqual([['page']])
    load.serveFile('/assets/index-2.css')
    await turn()
    expect(onServed.mock.calls).toEqual([['page'], ['files']])
  })

  it('ends once, although the page is loaded again', async () => {
    const onServed = vi.fn()
    const load = new FirstLoad(onServed)
    for (let time = 0; time < 2; time += 1) {
      load.servePage(html)
      load.serveFile('/assets/index-1.js')
      load.serveFile('/assets/index-2.css')
      await turn()
    }
    expect(onServed.mock.calls).toEqual([['page'], ['files']])
  })
})
