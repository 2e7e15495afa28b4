import { write } from 'node:fs'
import { retryMs } from './output.ts'

/**
 * Writes the whole in the background, so that signals are handled while the reader is slow.
 * @throws the system's error
 */
export function writeInBackground(fd: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const writeRest = (rest: Buffer): void => {
      if (rest.length === 0) return resolve()
      write(fd, rest, (error, written) => {
        if (error === null) writeRest(rest.subarray(written))
        else if (error.code === 'EAGAIN') setTimeout(writeRest, retryMs, rest)
        else reject(error)
      })
    }
    writeRest(bytes)
  })
}
