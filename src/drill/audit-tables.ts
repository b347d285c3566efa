import { dayText, localIso } from './calendar.ts'
import { csvRow, type Output } from './output.ts'
import { byTime, type Explanation, type RecordAccess } from './record-access.ts'
import type { Population } from './subscribers.ts'

const fieldsOf: Readonly<Record<RecordAccess['operation'], string>> = {
  view_profile: 'name,address,plan',
  view_billing: 'invoices,payments',
  view_usage: 'b_number,call_time,duration,cell_id',
  query: '',
}

/** Writes the CRM's own access log as CSV. */
export async function writeCrmAccess(people: Population, accesses: readonly RecordAccess[], out: Output): Promise<void> {
  const file = out.open('case/audit/crm-access.csv')
  file.line('ts,account,subscriber,system,operation,fields,window_from,window_to,ticket,source_host,rows')
  const sorted = accesses.filter((access) => access.system === 'crm').sort(byTime)
  for (const [at, access] of sorted.entries()) {
    if (at % 20_000 === 0) await out.step('CRM access log', at, sorted.length, 'rows')
    file.line(
      csvRow([
        localIso(access.at),
        access.account,
        `0${people.msisdn(access.subscriber).slice(2)}`,
        access.system,
        access.operation,
        fieldsOf[access.operation],
        access.window === undefined ? '' : dayText(access.window[0]),
        access.window === undefined ? '' : dayText(access.window[1]),
        access.ticket,
        access.sourceHost,
        String(access.rows),
      ]),
    )
  }
  file.close()
}

/** Writes the recorded reasons: customer contacts, system jobs, assignments, agents' own tickets. */
export function writeExplanations(people: Population, explanations: readonly Explanation[], out: Output): void {
  const file = out.open('case/explain/contacts.csv')
  file.line('subscriber,at,kind,account,team,ref')
  for (const one of [...explanations].sort((a, b) => byTime(a, b) || a.subscriber - b.subscriber)) {
    file.line(csvRow([people.msisdn(one.subscriber), localIso(one.at), one.kind, one.account, one.team, one.ref]))
  }
  file.close()
}
