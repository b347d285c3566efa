// `npm test`: the rules of the house, the page's build, then every test project, one after the other.
// Ends with one line `N passed, N failed, N skipped`. The server project has its own command, `npm run test:server`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { findChromium } from './chromium.ts'

const root = join(import.meta.dirname, '..')
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('-'))
const projects = only.length > 0 ? only : ['check', 'page', 'pure', 'engine', 'flow']
const reports = mkdtempSync(join(tmpdir(), 'breachline-test-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

function run(command: string, args: readonly string[]): number {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TZ: 'America/Los_Angeles' },
  })
  return status ?? 1
}

function script(name: string, ...args: string[]): void {
  const ok = run(process.execPath, [join(root, 'scripts', `${name}.ts`), ...args]) === 0
  totals[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(name)
}

function vitest(project: string): void {
  const report = join(reports, `${project}.json`)
  const status = run(join(root, 'node_modules', '.bin', 'vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!existsSync(report)) {
    totals.failed += 1
    failures.push(`${project}: no report`)
    return
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: { status: string; assertionResults: { status: string; fullName: string }[]; name: string }[]
  }
  totals.passed += result.numPassedTests
  totals.failed += result.numFailedTests
  totals.skipped += result.numPendingTests
  const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  totals.failed += broken.length
  for (const file of result.testResults) {
    const name = relative(root, file.name)
    if (broken.includes(file)) failures.push(`${name}: the file itself`)
    for (const one of file.assertionResults) {
      if (one.status === 'failed') failures.push(`${name}: ${one.fullName}`)
      // What is still pending when all is over stood in a process that died.
      if (one.status === 'pending') failures.push(`${name}: not ended: ${one.fullName}`)
    }
  }
  if (status !== 0 && result.numFailedTests === 0 && broken.length === 0) {
    totals.failed += 1
    failures.push(`${project}: ended with ${status}`)
  }
}

const chromium = findChromium()
if (projects.includes('flow') && chromium === undefined)
  process.stdout.write('browser tests need Chromium: "apt-get install chromium" (or CI=1 npm test, which does it)\n')
for (const project of projects) {
  process.stdout.write(`\n== ${project}\n`)
  if (project === 'check') script('check')
  else if (project === 'page') script('build', '--page-only')
  else vitest(project)
}
rmSync(reports, { recursive: true })
for (const one of failures) process.stdout.write(`\nfailed: ${one}`)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exit(totals.failed === 0 ? 0 : 1)
