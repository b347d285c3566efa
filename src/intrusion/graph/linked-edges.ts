import { disputedSql } from './process-starts.ts'
import { crowded, sessions } from './crowded-sessions.ts'
import { drafts, draftsTo, oneAt } from './draft-rows.ts'
import { inSlice, sql } from './fragments.ts'

const columns =
  'load_id, rule, src, dst, t0, t1, kind, account, certainty, bytes, detail, src_class, dst_class, host, link, exhibit, member, unit, n'

/** A statement that makes drafts of drafts; every one selects the same columns. Parameters: `load`, `slice`, `slices`. */
interface Linking {
  readonly rule: string
  readonly kind: string
  readonly src: string
  readonly dst: string
  readonly t0: string
  readonly t1?: string
  readonly account: string
  readonly certainty: string
  readonly detail: string
  readonly srcClass?: string
  readonly dstClass?: string
  /** Rows to take it from; `m` is the draft whose record is cited. */
  readonly from: string
  /** Rules of drafts without which there are no such rows: one of each list has to be there. */
  readonly needs: readonly (readonly string[])[]
}

function insertSql(link: Linking): string {
  const classOf = (node: string): string => `splitByChar(':', ${node})[1]`
  return `INSERT INTO edge_drafts (${columns})
SELECT {load:UInt64}, '${link.rule}', ${link.src} AS s, ${link.dst} AS d, ${link.t0}, ${link.t1 ?? link.t0}, '${link.kind}', ${link.account}, toFloat32(${link.certainty}), -1, ${link.detail},
  ${link.srcClass ?? classOf('s')}, ${link.dstClass ?? classOf('d')}, m.host, '', m.exhibit, m.member, m.unit, m.n
FROM ${link.from}`
}

const hostPart = (node: string): string => sql`splitByChar('|', substring(${node}, position(${node}, ':') + 1))[1]`
const administration = sql`detail IN ('port 22', 'port 135', 'port 139', 'port 445', 'port 3389', 'port 5985', 'port 5986', 'port 47001')`
const connections = draftsTo("'connect', 'connect-filter'", " AND kind = 'connects'")
const logonsFromHosts = drafts(
  "'logon', 'session'",
  " AND kind = 'logon' AND (startsWith(src, 'host:') OR startsWith(src, 'addr:'))",
)
const unsourced = drafts("'logon-unsourced'")
/** Time within which two records speak of one move, and within which a logon without a source goes with what reached its host. */
const together = 60
const closely = 5

const logonRule = ['logon', 'session']
const connectRule = ['connect', 'connect-filter']

/** A logon and the connection it came over: by the port both name, else the last connection from that host within a minute. */
const overConnection: readonly Linking[] = [
  {
    rule: 'logon-over-port',
    needs: [logonRule, connectRule],
    kind: 'logon',
    src: 'c.src',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: '0.95',
    detail: "concat(m.detail, ', ', c.detail)",
    srcClass: 'c.src_class',
    dstClass: 'm.dst_class',
    from: `${logonsFromHosts} AS m INNER JOIN ${connections} AS c ON m.link = c.link AND c.dst = concat('host:', m.host)
WHERE m.link != '' AND abs(dateDiff('second', c.t0, m.t0)) <= ${together}`,
  },
  {
    rule: 'logon-over-connection',
    needs: [logonRule, connectRule],
    kind: 'logon',
    src: 'c.src',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: '0.9',
    detail: "concat(m.detail, ', ', c.detail)",
    srcClass: 'c.src_class',
    dstClass: 'm.dst_class',
    from: `(SELECT *, t0 + toIntervalSecond(${closely}) AS soon FROM ${logonsFromHosts} WHERE startsWith(src, 'host:')) AS m
ASOF INNER JOIN ${oneAt(`(SELECT *, concat('host:', ${hostPart('src')}) AS from_host FROM ${connections} WHERE ${administration})`, 'from_host, dst')} AS c ON m.src = c.from_host AND concat('host:', m.host) = c.dst AND m.soon >= c.t0
WHERE dateDiff('second', c.t0, m.t0) <= ${together} AND (m.link = '' OR m.link NOT IN (SELECT link FROM ${connections}))`,
  },
  {
    // No source in the record: whoever reached the host just before, by a port of administration.
    rule: 'logon-unsourced-connection',
    needs: [['logon-unsourced'], connectRule],
    kind: 'logon',
    src: 'c.src',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: '0.6',
    detail: "concat('source not stated, ', c.detail)",
    srcClass: 'c.src_class',
    dstClass: "'type 3'",
    from: `(SELECT *, t0 + toIntervalSecond(${closely}) AS soon, concat('host:', host) AS to_host FROM ${unsourced}) AS m
ASOF INNER JOIN ${oneAt(`(SELECT * FROM ${connections} WHERE ${administration})`, 'dst')} AS c ON m.to_host = c.dst AND m.soon >= c.t0
WHERE dateDiff('second', c.t0, m.t0) <= ${closely}`,
  },
  {
    rule: 'logon-unsourced-ticket',
    needs: [['logon-unsourced'], ['ticket']],
    kind: 'logon',
    src: 'c.src',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: '0.6',
    detail: "'source not stated, service ticket'",
    srcClass: 'c.src_class',
    dstClass: "'type 3'",
    from: `(SELECT *, t0 + toIntervalSecond(${closely}) AS soon, concat('host:', host) AS to_host FROM ${unsourced}) AS m
ASOF INNER JOIN ${oneAt(draftsTo("'ticket'"), 'dst, account')} AS c ON m.to_host = c.dst AND m.account = c.account AND m.soon >= c.t0
WHERE dateDiff('second', c.t0, m.t0) <= ${closely} AND c.src != m.to_host`,
  },
]

/** Explicit credentials on one host and the logon they lead to on another. */
const explicit: Linking = {
  rule: 'logon-explicit',
  needs: [['explicit'], ['logon']],
  kind: 'logon',
  src: 'm.src',
  dst: 'u.dst',
  t0: 'greatest(u.t0, m.t0)',
  account: 'u.account',
  certainty: '0.9',
  detail: "concat('explicit credentials, ', u.detail)",
  srcClass: 'm.src_class',
  dstClass: 'u.dst_class',
  from: `(SELECT *, t0 - toIntervalSecond(2) AS soon FROM ${draftsTo("'explicit'", " AND kind = 'logon'")}) AS m
ASOF INNER JOIN ${oneAt(`(SELECT *, concat('host:', host) AS on_host FROM ${drafts("'logon'", " AND kind = 'uses' AND link IN ('3', '8', '10')")})`, 'on_host, account')} AS u ON m.dst = u.on_host AND m.account = u.account AND m.soon <= u.t0
WHERE dateDiff('second', m.t0, u.t0) <= ${together}`,
}

/** A service or task made just after a network session reached the host's service manager or scheduler, or without that, just after one began. */
const remotely: readonly Linking[] = [
  { sign: 'svcctl', made: 'service-made' },
  { sign: 'atsvc', made: 'task-made' },
].flatMap(({ sign, made }): Linking[] => [
  {
    rule: 'made-remotely',
    needs: [[made], ['remote-control']],
    kind: 'persists',
    src: 'c.dst',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'c.account',
    certainty: '0.9',
    detail: `'over ${sign}'`,
    from: `(SELECT *, t0 + toIntervalSecond(2) AS soon FROM ${drafts(`'${made}'`)}) AS m
ASOF INNER JOIN ${oneAt(drafts("'remote-control'", ` AND link = '${sign}'`), 'host')} AS c ON m.host = c.host AND m.soon >= c.t0 WHERE dateDiff('second', c.t0, m.t0) <= 10`,
  },
  {
    rule: 'made-after-logon',
    needs: [[made], ['logon']],
    kind: 'persists',
    src: 'c.dst',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'c.account',
    certainty: '0.6',
    detail: "'just after a network logon'",
    from: `(SELECT *, t0 + toIntervalSecond(2) AS soon FROM ${drafts(`'${made}'`)} WHERE host NOT IN (SELECT host FROM ${drafts("'remote-control'")})) AS m
ASOF INNER JOIN ${oneAt(drafts("'logon'", " AND kind = 'uses' AND link = '3'"), 'host')} AS c ON m.host = c.host AND m.soon >= c.t0 WHERE dateDiff('second', c.t0, m.t0) <= 10`,
  },
])

/** What services, tasks and web servers start. */
const triggered: readonly Linking[] = [
  { made: 'service-made', ran: 'started-by-services', certainty: '0.9' },
  { made: 'task-made', ran: 'started-by-schedule', certainty: '0.7' },
].map(({ made, ran, certainty }) => ({
  rule: 'triggered',
  needs: [[made], [ran]],
  kind: 'triggers',
  src: 'c.dst',
  dst: 'm.dst',
  t0: 'm.t0',
  account: 'm.account',
  certainty,
  detail: 'm.link',
  dstClass: 'm.dst_class',
  from: `(SELECT *, t0 + toIntervalSecond(2) AS soon FROM ${drafts(`'${ran}'`)} WHERE link != '') AS m
ASOF INNER JOIN ${oneAt(drafts(`'${made}'`), 'host, link')} AS c ON m.host = c.host AND m.link = c.link AND m.soon >= c.t0`,
}))

/** Requests within five seconds before a web server's process started something; many clients make each less sure. */
const fromWeb: Linking = {
  rule: 'web-started',
  needs: [['started-by-web'], ['web-script']],
  kind: 'web-request',
  src: 'client.src',
  dst: 'm.dst',
  t0: 'm.t0',
  account: 'm.account',
  certainty: 'if(client.clients = 1, 0.9, 0.5)',
  detail: "concat(client.link, ' asked for before ', m.link)",
  dstClass: 'm.link',
  from: `(
  SELECT p.dst AS started, p.t0 AS at, w.src AS src, argMax(w.link, w.t0) AS link, count() OVER (PARTITION BY p.dst) AS clients
  FROM (SELECT host, dst, t0, arrayJoin(arrayMap(x -> intDiv(toInt64(toUnixTimestamp(t0)), 8) + x, [-1, 0, 1])) AS slot FROM ${drafts("'started-by-web'")}) AS p
  INNER JOIN (SELECT host, src, t0, link, intDiv(toInt64(toUnixTimestamp(t0)), 8) AS slot FROM ${drafts("'web-script'")}) AS w ON p.host = w.host AND p.slot = w.slot
  WHERE w.t0 BETWEEN p.t0 - toIntervalSecond(5) AND p.t0 + toIntervalSecond(1)
  GROUP BY p.dst, p.t0, w.src) AS client
INNER JOIN ${drafts("'started-by-web'")} AS m ON client.started = m.dst AND client.at = m.t0
ORDER BY m.dst, client.src LIMIT 20 BY m.dst`,
}

const fromSessions: readonly Linking[] = [
  {
    // Whoever works on a host may be who goes on from it: each of the sessions alive when this one began, or beginning while it lasts in its first hour.
    rule: 'relay',
    needs: [logonRule],
    kind: 'relay',
    src: 'm.session',
    dst: "concat('host:', m.host)",
    t0: 'm.since',
    t1: 'm.until',
    account: 'm.account',
    certainty: '1 / m.alive',
    detail: "if(m.alive = 1, 'alone then', concat('one of ', toString(m.alive), ' accounts then'))",
    from: `(${crowded}) AS m`,
  },
  {
    // Reading lsass reaches the secrets of whoever is logged on then.
    rule: 'lsass',
    needs: [['read-lsass'], logonRule],
    kind: 'credential',
    src: 'm.src',
    dst: 's.actor',
    t0: 'm.t0',
    account: 'm.account',
    certainty: 'm.certainty',
    detail: "concat('memory of lsass read, access ', m.link)",
    srcClass: 'm.src_class',
    dstClass: "'acct'",
    from: `${drafts("'read-lsass'")} AS m INNER JOIN ${sessions} AS s ON m.host = s.host
WHERE s.since <= m.t0 + toIntervalSecond(2) AND s.until >= m.t0 AND s.mode IN ('2', '7', '9', '10', '11')`,
  },
  {
    // Where no session is on record the secrets are still the host's.
    rule: 'lsass-host',
    needs: [['read-lsass']],
    kind: 'injects',
    src: 'm.src',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: 'm.certainty',
    detail: "concat('memory of lsass read, access ', m.link)",
    srcClass: 'm.src_class',
    dstClass: "'lsass.exe'",
    from: `${drafts("'read-lsass'")} AS m`,
  },
  {
    rule: 'command',
    needs: [['command'], logonRule],
    kind: 'runs',
    src: 's.session',
    dst: 'm.dst',
    t0: 'm.t0',
    account: 'm.account',
    certainty: '0.8',
    detail: "concat('sudo ', m.link)",
    dstClass: 'm.link',
    from: `(SELECT *, splitByChar('\\\\', account)[-1] AS who FROM ${drafts("'command'", " AND kind = ''")}) AS m
ASOF INNER JOIN (SELECT *, splitByChar('\\\\', account)[-1] AS who FROM ${sessions} WHERE mode = 'ssh' ORDER BY host, who, since, session LIMIT 1 BY host, who, since) AS s ON m.host = s.host AND m.who = s.who AND m.t0 >= s.since WHERE s.until >= m.t0`,
  },
]

/** The parent that the operating system names where a start claims another. */
const creators: Linking = {
  rule: 'creator',
  needs: [['start']],
  kind: 'starts',
  src: "if(p.node = '', concat('proc:', m.host, '|', d.creator, '|?'), p.node)",
  dst: 'm.dst',
  t0: 'm.t0',
  account: 'm.account',
  certainty: '0.7',
  detail: "concat(m.detail, ', creator by the operating system; its start names another parent')",
  srcClass: 'm.src_class',
  dstClass: 'm.dst_class',
  from: `(SELECT * FROM (${disputedSql(inSlice('host'))})) AS d
INNER JOIN ${drafts("'start'", " AND kind = 'starts'")} AS m ON d.node = m.dst
ASOF LEFT JOIN (SELECT host, pid, t, node FROM process_starts WHERE load_id = {load:UInt64} AND ${inSlice('host')} ORDER BY host, pid, t, node LIMIT 1 BY host, pid, t) AS p ON d.host = p.host AND d.creator = p.pid AND m.t0 >= p.t`,
}

/** Statements that join records of two hosts, or of one host over time, in the order they are run. */
export const linking: readonly { readonly sql: string; readonly needs: Linking['needs'] }[] = [
  ...overConnection,
  explicit,
  ...remotely,
  ...triggered,
  fromWeb,
  ...fromSessions,
  creators,
].map((link) => ({ sql: insertSql(link), needs: link.needs }))
