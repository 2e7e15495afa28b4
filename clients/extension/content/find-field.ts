import { elementsOf, deepFocusedElement, isShownIn } from './flat-tree.ts'
import { rank } from './page-calls.ts'
import { dispatchFocusEvents } from './focus-events.ts'
import { labelOf, maxLabelLength, meaningOf, plainWords } from './field-meaning.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** A place in a document where a value can go. */
export type Found = {
  /** The visible element. */
  readonly box: Element
  readonly label: string
  /** Higher is more certain. */
  readonly rank: number
} & (
  | { readonly takes: 'value'; readonly element: Field }
  /** An editor, which accepts only what is typed at its caret. */
  | { readonly takes: 'typing'; readonly element: HTMLElement }
)

/** Code editors take input in an invisible element inside the visible box. */
const editors = '.CodeMirror, .cm-editor, .monaco-editor, .ace_editor'
const typed = new Set(['text', 'password', 'search', 'url', 'tel', 'email'])
const signIn =
  /\b(sign in|signin|log in|login|connect|continue|authenticate|authori[sz]e|unlock|submit|enter|apply|anmelden|einloggen|verbinden|weiter|fortfahren|authentifizieren|autorisieren|entsperren|absenden|ubernehmen)\b/

/**
 * The fields that may take a key, the most certain first. A focused field wins, because the user focused it.
 * @param focus how to treat the focused element: `none` while the tab's focus is in another frame; `chosen` if the user pointed at the
 * field itself, which is then taken whatever its label says
 */
export function findFields(document: Document, focus: 'none' | 'focused' | 'chosen'): Found[] {
  const shown = [...elementsOf(document)].filter(isField).filter(isOffered)
  const fields = shown.filter((field) => !field.readOnly)
  const focused = focus === 'none' ? null : focusedField(document, focus === 'chosen')
  if (focus === 'chosen') return focused ? [focused] : []
  const open = fields.flatMap((field) => ranked(field, fields))
  const found = open.length > 0 || focused ? open : shown.filter(opensOnFocus).flatMap((field) => ranked(field, [field]))
  return [...(focused ? [focused] : []), ...found.sort((a, b) => b.rank - a.rank)]
}

function focusedField(document: Document, chosen: boolean): Found | null {
  const element = deepFocusedElement(document)
  if (!(element instanceof HTMLElement)) return null
  const box = element.closest(editors)
  if (box) return { takes: 'typing', element, box, label: editorLabel(box), rank: rank.focused }
  if (isField(element)) {
    const taken = isOffered(element) && !element.readOnly && (chosen || meaningOf(element) !== 'other')
    return taken ? { takes: 'value', element, box: element, label: labelOf(element), rank: rank.focused } : null
  }
  if (!element.isContentEditable) return null
  return {
    takes: 'typing',
    element,
    box: element,
    label: (element.getAttribute('aria-label') ?? '').slice(0, maxLabelLength),
    rank: rank.focused,
  }
}

function ranked(field: Field, all: Field[]): Found[] {
  if (field.closest(editors)) return [] // only if the user has placed the caret there
  const meaning = meaningOf(field)
  if (meaning === 'other' || field.type === 'search' || field.type === 'email' || field.type === 'tel') return []
  const of = (how: keyof typeof rank): Found[] => [{ takes: 'value', element: field, box: field, label: labelOf(field), rank: rank[how] }]
  if (meaning === 'key') return of(field.type === 'password' ? 'keyPassword' : 'key')
  if (field.type === 'password') return of('password')
  return isOnlyFieldOfSignIn(field, all) ? of('onlyField') : []
}

/** Many consoles sign in with a key alone, under any label. */
function isOnlyFieldOfSignIn(field: Field, all: Field[]): boolean {
  const place = field.form ?? field.closest('form, dialog, [role="dialog"], main') ?? field.ownerDocument.body
  const beside = all.filter((other) => (field.form ? other.form === field.form : isShownIn(other, place)))
  if (beside.length !== 1) return false
  const buttons = [...place.querySelectorAll<HTMLElement>('button, input[type="submit"], [role="button"]')]
  return buttons.some((button) =>
    signIn.test(plainWords(`${button.textContent} ${button.getAttribute('aria-label') ?? ''} ${(button as HTMLInputElement).value ?? ''}`)),
  )
}

function editorLabel(box: Element): string {
  const labelled = box.closest('[aria-label]')
  return (labelled?.getAttribute('aria-label') ?? '').slice(0, maxLabelLength)
}

function isField(element: Element): element is Field {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && typed.has(element.type))
}

function isOffered(field: Field): boolean {
  return !field.disabled && !field.matches(':disabled') && field.checkVisibility({ visibilityProperty: true })
}

/**
 * Some sites keep browsers from filling a field by making it read-only until it is focused. A read-only field with content stays closed.
 */
function opensOnFocus(field: Field): boolean {
  if (!field.readOnly || field.value !== '') return false
  if (meaningOf(field) !== 'key' && field.type !== 'password') return false
  dispatchFocusEvents(field, 'in')
  const opened = !field.readOnly
  dispatchFocusEvents(field, 'out')
  return opened
}
