import { createRequire } from 'node:module'
import { Refusal } from '../../../vault/refusal.ts'

/** The calls of Xlib and its XTEST extension that typing needs, under the names that Xlib gives them. */
export interface X11Library {
  XOpenDisplay(name: null): unknown
  XCloseDisplay(display: unknown): number
  XSync(display: unknown, discard: number): number
  XGetInputFocus(display: unknown, window: [number], revertTo: [number]): number
  XQueryKeymap(display: unknown, keys: Uint8Array): number
  XDisplayKeycodes(display: unknown, first: [number], last: [number]): number
  XChangeKeyboardMapping(display: unknown, first: number, keysymsPerKey: number, keysyms: number[], keys: number): number
  XkbGetState(display: unknown, device: number, state: Uint8Array): number
  XkbLockModifiers(display: unknown, device: number, affected: number, values: number): number
  XkbLockGroup(display: unknown, device: number, group: number): number
  XkbKeycodeToKeysym(display: unknown, code: number, group: number, level: number): number
  XkbKeysymToModifiers(display: unknown, keysym: number): number
  XkbLookupKeySym(display: unknown, code: number, state: number, used: [number], keysym: [number]): number
  XTestFakeKeyEvent(display: unknown, code: number, isPress: number, delay: number): number
}

const signatures = {
  XOpenDisplay: 'void *XOpenDisplay(const char *name)',
  XCloseDisplay: 'int XCloseDisplay(void *display)',
  XSync: 'int XSync(void *display, int discard)',
  XGetInputFocus: 'int XGetInputFocus(void *display, _Out_ unsigned long *window, _Out_ int *revertTo)',
  XQueryKeymap: 'int XQueryKeymap(void *display, _Out_ uint8_t *keys)',
  XDisplayKeycodes: 'int XDisplayKeycodes(void *display, _Out_ int *first, _Out_ int *last)',
  XChangeKeyboardMapping: 'int XChangeKeyboardMapping(void *display, int first, int keysymsPerKey, unsigned long *keysyms, int keys)',
  XkbGetState: 'int XkbGetState(void *display, unsigned int device, _Out_ uint8_t *state)',
  XkbLockModifiers: 'int XkbLockModifiers(void *display, unsigned int device, unsigned int affected, unsigned int values)',
  XkbLockGroup: 'int XkbLockGroup(void *display, unsigned int device, unsigned int group)',
  XkbKeycodeToKeysym: 'unsigned long XkbKeycodeToKeysym(void *display, uint8_t code, int group, int level)',
  XkbKeysymToModifiers: 'unsigned int XkbKeysymToModifiers(void *display, unsigned long keysym)',
  XkbLookupKeySym:
    'int XkbLookupKeySym(void *display, uint8_t code, unsigned int state, _Out_ unsigned int *used, _Out_ unsigned long *keysym)',
} satisfies Partial<Record<keyof X11Library, string>>
const fakeKeyEvent = 'int XTestFakeKeyEvent(void *display, unsigned int code, int isPress, unsigned long delay)'

let library: X11Library | undefined

/**
 * Loads the native code at the first call, so that it does not delay the window.
 * @throws Refusal `typing-unavailable` without Xlib or XTEST
 */
export function x11Library(): X11Library {
  try {
    return (library ??= loadLibrary())
  } catch {
    throw new Refusal('typing-unavailable')
  }
}

function loadLibrary(): X11Library {
  const { load } = createRequire(import.meta.url)('koffi') as Pick<typeof import('koffi'), 'load'>
  const xlib = load('libX11.so.6')
  const calls = Object.entries(signatures).map(([name, signature]) => [name, xlib.func(signature)])
  return { ...Object.fromEntries(calls), XTestFakeKeyEvent: load('libXtst.so.6').func(fakeKeyEvent) } as X11Library
}
