/** Why the app's own files are not what was packed. */
export type Damage = 'manifest-missing' | 'manifest-forged' | 'changed' | 'missing' | 'added'

/** A file of the app is not the one that was packed. */
export class DamagedInstall extends Error {
  override readonly name = 'NotWhole'

  /** @param file relative to the app's folder */
  constructor(
    readonly damage: Damage,
    readonly file: string,
  ) {
    super(`${damage}: ${file}`)
  }
}
