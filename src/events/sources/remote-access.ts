import type { Message, SourceMap } from '../source-map.ts'

const success = { outcome: 'success' } as const
const failure = { outcome: 'failure' } as const

const openVpn: readonly Message[] = (
  [
    // Said of a peer whose password was refused, too: the certificate alone counts.
    { like: '{client:peer} [{user:any}] Peer Connection Initiated with ' },
    {
      like: "{client:peer} TLS: Username/Password authentication succeeded for username '{user:any}'",
      set: { ...success, method: 'password' },
    },
    { like: '{client:peer} TLS Auth Error: {reason:any}', set: failure },
    { like: '{client:peer} VERIFY ERROR: {reason:any}', set: failure },
    { like: '{client:peer} TLS Error: --tls-verify/--peer-fingerprint {reason:any}', set: failure },
    { like: '{client:peer} TLS Error: TLS handshake {reason:any}', set: failure },
    { like: '{client:peer} VERIFY OK: depth={depth:int}, {subject:any}' },
    { like: '{user:any}/{client:peer} MULTI: primary virtual IP for {:word}: {assigned}', set: success },
    { like: '{user:any}/{client:peer} MULTI_sva: pool returned IPv4={assigned:any}, ' },
    { like: '{user:any}/{client:peer} MULTI_sva: pool returned IPv4={assigned}' },
    { like: '{user:any}/{client:peer} {signal} received, client-instance ', set: { action: 'disconnected' } },
    { like: '{user:any}/{client:peer} {what:any}', class: 'other' },
    { like: '{client:peer} {what:any}', class: 'other' },
  ] as const
).map((one) => ({ class: 'authentication', ...one }))

// The one whose slots are narrower comes first.
const leads = ['{weekday} {month} {day:int} {clock} {year:int} ', '{date} {clock} '] as const

/** What stands in a file of its own, each line with a time. */
const openVpnFile = {
  documentation: 'OpenVPN 2.6 reference manual and sources (server log messages, --log)',
  forms: ['text'],
  product: 'openvpn',
  service: 'vpn',
  class: 'other',
  time: ['date+clock', 'weekday+month+day+clock+year'],
  account: 'user',
  sourceIp: 'client',
} as const

/** Gateways through which people work from outside. */
export const remoteAccessSources: readonly SourceMap[] = [
  {
    ...openVpnFile,
    name: 'openvpn-file',
    apps: ['openvpn-file', ''],
    messages: leads.flatMap((lead) => openVpn.slice(0, -2).map((one) => ({ ...one, like: `${lead}${one.like}` }))),
    onlyMessages: true,
  },
  {
    ...openVpnFile,
    name: 'openvpn-file-other',
    apps: ['openvpn-file'],
    messages: leads.flatMap((lead) =>
      [...openVpn.slice(-2), { like: '{what:any}' }].map((one) => ({ ...one, like: `${lead}${one.like}` })),
    ),
  },
  {
    name: 'openvpn',
    documentation: 'OpenVPN 2.6 reference manual and sources (server log messages)',
    forms: ['text'],
    apps: ['openvpn*', 'ovpn*'],
    product: 'openvpn',
    service: 'vpn',
    class: 'other',
    account: 'user',
    sourceIp: 'client',
    messages: openVpn,
  },
  {
    name: 'openvpn-status',
    documentation: 'OpenVPN 2.6 reference manual (--status, --status-version)',
    forms: ['openvpn-status'],
    product: 'openvpn',
    service: 'vpn',
    class: 'authentication',
    time: ['connectedSinceEpoch', 'connectedSince'],
    account: ['user', 'commonName'],
    sourceIp: 'client',
    bytesOut: 'bytesSent',
    // The user is written UNDEF where certificates alone authenticate.
    kinds: [{ when: { user: 'UNDEF' }, account: 'commonName' }],
  },
  {
    name: 'pulse-secure',
    documentation: 'Ivanti (Pulse) Connect Secure "Log messages reference", standard format',
    forms: ['text'],
    apps: ['pulsesecure', 'juniper', 'ivanti*'],
    product: 'ivanti',
    service: 'connect-secure',
    class: 'authentication',
    time: 'date+clock',
    host: 'node',
    account: 'user',
    sourceIp: 'src',
    // Each with the name of the virtual system first, where there are several.
    messages: ['{date} {clock} - {node} - ', '- - - {date} {clock} - {node} - ', ''].flatMap((lead) =>
      ['Default Network::', 'Root::', ''].map((system) => ({
        like: `${lead}[{src:ip}] ${system}{user:any}({realm:any})[{roles:any}] - {what:any}`,
      })),
    ),
    kinds: [
      {
        when: {
          what: [
            'Login succeeded*',
            'Agent login succeeded*',
            'Primary authentication successful*',
            'VPN Tunneling: Session started*',
          ],
        },
        set: success,
      },
      { when: { what: ['Login failed*', 'Primary authentication failed*'] }, set: failure },
    ],
  },
  {
    name: 'pulse-secure-welf',
    documentation: 'Ivanti (Pulse) Connect Secure administration guide, WELF format',
    forms: ['pairs'],
    when: { fw: true, vpn: true, msg: true },
    product: 'ivanti',
    service: 'connect-secure',
    class: 'authentication',
    time: 'time',
    host: ['vpn', 'fw'],
    account: 'user',
    sourceIp: 'src',
    targetIp: 'dst',
    bytesOut: 'sent',
  },
  {
    name: 'netscaler',
    documentation: 'Citrix ADC "Syslog message reference"',
    forms: ['netscaler'],
    product: 'citrix',
    service: 'adc',
    class: 'other',
    time: 'time',
    host: 'node',
    account: ['User', 'contextUser'],
    sourceIp: ['Client_ip', 'ClientIP', 'contextIp', 'SourceIp', 'Remote_ip'],
    targetIp: ['DestinationIp', 'VserverIp'],
    targetPort: ['DestinationPort', 'VserverPort'],
    bytesOut: 'Total_bytes_send',
    eventId: 'event',
    kinds: [
      { when: { event: ['LOGIN', 'LOGOUT'] }, class: 'authentication', set: success },
      { when: { event: ['LOGIN_FAILED', 'AUTHFAIL*'] }, class: 'authentication', set: failure },
      { when: { event: ['TCPCONNSTAT', 'UDPFLOWSTAT', 'HTTPREQUEST', 'TCPCONN*'] }, class: 'network' },
      { when: { event: 'CMD_EXECUTED' }, class: 'process', commandLine: 'Command' },
    ],
  },
  {
    name: 'f5-apm',
    documentation: 'F5 "BIG-IP Access Policy Manager: Implementations" and K-articles on APM log messages (014903xx to 014905xx)',
    forms: ['text'],
    apps: ['apmd', 'apd', 'tmm', 'tmm*'],
    product: 'f5',
    service: 'apm',
    class: 'authentication',
    account: 'user',
    sourceIp: 'src',
    targetIp: 'vip',
    eventId: 'code',
    bytesOut: 'bytesOut',
    messages: [
      { like: '{code:int}:{level:int}: {session}: New session from client IP {src:ip} {:any} at VIP {vip:ip}' },
      { like: "{code:int}:{level:int}: {session}: Username '{user:any}'" },
      { like: "{code:int}:{level:int}: {session}: {module:any}: authentication with '{user:any}' successful", set: success },
      { like: "{code:int}:{level:int}: {session}: {module:any}: authentication with '{user:any}' failed", set: failure },
      { like: '{code:int}:{level:int}: {session}: Session statistics - bytes in: {bytesIn:int}, bytes out: {bytesOut:int}' },
      { like: '{code:int}:{level:int}: {session}: {what:any}' },
    ],
    onlyMessages: true,
  },
]
