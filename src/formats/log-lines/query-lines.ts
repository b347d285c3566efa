import { compileTemplate, type Captures } from './template.ts'

/** What stands in front depends on the channel: time in one of two forms, category, severity, each or none. */
const lead =
  /^(?:(\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)|(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z?))? ?(?:queries: )?(?:info: )?(?=client )/

const asked = 'query: {query} {queryClass} {queryType} {flags} ({server:any})'
const templates = ['client @{:word} {client:ip}#{port:int} ', 'client {client:ip}#{port:int} ']
  .flatMap((who) => [`${who}({:any}): ${asked}`, `${who}({:any}): view {view}: ${asked}`])
  .map(compileTemplate)

/** A line of BIND's query log (BIND 9 Administrator Reference Manual, category `queries`, `print-time`): undefined for another. */
export function readQueryLine(text: string): { readonly form: string; readonly fields: Captures } | undefined {
  if (!text.includes(': query: ')) return undefined
  const head = lead.exec(text)
  if (head === null) return undefined
  const rest = text.slice(head[0].length)
  for (const template of templates) {
    const fields = template(rest)
    if (fields === undefined) continue
    const time = head[1] ?? head[2]
    return { form: 'bind-query', fields: time === undefined ? fields : { time, ...fields } }
  }
  return undefined
}
