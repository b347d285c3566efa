import type { Product, Sample } from './product.ts'
import { server } from './requests.ts'
import { listens, type Site } from './site.ts'

const asked = `
SELECT name, msisdn
  FROM subscriber
 WHERE note = 'a, b';
UPDATE subscriber SET note = 'it''s, "quoted"' WHERE id = 2;
PREPARE one FROM 'SELECT msisdn FROM subscriber WHERE id = ?'; SET @a = 1; EXECUTE one USING @a;
`

async function drive(site: Site): Promise<readonly Sample[]> {
  const user = 'mysql'
  const data = site.dir('data', user)
  const logs = site.dir('logs', user)
  const port = await site.freePort()
  const socket = `${logs}/s`
  site.must('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--user=mysql',
    '--skip-test-db',
    '--auth-root-authentication-method=normal',
  ])
  const daemon = await site.start(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${logs}/pid`,
      `--port=${port}`,
      '--bind-address=0.0.0.0',
      '--skip-name-resolve',
      '--plugin-load-add=server_audit',
      '--server-audit-logging=ON',
      `--server-audit-file-path=${logs}/audit.log`,
      '--general-log=ON',
      `--general-log-file=${logs}/general.log`,
      '--slow-query-log=ON',
      '--long-query-time=0',
      `--slow-query-log-file=${logs}/slow.log`,
      `--log-error=${logs}/error.log`,
      '--log-warnings=4',
    ],
    { user, ready: () => listens(port) },
  )
  const ask = (input: string, ...as: readonly string[]): string =>
    site.run('mariadb', ['--no-defaults', '--force', ...as], { input }).err
  const root = ask(
    `CREATE DATABASE crm; CREATE USER svc_crm IDENTIFIED BY 'invented'; GRANT ALL ON crm.* TO svc_crm; CREATE TABLE crm.subscriber (id INT PRIMARY KEY, name TEXT, msisdn TEXT, note TEXT); INSERT INTO crm.subscriber VALUES (1, 'A', '60120001', 'a, b'), (2, 'B', '60120002', 'x');`,
    '-S',
    socket,
    '-u',
    'root',
  )
  if (root !== '') throw new Error(root)
  const remote = ['-h', server, '-P', String(port), '--protocol=tcp', '-u', 'svc_crm']
  ask(asked, ...remote, '-pinvented', 'crm')
  ask('SELECT 1', ...remote, '-pwrong', 'crm')
  ask('SELECT 1', ...remote, '-pwrong', 'crm')
  await daemon.stop()
  const of = { account: 'svc_crm', sourceIp: server }
  return [
    {
      name: 'server_audit',
      file: `${logs}/audit.log`,
      seen: 'MariaDB audit log',
      sources: ['mariadb/database/server_audit'],
      known: [
        {
          what: 'log-in',
          times: 1,
          event: { ...of, class: 'authentication' },
          fields: { operation: 'CONNECT', outcome: 'success', database: 'crm' },
        },
        { what: 'failed log-ins', times: 2, event: { ...of, class: 'authentication' }, fields: { outcome: 'failure' } },
        {
          what: 'statement over several lines',
          times: 1,
          event: { ...of, class: 'datastore' },
          fields: { statement: `SELECT name, msisdn\n  FROM subscriber\n WHERE note = 'a, b'`, database: 'crm' },
        },
        {
          what: 'statement with quotes',
          times: 1,
          event: of,
          fields: { statement: `UPDATE subscriber SET note = 'it''s, "quoted"' WHERE id = 2` },
        },
        { what: 'table read', times: 2, event: of, fields: { operation: 'READ', object: 'subscriber' } },
      ],
    },
    {
      name: 'general log',
      file: `${logs}/general.log`,
      seen: 'MySQL general log',
      sources: ['mysql/database/general_log'],
      known: [
        {
          what: 'log-ins tried',
          times: 5,
          event: { account: 'svc_crm', sourceIp: server, class: 'authentication' },
          fields: { command: 'Connect', database: 'crm' },
        },
        {
          what: 'log-ins refused',
          times: 2,
          event: { account: 'svc_crm', class: 'authentication' },
          fields: { outcome: 'failure' },
        },
        {
          what: 'statement over several lines',
          times: 1,
          event: { account: 'svc_crm', class: 'datastore' },
          fields: { statement: `SELECT name, msisdn\n  FROM subscriber\n WHERE note = 'a, b'` },
        },
      ],
    },
    {
      name: 'slow query log',
      file: `${logs}/slow.log`,
      seen: 'MySQL slow query log',
      sources: ['mysql/database/slow_log'],
      known: [
        {
          what: 'statement over several lines',
          times: 1,
          event: { account: 'svc_crm', sourceIp: server, class: 'datastore' },
          fields: { rows: '1', statement: `SELECT name, msisdn\n  FROM subscriber\n WHERE note = 'a, b'*` },
        },
      ],
    },
  ]
}

/** MariaDB: server_audit, general log, slow query log. */
export const mariadb: Product = { name: 'mariadb', packages: ['mariadb-server'], drive }
