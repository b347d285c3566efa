/**
 * What operators' consoles of home registers (HLR, HSS, UDM) and location servers write, as data: a vendor's dialect is added here or with the file
 * (`--map` with `command:NAME` and `parameter:NAME`), without code. Commands are compared without case, by their first words.
 */

/** Shapes of lines, the first that fits. Groups: time, account, command, and host (the node) where there is one. */
export const consoleLines: readonly RegExp[] = [
  // 2026-02-03 09:00:00|hlr-1|ops.lim|LST SUB:ISDN="60120010001";|RETCODE = 0
  /^(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^|]{0,20})\|(?<host>[^|]{0,100})\|(?<account>[^|]{1,100})\|(?<command>[^|]{1,4000})(?:\|(?<outcome>[^|]{0,200}))?$/,
  // time="2026-02-03 09:00:00" ne=hlr-1 user=ops.lim cmd="LST SUB:ISDN=60120010001;"
  /^time="?(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^"]{0,20}?)"? (?:ne|node|host)="?(?<host>[^" ]{0,100})"? (?:user|operator|login)="?(?<account>[^" ]{1,100})"? (?:cmd|command)=(?<command>.{1,4000})$/,
  // 2026-02-03 09:00:00 hlr-1 ops.lim LST SUB:ISDN="60120010001";
  /^(?<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)[ \t]{1,10}(?<host>[^\s|]{1,100})[ \t]{1,10}(?<account>[^\s|]{1,100})[ \t]{1,10}(?<command>\S.{0,4000})$/,
]

/** Commands that show a subscriber, and what they show. The longest that fits counts. */
export const consoleCommands: Readonly<Record<string, string>> = {
  // Verb and noun, parameters behind a colon.
  'LST SUB': 'profile imsi',
  'LST SUBDATA': 'profile imsi',
  'DSP SUB': 'profile imsi location',
  'LST USRLOC': 'location',
  'DSP USRLOC': 'location',
  'LST LOC': 'location',
  'DSP LOC': 'location',
  'LST DYNSUB': 'location state',
  'DSP UE': 'location state',
  'LST IMSI': 'imsi',
  'LST AUTH': 'authentication',
  'LST KI': 'authentication',
  'DSP TRACE': 'location',
  'CRT TRC': 'location',
  // Five letters of which the last says what is done: P prints.
  HGSDP: 'profile imsi',
  HGSLP: 'location',
  HGPDP: 'profile',
  HGMSP: 'imsi',
  // Words.
  'show subscriber': 'profile imsi',
  'show subscriber location': 'location',
  'show location': 'location',
  'get subscriber': 'profile imsi',
  'get location': 'location',
  'get ue-context': 'location state',
  'display mobile-subscriber': 'profile imsi',
}

/** First words by which a command that is not listed shows something; those of `changing` read nobody. */
export const showing: readonly string[] = [
  'lst',
  'list',
  'dsp',
  'display',
  'disp',
  'show',
  'get',
  'query',
  'qry',
  'print',
  'find',
  'search',
  'locate',
]
export const changing: readonly string[] = [
  'mod',
  'add',
  'rmv',
  'del',
  'delete',
  'set',
  'create',
  'crt',
  'update',
  'act',
  'dea',
  'login',
  'logout',
]

/** Parameters that name the subscriber, and what they hold. */
export const consoleParameters: Readonly<Record<string, string>> = {
  isdn: 'msisdn',
  msisdn: 'msisdn',
  gpsi: 'msisdn',
  imsi: 'imsi',
  supi: 'imsi',
  imei: 'imei',
  iccid: 'iccid',
  subscriber: 'subscriber',
}

/** Words of an outcome by which a command gave nothing. */
export const refusedOutcome = /fail|error|denied|reject|not exist|unknown|not found|retcode = [1-9]/i
