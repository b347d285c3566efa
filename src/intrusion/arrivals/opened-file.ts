import { basename } from '../names.ts'
import type { Start } from './lineage.ts'

const paths = /(?:[a-z]:|%[a-z]{2,20}%|\\\\[^\\"\s]{1,100})\\[^"<>|*?\r\n]{1,400}/gi

/** Paths that a command line names, without the quotes; a path without quotes ends where the next option begins. */
export function pathsIn(text: string): readonly string[] {
  return [...text.slice(0, 4000).matchAll(paths)].map(([path]) => path.split(/\s+(?=[-/"]|[a-z]:\\)/i)[0]?.trim() ?? '')
}

/** The file a program was started with: the last one its command line names besides itself; else the program. */
export function openedBy({ image, commandLine }: Pick<Start, 'image' | 'commandLine'>): string {
  const own = basename(image).toLowerCase()
  return pathsIn(commandLine).findLast((path) => basename(path).toLowerCase() !== own) ?? image
}
