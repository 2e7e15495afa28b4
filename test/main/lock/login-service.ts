import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { openBus } from '../../../main/desktop/session-bus.ts'
import { startService, until } from '../../../scripts/session/service.mjs'

const login = 'org.freedesktop.login1'
const manager = '/org/freedesktop/login1'
const properties = 'org.freedesktop.DBus.Properties'

/** A system's bus of its own, and on it a login service with one session, number 7. */
export class LoginService {
  /** What `DBUS_SYSTEM_BUS_ADDRESS` has to be. */
  readonly address: string
  readonly session = `${manager}/session/_37`
  /** How often somebody asked to be heard before the computer sleeps. */
  waiting = 0
  readonly #bus: MessageBus
  readonly #end: () => void

  private constructor(address: string, bus: MessageBus, end: () => void) {
    this.address = address
    this.#bus = bus
    this.#end = end
  }

  static async start(): Promise<LoginService> {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-system-bus-'))
    const address = `unix:path=${join(folder, 'bus')}`
    const settings = join(folder, 'bus.conf')
    const anybody = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
    writeFileSync(
      settings,
      `<busconfig><type>system</type><listen>${address}</listen><policy context="default">${anybody}</policy></busconfig>`,
    )
    const daemon = startService('dbus-daemon', [`--config-file=${settings}`, '--nofork', '--nopidfile'], { env: process.env })
    const bus = await until(daemon, () => openBus(() => sessionBus({ busAddress: address })).catch(() => null))
    const service = new LoginService(address, bus, () => {
      bus.disconnect()
      daemon.child.kill()
      rmSync(folder, { recursive: true })
    })
    bus.addMethodHandler((call: Message) => service.#answer(call))
    await bus.requestName(login)
    return service
  }

  lockSession(path = this.session): void {
    this.#say(path, `${login}.Session`, 'Lock')
  }

  /** As when the session's locker is up, or its user went to another one. */
  change(property: 'LockedHint' | 'Active', value: boolean): void {
    this.#say(this.session, properties, 'PropertiesChanged', 'sa{sv}as', [`${login}.Session`, { [property]: new Variant('b', value) }, []])
  }

  sleep(begins: boolean): void {
    this.#say(manager, `${login}.Manager`, 'PrepareForSleep', 'b', [begins])
  }

  end(): void {
    this.#end()
  }

  #say(path: string, face: string, member: string, signature = '', body: unknown[] = []): void {
    this.#bus.send(Message.newSignal(path, face, member, signature, body))
  }

  #answer(call: Message): boolean {
    const { member, body } = call
    if (member === 'Inhibit') this.waiting += 1
    if (member === 'GetSession' && body[0] === '7') this.#bus.send(Message.newMethodReturn(call, 'o', [this.session]))
    else if (member === 'Get' && body[1] === 'Display')
      this.#bus.send(Message.newMethodReturn(call, 'v', [new Variant('(so)', ['7', this.session])]))
    else this.#bus.send(Message.newError(call, `${login}.NoSuchSession`, 'no such session'))
    return true
  }
}
