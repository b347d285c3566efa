import { dayMs, dayText, hourMs, minuteMs } from '../calendar.ts'
import { connected, queried } from './database-log.ts'
import { awake, some } from './pace.ts'
import type { World } from './world.ts'

/** Applications and nightly jobs at the databases; an analyst's reads. */
export function databaseWork(world: World): void {
  const [cdr, crm] = world.estate.of('database')
  const applications = world.estate.of('application')
  if (cdr === undefined || crm === undefined) return
  const random = world.random('databases')
  const job = applications.at(-1) ?? world.estate.one('application')
  for (let day = 0; day < world.days; day++) {
    const start = world.from + day * dayMs
    const yesterday = dayText(Math.floor((start + 8 * hourMs) / dayMs) - 1)
    for (let more = some(world, random, 70); more > 0; more--) {
      const app = applications[random.below(Math.max(1, applications.length - 1))] ?? job
      const at = awake(random, start)
      queried(world, crm, {
        at,
        principal: 'crm_app',
        database: 'crm',
        from: app.ip,
        application: 'crm-web',
        command: 'SELECT',
        object: random.pick(['crm.customer', 'crm.contract', 'crm.ticket']),
        statement: 'select * from customer where account_no = $1',
        rows: random.between(1, 4),
      })
    }
    for (let more = some(world, random, 40); more > 0; more--)
      queried(world, cdr, {
        at: awake(random, start),
        principal: 'care_ro',
        database: 'cdr',
        from: applications[0]?.ip ?? job.ip,
        application: 'care-desk',
        command: 'SELECT',
        object: 'cdr.voice',
        statement: 'select call_ts, b_number, duration_s from voice where msisdn = $1 and call_ts between $2 and $3',
        rows: random.between(3, 80),
      })
    const night = start + 2 * hourMs + random.below(9 * minuteMs)
    connected(world, cdr, { at: night - 40, principal: 'etl', database: 'cdr', from: job.ip, application: 'etl' })
    queried(world, cdr, {
      at: night,
      principal: 'etl',
      database: 'cdr',
      from: job.ip,
      application: 'etl',
      command: 'SELECT',
      object: 'cdr.voice',
      statement: `select cell_id, count(*), sum(duration_s) from voice where call_ts >= '${yesterday}' group by 1`,
      rows: 1_200 + random.below(300),
    })
    queried(world, crm, {
      at: night + 20 * minuteMs,
      principal: 'etl',
      database: 'crm',
      from: job.ip,
      application: 'etl',
      command: 'COPY',
      object: 'crm.customer',
      statement: 'COPY (select account_no, plan, status from customer where changed_on = current_date - 1) TO STDOUT',
      rows: 400 + random.below(900),
    })
  }
}
