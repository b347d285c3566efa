import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { fault, limits, unreachable, type ByteSource, type Fault, type Watch } from '../../base/index.ts'

/** Why a reading process gave no whole answer. */
class ReaderStopped extends Error {
  readonly reason: 'time' | 'memory' | 'ended'

  constructor(reason: ReaderStopped['reason']) {
    super(`internal error: reading process stopped (${reason})`)
    this.reason = reason
  }
}

/** One message of a reading process: a value, or bytes. */
export type ChildMessage =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/**
 * Runs a module as a process of its own that reads `source` only by asking for its bytes: no environment, no writing to disk,
 * no processes of its own, memory and silence limited. Gives its messages in order, as fast as they are taken. Throws
 * `ReaderStopped` when it ends without saying so, and the reason of `watch.signal` when that is aborted.
 */
export async function* runChild(options: {
  /** URL of the module without its extension, which is that of the caller. */
  readonly module: URL
  readonly extension: string
  readonly source: ByteSource
  /** First message to the process, as JSON; may hold secrets: it travels on a pipe, never in arguments. */
  readonly request: object
  readonly ms?: number
  readonly watch?: Watch
}): AsyncGenerator<ChildMessage> {
  const { source } = options
  const signal = options.watch?.signal
  signal?.throwIfAborted()
  const guarded = process.allowedNodeEnvironmentFlags.has('--permission') ? ['--permission', '--allow-fs-read=*'] : []
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${limits.readerHeapMiB}`,
      ...guarded,
      fileURLToPath(new URL(`${options.module.href}.${options.extension}`)),
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { TZ: 'UTC', NODE_NO_WARNINGS: '1' } },
  )
  let stopped: ReaderStopped['reason'] | undefined
  const stop = (reason: ReaderStopped['reason']): void => {
    stopped ??= reason
    child.kill('SIGKILL')
  }
  const aborted = (): void => stop('ended')
  signal?.addEventListener('abort', aborted, { once: true })
  child.stdin.on('error', () => undefined)
  child.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => void child.on('close', () => resolve()))
  const watchdog = setInterval(() => void overMemory(child.pid).then((over) => (over ? stop('memory') : undefined)), 200)
  const answer = (bytes: Uint8Array): void => {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(bytes.length, 0)
    child.stdin.write(head)
    child.stdin.write(bytes)
  }
  let ended = false
  try {
    answer(Buffer.from(JSON.stringify({ ...options.request, name: source.name, size: source.size })))
    for await (const { kind, bytes } of frames(child.stdout, { ms: options.ms ?? limits.readerMs, late: () => stop('time') })) {
      if (kind === 'e') {
        ended = true
        break
      }
      if (kind === 'j') yield { kind: 'value', value: JSON.parse(bytes.toString('utf8')) }
      else if (kind === 'b') yield { kind: 'bytes', bytes }
      else answer(await source.slice(bytes.readDoubleLE(0), bytes.readDoubleLE(8)))
    }
    if (!ended) await closed
  } finally {
    clearInterval(watchdog)
    signal?.removeEventListener('abort', aborted)
    child.kill('SIGKILL')
    child.stdin.destroy()
  }
  signal?.throwIfAborted()
  if (!ended) throw new ReaderStopped(stopped ?? (child.signalCode === 'SIGABRT' || child.exitCode === 134 ? 'memory' : 'ended'))
}

/** A fault that says why the process gave no whole answer; other errors pass. */
export function stoppedFault(error: unknown, of: { readonly code: string; readonly what: string; readonly file: string }): Fault {
  if (!(error instanceof ReaderStopped)) throw error
  const { reason } = error
  const place = { file: of.file }
  switch (reason) {
    case 'time':
      return fault(`${of.code}-timeout`, `Reading the ${of.what} took too long and was stopped.`, place, convert)
    case 'memory':
      return fault(`${of.code}-memory`, `Reading the ${of.what} took more memory than allowed and was stopped.`, place, convert)
    case 'ended':
      return fault(`${of.code}-reader-failed`, `The process that read the ${of.what} ended without an answer.`, place, convert)
    default:
      return unreachable(reason)
  }
}

const convert = 'If it is what you expect, convert it to CSV by its own program and give that.'

/** Longest message taken from a process; it sends far smaller ones. */
const frameBytes = 64 * 1024 * 1024

async function* frames(
  stdout: Readable,
  silence: { readonly ms: number; readonly late: () => void },
): AsyncGenerator<{ readonly kind: string; readonly bytes: Buffer }> {
  const chunks = stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let held: Buffer[] = []
  let size = 0
  for (;;) {
    while (size >= 5) {
      const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)
      held = [all]
      const length = all.readUInt32LE(0)
      if (length > frameBytes) return
      if (size < 5 + length) break
      held = [all.subarray(5 + length)]
      size -= 5 + length
      yield { kind: all.toString('latin1', 4, 5), bytes: all.subarray(5, 5 + length) }
    }
    const timer = setTimeout(silence.late, silence.ms)
    let step: IteratorResult<Buffer>
    try {
      step = await chunks.next()
    } catch {
      return
    } finally {
      clearTimeout(timer)
    }
    if (step.done === true) return
    held.push(step.value)
    size += step.value.length
  }
}

/** Whether a process holds more memory than allowed; told on Linux, elsewhere the limit of its heap alone holds. */
async function overMemory(pid: number | undefined): Promise<boolean> {
  if (pid === undefined || process.platform !== 'linux') return false
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ')[1])
    return pages * 4096 > limits.readerBytes
  } catch {
    return false
  }
}
