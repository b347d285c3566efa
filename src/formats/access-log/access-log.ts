import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readLines } from '../lines/lines.ts'
import { compileLogFormat } from './log-format.ts'
import { parseAccessLine, type AccessRecord } from './parse-line.ts'

/**
 * The requests of a web server's access log, one batch per block: common and combined format (Apache, nginx, Tomcat), or
 * the server's own `format` string. A line of another form is a fault. Throws UserError for a format that says too little.
 */
export async function* readAccessLog(
  source: ByteSource,
  options: { readonly format?: string; readonly watch?: Watch } = {},
): AsyncGenerator<Batch<AccessRecord>> {
  const parse = options.format === undefined ? parseAccessLine : compileLogFormat(options.format)
  for await (const batch of readLines(source, options.watch === undefined ? {} : { watch: options.watch })) {
    const records: AccessRecord[] = []
    const faults: Fault[] = [...batch.faults]
    for (const { text, n } of batch.records) {
      if (text.trim() === '' || text.startsWith('#')) continue
      const record = parse(text, n)
      if (record !== undefined) records.push(record)
      else {
        const todo = 'The line was passed over; if the whole log has another form, give the format string of the server.'
        faults.push(
          fault('access-log-line', 'The line has not the form of an access log.', { file: source.name, line: n }, todo, 1),
        )
      }
    }
    yield { records, faults }
  }
}
