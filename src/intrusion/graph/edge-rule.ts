import type { EdgeKind } from './edge.ts'
import { withPieces } from './fact-pieces.ts'
import { baseName, inSlice, sql } from './fragments.ts'

/** An edge that a fact makes, as SQL over the columns of facts. */
export interface EdgeShape {
  /** Kind of the edge; absent: a mark that later steps join by `link` and that is no edge. */
  readonly kind?: EdgeKind
  /**
   * Name of a node or a reference: `ip:ADDRESS` (whoever has it then), `webip:ADDRESS` (the same, a web client otherwise),
   * `pid:HOST|PID|IMAGE` (the process of that number then), `acct:NAME` (the account of that name). '' makes no edge.
   */
  readonly src: string
  readonly dst: string
  readonly when?: string
  /** Names the draft for later steps; absent: the name of its rule. */
  readonly rule?: string
  readonly certainty?: string
  readonly detail?: string
  /** Whether the fact's bytes went along. */
  readonly bytes?: true
  readonly account?: string
  readonly link?: string
  /** What src and dst are, for rarity; absent: the kind of the node. */
  readonly srcClass?: string
  readonly dstClass?: string
}

/** What facts of one kind make. */
export interface EdgeRule {
  readonly of: string
  readonly edges: readonly EdgeShape[]
}

const prefix = (node: string): string => sql`replaceOne(replaceOne(splitByChar(':', ${node})[1], 'pid', 'proc'), 'webip', 'web')`

/** A text that is told as it stands needs no conversion: every function is a name that the engine has to look up. */
const text = (value: string): string => (/^'[^']*'$/.test(value) ? value : `toString(${value})`)

function shapeSql(rule: EdgeRule, shape: EdgeShape): string {
  // Told afterwards: classes that are the kind of the node (1 src, 2 dst), and the fact's bytes (4).
  const later =
    (shape.srcClass === undefined ? 1 : 0) + (shape.dstClass === undefined ? 2 : 0) + (shape.bytes === undefined ? 0 : 4)
  return `tuple(${shape.when ?? 'true'}, '${shape.rule ?? rule.of}', '${shape.kind ?? ''}', ${shape.src}, ${shape.dst}, ${text(shape.account ?? 'account')}, ${shape.certainty ?? '1.0'}, ${later}, ${text(shape.detail ?? "''")}, ${text(shape.srcClass ?? "''")}, ${text(shape.dstClass ?? "''")}, ${text(shape.link ?? "''")})`
}

/** What references stand for: processes by number, addresses by owner, accounts by name, each from a time on. Parameters: `load`, `slice`, `slices`. */
const references = sql`
  SELECT * FROM (
  SELECT concat('pid:', host, '|', pid) AS key, t AS since, toDateTime64('2299-12-31 00:00:00', 6, 'UTC') AS until, node, ${baseName('image')} AS base FROM process_starts WHERE load_id = {load:UInt64} AND ${inSlice('host')}
  UNION ALL SELECT concat('ip:', address), since, until, node, '' FROM address_owners WHERE load_id = {load:UInt64}
  UNION ALL SELECT concat('acct:', name), toDateTime64('1900-01-01 00:00:00', 6, 'UTC'), toDateTime64('2299-12-31 00:00:00', 6, 'UTC'), node, '' FROM account_names WHERE load_id = {load:UInt64})
  ORDER BY key, since, node LIMIT 1 BY key, since`

/** The key by which a reference is looked up; '' for what is a name already. */
function keyOf(node: string): string {
  return sql`multiIf(startsWith(${node}, 'pid:'), substring(${node}, 1, length(${node}) - position(reverse(${node}), '|')), startsWith(${node}, 'ip:'), ${node}, startsWith(${node}, 'webip:'), substring(${node}, 4), startsWith(${node}, 'acct:'), ${node}, '')`
}

/** The node that a reference stands for; a process never seen starting is named by number and image, an address by itself. */
function resolved(node: string, at: string): string {
  const image = `substring(${node}, length(${node}) - position(reverse(${node}), '|') + 2)`
  return sql`multiIf(
    startsWith(${node}, 'pid:'), if(${at}.node != '' AND (${image} = '' OR ${at}.base = '' OR ${image} = ${at}.base), ${at}.node,
      concat('proc:', substring(${node}, 5, length(${node}) - position(reverse(${node}), '|') - 4), '|?', ${image})),
    startsWith(${node}, 'ip:'), if(${at}.node != '' AND ${at}.until > t, ${at}.node, concat('addr:', substring(${node}, 4))),
    startsWith(${node}, 'webip:'), if(${at}.node != '' AND ${at}.until > t, ${at}.node, concat('web:', substring(${node}, 7))),
    startsWith(${node}, 'acct:') AND ${at}.node != '', ${at}.node,
    ${node})`
}

/** The statement that makes drafts of one load's facts by rules, for the hosts of a slice. Parameters: `load`, `slice`, `slices`. */
export function draftsSql(rules: readonly EdgeRule[]): string {
  const cases = rules.map(
    (rule) => `what = '${rule.of}', [${rule.edges.map((shape) => shapeSql(rule, shape)).join(',\n      ')}]`,
  )
  const { shapes, columns } = withPieces(cases.join(',\n      '))
  const kinds = rules.map((rule) => `'${rule.of}'`).join(', ')
  return `INSERT INTO edge_drafts (load_id, rule, src, dst, t0, t1, kind, account, certainty, bytes, detail, src_class, dst_class, host, link, exhibit, member, unit, n)
SELECT {load:UInt64}, rule, src_node, dst_node, at, at, edge_kind, if(named.node = '', edge_account, substring(named.node, 6)), sure, volume, said, src_said, dst_said, host, mark, exhibit, member, unit, n
FROM (
  SELECT *, ${resolved('from_ref', 'a')} AS src_node, ${resolved('to_ref', 'b')} AS dst_node,
    t - toIntervalMicrosecond(clock.micros) AS at
  FROM (
    SELECT host, t, exhibit, member, unit, n, e.2 AS rule, e.3 AS edge_kind, e.4 AS from_ref, e.5 AS to_ref, e.6 AS edge_account, toFloat32(e.7) AS sure,
      if(bitTest(e.8, 2), bytes, toInt64(-1)) AS volume, e.9 AS said, if(bitTest(e.8, 0), ${prefix('from_ref')}, e.10) AS src_said, if(bitTest(e.8, 1), ${prefix('to_ref')}, e.11) AS dst_said, e.12 AS mark, ${keyOf('from_ref')} AS src_key, ${keyOf('to_ref')} AS dst_key,
      t + toIntervalSecond(2) AS soon
    FROM (
      SELECT host, t, bytes, exhibit, member, unit, n, arrayJoin(arrayFilter(x -> x.1 AND x.4 != '' AND x.5 != '' AND x.4 != x.5, multiIf(
      ${shapes}, []))) AS e
      FROM (SELECT ${['*', ...columns].join(', ')} FROM edge_facts WHERE load_id = {load:UInt64} AND what IN (${kinds}) AND ${inSlice('host')}))) AS f
  ASOF LEFT JOIN (${references}) AS a ON f.src_key = a.key AND f.soon >= a.since
  ASOF LEFT JOIN (${references}) AS b ON f.dst_key = b.key AND f.soon >= b.since
  ANY LEFT JOIN (SELECT host AS clock_host, if(applied, micros, 0) AS micros FROM host_clocks WHERE load_id = {load:UInt64}) AS clock ON f.host = clock.clock_host) AS g
ANY LEFT JOIN (SELECT name, node FROM account_names WHERE load_id = {load:UInt64}) AS named ON g.edge_account = named.name
WHERE src_node != dst_node
  AND NOT (edge_kind = 'connects' AND dst_node = concat('host:', host)) AND NOT (edge_kind = 'logon' AND src_node = concat('host:', host))
  AND NOT (rule = 'start-security' AND dst_node IN (SELECT node FROM process_starts WHERE load_id = {load:UInt64} AND how = 'start' AND ${inSlice('host')}))`
}
