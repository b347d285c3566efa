import { wallClock } from '../calendar.ts'
import type { World } from './world.ts'

/** What the cloud warehouse is called in the truth. */
export const warehouseHost = 'warehouse'

/** Somebody signs in to the cloud warehouse (LOGIN_HISTORY). */
export function signedIn(
  world: World,
  one: {
    readonly at: number
    readonly user: string
    readonly from: string
    readonly client: string
    readonly version: string
    readonly second: boolean
    readonly wrong?: boolean
  },
): void {
  add(world, 'login', one.at, {
    EVENT_ID: String(100_000_000 + (Math.floor(one.at / 1_000) % 90_000_000)),
    EVENT_TIMESTAMP: stamp(one.at),
    EVENT_TYPE: 'LOGIN',
    USER_NAME: one.user,
    CLIENT_IP: one.from,
    REPORTED_CLIENT_TYPE: one.client,
    REPORTED_CLIENT_VERSION: one.version,
    FIRST_AUTHENTICATION_FACTOR: one.user.startsWith('SVC_') ? 'RSA_KEYPAIR' : 'PASSWORD',
    SECOND_AUTHENTICATION_FACTOR: one.second ? 'DUO_PUSH' : null,
    IS_SUCCESS: one.wrong === true ? 'NO' : 'YES',
    ERROR_CODE: one.wrong === true ? 390100 : null,
    ERROR_MESSAGE: one.wrong === true ? 'INCORRECT_USERNAME_PASSWORD' : null,
  })
}

/** A statement at the cloud warehouse (QUERY_HISTORY), and what it touched (ACCESS_HISTORY). */
export function ran(
  world: World,
  one: {
    readonly at: number
    readonly user: string
    readonly role: string
    readonly session: string
    readonly type: 'SELECT' | 'UNLOAD' | 'GET_FILES' | 'SHOW' | 'INSERT'
    readonly text: string
    readonly object?: string
    readonly rows: number
    readonly out: number
  },
): void {
  const id = `01b${(one.at % 4_294_967_296).toString(16).padStart(8, '0')}-${one.session.slice(-4)}`
  add(world, 'query', one.at, {
    QUERY_ID: id,
    QUERY_TEXT: one.text,
    DATABASE_NAME: 'MERIDIAN_DW',
    SCHEMA_NAME: one.object?.split('.')[1] ?? 'PUBLIC',
    QUERY_TYPE: one.type,
    SESSION_ID: one.session,
    USER_NAME: one.user,
    ROLE_NAME: one.role,
    WAREHOUSE_NAME: 'WH_SMALL',
    EXECUTION_STATUS: 'SUCCESS',
    ERROR_CODE: null,
    START_TIME: stamp(one.at),
    END_TIME: stamp(one.at + 400 + (one.rows % 90_000)),
    ROWS_PRODUCED: one.rows,
    BYTES_WRITTEN_TO_RESULT: one.type === 'SELECT' ? one.out : 0,
    OUTBOUND_DATA_TRANSFER_BYTES: one.type === 'SELECT' ? 0 : one.out,
  })
  if (one.object === undefined) return
  add(world, 'access', one.at, {
    QUERY_ID: id,
    QUERY_START_TIME: stamp(one.at),
    USER_NAME: one.user,
    BASE_OBJECTS_ACCESSED: [{ objectDomain: 'Table', objectName: one.object }],
    OBJECTS_MODIFIED: [],
  })
}

function add(world: World, view: 'login' | 'query' | 'access', at: number, row: object): void {
  world.recorder.add(`logs/snowflake-${view}-history.ndjson`, { host: warehouseHost, at, text: JSON.stringify(row) })
}

function stamp(at: number): string {
  return `${wallClock(at)} +0800`
}
