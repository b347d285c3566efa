import { spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fault, limits, sha256, type Fault } from '../../base/index.ts'
import type { ChildAnswer, PictureReading } from './reading.ts'

const answerBytes = 32 * 1024 * 1024
const words = 20_000

/** Readings this process has made, by the SHA-256 of the bytes: a picture is asked for by its words and again by what it shows. */
const readings = new Map<string, PictureReading>()
const readingsKept = 32

/** The picture format that the first bytes say, or undefined when they are no picture this reader opens. */
export function pictureKind(head: Uint8Array): 'png' | 'jpeg' | 'gif' | 'webp' | 'tiff' | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'gif'
  if (starts(0x52, 0x49, 0x46, 0x46) && head[8] === 0x57 && head[9] === 0x45 && head[10] === 0x42) return 'webp'
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return 'tiff'
  return undefined
}

/**
 * Reads the text in a picture (PNG, JPEG, GIF, WebP, TIFF) with an offline text reader in a child process.
 * In: a path or bytes; `file` is the name for messages, `ms` the time allowed (default `limits.pictureMs`).
 * Out: the reading, or a fault (no picture, too large, broken, out of time). Throws only when `signal` is aborted.
 */
export async function readPicture(
  input: string | Uint8Array,
  options: { readonly file?: string; readonly signal?: AbortSignal; readonly ms?: number } = {},
): Promise<PictureReading | Fault> {
  const file = options.file ?? (typeof input === 'string' ? input : 'picture')
  const size = typeof input === 'string' ? (await stat(input)).size : input.length
  if (size > limits.pictureBytes)
    return pictureFault('picture-too-large', `the file has ${size} bytes, more than ${limits.pictureBytes}`, file)
  const bytes = typeof input === 'string' ? await readFile(input) : input
  if (pictureKind(bytes) === undefined)
    return pictureFault('picture-not-a-picture', 'the content is no picture of a known format', file)
  options.signal?.throwIfAborted()
  const key = sha256(bytes)
  const known = readings.get(key)
  if (known !== undefined) return known
  const answer = await ask(bytes, { ms: options.ms ?? limits.pictureMs, ...(options.signal ? { signal: options.signal } : {}) })
  if (answer === 'out-of-time') return pictureFault('picture-timeout', 'reading the picture took too long and was stopped', file)
  if (!answer.ok) return pictureFault(answer.code, answer.what, file)
  keep(key, answer.reading)
  return answer.reading
}

function keep(key: string, reading: PictureReading): void {
  readings.set(key, reading)
  const [oldest] = readings.keys()
  if (readings.size > readingsKept && oldest !== undefined) readings.delete(oldest)
}

function pictureFault(code: string, what: string, file: string): Fault {
  const todo =
    code === 'picture-too-large'
      ? 'hand in a smaller copy beside the original'
      : code === 'picture-not-a-picture'
        ? 'check what the file is; its name says picture, its content does not'
        : 'open the original by hand; it is kept and hashed as it is'
  return fault(code, what, { file }, todo)
}

function ask(bytes: Uint8Array, options: { ms: number; signal?: AbortSignal }): Promise<ChildAnswer | 'out-of-time'> {
  options.signal?.throwIfAborted()
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=1024',
      fileURLToPath(new URL(`./child.${extension}`, import.meta.url)),
      String(limits.picturePixels),
      String(words),
    ],
    // An empty environment: no proxy, no preload, no options of the parent reach the child.
    { stdio: ['pipe', 'pipe', 'ignore'], env: { TZ: 'UTC', NODE_NO_WARNINGS: '1' } },
  )
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    let outOfTime = false
    const stop = () => child.kill('SIGKILL')
    const timer = setTimeout(() => {
      outOfTime = true
      stop()
    }, options.ms)
    options.signal?.addEventListener('abort', stop, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > answerBytes) stop()
      else chunks.push(chunk)
    })
    // A child that died early breaks the pipe; `close` tells the outcome.
    child.stdin.on('error', () => undefined)
    child.on('error', () => undefined)
    child.on('close', () => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      if (options.signal?.aborted) reject(options.signal.reason as Error)
      else if (outOfTime) resolve('out-of-time')
      else resolve(parse(Buffer.concat(chunks).toString('utf8')))
    })
    child.stdin.end(bytes)
  })
}

function parse(text: string): ChildAnswer {
  try {
    return JSON.parse(text) as ChildAnswer
  } catch {
    return { ok: false, code: 'picture-reader-failed', what: 'the reading process ended without an answer' }
  }
}
