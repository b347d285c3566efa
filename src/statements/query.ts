import { documentReading } from './documents.ts'
import type { StatementReading } from './reading.ts'
import { statementReader } from './statement.ts'

/** `COPY (query) TO ...` and psql's `\copy (query) to ...`: what is copied is what the query asks for. */
const copied = /^\s{0,100}\\?copy\s{0,100}\((?<query>[\s\S]{1,100000})\)\s{1,100}to\s/i

/** ClickHouse's word for how rows are written, behind a query. */
const outputFormat = /\sformat\s{1,20}\w{1,60}[\s;]{0,20}$/i

/**
 * A reader of queries as people type them: SQL, what a client copies to a file, and queries of MongoDB's shell. Takes the text of one query; never throws.
 */
export function queryReader(): (query: string) => StatementReading {
  const read = statementReader()
  return (query) => {
    const text = copied.exec(query)?.groups?.['query'] ?? query.replace(/^\s{0,100}\\copy\b/i, 'copy').replace(outputFormat, '')
    return (/\bdb\s{0,5}[.[]/.test(text) ? documentReading(text) : undefined) ?? read(text)
  }
}
