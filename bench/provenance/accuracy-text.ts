import type { DayOneAccuracy } from '../day-one.ts'
import type { AccuracyResult } from './accuracy.ts'
import { isRight, topOf, type Answered } from './answer.ts'
import type { Share } from './intervals.ts'
import { blames, type Dating } from './score.ts'

const mostFailures = 60

/** The score as text for a terminal; goals in brackets. `dayOne`: what is right when nothing is registered. */
export function accuracyText(
  { score, answers, seeds, leaksPerSeed, size, seconds }: AccuracyResult,
  dayOne?: DayOneAccuracy,
): string {
  const { calibration, cllr, asOf, kinds, padding, msPerLeak } = score
  return [
    `accuracy of provenance: ${score.leaks} generated leaks of seeds ${seeds[0]}-${seeds.at(-1)}, ${leaksPerSeed} each, operators of ${size} customers`,
    `  calibrated on generated leaks, not in the field; intervals are 95 % (Wilson); ${score.errors} could not be judged`,
    '',
    row('right answer first, n >= 200 [99 %]', score.rightFirst),
    ...score.rightFirstBy.map(({ what, share }) => row(`  ${what}`, share)),
    row('right answer first, n < 200', score.small),
    row('unregistered copy, no holder named [97 %]', score.notBlamed),
    '',
    `  expected calibration error [0.03]            ${calibration.expectedError.toFixed(3)}   n ${calibration.n}`,
    ...calibration.bins.map(({ posterior, right }) => row(`    mean posterior ${posterior.toFixed(3)}`, right)),
    `  Cllr, posterior odds over prior odds         ${cllr.fromPosterior.toFixed(3)}   n ${cllr.n} copies`,
    `  Cllr, log10LR against the best other answer  ${cllr.fromLog10LR.toFixed(3)}   n ${cllr.n} copies`,
    '',
    ...dating('n 400-650 [<= 1 day, 93 %]', asOf.about500),
    ...dating('n 400-650, fields that change 0.3 times a year or more', asOf.moving),
    ...dating('n >= 200', asOf.from200),
    '',
    `  balanced accuracy of kinds [0.97]            ${kinds.balanced.toFixed(3)}`,
    ...Object.entries(kinds.recall).map(([kind, share]) => row(`    ${kind}`, share)),
    ...Object.entries(kinds.confusion).map(
      ([truth, said]) =>
        `      ${truth.padEnd(12)} said ${Object.entries(said)
          .map(([kind, count]) => `${kind} ${count}`)
          .join(', ')}`,
    ),
    row('padding share within 5 points', padding.within5),
    `    mean error of the padding share            ${percent(padding.meanError)}   n ${padding.n}`,
    '',
    ...(dayOne === undefined ? [] : dayOneRows(dayOne)),
    `  ${seconds.toFixed(0)} s in all; judging one leak: median ${msPerLeak.median.toFixed(0)} ms, 95 % under ${msPerLeak.p95.toFixed(0)} ms`,
    '',
    ...failures(answers),
    '',
  ].join('\n')
}

function dayOneRows({ leaks, given, truthCan, wrongOut, allWrongOut }: DayOneAccuracy): string[] {
  return [
    `  day one, nothing registered: ${leaks} generated leaks, ${given} of them from a system given`,
    row('true system among "can produce" [99 %]', truthCan),
    row('wrong systems excluded [90 %]', wrongOut),
    row('  with those that nothing tells apart', allWrongOut),
    '',
  ]
}

function row(what: string, { hits, n, share, from, to }: Share): string {
  const value = n === 0 ? 'none' : `${percent(share)}  ${hits} of ${n} (${percent(from)} to ${percent(to)})`
  return `  ${what.padEnd(44)} ${value}`
}

function dating(what: string, { n, dated, medianError, coverage, meanWidth }: Dating): string[] {
  return [
    `  as-of day, ${what}: ${dated} of ${n} dated, median error ${medianError} days, mean width of the 95 % set ${meanWidth.toFixed(1)} days`,
    row('    95 % set holds the day', coverage),
  ]
}

function failures(answers: readonly Answered[]): string[] {
  const wrong = answers.flatMap((answer) => {
    const { truth } = answer
    const top = topOf(answer)
    const what = [
      ...(answer.error === undefined ? [] : [`error: ${answer.error}`]),
      ...(truth.n >= 200 && answer.error === undefined && !isRight(top, truth) ? ['wrong source'] : []),
      ...(truth.from.includes('unregistered') && truth.twins.length === 0 && blames(answer) ? ['holder named'] : []),
    ]
    if (what.length === 0) return []
    const mixed = truth.mixing.share === 0 ? '' : `, ${percent(truth.mixing.share)} from ${truth.mixing.from}`
    const source = truth.from.join('+') || truth.invented
    return [
      `  --seed ${truth.seed} --leak ${truth.leak}: ${what.join(', ')}; ${truth.kind} of ${source}, n ${truth.n}, noise ${percent(truth.noise)}${mixed}; said ${answer.verdict}, ${top.ids.join('+')} ${top.posterior.toFixed(3)}`,
    ]
  })
  if (wrong.length === 0) return ['no failures']
  const more = wrong.length > mostFailures ? [`  and ${wrong.length - mostFailures} more (--json lists all)`] : []
  return [
    'failures (run one alone: npm run bench -- provenance --seed N --leak N --json)',
    ...wrong.slice(0, mostFailures),
    ...more,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
