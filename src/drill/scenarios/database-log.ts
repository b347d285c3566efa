import { wallClock } from '../calendar.ts'
import type { Host } from './estate.ts'
import type { World } from './world.ts'

/** The `log_line_prefix` of the database servers. */
export const databasePrefix = '%m [%p] %q%u@%d %h %a '

/** A statement at a database. */
interface Statement {
  readonly at: number
  /** What the database knows the client as. */
  readonly principal: string
  readonly database: string
  readonly from: string
  readonly application: string
  readonly command: 'SELECT' | 'COPY' | 'INSERT'
  readonly object: string
  readonly statement: string
  readonly rows: number
}

/** Where a database server's log stands. */
export function databaseLogPath(host: Host): string {
  return `logs/${host.name}-postgresql.log`
}

/** Writes a statement as pgAudit does, with `log_relation` and `log_rows` on. */
export function queried(world: World, host: Host, one: Statement): void {
  const text = /[",]/.test(one.statement) ? `"${one.statement.replaceAll('"', '""')}"` : one.statement
  const kind = one.command === 'INSERT' ? 'WRITE' : 'READ'
  world.recorder.add(databaseLogPath(host), {
    host: host.name,
    at: one.at,
    text: `${head(world, host, one)}LOG:  AUDIT: SESSION,${1 + (one.rows % 7)},1,${kind},${one.command},TABLE,${one.object},${text},<none>,${one.rows}`,
  })
}

/** Writes that somebody connected. */
export function connected(
  world: World,
  host: Host,
  one: Pick<Statement, 'at' | 'principal' | 'database' | 'from' | 'application'>,
): void {
  world.recorder.add(databaseLogPath(host), {
    host: host.name,
    at: one.at,
    text: `${head(world, host, one)}LOG:  connection authorized: user=${one.principal} database=${one.database} application_name=${one.application}`,
  })
}

function head(world: World, host: Host, one: Pick<Statement, 'at' | 'principal' | 'database' | 'from' | 'application'>): string {
  const number = 2_000 + ((one.from.length * 7_919 + one.principal.length * 104_729 + Math.floor(one.at / 3_600_000)) % 60_000)
  return `${wallClock(world.recorder.clock(host.name, one.at))} +08 [${number}] ${one.principal}@${one.database} ${one.from} ${one.application} `
}
