// Plain JavaScript for any Node >= 20: installs what is missing and finds the Node 24 that the code runs on.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** A checkout carries the sources; the published package carries `dist/`. */
export const isCheckout = existsSync(join(root, 'src', 'cli'))

const exitEnvironment = 4

/** What the runtime keeps of modules it has compiled. It lies with the code it belongs to: who can change one can change the other. */
const compiled = isCheckout ? join(root, 'node_modules', '.cache', 'breachline') : join(root, '.compiled')

/** Runs `npm ci` when a checkout has no `node_modules`, or one older than its lock file; never under `BREACHLINE_NO_INSTALL` (tests). */
export function ensureInstalled() {
  if (process.env['BREACHLINE_NO_INSTALL'] !== undefined) return
  const lockFile = join(root, 'package-lock.json')
  if (!isCheckout || !existsSync(lockFile)) return
  const digest = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  const stamp = join(root, 'node_modules', '.breachline-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  const hidden = join(root, 'node_modules', '.package-lock.json')
  const current = existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(lockFile).mtimeMs
  if (!current) {
    process.stderr.write('breachline: installing packages (npm ci), once\n')
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
    if (npm.status !== 0) {
      const why = npm.error ? `npm could not be started (${npm.error.message})` : 'npm ci failed'
      fail(`${why}; see the lines above. It needs the npm registry once; after that no network.`)
    }
  }
  writeFileSync(stamp, digest)
}

/** Path of a Node >= 24: this one, or the one that came with the packages. */
export function runtime() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const name = `node-${process.platform}-${process.arch}`
  try {
    const home = dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`))
    const binary = join(home, 'bin', 'node')
    if (existsSync(binary)) return binary
  } catch {
    // said below
  }
  return fail(
    `the package ${name} (Node 24) is not installed and this is Node ${process.versions.node}. Run "npm ci" again without --omit=optional, or install Node 24.`,
  )
}

/** Builds the page of a checkout when a command is about to show it and it is missing or older than its sources. */
export function ensurePage([command, ...args]) {
  const shows = command === 'serve' || (command === 'demo' && !args.includes('--no-serve') && !args.includes('--json'))
  if (!isCheckout || !shows || args.includes('--help')) return
  const built = join(root, 'web', 'dist', 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs >= newest(join(root, 'web'))) return
  process.stderr.write('breachline: building the page, once\n')
  const build = spawnSync(runtime(), [join(root, 'scripts', 'build.ts'), '--page-only'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (build.status !== 0) process.stderr.write('breachline: the page could not be built; the command goes on without it\n')
}

/** Time of the last change under a folder of sources. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .map((entry) => join(folder, entry.name))
    .reduce((time, path) => Math.max(time, statSync(path).isDirectory() ? newest(path) : statSync(path).mtimeMs), 0)
}

/** Runs a program of ours on the runtime and ends with its exit code; signals go to it. */
export function run(file, args) {
  const program = runtime()
  // Tools that our scripts start by name find the same Node.
  const env = {
    NODE_COMPILE_CACHE: compiled,
    ...process.env,
    PATH: `${dirname(program)}${delimiter}${process.env['PATH'] ?? ''}`,
  }
  const child = spawn(program, ['--disable-warning=ExperimentalWarning', file, ...args], { stdio: 'inherit', env })
  // The child ends in its own time and we report its code. Ctrl-C reaches it twice, from the terminal and from here: it counts once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`the runtime could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

function fail(message) {
  process.stderr.write(`breachline: ${message}\n`)
  process.exit(exitEnvironment)
}
