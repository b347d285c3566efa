import type { EdgeRule, EdgeShape } from './edge-rule.ts'
import { brought, scriptOf } from './fact-pieces.ts'
import { baseName, nowhere, privateAddress, processNode, programMark, serviceSessionIds, sessionNode, sql } from './fragments.ts'

const acting = processNode({ host: 'host', guid: 'guid', pid: 'pid', image: 'image' })
const other = processNode({ host: 'host', guid: 'other_guid', pid: 'other_pid', image: 'other_image' })
const own = baseName('image')
const others = baseName('other_image')
const file = "if(path = '', '', concat('file:', host, '|', path))"
const content = "if(hash = '', '', concat('hash:', hash))"

const contents: readonly EdgeShape[] = [
  { kind: 'content', src: file, dst: content, when: brought, certainty: '0.9' },
  { kind: 'content', src: content, dst: file, when: brought, certainty: '0.5' },
]
const webWorker = sql`match(${others}, '^(w3wp|httpd|apache2?|nginx|php|php-cgi|php-fpm[0-9.]*|php[0-9.]+|tomcat[0-9]*|java|javaw|caddy|lighttpd|iisexpress|umworkerprocess|coldfusion|node|gunicorn|uwsgi)(\\.exe)?$')`
const scheduled = sql`(${others} IN ('taskeng.exe', 'taskhostw.exe', 'cron', 'crond', 'atd') OR (${others} = 'svchost.exe' AND position(name, 'schedule') > 0))`

/** Marks of a start by which services, tasks and web requests are joined to it. */
const marks: readonly EdgeShape[] = [
  {
    rule: 'started-by-services',
    src: "concat('host:', host)",
    dst: acting,
    when: `${others} = 'services.exe'`,
    link: programMark("if(text = '', path, text)"),
  },
  { rule: 'started-by-schedule', src: "concat('host:', host)", dst: acting, when: scheduled, link: own },
  {
    rule: 'started-by-web',
    src: other,
    dst: acting,
    when: `${webWorker} AND ${own} NOT IN ('conhost.exe', 'werfault.exe')`,
    link: own,
  },
]

const started: readonly EdgeShape[] = [
  { kind: 'starts', src: other, dst: acting, detail: own, srcClass: others, dstClass: own },
  {
    kind: 'runs',
    src: sessionNode('host', 'logon'),
    dst: acting,
    detail: own,
    srcClass: `if(logon IN ${serviceSessionIds}, 'service-session', 'sess')`,
    dstClass: own,
  },
  { kind: 'loads', src: file, dst: acting, when: brought, detail: own, srcClass: "'program'", dstClass: own },
  {
    kind: 'loads',
    src: `if(${scriptOf} = '', '', concat('file:', host, '|', ${scriptOf}))`,
    dst: acting,
    when: `text != '' AND ${scriptOf} != path AND (host, ${scriptOf}) IN (SELECT host, path FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'file')`,
    certainty: '0.8',
    detail: own,
    srcClass: "'script'",
    dstClass: own,
  },
]

const administration =
  "('22', '135', '139', '445', '3389', '5900', '5985', '5986', '47001', '1433', '1521', '3306', '5432', '50000')"
const reached: EdgeShape = {
  kind: 'connects',
  src: acting,
  dst: "concat('ip:', other_address)",
  when: `mode = 'true' AND NOT ${nowhere('other_address')} AND other_address != address`,
  certainty: `multiIf(NOT ${privateAddress('other_address')}, 0.9, other_port IN ${administration}, 0.6, 0.3)`,
  detail: "concat('port ', other_port)",
  srcClass: own,
  dstClass: `concat(if(${privateAddress('other_address')}, 'inside', 'outside'), ' ', if(toUInt32OrZero(other_port) >= 49152, 'high', other_port))`,
  link: "if(port IN ('', '0'), '', concat(address, ' ', port))",
}

const registryNode = sql`multiIf(
  match(path, '\\\\services\\\\[^\\\\]+\\\\(imagepath|parameters\\\\servicedll)$'), concat('keep:', host, '|service|', extract(path, '\\\\services\\\\([^\\\\]+)\\\\')),
  position(path, '\\taskcache\\tree\\') > 0, concat('keep:', host, '|task|', replaceRegexpOne(extract(path, '\\\\taskcache\\\\tree(\\\\.+)$'), '\\\\(id|index|sd)$', '')),
  concat('keep:', host, '|run|', path))`

/** What processes do on their host and from it. */
export const processRules: readonly EdgeRule[] = [
  { of: 'start', edges: [...started, ...contents, ...marks] },
  // A start that Sysmon tells as well is resolved to its node; the duplicate is left out when drafts are joined.
  { of: 'start-security', edges: [...started, ...marks] },
  { of: 'connect', edges: [reached] },
  {
    of: 'connect-filter',
    edges: [
      {
        ...reached,
        when: `${reached.when ?? ''} AND host NOT IN (SELECT host FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'connect')`,
      },
    ],
  },
  {
    of: 'module',
    edges: [
      {
        kind: 'loads',
        src: file,
        dst: acting,
        certainty: "if(mode = 'false', 0.9, 0.6)",
        detail: own,
        srcClass: "'module'",
        dstClass: own,
      },
      ...contents,
    ],
  },
  {
    of: 'thread',
    edges: [
      { kind: 'injects', src: acting, dst: other, certainty: '0.9', detail: "'remote thread'", srcClass: own, dstClass: others },
    ],
  },
  {
    of: 'open',
    edges: [
      {
        kind: 'injects',
        src: acting,
        dst: other,
        when: `${others} != 'lsass.exe'`,
        certainty: "if(text = 'unbacked', 0.8, 0.4)",
        detail: "concat('opened for writing, access ', mode)",
        srcClass: own,
        dstClass: others,
      },
      { rule: 'read-lsass', src: acting, dst: other, when: `${others} = 'lsass.exe'`, link: 'mode', certainty: '0.9' },
    ],
  },
  {
    of: 'file',
    edges: [
      {
        kind: 'writes',
        src: acting,
        dst: file,
        srcClass: own,
        dstClass: sql`if(match(path, '\\.(exe|dll|sys|ps1|bat|cmd|vbs|js|hta|lnk|php|aspx?|jspx?|msi|scr|zip|7z|rar|cab|dmp)$'), extract(path, '(\\.[a-z0-9]+)$'), 'file')`,
      },
      ...contents,
    ],
  },
  {
    of: 'registry',
    edges: [
      {
        kind: 'persists',
        src: acting,
        dst: registryNode,
        // The service manager and the scheduler write for whoever asked them.
        when: `${own} NOT IN ('services.exe', 'svchost.exe', 'tiworker.exe', 'trustedinstaller.exe')`,
        detail: 'left(path, 200)',
        srcClass: own,
        dstClass: sql`extract(path, '\\\\(run|runonce|services|taskcache|winlogon|image file execution options|inprocserver32|lsa)(?:\\\\|$)')`,
      },
      {
        rule: 'service-made',
        src: "concat('host:', host)",
        dst: registryNode,
        when: sql`${own} = 'services.exe' AND endsWith(path, '\\imagepath')`,
        link: programMark('text'),
        certainty: '0.6',
      },
    ],
  },
  {
    of: 'subscription',
    edges: [
      {
        kind: 'persists',
        src: "if(account = '', '', concat('acct:', account))",
        dst: "if(name = '', '', concat('keep:', host, '|wmi|', name))",
        certainty: '0.8',
        detail: 'mode',
      },
    ],
  },
  {
    of: 'lookup',
    edges: [
      {
        kind: 'resolves',
        src: acting,
        dst: "concat('name:', name)",
        when: "position(name, '.') > 0 AND NOT endsWith(name, '.arpa') AND NOT endsWith(name, '.local')",
        srcClass: own,
      },
    ],
  },
  {
    of: 'script',
    edges: [
      { kind: 'loads', src: file, dst: acting, certainty: '0.8', detail: "'script block'", srcClass: "'script'", dstClass: own },
    ],
  },
]
