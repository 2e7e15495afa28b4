import { checkout } from '../set-up/checkout.mjs'
import { Failure } from '../process/failure.mjs'
import { capture } from '../process/child.mjs'
import { npmCommand, npmEnvironment, npmErrors } from '../set-up/npm.mjs'
import { manifest, nameIn } from './packages.mjs'
import { shippedPackages } from './shipped.mjs'

/**
 * The bill of materials of the packages, in CycloneDX: npm's own, without the tools, and with the runtimes that npm does not know.
 * @param {Record<string, string>} runtimes versions by name, as `{ electron: '45.4.1', bun: '1.4.5' }`
 * @param {string} [root] the checkout, with its packages installed
 * @returns {Promise<Record<string, any>>}
 */
export async function billOfMaterials(runtimes, root = checkout) {
  const [command, ...args] = npmCommand()
  // Bundled packages are devDependencies, which npm leaves out if NODE_ENV is `production`, as it is after a build in this process.
  const { status, stdout, stderr } = await capture(
    command,
    [...args, 'sbom', '--include=dev', '--sbom-format=cyclonedx', '--sbom-type=application'],
    {
      cwd: root,
      env: npmEnvironment(),
    },
  )
  if (status !== 0) throw new Failure(`npm could not list the packages (status ${status}):\n${npmErrors(stderr)}`)
  const bom = JSON.parse(stdout)
  const { name, version } = manifest(root)
  // An aliased package may appear under either name.
  const shipped = new Set(shippedPackages(root).flatMap((one) => [one.name, nameIn(one.path)].map((name) => `${name}@${one.version}`)))
  const own = bom.metadata.component['bom-ref']
  const kept = bom.components.filter((/** @type {any} */ one) => shipped.has(`${one.name}@${one.version}`))
  const refs = new Set([own, ...kept.map((/** @type {any} */ one) => one['bom-ref'])])
  const engines = Object.entries(runtimes).map(([runtime, its]) => ({
    ...{ type: 'framework', 'bom-ref': `${runtime}@${its}`, name: runtime, version: its },
    purl: `pkg:generic/${runtime}@${its}`,
  }))
  const dependencies = bom.dependencies
    .filter((/** @type {any} */ { ref }) => refs.has(ref))
    .map((/** @type {any} */ { ref, dependsOn }) => ({
      ref,
      dependsOn: [
        ...dependsOn.filter((/** @type {string} */ one) => refs.has(one)),
        ...(ref === own ? engines.map((one) => one['bom-ref']) : []),
      ],
    }))
  return {
    ...bom,
    // npm names it after the folder.
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name, version, type: 'application' } },
    components: [...kept, ...engines],
    dependencies,
  }
}
