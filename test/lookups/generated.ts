import { bytesSource, sha256 } from '../../src/base/index.ts'
import { generateReads, ordinaryReadLog, type ReadLogOptions, type ReadLogTruth } from '../../src/drill/index.ts'
import type { AuditSource, ReasonSource } from '../../src/lookups/index.ts'
import { msisdn } from './case.ts'

const begin = Date.UTC(2026, 0, 5)

/** A generated log as files: what an operator of 30,000 invented subscribers would hand over. */
export function generatedFiles(change: Partial<ReadLogOptions>): {
  readonly audit: AuditSource[]
  readonly reasons: ReasonSource[]
  readonly truth: ReadLogTruth
  readonly base: number
} {
  const options = { ...ordinaryReadLog, size: 30_000, accounts: 400, teamSize: 20, ...change }
  const head = 'ts,account,subscriber,system,operation,fields,window_from,window_to,ticket,source_host,rows,seq'
  const logs = [0, 1, 2].map(() => [head])
  const reasons = ['subscriber,at,kind,account,team,ref']
  const truth = generateReads(options, {
    access({ at, account, subscriber, window, host, source }) {
      const asked = window === undefined ? ',' : `${day(window[0])},${day(window[1])}`
      logs[source]?.push(
        `${time(at)},${accountOf(account)},${msisdn(subscriber)},CRM,view,usage,${asked},,${host},1,${logs[source].length}`,
      )
    },
    reason({ at, subscriber, kind, account, team }) {
      reasons.push(
        `${msisdn(subscriber)},${time(at)},${kind},${account === undefined ? '' : accountOf(account)},${team === undefined ? '' : `team${team}`},R`,
      )
    },
  })
  return {
    audit: logs.filter((rows) => rows.length > 1).map((rows, at) => ({ ...file(`audit/log-${at}.csv`, rows), format: 'csv' })),
    reasons: [{ ...file('explain/contacts.csv', reasons), format: 'csv' }],
    truth,
    base: options.size,
  }
}

/** The login of an account by its number. */
export function accountOf(account: number): string {
  return `agent${String(account).padStart(5, '0')}`
}

/** A text file of some lines, as a source. */
export function file(name: string, rows: readonly string[]): Pick<AuditSource, 'source' | 'sha256'> {
  const bytes = Buffer.from(`${rows.join('\n')}\n`)
  return { source: bytesSource(name, bytes), sha256: sha256(bytes) }
}

function time(seconds: number): string {
  return `${new Date(begin + seconds * 1000).toISOString().slice(0, 19)}+00:00`
}

function day(number: number): string {
  return new Date(begin + number * 86_400_000).toISOString().slice(0, 10)
}
