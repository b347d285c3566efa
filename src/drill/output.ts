import { createHash, type Hash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { UserError, exitCodes, type Watch } from '../base/index.ts'

/** One file written: path under the output folder, lines and bytes. */
export interface Written {
  readonly path: string
  readonly lines: number
  readonly bytes: number
  readonly sha256: string
}

/** Folder that a drill is written into: streams lines, counts, stops when told to. */
export class Output {
  readonly written: Written[] = []
  readonly #root: string
  readonly #watch: Watch
  readonly #open = new Set<LineFile>()

  /** Throws a UserError when the folder already holds a case. */
  constructor(root: string, watch: Watch) {
    this.#root = root
    this.#watch = watch
    if (existsSync(join(root, 'case')) || existsSync(join(root, 'truth.json'))) {
      throw new UserError({
        code: 'drill-out-taken',
        message: 'The output folder already holds a generated case.',
        hint: 'Give a new folder with --out, or remove the old one first.',
      })
    }
  }

  /** Opens a text file for streaming; close it before the next one of the same name. */
  open(path: string): LineFile {
    const full = join(this.#root, path)
    mkdirSync(dirname(full), { recursive: true })
    const file = new LineFile(path, full, (done) => {
      this.#open.delete(file)
      this.written.push(done)
    })
    this.#open.add(file)
    return file
  }

  /** Removes everything written so far: a generated case is there whole or not at all. */
  abandon(): void {
    for (const file of this.#open) file.close()
    rmSync(join(this.#root, 'case'), { recursive: true, force: true })
    for (const { path } of this.written) rmSync(join(this.#root, path), { force: true })
  }

  /** Writes a whole file. */
  write(path: string, content: string | Uint8Array): void {
    const file = this.open(path)
    file.raw(content)
    file.close()
  }

  /** Reports progress and lets a stop through; called every few thousand lines. Throws a UserError when aborted. */
  async step(step: string, done: number, total: number, unit: string): Promise<void> {
    this.#watch.report?.({ step, done, total, unit })
    await breathe()
    if (this.#watch.signal?.aborted === true) {
      throw new UserError({
        code: 'drill-stopped',
        message: 'Stopped while writing the generated case.',
        hint: 'Nothing was kept; run the command again.',
        exitCode: exitCodes.interrupted,
      })
    }
  }
}

/** A file being written in blocks of about one mebibyte. */
export class LineFile {
  readonly #path: string
  readonly #descriptor: number
  readonly #hash: Hash = createHash('sha256')
  readonly #done: (written: Written) => void
  #parts: string[] = []
  #pending = 0
  #lines = 0
  #bytes = 0

  constructor(path: string, full: string, done: (written: Written) => void) {
    this.#path = path
    this.#descriptor = openSync(full, 'w')
    this.#done = done
  }

  line(text: string): void {
    this.#parts.push(text)
    this.#lines += 1
    this.#pending += text.length + 1
    if (this.#pending > 1_048_576) this.#flush()
  }

  raw(content: string | Uint8Array): void {
    this.#flush()
    this.#put(typeof content === 'string' ? Buffer.from(content) : content)
  }

  close(): void {
    this.#flush()
    closeSync(this.#descriptor)
    this.#done({ path: this.#path, lines: this.#lines, bytes: this.#bytes, sha256: this.#hash.digest('hex') })
  }

  #flush(): void {
    if (this.#parts.length === 0) return
    this.#put(Buffer.from(`${this.#parts.join('\n')}\n`))
    this.#parts = []
    this.#pending = 0
  }

  #put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at)
    this.#hash.update(bytes)
    this.#bytes += bytes.length
  }
}

/** One row of CSV (RFC 4180 quoting where needed). */
export function csvRow(cells: readonly string[], delimiter = ','): string {
  return cells.map((cell) => (/[",;\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)
}
