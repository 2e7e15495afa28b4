import { elementsOf, focusedIn, isShownIn } from './flat-tree.ts'
import { rank } from './page-calls.ts'
import { tellFocus } from './tell-focus.ts'
import { labelOf, longestLabel, meaningOf, plainWords } from './field-words.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Where a value can go in a document. */
export type Found = {
  /** What is seen of it. */
  readonly box: Element
  readonly label: string
  /** The greater, the surer. */
  readonly rank: number
} & (
  | { readonly takes: 'value'; readonly element: Field }
  /** An editor, which takes what is typed at its caret and nothing else. */
  | { readonly takes: 'typing'; readonly element: HTMLElement }
)

/** Code editors take what is typed in an element that is not seen, inside the box that is. */
const editors = '.CodeMirror, .cm-editor, .monaco-editor, .ace_editor'
const typed = new Set(['text', 'password', 'search', 'url', 'tel', 'email'])
const signIn =
  /\b(sign in|signin|log in|login|connect|continue|authenticate|authori[sz]e|unlock|submit|enter|apply|anmelden|einloggen|verbinden|weiter|fortfahren|authentifizieren|autorisieren|entsperren|absenden|ubernehmen)\b/

/**
 * The fields that a key can go into, the surest first. The one that has the focus wins, because the person put it there.
 * @param focus what the document's focus means: nothing while the tab's is in another frame; `chosen` when the person pointed at the
 *   field itself, which is then taken whatever it says of itself
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
  const element = focusedIn(document)
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
    label: (element.getAttribute('aria-label') ?? '').slice(0, longestLabel),
    rank: rank.focused,
  }
}

function ranked(field: Field, all: Field[]): Found[] {
  if (field.closest(editors)) return [] // only where the person has put the caret
  const meaning = meaningOf(field)
  if (meaning === 'other' || field.type === 'search' || field.type === 'email' || field.type === 'tel') return []
  const of = (how: keyof typeof rank): Found[] => [{ takes: 'value', element: field, box: field, label: labelOf(field), rank: rank[how] }]
  if (meaning === 'key') return of(field.type === 'password' ? 'keyPassword' : 'key')
  if (field.type === 'password') return of('password')
  return isOnlyFieldOfSignIn(field, all) ? of('onlyField') : []
}

/** Many a console signs in with nothing but a key, and calls it anything. */
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
  return (labelled?.getAttribute('aria-label') ?? '').slice(0, longestLabel)
}

function isField(element: Element): element is Field {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && typed.has(element.type))
}

function isOffered(field: Field): boolean {
  return !field.disabled && !field.matches(':disabled') && field.checkVisibility({ visibilityProperty: true })
}

/** Sites keep browsers from filling a field in by leaving it read-only until it has the focus. One that shows something is shut for good. */
function opensOnFocus(field: Field): boolean {
  if (!field.readOnly || field.value !== '') return false
  if (meaningOf(field) !== 'key' && field.type !== 'password') return false
  tellFocus(field, 'in')
  const opened = !field.readOnly
  tellFocus(field, 'out')
  return opened
}
