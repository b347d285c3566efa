import { createSocket, type Socket as Datagrams } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { exitCodes, limits, UserError, type Fault } from '../base/index.ts'
import { messageLine, SyslogFrames } from './watch-frames.ts'
import type { WatchDesk } from './watch-desk.ts'
import type { Step } from './watch-file.ts'
import { WatchLog } from './watch-log.ts'

const host = '127.0.0.1'

/** What came in by syslog, and what of it could not be kept. */
export interface SyslogCounts {
  readonly port: number
  readonly bytes: number
  /** Datagrams that came while as much as the limit waited, those that the system dropped before included where it tells (Linux). */
  readonly lost: number
  /** Messages above the limit of length; not kept. */
  readonly tooLong: number
}

/**
 * Receives syslog on loopback, UDP and TCP on one port. What waits is bounded: senders by TCP are made to wait, datagrams beyond the
 * limit are counted as lost.
 */
export class WatchSyslog {
  readonly path = 'syslog'
  readonly #log: WatchLog
  readonly #datagrams: Datagrams
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #wake: () => void
  #port = 0
  #queue: Buffer[] = []
  #queued = 0
  #bytes = 0
  #lost = 0
  #dropped = 0
  #tooLong = 0

  private constructor(log: WatchLog, wake: () => void) {
    this.#log = log
    this.#wake = wake
    this.#datagrams = createSocket('udp4')
    this.#server = createServer((socket) => this.#connected(socket))
    this.#server.maxConnections = limits.watchConnections
  }

  /** Listens on a port, or on a free one for 0. Throws a `UserError` when it is taken. */
  static async open(desk: WatchDesk, options: { readonly port: number; readonly wake: () => void }): Promise<WatchSyslog> {
    const log = await WatchLog.open(desk, 'syslog')
    if (log.state.format === undefined) log.change({ format: { kind: 'log', seen: 'syslog', log: 'lines' } })
    const one = new WatchSyslog(log, options.wake)
    try {
      one.#server.listen(options.port, host)
      await once(one.#server, 'listening')
      const address = one.#server.address()
      one.#port = typeof address === 'object' && address !== null ? address.port : options.port
      one.#datagrams.bind(one.#port, host)
      await once(one.#datagrams, 'listening')
    } catch (cause) {
      one.#server.close()
      one.#datagrams.close()
      throw new UserError({
        code: 'port-taken',
        message: `syslog cannot be received on port ${options.port} of ${host}`,
        hint: 'give another port with --syslog PORT; ports below 1024 need rights of their own',
        exitCode: exitCodes.environment,
        cause,
      })
    }
    // A burst waits with the system; it grants what it allows.
    one.#datagrams.setRecvBufferSize(limits.watchQueueBytes)
    one.#datagrams.on('message', (message) => one.#received(message))
    one.#datagrams.on('error', () => undefined)
    return one
  }

  get fault(): Fault | undefined {
    return undefined
  }

  get counts(): SyslogCounts {
    return { port: this.#port, bytes: this.#bytes, lost: this.#lost + this.#dropped, tooLong: this.#tooLong }
  }

  /** Writes and reads what waits. `now` in milliseconds. */
  async step(now: number): Promise<Step> {
    const due = this.#log.due(now)
    if (due !== undefined) await this.#log.close(due)
    if (this.#queued === 0) return 'idle'
    const lines = Buffer.concat(this.#queue)
    this.#queue = []
    await this.#log.take(lines)
    this.#queued -= lines.length
    if (this.#queued < limits.watchQueueBytes / 2) for (const socket of this.#sockets) socket.resume()
    return 'busy'
  }

  async stop(): Promise<void> {
    this.#dropped = droppedBySystem(this.#port)
    this.#datagrams.close()
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await this.step(0)
    await this.#log.close('stopped')
  }

  #received(message: Uint8Array): void {
    const line = messageLine(message)
    if (line.length === 0) return
    if (this.#queued + line.length > limits.watchQueueBytes) this.#lost += 1
    else this.#add(line)
  }

  #connected(socket: Socket): void {
    const frames = new SyslogFrames()
    this.#sockets.add(socket)
    socket.on('data', (bytes: Buffer) => {
      const { lines, tooLong } = frames.feed(bytes)
      this.#tooLong += tooLong
      this.#add(lines)
      if (this.#queued > limits.watchQueueBytes) socket.pause()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#add(frames.end().lines)
    })
  }

  #add(lines: Buffer): void {
    if (lines.length === 0) return
    this.#queue.push(lines)
    this.#queued += lines.length
    this.#bytes += lines.length
    this.#wake()
  }
}

/** Datagrams to a port of loopback that the system dropped because nobody fetched them in time; 0 where it does not say. */
function droppedBySystem(port: number): number {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  let table: string
  try {
    table = readFileSync('/proc/net/udp', 'utf8')
  } catch {
    return 0
  }
  const rows = table.split('\n').map((line) => line.trim().split(/ +/))
  return Number(rows.find((row) => row[1] === local)?.at(-1) ?? 0) || 0
}
