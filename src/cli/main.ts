import { homedir, userInfo } from 'node:os'
import { exitCodes } from '../base/index.ts'
import { runCli } from './run.ts'

// A reader that goes away (`| head`) ends the command quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.internal),
)

const abort = new AbortController()
let interruptedAt: number | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // One Ctrl-C may arrive twice, from the terminal and from the program that started this one; a later second one means it.
    if (interruptedAt !== undefined && performance.now() - interruptedAt > 500) process.exit(exitCodes.interrupted)
    interruptedAt ??= performance.now()
    abort.abort()
  })

const code = await runCli(process.argv.slice(2), {
  world: { now: () => new Date().toISOString(), pid: process.pid, env: process.env, home: homedir(), user: userInfo().username },
  signal: abort.signal,
  cwd: process.cwd(),
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTty: process.stderr.isTTY && process.env['NO_COLOR'] === undefined && process.env['CI'] === undefined,
    width: process.stderr.columns ?? 100,
  },
})
// The embedded engine keeps threads: leaving by exit code alone would wait for them.
process.stdout.write('', () => process.exit(code))
