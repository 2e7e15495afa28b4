import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { askBus, startBus } from '../../../scripts/session/bus.mjs'
import { startService, until } from '../../../scripts/session/service.mjs'

const secrets = 'org.freedesktop.secrets'
const root = '/org/freedesktop/secrets'
const bus = 'org.freedesktop.DBus'

/** A real gnome-keyring on its own bus, with a known password: it can be locked, killed and opened again. */
export class Keyring {
  /** The environment for programs that are to find it. */
  readonly env: NodeJS.ProcessEnv
  readonly #password = randomBytes(24).toString('hex')
  #open = true

  private constructor(folder: string) {
    const outside = Object.entries(process.env).filter(([name]) => !/^(DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_|GNOME_KEYRING)/.test(name))
    // Without a display no prompt is possible: a locked keyring says so at once.
    this.env = { ...Object.fromEntries(outside), HOME: folder, XDG_RUNTIME_DIR: join(folder, 'run'), XDG_DATA_HOME: join(folder, 'data') }
  }

  static async start(folder: string): Promise<Keyring> {
    const keyring = new Keyring(folder)
    const runtime = keyring.env['XDG_RUNTIME_DIR'] ?? ''
    mkdirSync(runtime, { recursive: true, mode: 0o700 })
    await startBus(runtime, keyring.env)
    await keyring.#startDaemon()
    return keyring
  }

  async lock(): Promise<void> {
    this.#open = false
    const collection = await this.#collection()
    await askBus(this.env, secrets, root, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`)
  }

  /** Kills the daemon. The bus starts a new, locked one at the next call, as on a desktop. */
  async kill(): Promise<void> {
    this.#open = false
    await this.#killOwner(secrets)
  }

  /** Opens it again, as at a login. */
  async unlock(): Promise<void> {
    if (this.#open) return
    await this.#killOwner(secrets)
    await this.#startDaemon()
    this.#open = true
  }

  async stop(): Promise<void> {
    await this.#killOwner(secrets)
    await this.#killOwner(bus)
  }

  async #startDaemon(): Promise<void> {
    const args = ['--unlock', '--foreground', '--components=secrets']
    for (const deadline = Date.now() + 60_000; ;) {
      if (Date.now() > deadline) throw new Error('the keyring is always another one')
      const daemon = startService('gnome-keyring-daemon', args, { env: this.env, input: `${this.#password}\n` })
      const begun = performance.now()
      const first = await until(daemon, async () => {
        const owner = await this.#ownerOf(secrets)
        // It found another daemon, gave up, and then that other one ended.
        if (owner === null && performance.now() - begun > 3_000) return 'nobody'
        if (owner !== daemon.child.pid) return owner
        return (await this.#collection()) === null ? null : owner
      })
      if (first === daemon.child.pid) return
      // The vault made a call meanwhile, and the bus started a locked daemon first.
      daemon.child.kill('SIGKILL')
      await this.#killOwner(secrets)
    }
  }

  async #collection(): Promise<string | null> {
    const told = await askBus(this.env, secrets, root, 'org.freedesktop.Secret.Service.ReadAlias', 'string:default')
    return told?.startsWith(`${root}/collection/`) === true ? told : null
  }

  async #ownerOf(name: string): Promise<number | null> {
    const told = await askBus(this.env, bus, '/', `${bus}.GetConnectionUnixProcessID`, `string:${name}`)
    const pid = Number(/^uint32 (\d+)$/.exec(told ?? '')?.[1])
    return pid > 1 ? pid : null
  }

  /** Ends the owner of the name, repeatedly if the bus has started another one meanwhile. */
  async #killOwner(name: string): Promise<void> {
    for (const deadline = Date.now() + 30_000; ;) {
      const pid = await this.#ownerOf(name)
      if (pid === null) return
      if (Date.now() > deadline) throw new Error(`${name} is started again and again`)
      try {
        process.kill(pid, 'SIGKILL')
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
      }
      await wait(5)
    }
  }
}
