import { calendar, dayMs, dayText, hourMs, minuteMs, wallClock } from './calendar.ts'
import type { Estate } from './estate.ts'
import type { Output } from './output.ts'
import { Random } from './random.ts'
import { byTime, type RecordAccess } from './record-access.ts'
import type { Population } from './subscribers.ts'

/** The `log_line_prefix` that the case file states. */
export const logLinePrefix = '%m [%p] %q%u@%d %h %a '

/** A statement at the CDR database that concerns no single subscriber: nightly jobs, and the dump of the intrusion. */
export interface PlainStatement {
  readonly at: number
  readonly account: string
  readonly sourceIp: string
  readonly application: string
  readonly statement: string
  readonly rows: number
}

/** Writes the CDR database's server log with pgAudit lines: `log_parameter` and `log_rows` on, `log_relation` off. Returns statements written. */
export async function writeCdrLog(options: {
  readonly people: Population
  readonly accesses: readonly RecordAccess[]
  readonly others: readonly PlainStatement[]
  readonly out: Output
}): Promise<number> {
  const { people, out } = options
  const random = new Random(people.seed, 'cdr-log')
  const file = out.open('case/audit/cdr-db-postgresql.log')
  const entries = [
    ...options.accesses
      .filter((access) => access.system === 'cdr')
      .map((access) => ({ at: access.at, account: access.account, access })),
    ...options.others.map((plain) => ({ at: plain.at, account: plain.account, plain })),
  ].sort(byTime)
  let checkpoint = calendar.auditFrom
  for (const [at, entry] of entries.entries()) {
    if (at % 5_000 === 0) await out.step('CDR database log', at, entries.length, 'statements')
    for (; checkpoint < entry.at; checkpoint += 6 * hourMs) {
      file.line(`${wallClock(checkpoint)} +08 [911] LOG:  checkpoint starting: time`)
    }
    const session = random.between(2_000, 64_000)
    const head = (ms: number, account: string, ip: string, application: string): string =>
      `${wallClock(ms)} +08 [${session}] ${account}@cdr ${ip} ${application} LOG:  `
    if ('access' in entry) {
      const { access } = entry
      const prefix = head(entry.at, access.account, access.sourceIp, access.application)
      if (random.chance(0.2)) {
        file.line(
          `${wallClock(entry.at - 40)} +08 [${session}] ${access.account}@cdr ${access.sourceIp} [unknown] LOG:  connection authorized: user=${access.account} database=cdr application_name=${access.application}`,
        )
      }
      const { statement, parameters } = cdrQuery(people.msisdn(access.subscriber), access, random)
      file.line(`${prefix}${auditText({ statement, parameters, rows: access.rows, number: random.between(1, 9) })}`)
    } else {
      const { plain } = entry
      file.line(
        `${head(entry.at, plain.account, plain.sourceIp, plain.application)}${auditText({ ...plain, parameters: '<none>', number: 1 })}`,
      )
    }
  }
  file.close()
  return entries.length
}

/** Writes the billing database's log, where `log_parameter` is off: who was read cannot be told from it. */
export function writeBlindLog(options: { readonly people: Population; readonly estate: Estate; readonly out: Output }): number {
  const { people, estate, out } = options
  const random = new Random(people.seed, 'billing-log')
  const file = out.open('case/audit/billing-postgresql.log')
  const count = Math.max(60, Math.round(people.size / 60))
  const app = estate.windows.find((machine) => machine.name.startsWith('BIL-APP')) ?? estate.application
  const span = calendar.auditDays * dayMs
  for (let at = 0; at < count; at++) {
    const ms = calendar.auditFrom + Math.floor((span * (at + random.unit())) / count)
    const statement = random.pick([
      'select invoice_no, issued_on, amount\n  from billing.invoice\n where account_no = $1\n order by issued_on desc',
      'select paid_on, amount, channel from billing.payment where account_no = $1',
    ])
    file.line(
      `${wallClock(ms)} +08 [${random.between(2_000, 64_000)}] billing_app@billing ${app.ip} billing-web LOG:  ` +
        auditText({ statement, parameters: '<not logged>', number: random.between(1, 400) }),
    )
  }
  file.close()
  return count
}

/** Statements of the nightly jobs on the CDR database. */
export function nightlyJobs(estate: Estate, account: string): PlainStatement[] {
  const job = estate.windows.find((machine) => machine.name.startsWith('DWH-ETL')) ?? estate.application
  return Array.from({ length: calendar.auditDays }, (_, day) => {
    const from = Math.floor((calendar.auditFrom + 8 * hourMs) / dayMs) + day - 1
    return {
      at: calendar.auditFrom + day * dayMs + 2 * hourMs + 7 * minuteMs + (day % 11) * 1_234,
      account,
      sourceIp: job.ip,
      application: 'etl',
      statement: `select date_trunc('hour', call_ts), cell_id, count(*), sum(duration_s)\n  from cdr.voice\n where call_ts >= '${dayText(from)}' and call_ts < '${dayText(from + 1)}'\n group by 1, 2`,
      rows: 1_200 + day,
    }
  })
}

function cdrQuery(msisdn: string, access: RecordAccess, random: Random): { statement: string; parameters: string } {
  const from = dayText(access.window?.[0] ?? 0)
  const to = dayText(access.window?.[1] ?? 0)
  switch (random.below(4)) {
    case 0:
      return {
        statement: `select call_ts, b_number, duration_s, cell_id\n  from cdr.voice\n where msisdn = '${msisdn}'\n   and call_ts >= '${from}' and call_ts < '${to}'\n order by call_ts`,
        parameters: '<none>',
      }
    case 1:
      return {
        statement: 'select call_ts, b_number, duration_s, cell_id from cdr.voice where msisdn = $1 and call_ts between $2 and $3',
        parameters: `"${msisdn},${from},${to}"`,
      }
    case 2:
      return {
        statement: `select s.sms_ts, s.b_number, s.direction from cdr.sms s where s.msisdn in ('${msisdn}') and s.sms_ts between '${from}' and '${to}'`,
        parameters: '<none>',
      }
    default:
      return {
        statement:
          'select d.start_ts, d.cell_id, c.lat, c.lon\n  from cdr.data_session d\n  join cdr.cell c using (cell_id)\n where d.msisdn = $1 and d.start_ts >= $2 and d.start_ts < $3',
        parameters: `"${msisdn},${from},${to}"`,
      }
  }
}

/** `AUDIT: SESSION,…` as pgAudit 1.7+ writes it; PostgreSQL indents the further lines of a statement with a tab. */
function auditText(line: {
  readonly statement: string
  readonly parameters: string
  readonly rows?: number
  readonly number: number
}): string {
  const statement = /[",\n]/.test(line.statement) ? `"${line.statement.replaceAll('"', '""')}"` : line.statement
  const rows = line.rows === undefined ? '' : `,${line.rows}`
  return `AUDIT: SESSION,${line.number},1,READ,SELECT,,,${statement},${line.parameters}${rows}`.replaceAll('\n', '\n\t')
}
