import { UserError } from '../../base/index.ts'
import { compileTemplate } from '../log-lines/template.ts'
import { isoOf, requestParts, type AccessRecord } from './parse-line.ts'

type AccessLineReader = (text: string, line: number) => AccessRecord | undefined

const apacheNames: Readonly<Record<string, string>> = {
  h: 'client',
  a: 'client',
  u: 'user',
  r: 'request',
  s: 'status',
  b: 'bytes',
  B: 'bytes',
  O: 'bytes',
  m: 'method',
  U: 'path',
  q: 'query',
  H: 'version',
  v: 'vhost',
  V: 'vhost',
  A: 'server',
  'Referer}i': 'referer',
  'User-Agent}i': 'agent',
  'Host}i': 'vhost',
  'X-Forwarded-For}i': 'forwarded',
  'target}U': 'target',
}

/** Variables of nginx, by what they tell of a request; servers that log JSON name their members so. */
export const nginxNames: Readonly<Record<string, string>> = {
  remote_addr: 'client',
  remote_user: 'user',
  time_local: 'time',
  time_iso8601: 'time',
  request: 'request',
  status: 'status',
  body_bytes_sent: 'bytes',
  bytes_sent: 'bytes',
  request_method: 'method',
  request_uri: 'target',
  uri: 'path',
  args: 'query',
  query_string: 'query',
  server_protocol: 'version',
  host: 'vhost',
  http_host: 'vhost',
  server_name: 'vhost',
  server_addr: 'server',
  http_referer: 'referer',
  http_user_agent: 'agent',
  http_x_forwarded_for: 'forwarded',
}

/**
 * Compiles the format string of a web server (Apache's and Tomcat's `LogFormat`, `%h %l %u %t "%r" %>s %b`; nginx's
 * `log_format`, `$remote_addr … "$request"`) into a reader of its lines, linear in their length. Apache HTTP Server manual,
 * mod_log_config; nginx manual, ngx_http_log_module. Throws UserError `log-format-string` for one without client or time.
 */
export function compileLogFormat(format: string): AccessLineReader {
  const plain = format.trim().replaceAll('\\"', '"')
  const template = plain.includes('$') ? nginxTemplate(plain) : apacheTemplate(plain)
  if (!/\{client/.test(template) || !/\{time/.test(template))
    throw new UserError({
      code: 'log-format-string',
      message: 'The format of the access log names no client or no time.',
      hint: 'Copy it from the configuration of the server: LogFormat (Apache, Tomcat) or log_format (nginx).',
    })
  const read = compileTemplate(template)
  return (text, line) => {
    const found = read(text)
    return found === undefined ? undefined : recordOf(found, line)
  }
}

function apacheTemplate(plain: string): string {
  // Path and query stand side by side: both together are the target.
  const format = plain.replaceAll('%U%q', '%{target}U')
  return format.replaceAll(
    /%(?:[<>!\d,]{0,20})(?:\{([^}]{1,64})\})?([A-Za-z%])/g,
    (all, inside: string | undefined, letter: string, at: number) => {
      if (letter === '%') return '%'
      if (letter === 't') return inside === undefined ? '[{time:any}]' : '{:any}'
      const name = apacheNames[inside === undefined ? letter : `${inside}}${letter}`] ?? ''
      return slot(name, format, { at, end: at + all.length })
    },
  )
}

function nginxTemplate(format: string): string {
  return format.replaceAll(/\$\{?(\w{1,64})\}?/g, (all, variable: string, at: number) =>
    slot(nginxNames[variable] ?? '', format, { at, end: at + all.length }),
  )
}

function slot(name: string, format: string, { at, end }: { at: number; end: number }): string {
  if (format[at - 1] === '"' && format[end] === '"') return `{${name}:quoted}`
  return format[end] === ' ' && name !== 'time' && name !== 'user' ? `{${name}}` : `{${name}:any}`
}

function recordOf(found: Readonly<Record<string, string>>, line: number): AccessRecord {
  const value = (name: string): string => (found[name] === '-' ? '' : (found[name] ?? ''))
  const whole = value('target')
  const mark = whole.indexOf('?')
  const path = value('path') || (mark === -1 ? whole : whole.slice(0, mark))
  const query = value('query').replace(/^\?/, '') || (mark === -1 ? '' : whole.slice(mark + 1))
  const parts =
    found['request'] === undefined
      ? {
          method: value('method'),
          target: whole || (query === '' ? path : `${path}?${query}`),
          path,
          query,
          version: value('version'),
        }
      : requestParts(found['request'])
  const timeText = value('time')
  return {
    line,
    vhost: value('vhost'),
    server: value('server'),
    client: value('client'),
    user: value('user'),
    timeText,
    time: isoOf(timeText) || (/^\d{4}-\d\d-\d\dT/.test(timeText) ? timeText : ''),
    ...parts,
    status: value('status'),
    bytes: value('bytes'),
    referer: value('referer'),
    agent: value('agent'),
  }
}
