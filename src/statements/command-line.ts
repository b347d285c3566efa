import { shellWords, type ShellWord } from './shell-words.ts'

/** Clients of databases by the name of their program, each with the options behind which a query stands. */
const clients: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    mysql: ['-e', '--execute'],
    mariadb: ['-e', '--execute'],
    psql: ['-c', '--command'],
    sqlplus: [],
    sqlplus64: [],
    sql: [],
    sqlcmd: ['-q', '-Q'],
    osql: ['-q', '-Q'],
    'invoke-sqlcmd': ['-query'],
    isql: [],
    tsql: [],
    bteq: [],
    sqlite3: ['-cmd'],
    snowsql: ['-q', '--query'],
    'clickhouse-client': ['-q', '--query'],
    clickhouse: ['-q', '--query'],
    'impala-shell': ['-q', '--query'],
    beeline: ['-e'],
    hive: ['-e'],
    'spark-sql': ['-e'],
    presto: ['--execute'],
    trino: ['--execute'],
    cqlsh: ['-e', '--execute'],
    mongosh: ['--eval'],
    mongo: ['--eval'],
  }),
)

/** What stands in a text that may call a client, in any case: words that JavaScript and the engine (RE2) read alike. */
export const clientCall = `(?:^|[^A-Za-z0-9_])(?:${[...clients.keys()].join('|')})(?:\\.exe)?(?:[^A-Za-z0-9_]|$)`

/** Asked of every command line, so that only few are taken apart. */
const mayCall = new RegExp(clientCall, 'i')

const begins =
  /^[\s("']{0,100}(?:select|with|sel|copy|\\copy|explain|unload|export|use|set|insert|create|merge|update|delete|db\s{0,5}\.|db\s{0,5}\[)(?:$|[^\w])/i

/** Longest command line that is taken apart, and how deep lines within lines are followed (`ssh db "mysql -e '...'"`). */
const [longest, deepest] = [1024 * 1024, 3]

/**
 * Texts of queries that a command line hands to a client of a database: as an option, as a word, by a pipe, or in the lines behind `<<`. Takes a command of one line or
 * several; never throws. What stands in a file (`mysql < query.sql`) is not in the line.
 */
export function queriesIn(command: string): string[] {
  return command.length > longest ? [] : [...new Set(taken(command, 0))].filter((text) => text.trim() !== '')
}

/** Whether a text names a client of a database. */
export function callsClient(text: string): boolean {
  return mayCall.test(text)
}

function taken(command: string, depth: number): string[] {
  if (depth > deepest || !mayCall.test(command)) return []
  const { rest, bodies } = withoutBodies(command)
  const found: string[] = []
  let called = false
  for (const pipeline of pipelines(shellWords(rest))) {
    const options = pipeline.map(({ text }) => clients.get(programOf(text))).find((one) => one !== undefined)
    if (options !== undefined) {
      called = true
      found.push(...queriesOf(pipeline, { options, line: rest, depth }))
    } else for (const { text } of pipeline) if (/\s/.test(text)) found.push(...within(text, depth))
  }
  for (const body of bodies) found.push(...(called ? [body] : within(body, depth)))
  return found
}

function within(text: string, depth: number): string[] {
  return taken(text, depth + 1)
}

function queriesOf(
  pipeline: readonly ShellWord[],
  { options, line, depth }: { readonly options: readonly string[]; readonly line: string; readonly depth: number },
): string[] {
  const found: string[] = []
  for (const [at, { text, from }] of pipeline.entries()) {
    const before = pipeline[at - 1]?.text ?? ''
    const asOption = options.some((one) => one === before || one === before.toLowerCase())
    const attached = options.map((one) => behind(text, one)).find((one) => one !== undefined)
    const query = attached ?? text
    if (!asOption && attached === undefined && !begins.test(text)) {
      if (/\s/.test(text)) found.push(...within(text, depth))
      continue
    }
    if (/[\s(.]/.test(query.trim())) found.push(unquoted(query))
    // A log that parts arguments by blanks has lost the quotes: the rest of the line is the query.
    else if (begins.test(query)) return [...found, unquoted(line.slice(from + text.indexOf(query)))]
  }
  return found
}

/** What stands in one word with its option: `--query=...`, `-e...`. */
function behind(word: string, option: string): string | undefined {
  if (option.startsWith('--')) return word.startsWith(`${option}=`) ? word.slice(option.length + 1) : undefined
  return option.length === 2 && word.length > 8 && word.startsWith(option) && begins.test(word.slice(2))
    ? word.slice(2)
    : undefined
}

function unquoted(text: string): string {
  const quote = /^\s{0,20}(["'])/.exec(text)?.[1]
  return quote === undefined
    ? text
    : text
        .trim()
        .slice(1)
        .replace(quote === '"' ? /"$/ : /'$/, '')
}

/** The name of a program without its folder and ending, lower case. */
function programOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.exe$/, '')
}

/** Commands joined by pipes and redirections, parted at what ends a command. */
function pipelines(words: readonly ShellWord[]): ShellWord[][] {
  const all: ShellWord[][] = [[]]
  for (const word of words) {
    if (word.kind === 'word') all.at(-1)?.push(word)
    else if ([';', '&&', '||', '&', '\n'].includes(word.text)) all.push([])
  }
  return all.filter((one) => one.length > 0)
}

/** The lines behind `<<WORD`, and the command without them. */
function withoutBodies(command: string): { readonly rest: string; readonly bodies: readonly string[] } {
  const lines = command.split('\n')
  const rest: string[] = []
  const bodies: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    rest.push(line)
    const end = bodyEnd(line)
    if (end === undefined) continue
    const body: string[] = []
    for (at += 1; at < lines.length && (lines[at] ?? '').trim() !== end; at += 1) body.push(lines[at] ?? '')
    bodies.push(body.join('\n'))
  }
  return { rest: rest.join('\n'), bodies }
}

/** The word that ends the lines behind a command (`<<EOF`); undefined where none follow. */
export function bodyEnd(line: string): string | undefined {
  return /(?:^|[^<])<<-?\s{0,5}(?:'(\w{1,60})'|"(\w{1,60})"|\\?(\w{1,60}))/
    .exec(line)
    ?.slice(1)
    .find((one) => one !== undefined)
}
