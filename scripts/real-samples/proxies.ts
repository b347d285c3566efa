import type { Product, Sample } from './product.ts'
import { client, request, requests, server } from './requests.ts'
import { listens, type Site } from './site.ts'

/** A page to be asked for through a proxy. */
async function page(site: Site): Promise<number> {
  const port = await site.freePort()
  site.dir('page')
  site.file('page/search', 'found\n')
  await site.start('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '-d', site.path('page')], {
    ready: () => listens(port),
  })
  return port
}

async function driveSquid(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  const to = await page(site)
  const logs = site.dir('logs', 'proxy')
  const users = site.file('users', 'r.tan\n')
  site.file(
    'auth.sh',
    '#!/bin/sh\nwhile read -r user word; do if [ "$word" = invented ]; then echo OK; else echo ERR; fi; done\n',
  )
  site.must('chmod', ['755', site.path('auth.sh')])
  void users
  const conf = site.file(
    'squid.conf',
    `http_port 0.0.0.0:${port}
pid_filename none
cache deny all
cache_log ${logs}/cache.log
coredump_dir ${logs}
netdb_filename none
logfile_rotate 0
access_log stdio:${logs}/access.log squid
access_log stdio:${logs}/combined.log combined
access_log stdio:${logs}/common.log common
shutdown_lifetime 1 seconds
visible_hostname proxy1.meridian.example
auth_param basic program ${site.path('auth.sh')}
auth_param basic children 1
auth_param basic realm crm
acl known proxy_auth REQUIRED
acl open url_regex search
http_access allow open
http_access allow known
http_access deny all
`,
  )
  const daemon = await site.start('/usr/sbin/squid', ['-N', '-f', conf], { ready: () => listens(port) })
  const ask = (...args: readonly string[]): void => {
    site.run('curl', [
      '-s',
      '-o',
      '/dev/null',
      '--max-time',
      '5',
      '--interface',
      client,
      '-x',
      `http://${server}:${port}`,
      ...args,
    ])
  }
  ask(`http://127.0.0.1:${to}/search?q=r.tan`)
  ask('-U', 'r.tan:invented', `http://127.0.0.1:${to}/search`)
  ask('-U', 'r.tan:invented', '-p', `http://127.0.0.1:${to}/export.csv`)
  ask('-U', 'r.tan:wrong', `http://127.0.0.1:${to}/export.csv`)
  ask(`http://127.0.0.1:1/search`)
  await site.pause(500)
  await daemon.stop()
  const sources = ['squid/proxy/']
  return [
    {
      name: 'native',
      file: `${logs}/access.log`,
      seen: 'Squid access log',
      sources,
      known: [
        {
          what: 'search',
          times: 1,
          event: { sourceIp: client, targetIp: '127.0.0.1', class: 'http' },
          fields: { 'cs-method': 'GET', 'c-uri': `http://127.0.0.1:${to}/search?*`, 'sc-status': '200' },
        },
        {
          what: 'tunnel of a user',
          times: 1,
          event: { account: 'r.tan' },
          fields: { 'cs-method': 'CONNECT', 'sc-status': '200' },
        },
        { what: 'refused', times: 1, fields: { 'sc-status': '407' } },
      ],
    },
    {
      name: 'combined',
      file: `${logs}/combined.log`,
      seen: 'web server access log',
      sources: ['/webserver/'],
      known: [
        {
          what: 'tunnel of a user',
          times: 1,
          event: { account: 'r.tan', sourceIp: client },
          fields: { 'cs-method': 'CONNECT', 'sc-status': '200' },
        },
      ],
    },
    {
      name: 'common',
      file: `${logs}/common.log`,
      seen: 'web server access log',
      sources: ['/webserver/'],
      known: [
        {
          what: 'tunnel of a user',
          times: 1,
          event: { account: 'r.tan', sourceIp: client },
          fields: { 'cs-method': 'CONNECT', 'sc-status': '200' },
        },
      ],
    },
  ]
}

/** Squid: its native format, common, combined. */
export const squid: Product = { name: 'squid', packages: ['squid'], drive: driveSquid }

async function driveHaproxy(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  const tcp = await site.freePort()
  const to = await page(site)
  const conf = site.file(
    'haproxy.cfg',
    `global
  log stdout format rfc3164 local0
defaults
  timeout connect 2s
  timeout client 5s
  timeout server 5s
frontend web
  mode http
  log global
  option httplog
  capture request header Host len 40
  bind 0.0.0.0:${port}
  default_backend app
backend app
  mode http
  server app1 127.0.0.1:${to}
frontend raw
  mode tcp
  log global
  option tcplog
  bind 0.0.0.0:${tcp}
  default_backend rawapp
backend rawapp
  mode tcp
  server app1 127.0.0.1:${to}
`,
  )
  const daemon = await site.start('/usr/sbin/haproxy', ['-db', '-f', conf], { ready: () => listens(port) })
  await site.pause(200)
  request(site, `http://${server}:${port}`)
  site.run('curl', ['-s', '-o', '/dev/null', '--interface', client, `http://${server}:${tcp}/search`])
  await site.pause(300)
  await daemon.stop('SIGUSR1')
  // What the program says of itself stands between the requests.
  const all = site
    .text(site.path('haproxy.out'))
    .split('\n')
    .filter((line) => line.startsWith('<'))
  const file = site.file('haproxy.log', `${all.join('\n')}\n`)
  return [
    {
      name: 'HTTP and TCP format',
      file,
      seen: 'HAProxy log in syslog',
      faults: ['log-year-assumed'],
      sources: ['/webserver/', 'haproxy//tcp', 'haproxy//'],
      known: [
        {
          what: 'search',
          times: 1,
          event: { class: 'http', sourceIp: client },
          fields: { 'cs-method': 'GET', 'cs-uri-stem': '/search', query: 'q=r.tan&page=2', 'sc-status': '200' },
        },
        { what: 'requests', times: requests, event: { class: 'http', sourceIp: client } },
        {
          what: 'connection',
          times: 1,
          event: { class: 'network', sourceIp: client },
          fields: { frontend: 'raw', server: 'app1' },
        },
      ],
    },
  ]
}

/** HAProxy: HTTP and TCP format through syslog. */
export const haproxy: Product = { name: 'haproxy', packages: ['haproxy'], drive: driveHaproxy }
