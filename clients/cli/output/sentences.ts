import { refusals as refusalTexts } from '../../../renderer/i18n/en/refusals/refusals.ts'
import type { UnreachableReason } from '../../app-connection/app-unreachable.ts'

interface Sentences {
  /** The beginning of the error message, without a full stop. */
  readonly title?: string
  readonly what: string
  readonly next: string
}

/** The app's own sentences for its refusal codes. */
export function sentencesFor(code: string): Sentences {
  const refusal = Object.hasOwn(refusalTexts, code) ? refusalTexts[code as keyof typeof refusalTexts] : null
  if (refusal === null)
    return { what: `Latchkey refused, and says why only as “${code}”.`, next: 'Update this command to the version of the app.' }
  return { title: refusal.title, what: `${refusal.title}. ${refusal.text}`, next: refusal.next }
}

const start = 'Start Latchkey, then try again.'

export const unreachableSentences: Record<UnreachableReason, Sentences> = {
  'not-running': { what: 'Latchkey is not running.', next: start },
  'not-listening': {
    what: 'Latchkey is running, and takes no commands: it could not open its socket, or is still starting.',
    next: 'Look in its window under Browsers, which says what stands in the way; or quit it and start it again.',
  },
  'not-reachable': { what: 'Latchkey could not be reached.', next: 'Look whether it runs as the same user as this command.' },
  'folder-not-ours': {
    what: 'The folder in which Latchkey listens could be written by somebody else, so it was not trusted.',
    next: 'Remove that folder (latchkey in XDG_RUNTIME_DIR, else latchkey-UID among the temporary files) and start Latchkey again.',
  },
  'launch-unknown': {
    what: 'Latchkey is not running, and it is not known how to start it.',
    next: 'Start it once by hand, or say where it is in LATCHKEY_APP.',
  },
  'launch-untrusted': {
    what: 'Latchkey is not running, and launch.json in its folder, which says how to start it, cannot be trusted or read.',
    next: 'Start Latchkey by hand: it writes that file anew.',
  },
  'launch-failed': {
    what: 'Latchkey is not running, and its program could not be started.',
    next: 'Start it by hand, or say where it is in LATCHKEY_APP.',
  },
  'no-display': {
    what: 'Latchkey is not running, and there is no screen here to start it on.',
    next: 'Start it on your desktop, then try again.',
  },
  'app-ended': { what: 'Latchkey was started, and ended at once.', next: 'Start it by hand to see why.' },
  'app-silent': { what: 'Latchkey was started, and did not answer within 15 seconds.', next: 'Look at its window, then try again.' },
}
