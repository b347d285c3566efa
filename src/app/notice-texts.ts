import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readNoticeTexts, type NoticeTexts, type PdfFonts } from '../response/index.ts'
import { packageRoot } from './package-root.ts'

let texts: NoticeTexts | undefined
let fonts: PdfFonts | undefined

/** The texts of notices and letters of this release, from `data/notices`; read once. */
export function noticeTexts(): NoticeTexts {
  const folder = join(packageRoot(), 'data', 'notices')
  texts ??= readNoticeTexts(
    ['fields.yml', 'forms.yml', 'data-items.yml', 'letters.yml'].map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  return texts
}

/** The fonts that documents embed (DejaVu Sans Condensed: all of Latin, with Malay); read once. */
export function noticeFonts(): PdfFonts {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  fonts ??= {
    regular: readFileSync(join(folder, 'DejaVuSansCondensed.ttf')),
    bold: readFileSync(join(folder, 'DejaVuSansCondensed-Bold.ttf')),
  }
  return fonts
}
