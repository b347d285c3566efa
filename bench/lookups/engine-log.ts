import { keepAccesses } from '../../src/lookups/keep-accesses.ts'
import { keepReasons } from '../../src/lookups/keep-reasons.ts'
import { keptOfAccesses, keptOfReasons } from '../../src/lookups/kept-tables.ts'
import { lookupAccesses, lookupReasons } from '../../src/lookups/tables.ts'
import type { Lake } from '../../src/store/index.ts'

/** What a log generated inside the engine is like; the shape is that of `src/drill/lookups/`, several logged reads a contact. */
export interface EngineLogOptions {
  readonly seed: number
  /** Reads, about; subscribers and accounts of the operator; days from the first of the log on. */
  readonly reads: number
  readonly size: number
  readonly accounts: number
  readonly days: number
  /** First day of the log, from its first midnight. */
  readonly from?: number
  /** Logged reads of one contact. */
  readonly perContact: number
  readonly targets: number
}

/** First midnight of a generated log. */
const begin = Date.UTC(2026, 0, 5) / 1000

const sigma = 1.4
const teamSize = 50

/**
 * Generates a log inside the engine: what is measured begins with tables that are filled and sorted, and with what is kept of them. Gives the loads;
 * `keep` is given the work that a load of a file does once its rows are in.
 */
export async function engineLog(
  lake: Lake,
  options: EngineLogOptions,
  keep: (work: () => Promise<void>) => Promise<void> = (work) => work(),
): Promise<{ readonly accesses: string; readonly reasons: string }> {
  const key = JSON.stringify(options)
  const contacts = Math.round(options.reads / options.perContact)
  const params = {
    seed: options.seed,
    size: options.size,
    accounts: options.accounts,
    teams: Math.max(1, Math.floor(options.accounts / teamSize)),
    days: options.days,
    first: options.from ?? 0,
    targets: options.targets,
    petty: Math.round((300 * options.size) / 1e6),
    contacts,
    per: options.perContact,
    begin,
  }
  const fill = async (table: typeof lookupAccesses, columns: string, select: string): Promise<string> => {
    const isAccesses = table === lookupAccesses
    const tables = [table, ...(isAccesses ? keptOfAccesses : keptOfReasons)]
    const { id } = await lake.load({ key: `generated ${table.name} ${key}`, tables }, async (writer) => {
      await lake.engine.run(
        `INSERT INTO ${table.name} (load_id, ${columns}) ${select} SETTINGS min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 1000000000, max_threads = 2, max_block_size = 65536`,
        { ...params, load: writer.loadId },
      )
      await keep(() => (isAccesses ? keepAccesses(lake, writer.loadId) : keepReasons(lake, writer.loadId)))
    })
    return id
  }
  return {
    accesses: await fill(
      lookupAccesses,
      'source, n, time, day, account, subscriber, masked, operation, rows, host, window_from, window_to, fields, seq',
      `SELECT {load:UInt64}, concat('log-', toString(account % 2)), id * 16 + j + 1, toDateTime64({begin:UInt32} + at + j * 40, 6, 'UTC'), toDate({begin:UInt32} + at + j * 40, 'UTC'),
         ${login}, ${token}, '+60 12-*** **00', 'view', 1, ${host},
         if(windowed, {begin:UInt32} + (day - 30) * 86400, 0), if(windowed, {begin:UInt32} + day * 86400, 0), 'usage', -1
       FROM (${contactsSql}) ARRAY JOIN range(if(kind = 0, {per:UInt32}, 1)) AS j`,
    ),
    reasons: await fill(
      lookupReasons,
      'source, n, time, subscriber, kind, account, team',
      `SELECT {load:UInt64}, 'reasons', id, toDateTime64({begin:UInt32} + at - if(explained, 60 * (1 + intDiv(id, 7) % 50), 3000 - intDiv(id, 7) % 6000), 6, 'UTC'), ${token},
         if(NOT explained, 'agent', if(id % 5 = 0, 'system', 'customer')), if(NOT explained OR id % 2 = 0, ${login}, ''), if(NOT explained OR id % 2 = 1, ${team}, '')
       FROM (${contactsSql}) WHERE explained OR own
       UNION ALL
       SELECT {load:UInt64}, 'reasons', 0, toDateTime64({begin:UInt32} + {first:UInt32} * 86400, 6, 'UTC'), ${token.replace('subscriber', 'toUInt64(account)')}, 'agent', ${login}, ${team} FROM (SELECT toUInt32(number) AS account FROM numbers({accounts:UInt32}))`,
    ),
  }
}

const login = `concat('agent', leftPad(toString(account), 5, '0'))`
const team = `concat('team', toString(account % {teams:UInt32}))`
const token = `lower(hex(sipHash128(subscriber, 'subscriber')))`
const host = `if(covert AND account % 2 = 0, 'jump-01', concat('desk-', toString(account)))`

/** A number from 0 to 1, by what it is for. */
function draw(of: string, what: number): string {
  return `((sipHash64(${of}, ${what}, {seed:UInt32}) + 1) / 18446744073709551617.)`
}

/** A share of an account's contacts without a reason: gamma of shape 2 about 5 %. */
const lacking = `least(0.6, -0.025 * (log(${draw('account', 91)}) + log(${draw('account', 92)})) * if(sipHash64(subscriber, 93) % 500 = 0, 8, 1))`

/**
 * Contacts (kind 0): subscribers drawn by their lognormal rates, which makes each one's number of contacts Poisson; covert reads (1) of targets,
 * 0.5 a week through six accounts; acquaintances (2) read by one account one to six times.
 */
const contactsSql = `
  SELECT id, kind, subscriber, account, day, day * 86400 + 28800 + toUInt32(${draw('id', 1)} * 35000) AS at, kind = 1 AS covert,
    kind = 0 AND ${draw('id', 2)} > ${lacking} AS explained, ${draw('id', 3)} < 0.25 AS own, ${draw('id', 4)} < 0.2 AS windowed
  FROM (
    SELECT number AS id, 0 AS kind, sqrt(-2 * log(${draw('id', 11)})) * cos(2 * pi() * ${draw('id', 12)}) AS z,
      toUInt64({size:UInt32} * 0.99999999 * (1 + erf((z + ${sigma}) / sqrt(2))) / 2) AS subscriber,
      toUInt32({accounts:UInt32} * 0.99999999 * greatest(${draw('id', 13)}, if(${draw('id', 14)} < 0.25, ${draw('id', 15)}, 0.))) AS drawn,
      multiIf(${draw('id', 16)} < 0.15, toUInt32(sipHash64(subscriber, 17) % {accounts:UInt32}), ${draw('id', 18)} < 0.3, toUInt32(drawn - drawn % 10 + subscriber % 10), drawn) AS account,
      {first:UInt32} + toUInt32({days:UInt32} * ${draw('id', 19)} * 0.999999) AS day
    FROM numbers({contacts:UInt64})
    UNION ALL
    SELECT 4000000000000 + number AS id, 1, 0., sipHash64(intDiv(number, {days:UInt32}), 31) % {size:UInt32}, 0, toUInt32(sipHash64(sipHash64(number, 32, {seed:UInt32}) % 6, 33) % {accounts:UInt32}),
      {first:UInt32} + toUInt32(number % {days:UInt32})
    FROM numbers({targets:UInt32} * {days:UInt32}) WHERE ${draw('number', 34)} < 0.5 / 7
    UNION ALL
    SELECT 5000000000000 + number * 8 + arrayJoin(range(1 + sipHash64(number, 41) % 6)) AS id, 2, 0., sipHash64(number, 42) % {size:UInt32}, 0, toUInt32(sipHash64(number, 43) % {accounts:UInt32}),
      {first:UInt32} + toUInt32({days:UInt32} * ${draw('id', 44)} * 0.999999)
    FROM numbers({petty:UInt32})
  )`
