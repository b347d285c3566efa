import type { EdgeKind } from './edge.ts'
import { sql } from './fragments.ts'

/**
 * Bits of an edge while the estate's history is shorter than a week, by kind and class of what it joins; the first that fits counts.
 * Set by hand from what each kind means in captures of attacks and of ordinary days; not measured.
 */
const priors: readonly { readonly kind: EdgeKind; readonly src?: string; readonly dst?: string; readonly bits: number }[] = [
  {
    kind: 'starts',
    src: '^(w3wp|httpd|apache2?|nginx|php.*|tomcat.*|java|sqlservr|umworkerprocess)',
    dst: '^(cmd|powershell|pwsh|sh|bash|dash|whoami|net1?|certutil|curl|wget)',
    bits: 9,
  },
  { kind: 'starts', src: '^(winword|excel|powerpnt|outlook|msaccess|mspub|onenote|acrord32)', bits: 7 },
  {
    kind: 'starts',
    src: '^(wmiprvse|wsmprovhost|mmc|services)\\.exe$',
    dst: '^(cmd|powershell|pwsh|mshta|rundll32|regsvr32)',
    bits: 7,
  },
  {
    kind: 'starts',
    dst: '^(psexesvc|psexec|mimikatz|procdump|ntdsutil|vssadmin|wbadmin|rar|7z|rclone|nltest|adfind|certutil|bitsadmin)',
    bits: 6,
  },
  { kind: 'starts', dst: '^(powershell|pwsh|cmd|mshta|wscript|cscript|rundll32|regsvr32|msbuild|wmic)\\.exe$', bits: 3 },
  { kind: 'starts', bits: 1 },
  { kind: 'runs', src: '^service-session$', bits: 0.5 },
  { kind: 'runs', bits: 1 },
  { kind: 'loads', src: '^(module|script)$', bits: 4 },
  { kind: 'loads', bits: 3 },
  { kind: 'injects', dst: '^lsass', bits: 8 },
  { kind: 'injects', bits: 6 },
  { kind: 'writes', dst: '^\\.(exe|dll|sys|ps1|php|aspx?|jspx?|zip|7z|rar|dmp)$', bits: 3 },
  { kind: 'writes', bits: 1 },
  { kind: 'content', bits: 1 },
  { kind: 'persists', bits: 6 },
  { kind: 'triggers', bits: 3 },
  { kind: 'connects', dst: '^inside (22|135|139|445|3389|5985|5986)$', bits: 3 },
  { kind: 'connects', src: '^(powershell|pwsh|cmd|rundll32|regsvr32|mshta|wscript|cscript|msbuild)', bits: 6 },
  { kind: 'connects', bits: 2 },
  { kind: 'resolves', bits: 1 },
  { kind: 'logon', dst: '^type (10|9)$', bits: 4 },
  { kind: 'logon', bits: 3 },
  { kind: 'credential', dst: '^domain secrets$', bits: 10 },
  { kind: 'credential', bits: 4 },
  { kind: 'uses', bits: 1 },
  { kind: 'relay', bits: 1 },
  { kind: 'share', dst: '^(ipc (svcctl|atsvc|winreg)|admin\\$|[a-z]\\$)$', bits: 5 },
  { kind: 'share', bits: 2 },
  { kind: 'web-request', bits: 2 },
  { kind: 'access', bits: 3 },
  { kind: 'queries', bits: 2 },
  { kind: 'exports', bits: 6 },
  { kind: 'sends', bits: 2 },
  { kind: 'changes', dst: '^(made|put into a group|history of identifiers added)$', bits: 7 },
  { kind: 'changes', bits: 5 },
  { kind: 'clears', bits: 9 },
]

/** Days of history from which on the estate speaks for itself, and the most bits it can give. */
const history = 7
const most = 16

const prior = sql`multiIf(${priors
  .map(({ kind, src, dst, bits }) => {
    const says = [
      `kind = '${kind}'`,
      ...(src === undefined ? [] : [`match(src_class, '${src.replaceAll('\\', '\\\\')}')`]),
      ...(dst === undefined ? [] : [`match(dst_class, '${dst.replaceAll('\\', '\\\\')}')`]),
    ]
    return `${says.join(' AND ')}, ${bits}`
  })
  .join(', ')}, 1)`

/**
 * Bits by kind, class of source, class of target, class of account and day: how rare the four were on the days before, each day
 * counting once. Made of drafts; `drafts` is a subquery with those columns. Days count from the first with any edge.
 */
export function raritySql(drafts: string): string {
  return `
SELECT kind, src_class, dst_class, account_class, day,
  toFloat32(if(before < ${history}, ${prior}, least(${most}, -log2((seen + 0.5) / (before + 1))))) AS bits
FROM (
  SELECT kind, src_class, dst_class, account_class, day,
    row_number() OVER (PARTITION BY kind, src_class, dst_class, account_class ORDER BY day) - 1 AS seen
  FROM (SELECT kind, src_class, dst_class, account_class, toDate(t0) AS day FROM ${drafts} GROUP BY ALL)) AS known
INNER JOIN (
  SELECT day, row_number() OVER (ORDER BY day) - 1 AS before
  FROM (SELECT DISTINCT toDate(t0) AS day FROM ${drafts})) AS observed USING (day)`
}
