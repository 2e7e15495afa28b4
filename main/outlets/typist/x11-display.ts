import { createRequire } from 'node:module'
import { Refusal } from '../../vault/refusal.ts'

export interface DisplayState {
  /** The number of the window that the keyboard goes to, which may be a part of a program's window. */
  readonly focus: number
  /** A key is down, or a modifier would change what others give. */
  readonly held: boolean
  readonly capsLock: boolean
}

const coreKeyboard = 0x100
const lock = 0x02
/** Num Lock, and what some layouts keep on for ever. They change no letter. */
const harmless = 0x10 | 0x20
const modsAt = 6 // where libX11's XkbStateRec has the modifiers in effect

interface Library {
  open(name: null): unknown
  close(display: unknown): number
  getInputFocus(display: unknown, window: [number], revertTo: [number]): number
  queryKeymap(display: unknown, keys: Uint8Array): number
  getState(display: unknown, keyboard: number, state: Uint8Array): number
}
let library: Library | undefined

/**
 * Where the X server's keyboard goes, and what is down on it. xdotool can only lift what is held and press it again, which leaves a
 * modifier stuck when its person has let go meanwhile; so it is asked for and waited for. None of these requests can fail in a way
 * that Xlib ends the process for.
 * @throws Refusal `typing-unavailable` without an X server
 */
export function readDisplay(): DisplayState {
  const { open, close, getInputFocus, queryKeymap, getState } = (library ??= loadXlib())
  const display = open(null)
  if (display === null) throw new Refusal('typing-unavailable')
  try {
    const focus: [number] = [0]
    const keys = new Uint8Array(32)
    const state = new Uint8Array(32)
    getInputFocus(display, focus, [0])
    queryKeymap(display, keys)
    getState(display, coreKeyboard, state)
    const mods = state[modsAt] ?? 0
    const held = keys.some((bits) => bits !== 0) || (mods & ~(lock | harmless)) !== 0
    return { focus: focus[0], held, capsLock: (mods & lock) !== 0 }
  } finally {
    close(display)
  }
}

/** Native code, loaded when it is first asked: the window comes up without. */
function loadXlib(): Library {
  try {
    const { load } = createRequire(import.meta.url)('koffi') as Pick<typeof import('koffi'), 'load'>
    const xlib = load('libX11.so.6')
    return {
      open: xlib.func('void *XOpenDisplay(const char *name)'),
      close: xlib.func('int XCloseDisplay(void *display)'),
      getInputFocus: xlib.func('int XGetInputFocus(void *display, _Out_ unsigned long *window, _Out_ int *revertTo)'),
      queryKeymap: xlib.func('int XQueryKeymap(void *display, _Out_ uint8_t *keys)'),
      getState: xlib.func('int XkbGetState(void *display, unsigned int keyboard, _Out_ uint8_t *state)'),
    }
  } catch {
    throw new Refusal('typing-unavailable')
  }
}
