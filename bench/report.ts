import type { BenchResult, Variant } from './bench.ts'
import type { Spread } from './spread.ts'

/** The figures as text for a terminal. */
export function reportText(result: BenchResult): string {
  const { machine, corpus } = result
  const memory = `${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB`
  return [
    `${result.name}: ${result.about}`,
    `machine  ${machine.cores} cores, ${machine.model}, ${memory}, ${machine.platform}, Node ${machine.node}, load before ${machine.loadBefore.toFixed(2)}`,
    `corpus   ${corpus.folder}: ${whole(corpus.files)} files, ${whole(corpus.bytes)} bytes`,
    `         left out: ${whole(corpus.leftOut)} files of other kinds, ${whole(corpus.unpackFaults)} faults while unpacking`,
    `         SHA-256 of the sorted file hashes ${corpus.sha256}`,
    ...result.variants.flatMap(variantLines),
    '',
  ].join('\n')
}

function variantLines(variant: Variant): string[] {
  const title = `${variant.rules === undefined ? '' : `rules ${variant.rules}, `}${variant.runs} ${variant.runs === 1 ? 'run' : 'runs'}`
  return [
    '',
    `${title}, each in a process of its own`,
    ...Object.entries(variant.counts).map(([name, count]) => `  ${name.padEnd(36)} ${whole(count).padStart(14)}`),
    `  ${''.padEnd(36)} ${'min'.padStart(14)} ${'median'.padStart(12)} ${'max'.padStart(12)}`,
    ...Object.entries(variant.times).map(([name, time]) => `  ${name.padEnd(36)} ${spreadText(time, 1e3, 's', 3)}`),
    ...Object.entries(variant.cores).map(
      ([name, time]) => `  ${`on the cores: ${name}`.padEnd(36)} ${spreadText(time, 1e3, 's', 3)}`,
    ),
    `  ${'on the cores: whole process'.padEnd(36)} ${spreadText(variant.cpu, 1e3, 's', 3)}`,
    `  ${'peak memory of the process'.padEnd(36)} ${spreadText(variant.peakBytes, 1e6, 'MB', 0)}`,
    ...variant.rates.map(
      (rate) =>
        `  ${`${rate.count} per second of "${rate.time}"`.padEnd(50)} ${rateText(rate.best)} ${rate.unit} at the shortest time, ${rateText(rate.median)} at the median${rate.core === undefined ? '' : `, ${rateText(rate.core)} per second of one core`}`,
    ),
  ]
}

function spreadText({ min, median, max }: Spread, per: number, unit: string, digits: number): string {
  const text = (value: number, width: number): string => `${(value / per).toFixed(digits)} ${unit}`.padStart(width)
  return `${text(min, 14)} ${text(median, 12)} ${text(max, 12)}`
}

function rateText(value: number): string {
  return value >= 1_000 ? whole(Math.round(value)) : value.toFixed(1)
}

function whole(value: number): string {
  return value.toLocaleString('en-US')
}
