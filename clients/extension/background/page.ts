import * as v from 'valibot'
import type { Place } from '../../shared/protocol/browser.ts'
import { fieldObstacles, type FieldReport, type FillResult, focusPlaces, type PageCalls, rank } from '../content/page-calls.ts'
import { Trouble } from '../trouble.ts'
import type { InjectionTarget, Sender } from '../web-extension.ts'
import { webExtension } from '../web-extension.ts'

/** The destination of a value: one field of one document. */
export interface Target {
  readonly tabId: number
  readonly token: string
  readonly frameId: number
  /** Null if the browser has no document ids. The token identifies the document then. */
  readonly documentId: string | null
  readonly place: Place
  readonly origins: readonly string[]
  readonly field: { readonly label: string } | null
  /** Whether the field was in view and focused when it was checked: then nothing has to change before it is filled. */
  readonly ready: boolean
  /** Why the field cannot be filled in, or why no field was found. */
  readonly obstacle: string | null
}

interface Reported {
  readonly report: FieldReport
  readonly sender: Sender
}

const fieldReport = v.strictObject({
  kind: v.literal('field'),
  token: v.pipe(v.string(), v.maxLength(64)),
  origins: v.pipe(v.array(v.pipe(v.string(), v.maxLength(512))), v.minLength(1), v.maxLength(32)),
  focus: v.picklist(focusPlaces),
  field: v.nullable(
    v.strictObject({
      label: v.pipe(v.string(), v.maxLength(60)),
      rank: v.number(),
      inView: v.boolean(),
      obstacle: v.nullable(v.picklist(fieldObstacles)),
    }),
  ),
})

const awaited = new Map<string, Reported[]>()

/**
 * Receives the reports of the injected scripts. Tab, frame, document and address come from the browser, and not from the message. The origins
 * around the frame come from our own script in the page. Messages that no gesture is waiting for are dropped.
 */
export function listenForReports(): void {
  webExtension.runtime.onMessage.addListener((message, sender) => {
    const parsed = v.safeParse(fieldReport, message)
    if (parsed.success && sender.id === webExtension.runtime.id) awaited.get(parsed.output.token)?.push({ report: parsed.output, sender })
  })
}

/**
 * Looks for a field in every frame that the gesture gave access to: those of the tab's own site. The browser denies access to frames of
 * other sites.
 * @param pointed the frame whose focused field the user pointed at
 */
export async function findTarget(tabId: number, pointed: number | null = null): Promise<Target> {
  const token = crypto.randomUUID()
  const target = { tabId, allFrames: true }
  const looking = reportsOf(token, tabId, async () => {
    await webExtension.scripting.executeScript({ target, files: ['content.js'] })
    await webExtension.scripting.executeScript({ target, func: callFind, args: [token, pointed !== null] as [string, boolean] })
  })
  const [reports, top] = await Promise.all([looking, topOf(tabId)])
  const chosen = mostCertain(reports, pointed)
  const { report, sender } = chosen.reported
  return {
    ...{ tabId, token, frameId: sender.frameId ?? 0, documentId: sender.documentId ?? null },
    place: placeOf(report, sender, top),
    origins: report.origins,
    field: chosen.obstacle === 'no-field' || !report.field ? null : { label: report.field.label },
    ready: report.field?.inView === true && report.field.rank === rank.focused,
    obstacle: chosen.obstacle,
  }
}

/**
 * Checks the field once more before it is used.
 * @throws Trouble `page-changed` if the document, the frames around it or an address changed; or why the field cannot be filled
 */
export async function recheckTarget(target: Target): Promise<void> {
  const looking = reportsOf(target.token, target.tabId, () =>
    webExtension.scripting.executeScript({ target: only(target), func: callLook, args: [target.token] as [string] }),
  )
  const [reports, top] = await Promise.all([looking, topOf(target.tabId)])
  const [reported] = reports
  if (!reported || reports.length > 1 || !reported.report.field) throw Trouble.of('page-changed')
  const { report, sender } = reported
  const place = placeOf(report, sender, top)
  const same = sender.frameId === target.frameId && (sender.documentId ?? null) === target.documentId
  if (!same || JSON.stringify(place) !== JSON.stringify(target.place)) throw Trouble.of('page-changed')
  if (reported.report.field.obstacle !== null) throw Trouble.of(reported.report.field.obstacle)
}

/**
 * Passes the value as an argument to that one document. If the browser has document ids, it is addressed by its id, which fixes its site
 * and the frames around it. In other browsers the origins are checked once more.
 */
export async function fillTarget(target: Target, value: string): Promise<void> {
  if (target.documentId === null) await recheckTarget(target)
  else if ((await topOf(target.tabId)) !== target.place.top) throw Trouble.of('page-changed')
  const [filled] = await injected(() =>
    webExtension.scripting.executeScript({
      target: only(target),
      func: callFill,
      args: [target.token, value, target.origins] as [string, string, readonly string[]],
    }),
  )
  const outcome = (filled?.result ?? 'gone') as FillResult
  if (outcome === 'gone') throw Trouble.of('page-changed')
  if (outcome !== 'filled') throw Trouble.of(outcome)
}

function mostCertain(reports: readonly Reported[], pointed: number | null): { reported: Reported; obstacle: string | null } {
  const top = reports.find(({ sender }) => sender.frameId === 0)
  if (!top) throw Trouble.of('page-closed')
  if (pointed !== null) {
    const reported = reports.find(({ sender }) => sender.frameId === pointed)
    if (!reported) return { reported: top, obstacle: 'other-frame' }
    return { reported, obstacle: reported.report.field ? reported.report.field.obstacle : 'no-field' }
  }
  // The focus is in a frame of another site: the user does not mean any field elsewhere.
  if (reports.some(({ report }) => report.focus === 'foreign')) return { reported: top, obstacle: 'other-frame' }
  const byRank = [...reports].sort((one, other) => worth(other) - worth(one))
  const reported = byRank[0] ?? top
  if (!reported.report.field) return { reported: top, obstacle: 'no-field' }
  return { reported, obstacle: reported.report.field.obstacle }
}

/** The focused field first, then fields that can be filled before those that cannot. */
function worth({ report: { field } }: Reported): number {
  if (!field) return 0
  return field.rank + (field.obstacle === null || field.rank === rank.focused ? 10 : 0)
}

async function reportsOf(token: string, tabId: number, work: () => Promise<unknown>): Promise<Reported[]> {
  const reports: Reported[] = []
  awaited.set(token, reports)
  try {
    await injected(work)
    return reports.filter(({ sender }) => sender.tab?.id === tabId)
  } finally {
    awaited.delete(token)
  }
}

async function injected<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    throw Trouble.of('page-closed') // the browser's message names the page
  }
}

/** Known only while the gesture's permission lasts, which ends when the tab navigates to another site. */
async function topOf(tabId: number): Promise<string> {
  const { url } = await webExtension.tabs.get(tabId).catch(() => ({ url: undefined }))
  if (url === undefined) throw Trouble.of('page-changed')
  return withoutQuery(url)
}

function placeOf(report: FieldReport, sender: Sender, top: string): Place {
  // The frame's own origin is part of the chain: that of a sandboxed frame is opaque, whatever its address says.
  return {
    url: withoutQuery(sender.url ?? ''),
    top,
    ancestors: [...(sender.origin === undefined ? [] : [sender.origin]), ...report.origins],
  }
}

/** The app decides by origins. Query and fragment belong to the site and often contain a secret. */
function withoutQuery(url: string): string {
  return (url.split(/[?#]/)[0] ?? '').slice(0, 2048)
}

function only({ tabId, frameId, documentId }: Target): InjectionTarget {
  return documentId === null ? { tabId, frameIds: [frameId] } : { tabId, documentIds: [documentId] }
}

// These three functions run in the page. Each is serialised alone and cannot use anything around it.
function callFind(token: string, chosen: boolean): Promise<void> | undefined {
  return (window as { latchkeyPage?: PageCalls }).latchkeyPage?.find(token, chosen)
}
function callLook(token: string): Promise<void> | undefined {
  return (window as { latchkeyPage?: PageCalls }).latchkeyPage?.look(token)
}
function callFill(token: string, value: string, origins: readonly string[]): FillResult | undefined {
  return (window as { latchkeyPage?: PageCalls }).latchkeyPage?.fill(token, value, origins)
}
