import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkIntegrity } from '../../../scripts/set-up/integrity.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('a downloaded file', () => {
  let folder: string
  beforeEach(() => void (folder = temporaryFolder('integrity-')))

  const pin = (bytes: Buffer) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

  it('is accepted if it has the pinned checksum', async () => {
    const bytes = randomBytes(70_000)
    const path = join(folder, 'archive')
    writeFileSync(path, bytes)
    await expect(checkIntegrity(path, pin(bytes))).resolves.toBeUndefined()
  })

  it('is refused for one wrong byte, with advice', async () => {
    const bytes = randomBytes(70_000)
    const wrong = Buffer.from(bytes)
    wrong.writeUInt8(wrong.readUInt8(69_999) ^ 1, 69_999)
    const path = join(folder, 'archive')
    writeFileSync(path, wrong)
    await expect(checkIntegrity(path, pin(bytes))).rejects.toMatchObject({
      message: expect.stringContaining('sha512 differs'),
      remedy: expect.stringContaining('not used'),
    })
  })

  it.each(['', 'sha512-', 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'sha512-abc', `sha512-${'A'.repeat(88)}`])(
    'is refused if the pinned checksum is not a sha512: %j',
    async (pinned) => {
      const path = join(folder, 'archive')
      writeFileSync(path, '')
      await expect(checkIntegrity(path, pinned)).rejects.toThrow('not a sha512')
    },
  )
})
