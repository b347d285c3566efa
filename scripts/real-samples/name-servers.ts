import type { Product, Sample } from './product.ts'
import { client, server } from './requests.ts'
import type { Site } from './site.ts'

function ask(site: Site, port: number): void {
  for (const [name, type, ...more] of [
    ['crm.meridian.example', 'A'],
    ['crm.meridian.example', 'AAAA'],
    ['a1b2c3d4.updates.meridian.example', 'TXT', '+tcp'],
    ['no-such-name.meridian.example', 'MX', '+nocookie'],
    ['8.100.51.198.in-addr.arpa', 'PTR'],
  ])
    site.run('dig', [`@${server}`, '-b', client, '-p', String(port), '+tries=1', '+time=2', name ?? '', type ?? '', ...more])
}

async function driveBind(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  const logs = site.dir('logs', 'bind')
  site.file(
    'zone.db',
    `$TTL 60\n@ IN SOA ns. admin. 1 60 60 60 60\n@ IN NS ns.meridian.example.\nns IN A ${server}\ncrm IN A 192.0.2.20\ncrm IN AAAA 2001:db8::20\na1b2c3d4.updates IN TXT "x"\n`,
  )
  const channel = (name: string, extra: string): string =>
    `channel ${name} { file "${logs}/${name}.log"; severity info; ${extra} };`
  const conf = site.file(
    'named.conf',
    `options { directory "${logs}"; pid-file none; session-keyfile none; listen-on port ${port} { any; }; listen-on-v6 { none; }; recursion no; allow-query { any; }; managed-keys-directory "${logs}"; querylog yes; };
controls { };
zone "meridian.example" { type primary; file "${site.path('zone.db')}"; };
logging {
  ${channel('plain', '')}
  ${channel('timed', 'print-time yes; print-category yes; print-severity yes;')}
  ${channel('iso', 'print-time iso8601;')}
  ${channel('utc', 'print-time iso8601-utc; print-category yes;')}
  category queries { plain; timed; iso; utc; };
};
`,
  )
  const daemon = await site.start('/usr/sbin/named', ['-f', '-u', 'bind', '-c', conf], {
    ready: () =>
      site.run('dig', [`@${server}`, '-p', String(port), '+tries=1', '+time=1', 'version.bind', 'CH', 'TXT']).status === 0,
  })
  const before = site.text(`${logs}/timed.log`).split('\n').length - 1
  ask(site, port)
  await site.pause(300)
  await daemon.stop()
  const one = (name: string, file: string): Sample => ({
    name,
    file: `${logs}/${file}.log`,
    seen: 'DNS query log (BIND)',
    sources: ['bind/dns/'],
    events: before + 5,
    ...(file === 'plain' ? { times: 'any' as const, faults: Array.from({ length: before + 5 }, () => 'event-time') } : {}),
    known: [
      { what: 'queries', times: 5, event: { class: 'dns', sourceIp: client, targetIp: server } },
      {
        what: 'query over TCP',
        times: 1,
        event: { sourceIp: client },
        fields: { query: 'a1b2c3d4.updates.meridian.example', record_type: 'TXT' },
      },
    ],
  })
  return [
    one('time, category, severity', 'timed'),
    one('ISO time', 'iso'),
    one('ISO time in UTC, category', 'utc'),
    one('no time', 'plain'),
  ]
}

/** BIND: its query log with four kinds of heads. */
export const bind: Product = { name: 'bind', packages: ['bind9', 'bind9-dnsutils'], drive: driveBind }

async function driveDnsmasq(site: Site): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const queries of ['log-queries', 'log-queries=extra']) {
    const port = await site.freePort()
    const name = queries === 'log-queries' ? 'plain' : 'extra'
    const log = site.path(`${name}.log`)
    const conf = site.file(
      `${name}.conf`,
      `port=${port}\nlisten-address=${server}\nbind-interfaces\nno-resolv\nno-hosts\nserver=/updates.meridian.example/127.0.0.1#9\nuser=root\npid-file=\naddress=/crm.meridian.example/192.0.2.20\nlog-facility=${log}\n${queries}\n`,
    )
    const daemon = await site.start('/usr/sbin/dnsmasq', ['-k', '-C', conf], {
      ready: () => site.text(log).includes('started'),
    })
    ask(site, port)
    await site.pause(200)
    await daemon.stop()
    samples.push({
      name,
      file: log,
      seen: 'syslog',
      sources: ['dnsmasq/dns/', 'dnsmasq//'],
      faults: ['log-year-assumed'],
      known: [
        { what: 'queries', times: 5, event: { class: 'dns', sourceIp: client }, fields: { query: '*', record_type: '*' } },
        {
          what: 'query of text',
          times: 1,
          event: { sourceIp: client },
          fields: { query: 'a1b2c3d4.updates.meridian.example', record_type: 'TXT' },
        },
        { what: 'answer', times: 1, fields: { query: 'crm.meridian.example', answer: '192.0.2.20' } },
      ],
    })
  }
  return samples
}

/** dnsmasq: its query log, plain and with serial numbers. */
export const dnsmasq: Product = { name: 'dnsmasq', packages: ['dnsmasq-base', 'bind9-dnsutils'], drive: driveDnsmasq }
