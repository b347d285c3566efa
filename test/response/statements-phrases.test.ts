import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkStatement, readStatementLanguages } from '../../src/response/index.ts'
import { phraseHits } from '../../src/response/statements/phrase-hits.ts'
import { sentencesOf } from '../../src/response/statements/sentences.ts'
import { knowledgeOf } from './statements-knowledge.ts'
import { shippedLanguages } from './statements-languages.ts'

const languages = shippedLanguages()
const folder = join(import.meta.dirname, '../cases/statements/phrases')

function linesOf(file: string): string[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

function hits(text: string): string[] {
  return sentencesOf(text, new Set(languages.flatMap(({ file }) => file.abbreviations))).flatMap((sentence) =>
    phraseHits(sentence, languages).map(({ phrase }) => phrase.id),
  )
}

test.each(['en', 'ms'])('S1 %s: every phrase of the list is found under its name', (language) => {
  const wrong = linesOf(`${language}-refused.txt`)
    .map((line) => line.split('\t') as [string, string])
    .filter(([id, text]) => !hits(text).includes(id))
  expect(wrong).toEqual([])
})

test.each(['en', 'ms'])('S1 %s: plain sentences and such that say what is not known hold none', (language) => {
  const wrong = linesOf(`${language}-plain.txt`).flatMap((text) => {
    const found = hits(text)
    return found.length === 0 ? [] : [[text, ...found]]
  })
  expect(wrong).toEqual([])
})

/** Figures of sentences written after the patterns and never tuned on; docs/what-may-be-said.md names them. */
test('S1 unseen sentences: how many are refused, how many are at least given to a person to read', () => {
  const lines = linesOf('unseen.txt').map((line) => line.split('\t')[1] ?? '')
  const found = lines.map((text) => checkStatement(text, { knowledge: knowledgeOf({}), languages, earlier: [] }))
  const refused = found.filter(({ refusals }) => refusals.length > 0).length
  const seen = found.filter(({ refusals, toRead }) => refusals.length + toRead.length > 0).length
  expect([lines.length, refused, seen]).toEqual([38, 16, 36])
})

test('S2 look-alike letters, invisible characters, accents, width and line breaks hide no phrase', () => {
  for (const text of [
    'We found n\u043e evid\u0435nce of this.',
    'We found no evi\u200bdence of this.',
    'We found no evi\u00addence of this.',
    'We found \uff4e\uff4f evidence of this.',
    'We found n\u00f2 \u00e9vidence of this.',
    'We found no\n   evidence of this.',
    'We found NO EVIDENCE of this.',
    'We found no\u00a0evidence of this.',
    'We found \u202eno evidence\u202c of this.',
  ])
    expect(hits(text), JSON.stringify(text)).toContain('no-evidence')
  expect(hits('We found new evidence of this.')).toEqual([])
})

test('S3 "whether" covers only what it stands before', () => {
  expect(hits('We do not know whether it was theirs, but our systems are unaffected.')).toContain('systems-unaffected')
  expect(hits('We do not know whether it was theirs and no customer data was taken.')).toContain('no-customer-data')
  expect(hits('We do not yet know whether the incident has been contained.')).toEqual([])
})

test('a file of phrases with a mistake is left out with a fault that names it', () => {
  const { languages: none, faults } = readStatementLanguages([{ name: 'xx.yml', text: 'language: xx' }])
  expect([none, faults[0]?.where.file]).toEqual([[], 'xx.yml'])
})
