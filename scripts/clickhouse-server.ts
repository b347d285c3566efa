// Starts a real ClickHouse server from the npm package alone, on loopback: the engine's library carries the command-line
// program, which is told to listen. It is called from a plain process (Python's ctypes), not from Node, whose threads
// have other stacks.
import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { existsSync, readdirSync } from 'node:fs'

const program = `
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
args = [b"clickhouse-local"] + [arg.encode() for arg in sys.argv[2:]]
argv = (ctypes.c_char_p * len(args))(*args)
library.chdb_query_cmdline.restype = ctypes.c_void_p
library.chdb_query_cmdline(len(args), argv)
`

/** Where the engine's shared library is; undefined when its package is not installed. */
export function engineLibrary(): string | undefined {
  const name = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const folders = [home, join(home, 'lib')].filter((folder) => existsSync(folder))
    const file = folders
      .flatMap((folder) => readdirSync(folder).map((entry) => join(folder, entry)))
      .find((path) => /libchdb\.(so|dylib)$/.test(path))
    return file
  } catch {
    return undefined
  }
}

/** A running server; `stop` ends it and waits. */
export interface ServerProcess {
  readonly url: string
  stop(): Promise<void>
}

/** Starts the server on free ports of 127.0.0.1 with its data in `directory`; resolves when it answers. */
export async function startServer(options: {
  library: string
  directory: string
  httpPort: number
  tcpPort: number
}): Promise<ServerProcess> {
  const query = [
    'SYSTEM START LISTEN HTTP',
    'SYSTEM START LISTEN TCP',
    'SELECT sleepEachRow(3) FROM numbers(100000) SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=4000000 FORMAT Null',
  ].join('; ')
  const child: ChildProcess = spawn(
    'python3',
    [
      '-c',
      program,
      options.library,
      '--path',
      options.directory,
      '--listen_host=127.0.0.1',
      `--http_port=${options.httpPort}`,
      `--tcp_port=${options.tcpPort}`,
      '--query',
      query,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)))
  const url = `http://127.0.0.1:${options.httpPort}`
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended before it answered: ${errors}`)
    const answers = await fetch(`${url}/ping`).then(
      (response) => response.ok,
      () => false,
    )
    if (answers)
      return {
        url,
        async stop() {
          child.kill('SIGKILL')
          await ended
        },
      }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not answer within a minute: ${errors}`)
}
