// `npm test`: the rules of the house beside the page's build, then the test projects in one run, as many files at once as there are cores.
// `npm test -- check page pure` runs these alone. Ends with one line `N passed, N failed, N skipped`.
// The server project has its own command, `npm run test:server`.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { findChromium } from './chromium.ts'

const root = join(import.meta.dirname, '..')
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('-'))
const chosen = only.length > 0 ? only : ['check', 'page', 'flow', 'engine', 'pure']
const reports = mkdtempSync(join(tmpdir(), 'breachline-test-'))
/** What the tests write: all of it is gone at the end. Open to all as `/tmp` is, since a test acts as somebody who may not read its files. */
const scratch = join(reports, 'tmp')
mkdirSync(scratch)
chmodSync(reports, 0o711)
chmodSync(scratch, 0o1777)
const totals = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

/** Runs a program; its output is shown as it comes, or under a heading when it has ended. */
async function run(command: string, args: readonly string[], heading?: string): Promise<number> {
  const output = heading === undefined ? 'inherit' : 'pipe'
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', output, output],
    // Programs started by the tests compile each module once for all of them.
    env: { ...process.env, TZ: 'America/Los_Angeles', TMPDIR: scratch, NODE_COMPILE_CACHE: join(reports, 'compiled') },
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk))
  const status = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
  if (heading !== undefined) process.stdout.write(`\n== ${heading}\n${Buffer.concat(said).toString('utf8')}`)
  return status
}

async function script(name: string, file: string, ...args: string[]): Promise<void> {
  const ok = (await run(process.execPath, [join(root, 'scripts', file), ...args], name)) === 0
  totals[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(name)
}

async function vitest(projects: readonly string[]): Promise<void> {
  const report = join(reports, 'report.json')
  const status = await run(join(root, 'node_modules', '.bin', 'vitest'), [
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!existsSync(report)) {
    totals.failed += 1
    failures.push(`${projects.join(', ')}: no report`)
    return
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: { status: string; assertionResults: { status: string; fullName: string }[]; name: string }[]
  }
  const before = failures.length
  totals.passed += result.numPassedTests
  totals.failed += result.numFailedTests
  totals.skipped += result.numPendingTests
  // A file whose set-up failed has no test that did.
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  )
  totals.failed += broken.length
  for (const file of result.testResults) {
    const name = relative(root, file.name)
    if (broken.includes(file)) failures.push(`${name}: the file itself`)
    for (const one of file.assertionResults) {
      if (one.status === 'failed') failures.push(`${name}: ${one.fullName}`)
      // What is still pending when all is over stood in a process that died.
      if (one.status === 'pending') {
        totals.failed += 1
        failures.push(`${name}: not ended: ${one.fullName}`)
      }
    }
  }
  if (status !== 0 && failures.length === before) {
    totals.failed += 1
    failures.push(`${projects.join(', ')}: ended with ${status}`)
  }
}

const projects = chosen.filter((name) => name !== 'check' && name !== 'page')
if (projects.includes('flow') && findChromium() === undefined)
  process.stdout.write('browser tests need Chromium: "apt-get install chromium" (or CI=1 npm test, which does it)\n')
// The page is built before a browser asks for it.
await Promise.all([
  ...(chosen.includes('check') ? [script('check', 'check.ts')] : []),
  ...(chosen.includes('page') ? [script('page', 'build.ts', '--page-only')] : []),
])
if (projects.length > 0) {
  process.stdout.write(`\n== ${projects.join(', ')}\n`)
  await vitest(projects)
}
rmSync(reports, { recursive: true, force: true, maxRetries: 3 })
for (const one of failures) process.stdout.write(`\nfailed: ${one}`)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exit(totals.failed === 0 ? 0 : 1)
