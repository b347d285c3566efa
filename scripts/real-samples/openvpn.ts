import type { Product, Sample } from './product.ts'
import { server } from './requests.ts'
import type { Daemon, Site } from './site.ts'

/** A certificate that is valid for a day, made on the spot. */
function certificate(site: Site, name: string, usage: string): void {
  const made = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'.split(' ')
  const named = ['-subj', `/CN=${name}/O=Meridian Telekom`, '-addext', `extendedKeyUsage=${usage}`]
  site.must('openssl', [...made, ...named, '-keyout', site.path(`${name}.key`), '-out', site.path(`${name}.crt`)])
}

async function round(site: Site, name: string, more: string): Promise<{ readonly log: string; readonly status: string }> {
  const port = await site.freePort()
  const log = site.path(`${name}.log`)
  const status = site.path(`${name}.status`)
  const print = (one: string): string =>
    site
      .must('openssl', ['x509', '-in', site.path(`${one}.crt`), '-noout', '-fingerprint', '-sha256'])
      .trim()
      .split('=')[1] ?? ''
  const channel = '--cipher AES-256-GCM --data-ciphers AES-256-GCM'
  const words = (text: string): readonly string[] => text.split(' ')
  const gateway = await site.start(
    '/usr/sbin/openvpn',
    [
      words(`--dev tun7 --proto udp4 --local ${server} --port ${port} --server 10.30.0.0 255.255.255.0 --topology subnet`),
      words(`--log ${log} --status ${status} 1 ${more} --dh none --keepalive 1 5 --verb 3 ${channel}`),
      words(`--cert ${site.path('gateway.crt')} --key ${site.path('gateway.key')} --peer-fingerprint ${print('r.tan')}`),
      words(`--script-security 2 --auth-user-pass-verify ${site.path('check.sh')} via-file --username-as-common-name`),
    ].flat(),
    { ready: () => site.text(log).includes('Initialization Sequence Completed') },
  )
  const join = (own: string, word: string, n: number): Promise<Daemon> => {
    const to = site.path(`${name}-client-${n}.log`)
    const given = site.file(`${name}-word-${n}`, `${own === 'r.tan' ? 'r.tan' : 'nobody'}\n${word}\n`)
    return site.start(
      '/usr/sbin/openvpn',
      [
        words(`--client --dev tun${20 + n} --proto udp4 --remote ${server} ${port} --nobind --auth-user-pass ${given}`),
        words(`--cert ${site.path(`${own}.crt`)} --key ${site.path(`${own}.key`)} --peer-fingerprint ${print('gateway')}`),
        words(`--connect-retry-max 1 --single-session --hand-window 4 --explicit-exit-notify 1 --verb 3 ${channel}`),
        words(`--auth-nocache --log ${to}`),
      ].flat(),
      { ready: () => /Initialization Sequence Completed|AUTH_FAILED|TLS Error|Exiting/.test(site.text(to)) },
    )
  }
  const good = await join('r.tan', 'invented', 1)
  await site.until('the client in the status file', () => site.text(status).includes('r.tan'))
  const kept = site.file(`${name}.status.txt`, site.text(status))
  await good.stop()
  await site.pause(1_500)
  await (await join('r.tan', 'wrong', 2)).stop()
  await (await join('stranger', 'invented', 3)).stop()
  await site.pause(500)
  await gateway.stop()
  return { log, status: kept }
}

async function drive(site: Site): Promise<readonly Sample[]> {
  for (const [name, usage] of [
    ['gateway', 'serverAuth'],
    ['r.tan', 'clientAuth'],
    ['stranger', 'clientAuth'],
  ] as const)
    certificate(site, name, usage)
  site.file('check.sh', '#!/bin/sh\ngrep -q invented "$1"\n')
  site.must('chmod', ['755', site.path('check.sh')])
  const samples: Sample[] = []
  for (const version of ['1', '2', '3']) {
    const { log, status } = await round(site, `v${version}`, `--status-version ${version}`)
    if (version === '1')
      samples.push({
        name: 'log',
        file: log,
        seen: 'OpenVPN log',
        sources: ['openvpn//vpn'],
        known: [
          {
            what: 'password taken',
            times: 1,
            event: { class: 'authentication', account: 'r.tan' },
            fields: { outcome: 'success', method: 'password' },
          },
          {
            what: 'session opened',
            times: 1,
            event: { class: 'authentication', account: 'r.tan' },
            fields: { outcome: 'success', assigned: '10.30.0.2' },
          },
          { what: 'session ended', times: 1, event: { account: 'r.tan' }, fields: { action: 'disconnected' } },
          {
            what: 'password refused',
            times: 1,
            event: { class: 'authentication' },
            fields: { outcome: 'failure', reason: 'Auth Username/Password verification failed*' },
          },
          {
            what: 'certificate refused',
            times: 1,
            event: { sourceIp: '*' },
            fields: { outcome: 'failure', reason: 'certificate hash verification failed*' },
          },
          {
            what: 'handshake failed',
            times: 1,
            event: { class: 'authentication' },
            fields: { outcome: 'failure', reason: 'failed' },
          },
          { what: 'address given', times: 2, event: { account: 'r.tan' }, fields: { assigned: '10.30.0.2' } },
        ],
      })
    samples.push({
      name: `status, version ${version}`,
      file: status,
      seen: 'OpenVPN status',
      sources: ['openvpn//vpn'],
      events: 1,
      known: [{ what: 'client', times: 1, event: { account: 'r.tan' }, fields: { commonName: 'r.tan' } }],
    })
  }
  return samples
}

/** OpenVPN: server with certificates by fingerprint and passwords; its log and status in three versions. */
export const openvpn: Product = { name: 'openvpn', packages: ['openvpn'], drive }
