// Pieces of SQL that several statements share. Everything here is our own text; values are bound where statements are made.

/** Template for SQL whose backslashes stand as written. */
export const sql = String.raw

/** True for the hosts of one slice of the estate: joins hold one slice at a time. Parameters: `slice`, `slices`. */
export function inSlice(host: string): string {
  return `cityHash64(toString(${host})) % {slices:UInt32} = {slice:UInt32}`
}

/** The value of an original field of an event. */
export function field(name: string): string {
  return `fields['${name}']`
}

/** The same in lower case. */
export function lowerField(name: string): string {
  return `lower(${field(name)})`
}

/** The number written as `0x…`, as UInt64; 0 for anything else. */
export function hexNumber(text: string): string {
  return `if(startsWith(${text}, '0x') AND length(${text}) <= 18, reinterpretAsUInt64(reverse(unhex(leftPad(substring(${text}, 3), 16, '0')))), toUInt64(0))`
}

/** A process id as decimal digits, from decimal or `0x…`; '' for none. */
export function processId(text: string): string {
  return `if(startsWith(${text}, '0x'), toString(${hexNumber(text)}), ${text})`
}

/** The name behind the last separator of a path. */
export function baseName(path: string): string {
  return sql`replaceRegexpOne(${path}, '^.*[\\\\/]', '')`
}

/** A computer's short name from a qualified, NetBIOS or UNC name or a service principal's name. */
export function shortName(name: string): string {
  return sql`splitByChar('.', replaceRegexpOne(lower(${name}), '^.*[\\\\/]', ''))[1]`
}

/** A reference to whoever has an address (`ip:…`), or the host of a name; '' for names that name nobody else. */
export function computer(name: string): string {
  return sql`multiIf(match(lower(${name}), '^(-|\\*|null|unknown|(\\\\\\\\)?localhost|)$'), '', match(lower(${name}), '^([0-9.]{7,15}|[0-9a-f]*:[0-9a-f:.%]+)$'), concat('ip:', lower(${name})), concat('host:', ${shortName(name)}))`
}

/** True for an address that no other computer has: loopback, unspecified, multicast, broadcast. */
export function nowhere(address: string): string {
  return sql`(${address} = '' OR match(${address}, '^(127\\.|0\\.0\\.0\\.0$|::1?$|0:0:0:0:0:0:0:[01]$|22[4-9]\\.|23[0-9]\\.|255\\.|ff[0-9a-f][0-9a-f]:)'))`
}

/** True for an address of a private network. */
export function privateAddress(address: string): string {
  return sql`match(${address}, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|f[cd][0-9a-f][0-9a-f]:|fe80:)')`
}

/** True for an account that a person or a service was given: no computer's own, none of the system's. */
export function ordinaryAccount(account: string): string {
  return sql`(${account} != '' AND NOT endsWith(${account}, '$') AND NOT match(${account}, '^(nt[ -](authority|autorität|service)|font driver host|window manager|iis apppool|nt virtual machine)\\\\|(^|\\\\)(system|anonymous logon|local service|network service|dwm-[0-9]+|umfd-[0-9]+)$'))`
}

/** Logon ids that every Windows computer has: SYSTEM, NETWORK SERVICE, LOCAL SERVICE. */
export const serviceSessionIds = "('0x3e7', '0x3e4', '0x3e5')"

/** The session of a logon id on a host; '' without one. */
export function sessionNode(host: string, logon: string): string {
  return `if(${logon} IN ('', '0x0', '-'), '', concat('sess:', ${host}, '|', ${logon}))`
}

/** A process by its GUID; else a reference by number and image, to be resolved against the processes seen starting; '' for neither. */
export function processNode(parts: {
  readonly host: string
  readonly guid: string
  readonly pid: string
  readonly image: string
}): string {
  const { host, guid, pid, image } = parts
  return `multiIf(${guid} NOT IN ('', '{00000000-0000-0000-0000-000000000000}'), concat('proc:', ${host}, '|', ${guid}), ${pid} IN ('', '0', '-'), '', concat('pid:', ${host}, '|', ${pid}, '|', ${baseName(image)}))`
}

/** The program that a command line or a service's path starts: lower case, no quotes, the usual variables replaced. */
export function programOf(command: string): string {
  const bare = sql`replaceRegexpOne(lower(${command}), '^\\s*"?(\\\\\\?\\?\\\\)?', '')`
  const rooted = sql`replaceRegexpOne(replaceRegexpOne(${bare}, '^(%systemroot%|%windir%|\\\\systemroot)', 'c:\\\\windows'), '^system32\\\\', 'c:\\\\windows\\\\system32\\\\')`
  return sql`replaceOne(extract(${rooted}, '^([^"]*?\\.(?:exe|sys|dll|bat|cmd|com|scr|ps1|vbs)|[^" ]+)'), '%comspec%', 'c:\\windows\\system32\\cmd.exe')`
}

/** What tells one service's or task's program from others: its path, or the whole command of a program that runs many of them. */
export function programMark(command: string): string {
  const program = programOf(command)
  return sql`if(match(${program}, '(^|\\\\)(svchost|rundll32|cmd|powershell|dllhost)\\.exe$|^rundll32$'), concat(${program}, ' ', trim(substring(lower(${command}), position(lower(${command}), ' ')))), ${program})`
}
