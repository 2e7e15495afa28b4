import type { Desktop } from './desktop.ts'

/**
 * Records everything that passes between main and the main window from now on, in both directions: each call with its answer, and each
 * event. It listens in main, where the page cannot hide anything.
 */
export async function recordCrossing({ app }: Desktop): Promise<void> {
  await app.evaluate(({ ipcMain, BrowserWindow }) => {
    const kept: string[] = []
    Object.assign(globalThis, { crossing: kept })
    type Handler = (event: unknown, input: unknown) => unknown
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (event, input) => {
        const answer = await handler(event, input)
        kept.push(`${channel} ${JSON.stringify(input)} ${JSON.stringify(answer)}`)
        return answer
      })
    }
    const ours = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL() === 'app://bundle/index.html')
    const contents = ours?.webContents
    if (contents === undefined) throw new Error('there is no window to listen to')
    const send = contents.send.bind(contents)
    contents.send = (channel: string, ...payload: unknown[]) => {
      kept.push(`${channel} ${JSON.stringify(payload)}`)
      send(channel, ...payload)
    }
  })
}

/** What has passed since. */
export function crossed({ app }: Desktop): Promise<string> {
  return app.evaluate(() => (globalThis as unknown as { crossing: string[] }).crossing.join('\n'))
}
