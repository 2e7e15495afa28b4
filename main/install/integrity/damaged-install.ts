/** How an installed file differs from the package. */
export type Damage = 'manifest-missing' | 'manifest-forged' | 'changed' | 'missing' | 'added'

/** A file of the app differs from the package. */
export class DamagedInstall extends Error {
  override readonly name = 'DamagedInstall'

  /** @param file relative to the app's folder */
  constructor(
    readonly damage: Damage,
    readonly file: string,
  ) {
    super(`${damage}: ${file}`)
  }
}
