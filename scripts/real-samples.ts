// `node scripts/real-samples.ts [--install] [--only NAME,NAME] [--keep] [--json]`: has Debian's packages write logs on the
// spot, closed off from the machine and on loopback, and holds what is read out of them against what was driven.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runClosedOff } from './real-samples/closed-off.ts'
import { driveAll, type Driven } from './real-samples/drive.ts'
import { judge, type Judged } from './real-samples/judge.ts'
import { install, missingOf, unpack, versionOf } from './real-samples/packages.ts'
import type { Product } from './real-samples/product.ts'
import { products, unreachable } from './real-samples/products.ts'
import { tableOf } from './real-samples/table.ts'

const { values } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    inside: { type: 'string' },
  },
})
const only = values.only?.split(',')
const chosen = products.filter(({ name }) => only === undefined || only.includes(name))

if (values.inside === undefined) process.exitCode = await main()
else await driveInside(values.inside)

/** The process with the closed-off machine around it. */
async function driveInside(folder: string): Promise<void> {
  const driven = await driveAll(
    chosen.filter(({ where }) => where === undefined),
    folder,
  )
  writeFileSync(join(folder, 'driven.json'), JSON.stringify(driven))
  process.exit(0)
}

async function main(): Promise<number> {
  const skipped = new Map<string, string>()
  if (values.install && process.getuid?.() === 0) {
    const failed = install([
      ...new Set(chosen.flatMap(({ packages }) => packages.filter((name) => versionOf(name) === undefined))),
    ])
    if (failed !== '') process.stderr.write(`apt-get install: ${failed}\n`)
  }
  for (const product of chosen) {
    const missing = missingOf(product)
    if (process.platform !== 'linux') skipped.set(product.name, 'needs Linux with Debian packages')
    else if (process.getuid?.() !== 0) skipped.set(product.name, 'needs root, for namespaces of its own')
    else if (missing.length > 0) skipped.set(product.name, `not installed: ${missing.join(' ')} (--install)`)
  }
  const ready = chosen.filter(({ name }) => !skipped.has(name))
  const folder = mkdtempSync(join(tmpdir(), 'breachline-real-samples-'))
  chmodSync(folder, 0o755)
  const cleanUp = (): void => {
    if (!values.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  process.once('exit', cleanUp)
  const unpacked = unpackAll(ready, folder, skipped)
  const driven = await driveBoth(
    ready.filter(({ name }) => !skipped.has(name)),
    folder,
  )
  const judged: Judged[] = []
  for (const { product, since, until, samples, reason } of driven) {
    if (reason !== undefined) skipped.set(product, reason)
    for (const sample of samples) judged.push(await judge(product, sample, { since, until }))
  }
  return report(judged, { skipped, unpacked, folder })
}

async function driveBoth(ready: readonly Product[], folder: string): Promise<readonly Driven[]> {
  const outer = ready.filter(({ where }) => where === 'machine')
  const inner = ready.filter(({ where }) => where === undefined).map(({ name }) => name)
  const driven = [...(await driveAll(outer, folder))]
  if (inner.length === 0) return driven
  const script = join(import.meta.dirname, 'real-samples.ts')
  const code = await runClosedOff([process.execPath, script, '--inside', folder, '--only', inner.join(',')], folder)
  const told = join(folder, 'driven.json')
  if (code !== 0) throw new Error(`the closed-off run ended with ${code}`)
  return [...driven, ...(JSON.parse(readFileSync(told, 'utf8')) as Driven[])]
}

function unpackAll(ready: readonly Product[], folder: string, skipped: Map<string, string>): ReadonlyMap<string, string> {
  const versions = new Map<string, string>()
  for (const { name, unpacked } of ready)
    for (const one of unpacked ?? []) {
      const version = unpack(one, join(folder, 'unpacked', one))
      if (version === undefined) skipped.set(name, `the package ${one} could not be fetched`)
      else versions.set(one, version)
    }
  return versions
}

function report(
  judged: readonly Judged[],
  {
    skipped,
    unpacked,
    folder,
  }: { readonly skipped: ReadonlyMap<string, string>; readonly unpacked: ReadonlyMap<string, string>; readonly folder: string },
): number {
  const versions = new Map(
    chosen.map(({ name, packages, unpacked: more }) => [
      name,
      (more === undefined ? versionOf(packages[0] ?? '') : unpacked.get(more[0] ?? '')) ?? '',
    ]),
  )
  const wrong = judged.filter((one) => one.wrong.length > 0)
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ judged, versions: Object.fromEntries(versions), skipped: Object.fromEntries(skipped) })}\n`,
    )
  else {
    process.stdout.write(tableOf(judged, versions))
    for (const { product, log, wrong: why } of wrong) for (const one of why) process.stdout.write(`${product}, ${log}: ${one}\n`)
    for (const [name, why] of skipped) process.stdout.write(`not driven: ${name}: ${why}\n`)
    if (only === undefined) for (const [name, why] of unreachable) process.stdout.write(`cannot be driven: ${name}: ${why}\n`)
  }
  if (values.keep) process.stderr.write(`the logs are kept in ${folder}\n`)
  process.stdout.write(
    `${judged.length} logs of ${chosen.length - skipped.size} products, ${judged.reduce((sum, { events }) => sum + events, 0)} events, ${wrong.length} logs with expectations not met, ${skipped.size} products not driven\n`,
  )
  return wrong.length > 0 || judged.length === 0 ? 1 : 0
}
