import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readLines } from '../lines/lines.ts'
import { parseAccessLine, type AccessRecord } from './parse-line.ts'
import { parseW3cLine, w3cFields } from './w3c.ts'

/**
 * The requests of a web server's access log, one batch per block: common and combined format (Apache, nginx, Tomcat), and
 * the W3C extended format (IIS) from its `#Fields:` line on. A line of another form is a fault.
 */
export async function* readAccessLog(
  source: ByteSource,
  options: { readonly watch?: Watch } = {},
): AsyncGenerator<Batch<AccessRecord>> {
  let columns: readonly string[] | undefined
  for await (const batch of readLines(source, options.watch === undefined ? {} : { watch: options.watch })) {
    const records: AccessRecord[] = []
    const faults: Fault[] = [...batch.faults]
    for (const { text, n } of batch.records) {
      if (text.trim() === '') continue
      if (text.startsWith('#')) {
        columns = w3cFields(text) ?? columns
        continue
      }
      const record = columns === undefined ? parseAccessLine(text, n) : parseW3cLine(text, n, columns)
      if (record !== undefined) records.push(record)
      else {
        const todo = 'The line was passed over; if the whole log has another form, convert it to the combined log format.'
        faults.push(
          fault('access-log-line', 'The line has not the form of an access log.', { file: source.name, line: n }, todo, 1),
        )
      }
    }
    yield { records, faults }
  }
}
