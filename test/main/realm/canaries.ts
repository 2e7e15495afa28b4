import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

/**
 * Searches the bytes of every file below a folder for secrets: whole, their dot-separated parts (of a token its payload
 * and signature; the header is the same in every token and opens nothing), and each of these in base64 and out of it.
 * @returns the forms that were found
 */
export function found(folder: string, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const parts = secret.split('.')
    const telling = parts.length === 3 ? parts.slice(1) : parts
    return [secret, ...telling].flatMap((part) => [
      part,
      Buffer.from(part).toString('base64').replace(/=+$/, ''),
      Buffer.from(part, 'base64url').toString('latin1'),
    ])
  })
  const contents = filesBelow(folder).map((path) => readFileSync(path, 'latin1'))
  // What is shorter than this occurs by chance.
  const long = [...new Set(forms)].filter((form) => form.length >= 8)
  return long.filter((form) => contents.some((content) => content.includes(form)))
}
