import { connect } from 'node:net'
import type { Known, Product, Sample } from './product.ts'
import { client, request, requests, server } from './requests.ts'
import { listens, type Site } from './site.ts'

const web = ['/webserver/'] as const

const asked: readonly Known[] = [
  {
    what: 'search',
    times: 1,
    event: { class: 'http', sourceIp: client },
    fields: { 'cs-method': 'GET', 'cs-uri-stem': '/search', query: 'q=r.tan&page=2', 'cs-version': 'HTTP/1.1' },
  },
  { what: 'request by a user', times: 1, event: { account: 'r.tan' }, fields: { 'cs-uri-stem': '/export.csv' } },
  {
    what: 'page that is not there',
    times: 1,
    fields: { 'cs-method': 'POST', 'cs-uri-stem': '/no-such-page', 'sc-status': '404' },
  },
]
const agents: readonly Known[] = [
  {
    what: 'agent and referer',
    times: 1,
    fields: { 'cs-referer': 'http://portal.meridian.example/a b', 'cs-user-agent': 'report *' },
  },
]

/** A probe in another protocol, as scanners send it. */
async function probe(port: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: server, localAddress: client }, () =>
      socket.end(Buffer.from('160301007b010000770303', 'hex')),
    )
    socket.once('close', () => resolve())
    socket.once('error', () => resolve())
    socket.resume()
    setTimeout(() => socket.destroy(), 1_000)
  })
}

const nginxFormats = {
  timed:
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for" rt=$request_time uct="$upstream_connect_time"',
  own: '$time_iso8601|$host|$remote_addr|$remote_user|$request_method|$request_uri|$status|$bytes_sent|$http_user_agent',
}

async function driveNginx(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  const logs = site.dir('logs')
  site.file('html-export.csv', 'a,b\n')
  site.file('users', `r.tan:${site.must('openssl', ['passwd', '-apr1', 'invented']).trim()}\n`)
  const conf = site.file(
    'nginx.conf',
    `daemon off; worker_processes 1; pid ${site.path('pid')}; error_log ${logs}/error.log info;
events { }
http {
  log_format timed '${nginxFormats.timed}';
  log_format own '${nginxFormats.own}';
  log_format js escape=json '{"time":"$time_iso8601","remote_addr":"$remote_addr","remote_user":"$remote_user","request_method":"$request_method","request_uri":"$request_uri","status":$status,"body_bytes_sent":$body_bytes_sent,"http_referer":"$http_referer","http_user_agent":"$http_user_agent","host":"$host"}';
  access_log ${logs}/access.log combined; access_log ${logs}/timed.log timed; access_log ${logs}/own.log own; access_log ${logs}/json.log js;
  client_body_temp_path ${site.dir('body')}; proxy_temp_path ${site.dir('proxy')}; fastcgi_temp_path ${site.dir('fastcgi')}; uwsgi_temp_path ${site.dir('uwsgi')}; scgi_temp_path ${site.dir('scgi')};
  server {
    listen 0.0.0.0:${port};
    root ${site.dir('html')};
    location = /search { return 200 "found"; }
    location = /export.csv { auth_basic crm; auth_basic_user_file ${site.path('users')}; alias ${site.path('html-export.csv')}; }
  }
}
`,
  )
  const daemon = await site.start('/usr/sbin/nginx', ['-c', conf], { ready: () => listens(port) })
  request(site, `http://${server}:${port}`)
  await probe(port)
  site.run('curl', ['-s', '-o', '/dev/null', '--interface', client, '-u', 'r.tan:wrong', `http://${server}:${port}/export.csv`])
  await daemon.stop('SIGQUIT')
  const all = requests + 2
  const missing: Known = {
    what: 'page that is not there',
    times: 1,
    fields: { 'cs-method': 'POST', 'cs-uri-stem': '/no-such-page', 'sc-status': '404' },
  }
  return [
    {
      name: 'combined',
      file: `${logs}/access.log`,
      seen: 'web server access log',
      sources: web,
      events: all,
      known: [
        ...asked.filter((one) => one.what !== 'request by a user'),
        ...agents,
        { what: 'requests by a user', times: 2, event: { account: 'r.tan' } },
      ],
    },
    {
      name: 'combined and times',
      file: `${logs}/timed.log`,
      seen: 'web server access log',
      sources: web,
      events: all,
      known: [missing, ...agents],
    },
    {
      name: 'own format',
      file: `${logs}/own.log`,
      seen: 'table of 9 columns, delimiter "|"',
      sources: web,
      events: all,
      known: [missing, { what: 'virtual host', times: 6, fields: { 'cs-host': server } }],
      options: { logFormat: nginxFormats.own },
    },
    {
      name: 'JSON',
      file: `${logs}/json.log`,
      seen: 'JSON',
      sources: web,
      events: all,
      known: [missing, ...agents, { what: 'client', times: all, event: { sourceIp: client, class: 'http' } }],
    },
    {
      name: 'error log',
      file: `${logs}/error.log`,
      seen: 'nginx error log',
      sources: ['nginx//nginx'],
      known: [
        {
          what: 'wrong password',
          times: 1,
          event: { sourceIp: client, account: 'r.tan', class: 'authentication' },
          fields: { outcome: 'failure' },
        },
        { what: 'file that is not there', times: 3, event: { sourceIp: client }, fields: { level: 'error', request: '*' } },
      ],
    },
  ]
}

/** nginx: access logs in four formats, error log. */
export const nginx: Product = { name: 'nginx', packages: ['nginx-light', 'nginx-common'], drive: driveNginx }

async function driveApache(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  const logs = site.dir('logs')
  const html = site.dir('html')
  site.file('html/export.csv', 'a,b\n')
  site.file('html/search', 'found\n')
  site.file('users', `r.tan:${site.must('openssl', ['passwd', '-apr1', 'invented']).trim()}\n`)
  const modules = 'mpm_event authn_core authn_file authz_core authz_user auth_basic log_config:no'.split(' ')
  const loads = modules
    .filter((one) => !one.endsWith(':no'))
    .map((one) => `LoadModule ${one}_module /usr/lib/apache2/modules/mod_${one}.so`)
  const conf = site.file(
    'apache.conf',
    `${loads.join('\n')}
ServerName portal.meridian.example
Listen 0.0.0.0:${port}
PidFile ${site.path('pid')}
DefaultRuntimeDir ${site.dir('run')}
User www-data
Group www-data
DocumentRoot ${html}
ErrorLog ${logs}/error.log
LogLevel info
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined
LogFormat "%a %u %t \\"%m %U%q %H\\" %>s %B %D" own
CustomLog ${logs}/common.log common
CustomLog ${logs}/combined.log combined
CustomLog ${logs}/vhost.log vhost_combined
CustomLog ${logs}/own.log own
<Directory ${html}>
  Require all granted
</Directory>
<Location /export.csv>
  AuthType Basic
  AuthName crm
  AuthUserFile ${site.path('users')}
  Require valid-user
</Location>
`,
  )
  const daemon = await site.start('/usr/sbin/apache2', ['-f', conf, '-D', 'FOREGROUND'], { ready: () => listens(port) })
  request(site, `http://${server}:${port}`)
  await probe(port)
  site.run('curl', ['-s', '-o', '/dev/null', '--interface', client, '-u', 'r.tan:wrong', `http://${server}:${port}/export.csv`])
  await site.pause(300)
  await daemon.stop()
  const users: Known = { what: 'requests by a user', times: 2, event: { account: 'r.tan' } }
  const most = [...asked.filter((one) => one.what !== 'request by a user'), users]
  const log = (name: string, file: string, known: readonly Known[]): Sample => ({
    name,
    file: `${logs}/${file}`,
    seen: 'web server access log',
    sources: web,
    known,
  })
  return [
    log('common', 'common.log', most),
    log('combined', 'combined.log', [...most, ...agents]),
    log('virtual host first', 'vhost.log', [
      ...most,
      ...agents,
      { what: 'search', times: 1, event: { host: 'portal', targetPort: 80 }, fields: { 'cs-uri-stem': '/search' } },
    ]),
    { ...log('own format', 'own.log', most), seen: 'text', options: { logFormat: '%a %u %t "%m %U%q %H" %>s %B %D' } },
    {
      name: 'error log',
      file: `${logs}/error.log`,
      seen: 'Apache error log',
      sources: ['apache//apache'],
      known: [
        {
          what: 'wrong password',
          times: 1,
          event: { sourceIp: client, account: 'r.tan', class: 'authentication' },
          fields: { outcome: 'failure' },
        },
      ],
    },
  ]
}

/** Apache: common, combined, with the virtual host, an own format, error log. */
export const apache: Product = { name: 'apache', packages: ['apache2', 'apache2-bin'], drive: driveApache }

async function driveTomcat(site: Site): Promise<readonly Sample[]> {
  const port = await site.freePort()
  for (const one of ['conf', 'logs', 'temp', 'work', 'webapps/ROOT', 'webapps/search']) site.dir(one)
  site.file('webapps/search/index.html', 'found\n')
  site.file('webapps/ROOT/export.csv', 'a,b\n')
  site.file('conf/web.xml', site.text('/etc/tomcat10/web.xml'))
  site.file('conf/logging.properties', 'handlers = java.util.logging.ConsoleHandler\n')
  const valve = (prefix: string, pattern: string): string =>
    `<Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" prefix="${prefix}" suffix=".log" rotatable="false" buffered="false" pattern="${pattern}"/>`
  site.file(
    'conf/server.xml',
    `<Server port="-1"><Service name="Catalina"><Connector port="${port}" address="0.0.0.0" protocol="HTTP/1.1"/><Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps">
${valve('common', 'common')}
${valve('combined', 'combined')}
${valve('own', '%h %l %u %t &quot;%r&quot; %s %b %D %I')}
</Host></Engine></Service></Server>
`,
  )
  const home = '/usr/share/tomcat10'
  const daemon = await site.start(
    'java',
    [
      '-Xmx128m',
      '-cp',
      `${home}/bin/bootstrap.jar:${home}/bin/tomcat-juli.jar`,
      `-Dcatalina.home=${home}`,
      `-Dcatalina.base=${site.folder}`,
      `-Djava.io.tmpdir=${site.path('temp')}`,
      'org.apache.catalina.startup.Bootstrap',
      'start',
    ],
    { ready: () => listens(port) },
  )
  request(site, `http://${server}:${port}`)
  await probe(port)
  await site.pause(300)
  await daemon.stop()
  const found = asked.filter((one) => one.what !== 'request by a user')
  const log = (name: string, known: readonly Known[]): Sample => ({
    name,
    file: site.path('logs', `${name}.log`),
    seen: 'web server access log',
    sources: web,
    known,
  })
  return [log('common', found), log('combined', [...found, ...agents]), log('own', found)]
}

/** Tomcat: common, combined, combined with times. */
export const tomcat: Product = { name: 'tomcat', packages: ['tomcat10', 'tomcat10-common'], drive: driveTomcat }
