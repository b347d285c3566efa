import sevenZip from '7z-wasm'
import type { SevenZipModule, SevenZipModuleFactory } from '7z-wasm'

// The types of the package speak of another way of importing it.
const openEngine = sevenZip as unknown as SevenZipModuleFactory

/** Parts of the engine's file system that its types leave out. */
interface Node {
  stream_ops: StreamOps
  node_ops: { setattr(node: Node, attributes: { size?: number }): void; getattr: unknown }
  usedBytes: number
}
interface Stream {
  readonly node: Node
}
interface StreamOps {
  read(stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number): number
  write(stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number): number
}
interface Files {
  open(path: string, flags: string): Stream
  close(stream: Stream): void
  getPath(node: Node): string
  mkdir(path: string): void
  lookupPath(path: string): { node: Node }
}

/** What one run of the engine said; `ok` = it named no error. */
export interface EngineRun {
  readonly ok: boolean
  readonly output: string
  readonly errors: string
}

const outputChars = 64 * 1024 * 1024

/**
 * Runs one command of 7-Zip on an archive that is read by `read` and never copied. Files that it unpacks go to `write` piece by piece, under
 * their path in the archive as the engine cleaned it; nothing is kept.
 */
export async function runEngine(options: {
  readonly size: number
  readonly read: (from: number, to: number) => Uint8Array
  readonly args: readonly string[]
  readonly write?: (path: string, bytes: Uint8Array) => void
}): Promise<EngineRun> {
  const output: string[] = []
  const errors: string[] = []
  let chars = 0
  let failed = false
  const collect = (into: string[]) => (text: string) => {
    chars += text.length
    if (chars < outputChars) into.push(text)
  }
  const engine: SevenZipModule = await openEngine({
    print: collect(output),
    printErr: collect(errors),
    // No prompt is ever answered.
    stdin: () => null as unknown as number,
  })
  const files = engine.FS as unknown as Files
  const archive = files.open(archivePath, 'w+')
  const plain = archive.node.stream_ops
  const setattr = archive.node.node_ops.setattr
  archive.node.usedBytes = options.size
  archive.node.stream_ops = {
    ...plain,
    read(_stream, buffer, offset, length, position) {
      const bytes = options.read(position, Math.min(options.size, position + Math.min(length, 4 * 1024 * 1024)))
      buffer.set(bytes, offset)
      return bytes.length
    },
  }
  files.close(archive)
  files.mkdir(outFolder)
  // What is unpacked is handed on and not kept: the file only counts its length.
  plain.write = (stream, buffer, offset, length, position) => {
    const path = files.getPath(stream.node)
    if (path.startsWith(`${outFolder}/`))
      options.write?.(path.slice(outFolder.length + 1), new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length).slice())
    stream.node.usedBytes = Math.max(stream.node.usedBytes, position + length)
    return length
  }
  archive.node.node_ops.setattr = (node, attributes) => {
    const { size, ...others } = attributes
    if (size !== undefined) node.usedBytes = size
    setattr(node, others)
  }
  try {
    engine.callMain([...options.args])
  } catch (error) {
    if (error instanceof WriteStopped) throw error
    failed = (error as { status?: unknown }).status !== 0
  }
  const said = errors.join('\n')
  return {
    ok: !failed && !/^ERROR|^Errors?:|\bErrors: [1-9]/m.test(`${said}\n${output.slice(-20).join('\n')}`),
    output: output.join('\n'),
    errors: said,
  }
}

/** Thrown by `write` to stop the engine. */
export class WriteStopped extends Error {}

/** Where the archive and what comes out of it stand inside the engine. */
export const archivePath = '/archive'
export const outFolder = '/out'
