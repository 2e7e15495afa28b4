import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { importers } from './import-boundaries.mjs'
import { run } from './process/child.mjs'
import { Failure } from './process/failure.mjs'
import { script } from './process/script.mjs'
import { checkout } from './set-up/checkout.mjs'
import { setUpDependencies } from './set-up/dependencies.mjs'
import { checkSupply } from './supply/supply.mjs'

const help = `npm run check

Runs every check that does not execute the code: format, types, Svelte components, lint rules, import boundaries, dead code. Of the
dependencies it checks that package-lock.json pins them, that node_modules matches it, that install scripts are off, their licences, that
Electron's major version is supported, and, if the registry reports them, known vulnerabilities and signatures.`

/** @type {{ name: string, package: string, program: string, args: string[], finds: string }[]} */
const checks = [
  {
    name: 'format',
    package: 'prettier',
    program: 'prettier',
    args: ['--check', '--log-level=warn', '**/*.{ts,svelte,mjs,js,cjs}'],
    finds: 'A file is not formatted. Run npm run format.',
  },
  { name: 'types', package: 'typescript', program: 'tsc', args: ['-b'], finds: 'There are type errors.' },
  {
    name: 'components',
    package: 'svelte-check',
    program: 'svelte-check',
    args: ['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings'],
    finds: 'There are errors in Svelte components.',
  },
  {
    name: 'components of the extension',
    package: 'svelte-check',
    program: 'svelte-check',
    args: ['--tsconfig', 'clients/extension/tsconfig.json', '--fail-on-warnings'],
    finds: 'There are errors in Svelte components of the extension.',
  },
  {
    name: 'lint',
    package: 'eslint',
    program: 'eslint',
    args: ['.', '--max-warnings=0'],
    finds: 'A lint rule is broken.',
  },
  {
    name: 'import boundaries',
    package: 'dependency-cruiser',
    program: 'depcruise',
    args: ['--config', 'scripts/import-boundaries.mjs', '--output-type', 'err-long', ...importers],
    finds: 'An import crosses a boundary, or closes a circle.',
  },
  {
    name: 'dead code',
    package: 'knip',
    program: 'knip',
    args: [],
    finds: 'There is unused code, or an unused package.',
  },
]

await script(help, async () => {
  await setUpDependencies()
  console.log('dependencies ...')
  await checkSupply(console.log)
  for (const check of checks) {
    console.log(`${check.name} ...`)
    const status = await run(process.execPath, [programOf(check), ...check.args], { cwd: checkout })
    if (status !== 0) throw new Failure(check.finds, `The output of ${check.program} above says where.`)
  }
  console.log('All checks are good.')
  return 0
})

/** @param {{ package: string, program: string }} check */
function programOf({ package: name, program }) {
  const folder = (createRequire(join(checkout, 'package.json')).resolve.paths(name) ?? [])
    .map((place) => join(place, name))
    .find((place) => existsSync(join(place, 'package.json')))
  if (folder === undefined) throw new Failure(`${name} is not installed.`)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[program])
}
