import type { ByteSource } from '../base/index.ts'
import { openRecords, type FormatKind, type RecordFormat } from '../formats/index.ts'

/** What a file shows itself to be: of lawful interception or lawful disclosure. Nothing of its rows stands here. */
export interface LawfulTrace {
  readonly kind: 'provisioning' | 'delivery' | 'order-register' | 'order-reasons'
  /** What it was told by, in words: names of columns or of interfaces. */
  readonly seen: string
}

const headBytes = 262_144

/** Namespaces of the interfaces themselves: X1 (ETSI TS 103 221-1), HI1 (ETSI TS 103 120), the 3GPP extensions of X1 (TS 33.128). */
const namespaces = ['uri.etsi.org/03221/', 'uri.etsi.org/03120/', 'urn:3gpp:ns:li:'] as const

/** {itu-t(0) identified-organization(4) etsi(0) securityDomain(2) lawfulIntercept(2)}, as it begins in BER: the modules of HI2 and HI3. */
const lawfulInterceptArc = Buffer.from([0x04, 0x00, 0x02, 0x02])

/** Words of administration and delivery in the lines of a log. */
const interfaceWords =
  /\b(lemf|admf|liid|li[-_]?admin|lawful[-_ ]?intercept(?:ion)?|hi[123][-_ ]?(?:interface|delivery|notification)|(?:de)?activatetaskrequest|modifytaskrequest|createdestinationrequest)\b/gi

const logKinds: ReadonlySet<FormatKind> = new Set<FormatKind>(['log', 'jsonl', 'access-log', 'text', 'unknown'])

/**
 * Does a file belong to the compartment of lawful interception and disclosure? Looks at its first 256 KiB, and at the names of columns
 * where `format` says it is a table. Articles that speak of interception are not meant: the caller leaves claims out.
 */
export async function lawfulTrace(
  source: ByteSource,
  options: { readonly kind: FormatKind; readonly format?: RecordFormat },
): Promise<LawfulTrace | undefined> {
  const head = Buffer.from(await source.slice(0, headBytes))
  const text = head.toString('latin1')
  const lower = text.toLowerCase()
  const namespace = namespaces.find((one) => lower.includes(one))
  if (namespace !== undefined) return { kind: 'provisioning', seen: `messages of ${namespace}` }
  if (options.kind === 'unknown' && isDelivery(head))
    return { kind: 'delivery', seen: 'records under the object identifier of lawful interception (HI2, HI3)' }
  const named = orderColumns(await columnsOf(source, { ...options, text }))
  if (named.length > 0) return { kind: 'order-register', seen: `the columns ${named.join(', ')}` }
  return logKinds.has(options.kind) ? logTrace(text) : undefined
}

/** Names of columns: of JSON and dumps those met in the head alone, which may be a part of a long file. */
async function columnsOf(
  source: ByteSource,
  { kind, format, text }: { readonly kind: FormatKind; readonly format?: RecordFormat; readonly text: string },
): Promise<readonly string[]> {
  if (kind === 'jsonl')
    return [...new Set([...text.matchAll(/"([A-Za-z][A-Za-z0-9_. -]{0,79})"[ \t]{0,4}:/g)].map(([, name = '']) => name))]
  if (kind === 'sql-dump')
    return [...text.matchAll(/^[ \t]{1,8}[`"[]?([A-Za-z_][A-Za-z0-9_]{0,60})[`"\]]?[ \t]/gm)].map(([, name = '']) => name)
  if (format === undefined || format === 'free-text' || format === 'credentials') return []
  return openRecords(source, format).then(
    (table) => table.columns,
    () => [],
  )
}

/** An object identifier (tag 06, or a context tag) that begins with the arc, near the beginning. */
function isDelivery(head: Buffer): boolean {
  for (let at = head.indexOf(lawfulInterceptArc); at >= 2 && at < 4_096; at = head.indexOf(lawfulInterceptArc, at + 1)) {
    const [tag = 0, length = 0] = [head[at - 2], head[at - 1]]
    if ((tag === 0x06 || tag === 0x80) && length >= 4 && length <= 16) return true
  }
  return false
}

/** Two different words of the interfaces, or one of them in a fifth of the lines and three at least. */
function logTrace(text: string): LawfulTrace | undefined {
  const words = new Set<string>()
  let lines = 0
  let speaking = 0
  for (const line of text.split('\n', 2_000)) {
    lines += 1
    const found = [...line.slice(0, 4_096).matchAll(interfaceWords)].map((match) => (match[1] ?? '').toLowerCase())
    if (found.length > 0) speaking += 1
    for (const word of found) words.add(word)
  }
  if (words.size < 2 && (speaking < 3 || speaking * 5 < lines)) return undefined
  return { kind: 'provisioning', seen: `the words ${[...words].sort().slice(0, 5).join(', ')}` }
}

/** Columns that stand in no other table. */
const certain =
  /^(?:liid|li_id|lawful_intercept(?:ion)?(?:_.{1,40})?|lemf(?:_.{1,40})?|admf(?:_.{1,40})?|warrant(?:_.{1,40})?|intercept(?:ion)?_(?:id|no|number|ref|reference|order|type|start|end|target)|court_order(?:_.{1,40})?|hi[123](?:_.{1,40})?|iri_(?:delivery|destination|address)|cc_(?:delivery|destination|address)|monitored_(?:number|subscriber|identity)|disclosure_order(?:_.{1,40})?)$/
/** Whose, and by whom: names that say it by themselves, and names that other tables have too. */
const target =
  /^(?:target_(?:msisdn|imsi|imei|identity|identifier|number|subscriber)|subject_of_order|suspect_(?:msisdn|imsi|number|id))$/
const anyTarget = /^(?:target|target_id|subscriber|msisdn)$/
const authority =
  /^(?:(?:issuing|requesting|ordering|competent)_(?:authority|court|judge|agency|officer)|court|judge|prosecutor|lea|lea_(?:id|name|ref)|law_enforcement(?:_agency)?)$/
const anyAuthority = /^(?:authority|police|police_.{1,40}|legal_basis)$/
const order =
  /^(?:order(?:_(?:id|no|number|ref|reference|type|date))|legal_(?:ref|reference|order)|reference|request_(?:ref|reference|no))$/
const validity =
  /^(?:valid_(?:from|to|until|till)|expir(?:y|es|ation)(?:_.{1,40})?|issued(?:_.{1,40})?|served(?:_.{1,40})?|in_force_.{1,40})$/

/** The columns by which a table is a register of orders or warrants; empty when it is none. */
function orderColumns(columns: readonly string[]): readonly string[] {
  const names = columns.slice(0, 1_000).map((one) =>
    one
      .slice(0, 120)
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, ''),
  )
  const of = (form: RegExp): string[] => columns.filter((_one, at) => form.test(names[at] ?? '')).slice(0, 3)
  const sure = of(certain)
  if (sure.length > 0) return sure
  if (names.includes('xid') && names.includes('did')) return of(/^(?:xid|did)$/)
  const [whose, byWhom, which, whenToWhen] = [of(target), of(authority), of(order), of(validity)]
  if (whose.length > 0 && byWhom.length + of(anyAuthority).length > 0) return [...whose, ...byWhom, ...of(anyAuthority)]
  if (byWhom.length === 0) return []
  if (of(anyTarget).length > 0 && which.length > 0) return [...of(anyTarget), ...byWhom, ...which]
  return which.length > 0 && whenToWhen.length > 0 ? [...which, ...byWhom, ...whenToWhen] : []
}

/** Kinds of reason that are orders. */
const orderKinds: ReadonlySet<string> = new Set([
  'legal',
  'lawful',
  'warrant',
  'order',
  'court',
  'court-order',
  'interception',
  'li',
])

/** Does a table of recorded reasons hold orders among them? Reads it to the first one. `map` names the column of kinds where it is another. */
export async function lawfulReasons(
  source: ByteSource,
  options: { readonly format: RecordFormat; readonly map?: Readonly<Record<string, string>> },
): Promise<LawfulTrace | undefined> {
  const table = await openRecords(source, options.format).catch(() => undefined)
  const wanted = (options.map?.['kind'] ?? 'kind').trim().toLowerCase()
  const at = table?.columns.findIndex((one) => one.trim().toLowerCase() === wanted) ?? -1
  if (table === undefined || at < 0) return undefined
  for await (const { records } of table.rows)
    for (const { values } of records) {
      const kind = values[at]?.trim().toLowerCase() ?? ''
      if (orderKinds.has(kind)) return { kind: 'order-reasons', seen: `reasons of the kind ${kind}` }
    }
  return undefined
}
