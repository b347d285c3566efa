import type { LeftFinding } from './left-behind.ts'

/** A finding in one sentence or two: who, where, how many, which fields, when. Names the file without its folder, which may hold a login. */
export function findingSentence(finding: Omit<LeftFinding, 'sentence'>): string {
  const { kind, source, account, host, subscribers, rows } = finding
  const name = source.slice(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1).replaceAll(/\d{5,}/g, '#')
  if (kind === 'table' || kind === 'text')
    return `The recovered file ${name} names ${counted(subscribers, 'subscriber')} in ${rows} ${kind === 'table' ? (rows === 1 ? 'row' : 'rows') : rows === 1 ? 'number' : 'numbers'}${fieldsOf(finding.fields, kind === 'table' ? 'columns' : '')}. That the actor held them is what the file shows; how they came into it is not told.`
  const where = `${account === '' ? '' : ` of the account ${account}`}${host === '' ? '' : ` on ${host}`}`
  const of =
    kind === 'history'
      ? `The history${where} (${name})`
      : kind === 'script'
        ? `The script ${name}${where}`
        : `Command lines${where} (${name})`
  return `${of} ${kind === 'command-lines' ? 'hold' : 'holds'} ${asked(finding)}${fieldsOf(finding.fields, 'fields')}; ${when(finding)}. This is what was asked, not what was answered.`
}

function asked({ queries, bulk, subscribers }: Omit<LeftFinding, 'sentence'>): string {
  const many = bulk === 0 ? '' : `, ${bulk} of them in bulk`
  return `${queries} ${queries === 1 ? 'query' : 'queries'} for subscribers' records${many}, naming ${counted(subscribers, 'subscriber')}`
}

function fieldsOf(fields: readonly string[], word: string): string {
  if (fields.length === 0 || word === '') return ''
  return `; ${word}: ${fields
    .slice(0, 12)
    .map((one) => (one === '*' ? 'all' : one))
    .join(', ')}${fields.length > 12 ? ` and ${fields.length - 12} more` : ''}`
}

function when({ first, last, undated, queries }: Omit<LeftFinding, 'sentence'>): string {
  if (first === undefined || last === undefined) return 'no time recorded'
  const period = first === last ? `at ${moment(first)}` : `${moment(first)} to ${moment(last)}`
  return undated === 0 || queries === 0 ? period : `${period}, ${undated} without a recorded time`
}

function moment(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
