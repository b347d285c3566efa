import type { SourceMap } from '../source-map.ts'

const query = { category: 'dns', class: 'dns' } as const

/** Queries to name servers. */
export const dnsSources: readonly SourceMap[] = [
  {
    name: 'bind-query',
    documentation: 'BIND 9 Administrator Reference Manual, category "queries"',
    forms: ['bind-query'],
    product: 'bind',
    category: 'dns',
    class: 'dns',
    time: 'time',
    sourceIp: 'client',
    targetIp: 'server',
    also: { record_type: 'queryType', src_ip: 'client' },
  },
  {
    name: 'dnsmasq',
    documentation: 'dnsmasq manual, --log-queries',
    forms: ['text'],
    apps: ['dnsmasq'],
    product: 'dnsmasq',
    class: 'other',
    sourceIp: 'client',
    // With `log-queries=extra` a number and the client stand in front.
    messages: ['', '{serial:int} {client:any}/{srcPort:int} '].flatMap((lead) => [
      { ...query, like: `${lead}query[{queryType}] {query} from {client:ip}`, also: { record_type: 'queryType' } },
      { ...query, like: `${lead}forwarded {query} to {server}` },
      ...['reply', 'cached', 'config', 'cached-stale', '/etc/hosts', 'validation'].map((how) => ({
        ...query,
        like: `${lead}${how} {query} is {answer:any}`,
        set: { action: how },
      })),
    ]),
  },
  {
    name: 'windows-dns-debug',
    documentation: 'Legend at the top of the debug log of Windows DNS Server; Microsoft [MS-DNSP] 2.2.9.1.1',
    forms: ['windows-dns'],
    product: 'windows',
    category: 'dns',
    service: 'dns-server',
    class: 'dns',
    time: 'date+clock+half',
    sourceIp: 'client',
    also: { record_type: 'queryType', src_ip: 'client' },
  },
]
