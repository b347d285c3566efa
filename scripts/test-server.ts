// `npm run test:server`: the store's own tests against a real ClickHouse server on loopback, started from the npm package.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineLibrary, startServer } from './clickhouse-server.ts'

const root = join(import.meta.dirname, '..')

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

const library = engineLibrary()
if (library === undefined) {
  process.stdout.write('the engine package for this machine is not installed; nothing to test\n0 passed, 1 failed, 0 skipped\n')
  process.exit(1)
}
const directory = mkdtempSync(join(tmpdir(), 'breachline-server-'))
const server = await startServer({
  library,
  directory: join(directory, 'data'),
  httpPort: await freePort(),
  tcpPort: await freePort(),
})
const report = join(directory, 'report.json')
const { status } = spawnSync(
  join(root, 'node_modules', '.bin', 'vitest'),
  ['run', '--project', 'server', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, BREACHLINE_TEST_SERVER: server.url, NODE_COMPILE_CACHE: join(directory, 'compiled') },
  },
)
await server.stop()
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
rmSync(directory, { recursive: true })
process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`)
process.exit(status ?? 1)
