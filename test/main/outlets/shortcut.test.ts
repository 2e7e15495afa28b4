import { describe, expect, it } from 'vitest'
import { Shortcut } from '../../../main/outlets/shortcut.ts'

/** As Electron's: a shortcut of another program's is refused, words that are none are thrown at. */
class Desktop {
  readonly registered = new Map<string, () => void>()

  register(accelerator: string, pressed: () => void): boolean {
    if (accelerator === 'Nonsense') throw new TypeError('conversion failure')
    if (accelerator === 'Ctrl+Alt+T') return false
    this.registered.set(accelerator, pressed)
    return true
  }

  unregister(accelerator: string): void {
    this.registered.delete(accelerator)
  }
}

describe('the global shortcut', () => {
  const open = (trusted = true): { desktop: Desktop; shortcut: Shortcut; pressed: () => number } => {
    const desktop = new Desktop()
    let count = 0
    return { desktop, shortcut: new Shortcut(desktop, () => (count += 1), trusted), pressed: () => count }
  }

  it('does what it is for when it is pressed', () => {
    const { desktop, shortcut, pressed } = open()
    shortcut.set('Ctrl+Alt+K')
    desktop.registered.get('Ctrl+Alt+K')?.()
    expect([shortcut.works, pressed()]).toEqual([true, 1])
  })

  it('is one: another takes its place', () => {
    const { desktop, shortcut } = open()
    shortcut.set('Ctrl+Alt+K')
    shortcut.set('Ctrl+Alt+L')
    expect([...desktop.registered.keys()]).toEqual(['Ctrl+Alt+L'])
    shortcut.set(null)
    expect([...desktop.registered.keys(), shortcut.works]).toEqual([false])
  })

  it.each([
    ['another program has', 'Ctrl+Alt+T'],
    ['are no shortcut', 'Nonsense'],
  ])('says that it does not work for words that %s', (_why, words) => {
    const { shortcut } = open()
    shortcut.set('Ctrl+Alt+K')
    shortcut.set(words)
    expect(shortcut.works).toBe(false)
  })

  it('does not take the word of a system that says yes to everything', () => {
    const { desktop, shortcut } = open(false)
    shortcut.set('Ctrl+Alt+K')
    expect([shortcut.works, desktop.registered.size]).toEqual([false, 1])
  })
})
