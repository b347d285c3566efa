import { limits } from '../../base/index.ts'
import type { BlockLayout, LogBlock } from './block.ts'

const legend =
  /^(?:\S{1,255}, Version: \S{1,255} .{0,255}started with:|Tcp port: \d{1,5}|Time {1,20}Id Command {1,20}Argument|Time\t+ *Id Command\t+Argument)/
const command =
  /^(\d{6} {1,2}\d{1,2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?)?\t+ {0,20}(\d{1,20}) ([A-Z][A-Za-z]{2,15}(?: [A-Za-z]{2,10}){0,2})(?:\t([^]*))?$/
const connected = /^(?:\S{1,255}? as )?([^@\s]{0,128})@([^\s]{0,255}) (?:as \S{1,128} )?on (\S{0,128})(?: using .*)?$/
const userAtHost = /^# User@Host: ([^[]{0,128})\[([^\]]{0,128})\] @ {1,2}(\S{0,255}?) {0,2}\[([^\]]{0,64})\]/

/** Connections whose user is remembered. */
const connections = 10_000

/** Whether the first lines are MySQL's or MariaDB's general log: its legend, or commands under a number of connection. */
export function looksLikeGeneralLog(lines: readonly string[]): boolean {
  const rest = lines.filter((line) => !legend.test(line))
  const titled = lines.some((line) => /^Time\b.{1,40}\bId Command\b/.test(line))
  return (
    (titled && !rest.some((line) => userAtHost.test(line))) ||
    (command.test(rest[0] ?? '') && rest.filter((line) => command.test(line)).length * 2 > rest.length)
  )
}

/** Whether they are the slow query log. */
export function looksLikeSlowLog(lines: readonly string[]): boolean {
  const [first = '', second = ''] = lines.filter((line) => !legend.test(line))
  return userAtHost.test(first) || (first.startsWith('# Time: ') && userAtHost.test(second))
}

/** `261122 10:01:21` with the century. */
function whole(time: string): string {
  const short = /^(\d{2})(\d{2})(\d{2}) {1,2}(\d{1,2})(:\d{2}:\d{2})$/.exec(time)
  return short === null ? time : `20${short[1]}-${short[2]}-${short[3]} ${(short[4] ?? '').padStart(2, '0')}${short[5]}`
}

interface Session {
  readonly user: string
  readonly client: string
  readonly database: string
}

/** The general log (MySQL reference manual, "The General Query Log"): a command a line, its text over several; the time stands only where it changes. */
export class GeneralLog implements BlockLayout {
  readonly #sessions = new Map<string, Session>()
  #time = ''
  #open:
    | {
        readonly line: number
        readonly thread: string
        readonly command: string
        readonly parts: string[]
        chars: number
        readonly time: string
      }
    | undefined

  add(text: string, line: number): readonly LogBlock[] {
    if (legend.test(text)) return this.end()
    const found = command.exec(text)
    if (found === null) {
      if (this.#open !== undefined && this.#open.chars < limits.fieldChars) {
        this.#open.parts.push(text)
        this.#open.chars += text.length + 1
      }
      return []
    }
    const done = this.end()
    const [, time = '', thread = '', name = '', argument = ''] = found
    if (time !== '') this.#time = whole(time)
    this.#open = { line, thread, command: name, parts: [argument], chars: argument.length, time: this.#time }
    return done
  }

  end(): readonly LogBlock[] {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return []
    const { line, thread, time } = open
    const argument = open.parts.join('\n').trim()
    if (open.command === 'Connect') this.#connect(thread, argument)
    const session = this.#sessions.get(thread)
    if (session !== undefined && open.command === 'Init DB') this.#sessions.set(thread, { ...session, database: argument })
    const now = this.#sessions.get(thread)
    if (open.command === 'Quit') this.#sessions.delete(thread)
    return [{ line, form: 'mysql-general', fields: { time, thread, command: open.command, argument, ...now } }]
  }

  #connect(thread: string, argument: string): void {
    const found = connected.exec(argument)
    if (found === null) return
    const [, user = '', client = '', database = ''] = found
    const [oldest] = this.#sessions.size >= connections ? this.#sessions.keys() : []
    if (oldest !== undefined) this.#sessions.delete(oldest)
    this.#sessions.set(thread, { user, client, database })
  }
}

/** The slow query log (MySQL reference manual, "The Slow Query Log"): lines of `# Name: value`, then the statement. */
export class SlowLog implements BlockLayout {
  #line = 0
  #fields: Record<string, string> = {}
  #time = ''
  #database = ''
  #statement: string[] = []
  #chars = 0

  add(text: string, line: number): readonly LogBlock[] {
    if (legend.test(text)) return this.end()
    const time = /^# Time: (\S{6,40}(?: {1,2}\d{1,2}:\d{2}:\d{2})?)/.exec(text)
    const who = userAtHost.exec(text)
    const begins = time !== null || (who !== null && (this.#statement.length > 0 || this.#fields['user'] !== undefined))
    const done = begins ? this.end() : []
    if (time !== null) this.#time = whole(time[1] ?? '')
    else if (this.#line === 0 && who === null) return done
    if (this.#line === 0) this.#line = line
    if (who !== null) Object.assign(this.#fields, { user: who[1] || who[2] || '', client: who[4] || who[3] || '' })
    // Without a database of its own a query must not take the one of the query before.
    if (/ Schema: {2}/.test(text)) this.#fields['Schema'] = ''
    if (who === null && text.startsWith('# ') && this.#statement.length === 0) {
      for (const [, name = '', value = ''] of text.matchAll(/([A-Z]\w{1,40}): {1,2}(\S{1,255})(?= |$)/g))
        if (name !== 'Time' && !value.endsWith(':')) this.#fields[name] = value
      return done
    }
    if (who !== null) return done
    const stamp = /^SET timestamp=(\d{9,11})(?:\.\d{1,6})?;$/.exec(text)
    const use = /^use `?([^`;]{1,128})`?;$/.exec(text)
    if (this.#statement.length === 0 && stamp !== null) this.#fields['timestamp'] = stamp[1] ?? ''
    else if (this.#statement.length === 0 && use !== null) this.#database = use[1] ?? ''
    else if (this.#chars < limits.fieldChars) {
      this.#statement.push(text)
      this.#chars += text.length + 1
    }
    return done
  }

  end(): readonly LogBlock[] {
    const fields = this.#fields
    const line = this.#line
    const statement = this.#statement.join('\n').trim()
    this.#fields = {}
    this.#line = 0
    this.#statement = []
    this.#chars = 0
    if (fields['user'] === undefined) return []
    const database = fields['Schema'] ?? this.#database
    return [{ line, form: 'mysql-slow', fields: { ...fields, time: this.#time, database, statement } }]
  }
}
