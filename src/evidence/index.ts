export { citeKey, citeText, type Cite, type Sentence } from './cite.ts'
