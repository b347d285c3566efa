import type { SourceMap } from '../source-map.ts'

/** Queries to name servers. */
export const dnsSources: readonly SourceMap[] = [
  {
    name: 'bind-query',
    documentation: 'BIND 9 Administrator Reference Manual, category "queries"',
    forms: ['bind-query'],
    product: 'bind',
    category: 'dns',
    class: 'dns',
    time: 'date+clock',
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
    category: 'dns',
    class: 'dns',
    sourceIp: 'client',
    messages: [
      { like: 'query[{queryType}] {query} from {client:ip}', also: { record_type: 'queryType' } },
      { like: '{serial:int} {:word} query[{queryType}] {query} from {client:ip}', also: { record_type: 'queryType' } },
      { like: 'reply {query} is {answer:any}' },
      { like: 'forwarded {query} to {server}' },
    ],
    onlyMessages: true,
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
