import type { Captures } from './template.ts'

const nginx =
  /^(\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}) \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d{1,10})#(\d{1,10}): (?:\*(\d{1,20}) )?/
const apache =
  /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})? \d{4})\] \[(?:([\w-]{1,40}):)?([a-z]{3,7}\d?)\] (?:\[pid (\d{1,10})(?::tid (\d{1,20}))?\] )?/
const apacheClient = /^(?:(\(\d{1,6}\)[^[]{1,200}): )?\[client ([^\]\s]{2,64})\] /
const code = /^(AH\d{5}): /

/**
 * A line of the error log of nginx (`nginx-error`) or Apache httpd (`apache-error`), with `message` and what it says of client, user
 * and request (nginx sources, ngx_log.c and ngx_http_request.c; Apache HTTP Server manual, ErrorLogFormat). Undefined for another.
 */
export function readErrorLine(text: string): { readonly form: string; readonly fields: Captures } | undefined {
  const first = text.charCodeAt(0)
  if (first === 91) return apacheLine(text)
  return first >= 48 && first <= 57 && text[4] === '/' ? nginxLine(text) : undefined
}

function nginxLine(text: string): { form: string; fields: Captures } | undefined {
  const head = nginx.exec(text)
  if (head === null) return undefined
  const [all, time = '', level = '', pid = '', tid = '', connection] = head
  const rest = text.slice(all.length)
  // The client stands behind the message; its name may be chosen by the one who asks, so the last place counts.
  const from = rest.lastIndexOf(', client: ')
  const fields: Captures = { time, level, pid, tid, message: from === -1 ? rest : rest.slice(0, from) }
  if (connection !== undefined) fields['connection'] = connection
  const tail = from === -1 ? '' : rest.slice(from)
  const about = /^, client: ([^,\s]{1,64})(?:, server: ([^,]{0,255}))?(?:, request: "(.{0,16384}?)(?:"(?=, |$)|$))?/s.exec(tail)
  if (about !== null) put(fields, { client: about[1], server: about[2], request: about[3] })
  for (const name of ['upstream', 'host', 'referrer']) put(fields, { [name]: quotedBehind(tail, `, ${name}: "`) })
  const user = /^user "([^"]{1,256})"(?:: | was not found)/.exec(fields['message'] ?? '')
  if (user !== null) put(fields, { user: user[1] })
  return { form: 'nginx-error', fields }
}

function apacheLine(text: string): { form: string; fields: Captures } | undefined {
  const head = apache.exec(text)
  if (head === null) return undefined
  const [all, time = '', module, level = '', pid, tid] = head
  let rest = text.slice(all.length)
  const fields: Captures = { time, level }
  put(fields, { module, pid, tid })
  const client = apacheClient.exec(rest)
  if (client !== null) {
    put(fields, { error: client[1], client: client[2] })
    rest = rest.slice(client[0].length)
  }
  const number = code.exec(rest)
  if (number !== null) put(fields, { code: number[1] })
  const user = /^(?:AH\d{5}: )?user (\S{1,256})(?: not found: |: authentication failure for )/.exec(rest)
  if (user !== null) put(fields, { user: user[1] })
  return { form: 'apache-error', fields: { ...fields, message: rest } }
}

function put(fields: Captures, more: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(more)) if (value !== undefined && value !== '') fields[name] = value
}

function quotedBehind(text: string, mark: string): string | undefined {
  const at = text.lastIndexOf(mark)
  const end = at === -1 ? -1 : text.indexOf('"', at + mark.length)
  return end === -1 ? undefined : text.slice(at + mark.length, end)
}
