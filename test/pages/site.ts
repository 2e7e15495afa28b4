import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'

/** Test pages on this computer. http is allowed here, and `localhost` and `127.0.0.1` are two sites. */
export interface Site {
  readonly origin: string
  /** The same pages as another site. */
  readonly otherOrigin: string
  close(): Promise<void>
}

const frameworks = ['react', 'vue', 'svelte'] as const

/** The start of every page. Its file contains the rest, from the title on. */
const head = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<style>
  body { margin: 40px; font: 16px/1.5 sans-serif; }
  label { display: block; }
  input, textarea { width: 320px; height: 32px; }
</style>
`

export async function serveSite(): Promise<Site> {
  const scripts = new Map<string, string>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    const framework = frameworks.find((name) => pathname === `/frameworks/${name}.js`)
    void answer(pathname, framework).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  async function answer(path: string, framework?: string): Promise<{ type: string; body: string }> {
    if (framework === undefined)
      return { type: 'text/html; charset=utf-8', body: head + readFileSync(join(import.meta.dirname, normalize(path)), 'utf8') }
    const body = scripts.get(framework) ?? (await bundled(framework))
    scripts.set(framework, body)
    return { type: 'text/javascript', body }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  }
}

/** Bundles a framework's form, as its projects usually are. */
async function bundled(name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    root: import.meta.dirname,
    plugins: [svelte({ configFile: false })],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: { write: false, rollupOptions: { input: join(import.meta.dirname, 'frameworks', `${name}.ts`), output: { format: 'iife' } } },
  })
  const [first] = [built].flat()
  if (!first || !('output' in first)) throw new Error(`${name} was not bundled`)
  return first.output[0].code
}
