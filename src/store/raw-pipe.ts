import { execFile } from 'node:child_process'
import { constants, openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A way into a process of ours that opens files by path: bytes pass through memory alone. */
export interface RawPipe {
  readonly path: string
  /** Passes bytes, piece by piece, to `reader`, which opens the path and reads to its end. Gives back what it gives; fails when it fails. */
  pass<T>(pieces: readonly Uint8Array[], reader: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A named pipe in a folder of its own; undefined where the system has none. */
export async function openRawPipe(): Promise<RawPipe | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'breachline-pipe-'))
  const path = join(folder, 'rows')
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path])
  } catch {
    await close()
    return undefined
  }
  return {
    path,
    async pass(pieces, reader) {
      const state = { ended: false }
      const read = reader().finally(() => {
        state.ended = true
      })
      const [answer] = await Promise.all([read, write(path, pieces, state)])
      return answer
    },
    close,
  }
}

/** Writes to the pipe once somebody reads it. A reader that ends early is no error here: it says why itself. */
async function write(path: string, pieces: readonly Uint8Array[], state: { readonly ended: boolean }): Promise<void> {
  let pipe = opened(path)
  for (; pipe === undefined; pipe = opened(path)) {
    if (state.ended) return
    await setTimeout(1)
  }
  const socket = new Socket({ fd: pipe, readable: false, writable: true })
  await new Promise<void>((resolve) => {
    socket.once('error', () => resolve())
    socket.once('close', () => resolve())
    for (const piece of pieces) socket.write(piece)
    socket.end()
  })
}

/** The writing end, or undefined while nobody reads. */
function opened(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENXIO') return undefined
    throw error
  }
}
