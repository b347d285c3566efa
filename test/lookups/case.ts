import { bytesSource, sha256 } from '../../src/base/index.ts'
import type { AuditSource, ReasonSource } from '../../src/lookups/index.ts'

/** Mulberry32: a small seeded generator. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const base = 20_000

/** 90 days of a small operator: honest contacts of which one in twenty leaves no reason, and `planted` subscribers read covertly by six accounts. */
export function smallOperator(options: { readonly seed: number; readonly planted: number }): {
  audit: AuditSource[]
  reasons: ReasonSource[]
  targets: string[]
} {
  const random = seeded(options.seed)
  const rows = {
    crm: ['ts,account,subscriber,system,operation,fields,window_from,window_to,ticket,source_host,rows'],
    log: [] as string[],
    reasons: ['subscriber,at,kind,account,team,ref'],
  }
  const targets = Array.from({ length: options.planted }, (_one, at) => msisdn(at * 700 + 13))
  const agents = Array.from({ length: 40 }, (_one, at) => `agent${String(at).padStart(2, '0')}`)
  for (let index = 0; index < base; index += 1)
    for (let contact = 0; contact < 8 && random() < 0.3; contact += 1) {
      const at = when(random)
      const agent = Math.floor(random() * agents.length)
      if (random() > 0.05)
        rows.reasons.push(
          `${msisdn(index)},${text(at - 600_000)},customer,${random() < 0.5 ? agents[agent] : ''},team${agent % 4},T-${index}`,
        )
      rows.crm.push(`${text(at)},${agents[agent]},${msisdn(index)},CRM,view,identity,,,,desk-${agent},1`)
    }
  for (const target of targets)
    for (let read = 0; read < 7; read += 1) {
      const at = when(random)
      const agent = agents[Math.floor(random() * 6)] ?? ''
      const time = `${text(at).slice(0, 19).replace('T', ' ')}.000 +08`
      rows.log.push(
        `${time} [${4000 + read}] ${agent}@cdr 10.0.0.9 psql LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,cdr.calls,"select a_number, b_number\n\tfrom cdr.calls where a_msisdn = $1",${target},40`,
      )
    }
  rows.log.push(
    `2026-03-01 03:00:00.000 +08 [77] loader@cdr 10.0.0.9 psql LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,cdr.calls,select * from cdr.calls,<none>,4000000`,
  )
  const blind = [
    '2026-03-01 03:00:00.000 +08 [77] app@bill 10.0.0.7 web LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,invoice,select * from invoice where account_no = $1,<not logged>',
  ]
  const source = (name: string, lines: readonly string[]) => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    return { source: bytesSource(name, bytes), sha256: sha256(bytes) }
  }
  return {
    audit: [
      { ...source('audit/crm.csv', rows.crm), format: 'csv' },
      { ...source('audit/cdr.log', rows.log), format: 'pgaudit' },
      { ...source('audit/billing.log', blind), format: 'pgaudit' },
    ],
    reasons: [{ ...source('explain/contacts.csv', rows.reasons), format: 'csv' }],
    targets,
  }
}

export function msisdn(index: number): string {
  return `+6012${String(3_000_000 + index)}`
}

function when(random: () => number): number {
  return Date.parse('2026-01-01T01:00:00Z') + Math.floor(random() * 90) * 86_400_000 + Math.floor(random() * 9 * 3_600_000)
}

function text(at: number): string {
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
