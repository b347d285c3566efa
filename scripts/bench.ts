// `npm run bench -- NAME [--corpus DIR] [--size N] [--times N] [--rules DIR]... [--runs N] [--json]`, and of `provenance` the accuracy on
// generated leaks: see docs/measuring.md.
import { parseArgs } from 'node:util'
import { bench, type BenchOptions } from '../bench/bench.ts'
import { measures } from '../bench/measures.ts'
import { reportText } from '../bench/report.ts'
import { exitCodes, UserError } from '../src/base/index.ts'

const usage = `npm run bench -- NAME [--corpus DIR] [--size N] [--times N] [--rules DIR]... [--runs N] [--json]
       npm run bench -- provenance [--seeds A-B] [--leaks N] [--seed N [--leak N]] [--customers N] [--out FILE] [--picture FILE] [--json]
NAME is one of ${[...measures.keys()].join(', ')}; docs/measuring.md says what each measures.
`

const abort = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())

process.exitCode = await main().catch((error: unknown) => {
  if (abort.signal.aborted) return exitCodes.interrupted
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`bench: ${error.message}\n       ${error.hint}\n`)
  return error.exitCode
})

async function main(): Promise<number> {
  const { options, json, accuracy } = given()
  if (options === undefined) {
    process.stdout.write(usage)
    return exitCodes.done
  }
  const report = (line: string): void => void process.stderr.write(`bench ${options.name}: ${line}\n`)
  const speed = accuracy === 'alone' ? undefined : await bench({ ...options, signal: abort.signal, report })
  if (speed !== undefined && !json) process.stdout.write(reportText(speed))
  if (accuracy !== undefined) {
    const { accuracyCommand } = await import('../bench/provenance/command.ts')
    const { text, document } = await accuracyCommand({ ...parsed().values, signal: abort.signal, report })
    if (!json) process.stdout.write(text)
    else process.stdout.write(`${JSON.stringify(speed === undefined ? document : { speed, accuracy: document }, undefined, 2)}\n`)
  } else if (json) process.stdout.write(`${JSON.stringify(speed, undefined, 2)}\n`)
  return exitCodes.done
}

function given(): { readonly options?: BenchOptions; readonly json: boolean; readonly accuracy?: 'alone' | 'too' } {
  const { values, positionals } = parsed()
  const [name, ...more] = positionals
  if (values.help === true) return { json: false }
  if (name === undefined || more.length > 0)
    throw new UserError({ code: 'usage', message: 'give the name of one measure', hint: usage.trim(), exitCode: 2 })
  const runs = wholeNumber(values.runs, '--runs')
  const size = wholeNumber(values.size, '--size')
  const times = wholeNumber(values.times, '--times')
  const speed = [values.corpus, values.size, values.runs].some((value) => value !== undefined)
  const asked = [values.seeds, values.leaks, values.seed, values.leak, values.customers, values.out, values.picture]
  const alone = asked.some((value) => value !== undefined)
  if (alone && (name !== 'provenance' || speed))
    throw new UserError({
      code: 'usage',
      message: 'only provenance has an accuracy, measured apart from the speed',
      hint: usage.trim(),
      exitCode: 2,
    })
  return {
    json: values.json === true,
    ...(name === 'provenance' && !speed ? { accuracy: alone ? 'alone' : 'too' } : {}),
    options: {
      name,
      ...(values.corpus === undefined ? {} : { corpus: values.corpus }),
      ...(values.rules === undefined ? {} : { rules: values.rules }),
      ...(runs === undefined ? {} : { runs }),
      ...(size === undefined ? {} : { size }),
      ...(times === undefined ? {} : { times }),
    },
  }
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        corpus: { type: 'string' },
        size: { type: 'string' },
        times: { type: 'string' },
        rules: { type: 'string', multiple: true },
        runs: { type: 'string' },
        seeds: { type: 'string' },
        leaks: { type: 'string' },
        seed: { type: 'string' },
        leak: { type: 'string' },
        customers: { type: 'string' },
        out: { type: 'string' },
        picture: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UserError({ code: 'usage', message: error instanceof Error ? error.message : '', hint: usage.trim(), exitCode: 2 })
  }
}

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new UserError({
    code: 'usage',
    message: `${option} "${text}" is no whole number above 0`,
    hint: 'give one such as 3',
    exitCode: 2,
  })
}
