import type { Known, Product, Sample } from './product.ts'
import type { Site } from './site.ts'

const bin = '/usr/lib/postgresql/15/bin'

/** Settings of `log_line_prefix` that servers in the field have; '' is the reader's default. */
const prefixes: readonly (readonly [string, string])[] = [
  ['%m [%p] %q%u@%d %h %a ', 'own default'],
  ['%t:%r:%u@%d:[%p]:', 'RDS'],
  ['%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ', 'pgBadger'],
  ['<%n %c %u %d %r %e> ', 'epoch and session'],
]

const setUp = `
CREATE ROLE r_tan LOGIN PASSWORD 'invented';
CREATE ROLE svc_crm LOGIN PASSWORD 'invented';
CREATE DATABASE crm OWNER svc_crm;
`

const inside = `
CREATE EXTENSION pgaudit;
CREATE TABLE subscriber (id int PRIMARY KEY, name text, msisdn text, note text);
INSERT INTO subscriber SELECT i, 'name ' || i, '6012000' || i, 'a, "b"' FROM generate_series(1, 40) i;
GRANT SELECT, INSERT, UPDATE ON subscriber TO r_tan, svc_crm;
`

/** What is asked with auditing on: statements over several lines, quotes, prepared ones, COPY, more than one relation. */
const asked = `
SELECT name, msisdn
  FROM subscriber
 WHERE note = 'a, "b"'
	AND id < 11;
PREPARE one (int) AS SELECT msisdn FROM subscriber WHERE id = $1;
EXECUTE one (7);
EXECUTE one (8);
UPDATE subscriber SET note = E'two\\nlines, "quoted"' WHERE id = 25;
COPY (SELECT id, name FROM subscriber) TO STDOUT WITH (FORMAT csv);
DO $$ BEGIN EXECUTE 'SELECT count(*) FROM subscriber'; END $$;
SELECT no_such_column FROM subscriber;
`

const known: readonly Known[] = [
  {
    what: 'statement over several lines',
    times: 1,
    event: { account: 'r_tan', sourceIp: '127.0.0.1', class: 'datastore' },
    fields: {
      command: 'SELECT',
      object: 'public.subscriber',
      database: 'crm',
      statement: `SELECT name, msisdn\n  FROM subscriber\n WHERE note = 'a, "b"'\n\tAND id < 11;`,
      rows: '10',
    },
  },
  {
    what: 'executions of a prepared statement with their parameter',
    times: 1,
    event: { account: 'r_tan' },
    fields: { command: 'SELECT', parameters: '7', rows: '1' },
  },
  {
    what: 'the other parameter',
    times: 1,
    event: { account: 'r_tan' },
    fields: { command: 'SELECT', parameters: '8', rows: '1' },
  },
  { what: 'update', times: 1, event: { account: 'r_tan' }, fields: { class: 'WRITE', command: 'UPDATE', rows: '1' } },
  {
    what: 'COPY of a query',
    times: 1,
    event: { account: 'r_tan' },
    fields: { command: 'SELECT', statement: 'COPY (SELECT id, name FROM subscriber) TO STDOUT WITH (FORMAT csv)*' },
  },
]

const logins: readonly Known[] = [
  {
    what: 'failed log-ins',
    times: 3,
    event: { class: 'authentication', account: 'r_tan', sourceIp: '127.0.0.1' },
    fields: { outcome: 'failure', database: 'crm' },
  },
  {
    what: 'log-in',
    times: 1,
    event: { class: 'authentication', account: 'r_tan' },
    fields: { outcome: 'success', database: 'crm' },
  },
]

async function drive(site: Site): Promise<readonly Sample[]> {
  const user = 'postgres'
  const data = site.dir('data', user)
  const logs = site.dir('logs', user)
  site.must('chmod', ['700', data])
  site.must(
    `${bin}/initdb`,
    ['-D', data, '-U', 'postgres', '--auth-host=scram-sha-256', '--auth-local=trust', '--no-sync', '-E', 'UTF8'],
    { user },
  )
  const samples: Sample[] = []
  const forms: readonly (readonly [string, string, string])[] = [
    ...prefixes.map(([prefix, name]) => [prefix, 'stderr', name] as const),
    [prefixes[0]?.[0] ?? '', 'csvlog', 'csvlog'],
    [prefixes[0]?.[0] ?? '', 'jsonlog', 'jsonlog'],
  ]
  for (const [n, [prefix, destination, name]] of forms.entries()) {
    const port = await site.freePort()
    const conf = `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${site.folder}/logs'
shared_preload_libraries = 'pgaudit'
logging_collector = on
log_directory = '${logs}'
log_filename = 'log-${n}.log'
log_destination = '${destination}'
log_line_prefix = '${prefix.replaceAll("'", "''")}'
log_timezone = 'UTC'
log_connections = on
log_disconnections = on
pgaudit.log = '${n === 0 ? 'read, write, ddl, role' : 'read, write'}'
pgaudit.log_parameter = on
pgaudit.log_rows = on
pgaudit.log_catalog = off
pgaudit.log_relation = on
fsync = off
`
    site.file('data/postgresql.conf', conf, user)
    const server = await site.start(`${bin}/postgres`, ['-D', data], {
      user,
      ready: () => site.run(`${bin}/pg_isready`, ['-q', '-h', logs, '-p', String(port)]).status === 0,
    })
    const psql = (as: string, database: string, input: string, host = '127.0.0.1', password = 'invented') =>
      site.run(`${bin}/psql`, ['-X', '-q', '-h', host, '-p', String(port), '-U', as, '-d', database, '-f', '-'], {
        input,
        env: { PGPASSWORD: password, PGAPPNAME: 'crm-report' },
      })
    if (n === 0) {
      psql('postgres', 'postgres', setUp, logs)
      psql('postgres', 'crm', inside, logs)
    }
    const before = site.text(site.path('logs', `log-${n}.log`)).length
    const { err } = psql('r_tan', 'crm', asked)
    if (!err.includes('no_such_column')) throw new Error(err.slice(-300))
    for (let i = 0; i < 3; i += 1) psql('r_tan', 'crm', 'SELECT 1', '127.0.0.1', 'wrong')
    await server.stop('SIGINT')
    if (before < 0) throw new Error('no log')
    const extension = { stderr: 'log', csvlog: 'csv', jsonlog: 'json' }[destination] ?? 'log'
    samples.push({
      name,
      file: site.path('logs', `log-${n}.${extension}`),
      seen: destination === 'stderr' ? 'PostgreSQL log with audit lines' : `PostgreSQL log (${destination})`,
      sources: ['postgresql/database/pgaudit', 'postgresql/database/server'],
      known: [...known, ...logins],
      ...(destination === 'stderr' ? { options: { prefix } } : {}),
    })
  }
  return samples
}

/** PostgreSQL 15 with pgAudit: four prefixes of the text log, csvlog, jsonlog. */
export const postgresql: Product = { name: 'postgresql', packages: ['postgresql-15', 'postgresql-15-pgaudit'], drive }
